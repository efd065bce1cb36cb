"""Forms for filing, replacing, registering and withdrawing a document."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .file_kinds import LARGEST
from .forms import Form
from .models import Board, CouncilMeeting, Document
from .models.documents import levels_filed_by
from .refusals import REASONS

ACCEPTED = ".pdf,.docx,.xlsx,.pptx,.jpg,.jpeg,.png"
NEWEST_MEETINGS = 20
# Made by us from what the register says, and never filed by hand.
PRINTED_KINDS = (Document.Kind.SHEET,)


class StoredFileField(forms.FileField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("File"))
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": ACCEPTED}))
        kwargs.setdefault(
            "help_text",
            _(
                "PDF, Word, Excel, PowerPoint, JPEG or PNG, at most 20 MB. Place and camera are taken out of pictures."
            ),
        )
        kwargs.setdefault("error_messages", {"required": _("Choose a file."), "empty": REASONS["empty"]})
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        found = super().clean(data, initial)
        if found and found.size > LARGEST:
            raise ValidationError(REASONS["too_large"], params={"most": LARGEST // 1_000_000})
        return found


class DocumentForm(Form):
    file = StoredFileField()
    title = forms.CharField(
        label=_("Title"), max_length=160, error_messages={"required": _("Give the document a title.")}
    )
    kind = forms.ChoiceField(
        label=_("Kind of document"),
        widget=forms.RadioSelect,
        choices=[choice for choice in Document.Kind.choices if choice[0] not in PRINTED_KINDS],
        error_messages={"required": _("Choose the kind of document.")},
    )
    level = forms.ChoiceField(
        label=_("Class"),
        widget=forms.RadioSelect,
        help_text=_("Decides who may read it. Nothing that concerns the security of Sweden is filed here."),
        error_messages={"required": _("Choose a class.")},
    )
    meeting = forms.ModelChoiceField(
        CouncilMeeting.objects.none(),
        label=_("From which meeting?"),
        required=False,
        empty_label=_("No meeting"),
    )
    registry_number = forms.CharField(
        label=_("Registry number"), max_length=40, required=False, help_text=_("For example SLK 2026/123.")
    )

    def __init__(self, *args: Any, board: Board, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = [(level.value, level.label) for level in levels_filed_by(user, board)]
        meetings = CouncilMeeting.objects.visible_to(user).filter(board=board).latest_first()
        newest = meetings.values("pk")[:NEWEST_MEETINGS]
        self.fields["meeting"].queryset = CouncilMeeting.objects.filter(
            pk__in=list(newest.values_list("pk", flat=True))
        ).latest_first()
        if not newest:
            del self.fields["meeting"]


class VersionForm(Form):
    file = StoredFileField(label=_("The new version"))


class RegistryForm(Form):
    registry_number = forms.CharField(label=_("Registry number"), max_length=40, required=False)


class WithdrawForm(Form):
    reason = forms.CharField(
        label=_("Why is it withdrawn?"),
        max_length=300,
        error_messages={"required": _("Say why it is withdrawn.")},
    )
