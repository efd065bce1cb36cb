"""Analyses through the API: the rounds, the ways to begin one, and its way to the city office."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.routers import SimpleRouter

from boards.access import may
from boards.api.change import change, city_wide, on_its_board
from boards.api.rows import Rows, described
from boards.forms import Form
from boards.models import Board

from . import copying
from .models import Capability, Considered, QuestionHandled, Remark, Risk, Rsa, RsaComment, RsaCycle, RsaPaper
from .step_forms import (
    AcceptForm,
    BoardHadItForm,
    CapabilityForm,
    ConsideredForm,
    DiaryForm,
    ReplyForm,
    RsaCommentForm,
    WhyForm,
)

writes = on_its_board("edit_protected")
approves = on_its_board("approve")
registers = on_its_board("register")
reads = on_its_board("view_protected")
HERE = "analyser/<int:pk>/"


class RsaCycleSerializer(serializers.ModelSerializer):
    class Meta:
        model = RsaCycle
        fields = ["id", "slug", "name", "kind", "year", "opens_on", "due_on", "answered_by", "closed_on"]
        read_only_fields = fields


class RsaSerializer(serializers.ModelSerializer):
    board: Any = serializers.SlugRelatedField("slug", read_only=True)
    cycle: Any = serializers.SlugRelatedField("slug", read_only=True)

    class Meta:
        model = Rsa
        fields = [
            *("id", "cycle", "board", "slug", "edition", "profile", "state", "begun_at", "submitted_at"),
            *("reference", "board_had_it_on", "sender_number", "receiver_number"),
        ]
        read_only_fields = fields


class RemarkSerializer(serializers.ModelSerializer):
    class Meta:
        model = Remark
        fields = ["id", "part", "thread", "field", "about", "text", "reply"]
        read_only_fields = fields


class RsaCommentSerializer(serializers.ModelSerializer):
    class Meta:
        model = RsaComment
        fields = ["id", "rsa", "thread", "text", "at", "settled_at"]
        read_only_fields = fields


class RsaPaperSerializer(serializers.ModelSerializer):
    class Meta:
        model = RsaPaper
        fields = ["id", "rsa", "what", "language", "asked_at", "version"]
        read_only_fields = fields


@described
class RsaCycleRows(Rows):
    """The rounds of analyses, the latest first."""

    serializer_class = RsaCycleSerializer
    order = ("-pk",)
    kept = ()
    queryset = RsaCycle.objects.none()

    def seen(self, user: Any) -> QuerySet:
        return RsaCycle.objects.visible_to(user)


@described
class RsaRows(Rows):
    """Analyses in all their editions, as far as the person may read them."""

    serializer_class = RsaSerializer
    order = ("-pk",)
    queryset = Rsa.objects.none()

    def seen(self, user: Any) -> QuerySet:
        return Rsa.objects.visible_to(user).select_related("board", "cycle")


class BeginForm(Form):
    WITH = (
        ("tomt", _("Nothing")),
        ("tidigare", _("What was handed in last")),
        ("lista", _("What is typical")),
    )

    cycle = forms.ModelChoiceField(RsaCycle.objects.all(), to_field_name="slug", label=_("RSA round"))
    begin_with = forms.ChoiceField(choices=WITH, label=_("Begin with"))


@change(
    "namnder/<slug:slug>/analyser/",
    Board,
    lambda user, board: may(user, "edit_protected", board),
    RsaSerializer,
    form=BeginForm,
)
def rsa_begin(board: Board, form: Any, by: Any) -> Rsa:
    """Begins the organisation's analysis in a round: empty, with last year's, or with what is typical."""
    cycle, way = form.cleaned_data["cycle"], form.cleaned_data["begin_with"]
    if way == "tidigare":
        return copying.begin_from_earlier(cycle, board, by=by)
    if way == "lista":
        return copying.begin_from_list(cycle, board, by=by)
    return Rsa.objects.begin(cycle, board, by=by)


@change(f"{HERE}chef/", Rsa, writes, RsaSerializer)
def rsa_send_to_chief(rsa: Rsa, form: Any, by: Any) -> None:
    """Sends it to the head; refused with what is left, each by name."""
    rsa.send_to_chief(by=by)


@change(f"{HERE}andring/", Rsa, approves, RsaSerializer, form=WhyForm)
def rsa_give_back(rsa: Rsa, form: Any, by: Any) -> None:
    """The head gives it back to be changed."""
    rsa.give_back(by=by, comment=form.cleaned_data["comment"])


@change(f"{HERE}faststallande/", Rsa, reads, RsaSerializer)
def rsa_fix(rsa: Rsa, form: Any, by: Any) -> None:
    """The head decides on it, or the chair of a company whose managing director wrote it."""
    if not rsa.may_be_fixed_by(by):
        raise PermissionDenied
    rsa.fix(by=by)


@change(f"{HERE}inlamning/", Rsa, writes, RsaSerializer)
def rsa_submit(rsa: Rsa, form: Any, by: Any) -> None:
    """Hands it in; it becomes an official document and is frozen."""
    rsa.submit(by=by)


@change(f"{HERE}aterkallelse/", Rsa, writes, RsaSerializer, form=WhyForm)
def rsa_recall(rsa: Rsa, form: Any, by: Any) -> Rsa:
    """Recalls what is handed in, which stays; answers with the new edition."""
    return rsa.recall(by=by, reason=form.cleaned_data["comment"])


@change(f"{HERE}granskning/", Rsa, on_its_board("review"), RsaSerializer)
def rsa_take_up(rsa: Rsa, form: Any, by: Any) -> None:
    """The city office begins to review it."""
    rsa.take_up(by=by)


@change(f"{HERE}godkannande/", Rsa, on_its_board("review"), RsaSerializer)
def rsa_approve(rsa: Rsa, form: Any, by: Any) -> None:
    """The city office approves it."""
    rsa.approve(by=by)


@change(f"{HERE}anmalan/", Rsa, writes, RsaSerializer, form=BoardHadItForm)
def rsa_note_board(rsa: Rsa, form: Any, by: Any) -> None:
    """Notes the day when the board or the company's board had it."""
    rsa.note_board_had_it(by=by, on=form.cleaned_data["on"])


@change(f"{HERE}diarium/", Rsa, registers, RsaSerializer, form=DiaryForm)
def rsa_register(rsa: Rsa, form: Any, by: Any) -> None:
    """The registry at the sender enters its own number."""
    rsa.register(form.cleaned_data["number"], by=by, at_receiver=False)


@change(f"{HERE}formaga/", Rsa, writes, RsaSerializer, form=CapabilityForm)
def rsa_judge(rsa: Rsa, form: Any, by: Any) -> None:
    """Judges one of the capabilities that the method asks about."""
    Capability.objects.judge(rsa, by=by, **form.cleaned_data)


@change(f"{HERE}stallningstagande/", Rsa, writes, RsaSerializer, form=ConsideredForm)
def rsa_consider(rsa: Rsa, form: Any, by: Any) -> None:
    """Says why accidents, threats or the area are not relevant."""
    Considered.objects.state(rsa, by=by, **form.cleaned_data)


@change(f"{HERE}skydd/", Rsa, writes, RsaSerializer)
def rsa_question_note(rsa: Rsa, form: Any, by: Any) -> None:
    """Notes that the question of protective security is handled. No answer is taken or kept."""
    QuestionHandled.objects.note(rsa, by=by)


@change(f"{HERE}kommentarer/", Rsa, reads, RsaCommentSerializer, form=RsaCommentForm)
def rsa_comment(rsa: Rsa, form: Any, by: Any) -> RsaComment:
    """Writes a comment or a question about the analysis."""
    return RsaComment.objects.write(rsa, by=by, text=form.cleaned_data["text"])


@change("rsa-kommentarer/<int:pk>/klar/", RsaComment, reads, RsaCommentSerializer)
def rsa_comment_settle(comment: RsaComment, form: Any, by: Any) -> None:
    """Marks a comment as settled."""
    comment.settle(by=by)


@change("rsa-anmarkningar/<int:pk>/svar/", Remark, writes, RemarkSerializer, form=ReplyForm)
def rsa_remark_answer(remark: Remark, form: Any, by: Any) -> None:
    """Answers a remark of the city office."""
    remark.answer(form.cleaned_data["reply"], by=by)


@change("rsa-risker/<int:pk>/acceptans/", Risk, approves, RsaSerializer, form=AcceptForm)
def rsa_risk_accept(risk: Risk, form: Any, by: Any) -> Rsa:
    """The head accepts a risk until a day."""
    risk.accept(by=by, **form.cleaned_data)
    return risk.rsa


class PaperForm(Form):
    what = forms.ChoiceField(label=_("What"), choices=RsaPaper.What.choices)


@change(f"{HERE}pdf/", Rsa, reads, RsaPaperSerializer, form=PaperForm)
def rsa_paper_order(rsa: Rsa, form: Any, by: Any) -> RsaPaper:
    """Orders it on paper; the file is there when the job is done."""
    return RsaPaper.objects.ask(rsa, form.cleaned_data["what"], by=by)


@change("rsa-omgangar/<int:pk>/stangning/", RsaCycle, city_wide("review"), RsaCycleSerializer)
def rsa_cycle_close(cycle: RsaCycle, form: Any, by: Any) -> None:
    """Closes a round: nobody begins an analysis in it any more."""
    cycle.close(by=by)


rows = SimpleRouter(use_regex_path=False)
rows.register("analyser", RsaRows, basename="api_rsa")
rows.register("rsa-omgangar", RsaCycleRows, basename="api_rsa_cycle")
changes: list[Any] = [
    *(rsa_begin, rsa_send_to_chief, rsa_give_back, rsa_fix, rsa_submit, rsa_recall, rsa_take_up, rsa_approve),
    *(rsa_note_board, rsa_register, rsa_judge, rsa_consider, rsa_question_note, rsa_comment),
    *(rsa_comment_settle, rsa_remark_answer, rsa_risk_accept, rsa_paper_order, rsa_cycle_close),
]
urlpatterns: list[Any] = [*changes, *rows.urls]
