"""The programme's decisions and instructions through the API: the pages' forms and the models' verbs."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.routers import SimpleRouter

from boards.api.change import change, city_wide
from boards.api.rows import Rows, described
from boards.forms import Form
from boards.models import Board

from .api import ProgrammeSerializer
from .forms import InForceForm
from .guideline_forms import GuidelineDecisionForm, GuidelineForm, GuidelineVersionForm
from .models import Guideline, GuidelineVersion, Paragraph, Programme
from .models.guidelines import boards_that_may_be_acknowledged_by
from .wording_forms import ErratumForm

manages_city, prepares = city_wide("manage_city"), city_wide("review")


class VersionSerializer(serializers.ModelSerializer):
    class Meta:
        model = GuidelineVersion
        fields = [
            "number",
            "text",
            "acknowledge_within_days",
            "decided_by",
            "decided_on",
            "diary_number",
            "in_force_from",
        ]
        read_only_fields = fields


class GuidelineSerializer(serializers.ModelSerializer):
    """With the versions that are decided; a draft is read on its page by those who write it."""

    versions = serializers.SerializerMethodField()

    class Meta:
        model = Guideline
        fields = ["slug", "name", "versions"]
        read_only_fields = fields

    def get_versions(self, guideline: Guideline) -> list[dict[str, Any]]:
        decided = [version for version in guideline.versions.all() if not version.is_draft]
        return [dict(row) for row in VersionSerializer(decided, many=True).data]


@described
class GuidelineRows(Rows):
    """The instructions for how the programme is applied, in all their versions."""

    serializer_class = GuidelineSerializer
    lookup_field = "slug"
    lookup_value_converter = "slug"
    order = ("name",)
    kept = ()
    queryset = Guideline.objects.none()

    def seen(self, user: Any) -> QuerySet:
        return Guideline.objects.visible_to(user).prefetch_related("versions")


class AcknowledgeForm(Form):
    """For which organisation, and which version was read."""

    namnd = forms.ModelChoiceField(Board.objects.all(), to_field_name="slug", label=_("Board or company"))
    version = forms.IntegerField(label=_("Version"), min_value=1)


class ParagraphForm(ErratumForm):
    paragraph = forms.IntegerField(label=_("Paragraph"), min_value=1)


def acknowledges(user: Any, guideline: Guideline) -> bool:
    return bool(boards_that_may_be_acknowledged_by(user))


@change("program/<slug:slug>/beredning/", Programme, prepares, ProgrammeSerializer)
def programme_move(programme: Programme, form: Any, by: Any) -> None:
    """Takes the next step of the preparation."""
    programme.move_on(by=by)


@change("program/<slug:slug>/ikrafttradande/", Programme, manages_city, ProgrammeSerializer, form=InForceForm)
def programme_confirm(programme: Programme, form: Any, by: Any) -> None:
    """Notes the council's decision that puts the version in force; the one before ends with it."""
    programme.confirm_in_force(by=by, **form.cleaned_data)


@change(
    "program/<slug:slug>/fortsatt-giltighet/", Programme, manages_city, ProgrammeSerializer, form=InForceForm
)
def programme_keep(programme: Programme, form: Any, by: Any) -> None:
    """Notes the council's decision that the version goes on."""
    programme.keep_in_force(by=by, **form.cleaned_data)


@change("program/<slug:slug>/upphorande/", Programme, manages_city, ProgrammeSerializer, form=InForceForm)
def programme_end(programme: Programme, form: Any, by: Any) -> None:
    """Notes the council's decision that ends the version."""
    programme.end(by=by, **form.cleaned_data)


@change("program/<slug:slug>/rattelse/", Programme, prepares, ProgrammeSerializer, form=ParagraphForm)
def programme_correct(programme: Programme, form: Any, by: Any) -> None:
    """Corrects a paragraph of a decided text, beside the text."""
    order = form.cleaned_data["paragraph"]
    paragraph = Paragraph.objects.filter(programme=programme, order=order).first()
    if paragraph is None or not programme.is_settled:
        raise forms.ValidationError(_("The decided text has no paragraph with that number."))
    paragraph.correct(by=by, right=form.cleaned_data["right"], reason=form.cleaned_data["reason"])


@change("anvisningar/ny/", None, prepares, GuidelineSerializer, form=GuidelineForm)
def guideline_write(nothing: None, form: Any, by: Any) -> Guideline:
    """Writes an instruction; it binds nobody until it is decided."""
    return Guideline.objects.write(by=by, **form.cleaned_data).guideline


@change(
    "anvisningar/<slug:slug>/version/", Guideline, prepares, GuidelineSerializer, form=GuidelineVersionForm
)
def guideline_draft(guideline: Guideline, form: Any, by: Any) -> None:
    """Writes the next version of an instruction."""
    guideline.draft(by=by, **form.cleaned_data)


@change(
    "anvisningar/<slug:slug>/beslut/", Guideline, prepares, GuidelineSerializer, form=GuidelineDecisionForm
)
def guideline_decide(guideline: Guideline, form: Any, by: Any) -> None:
    """Notes the decision on the version that is written."""
    draft = guideline.versions.filter(decided_on__isnull=True).first()
    if draft is None:
        raise forms.ValidationError(_("There is no draft to decide on."))
    draft.decide(by=by, **form.cleaned_data)


@change(
    "anvisningar/<slug:slug>/kvittens/", Guideline, acknowledges, GuidelineSerializer, form=AcknowledgeForm
)
def guideline_sign(guideline: Guideline, form: Any, by: Any) -> None:
    """Acknowledges the version that was read, for one organisation."""
    board, number = form.cleaned_data["namnd"], form.cleaned_data["version"]
    if board not in boards_that_may_be_acknowledged_by(by):
        raise forms.ValidationError(
            {"namnd": _("You do not acknowledge instructions for that organisation.")}
        )
    version = guideline.versions.in_force().filter(number=number).first()
    if version is None:
        raise forms.ValidationError({"version": _("There is a newer version. Read it first.")})
    version.acknowledge(board, by=by)


rows = SimpleRouter(use_regex_path=False)
rows.register("anvisningar", GuidelineRows, basename="api_guideline")
changes: list[Any] = [
    programme_move,
    programme_confirm,
    programme_keep,
    programme_end,
    programme_correct,
    guideline_write,
    guideline_draft,
    guideline_decide,
    guideline_sign,
]
urlpatterns = [*changes, *rows.urls]
