"""Who rests on an organisation and what they expect of it: asked when they hand in, answered by the one asked."""

from typing import Any, ClassVar

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from boards.access import may
from boards.forms import ExplainedChoices, Form
from boards.models import Board
from boards.tables import Choice, Column, Sort, Table

from .models import Commitment, DependencyAnswer, Rsa

State = DependencyAnswer.State


def on(board: Board, user: Any) -> QuerySet:
    """What other organisations say that they rest on this one for."""
    asked = DependencyAnswer.objects.visible_to(user).current().filter(dependency__provider=board)
    return asked.with_names()


def answers(user: Any, board: Board) -> bool:
    return may(user, "edit_protected", board)


def own_commitments(board: Board) -> QuerySet:
    """What it can answer with: what it has handed in, or else what it is writing."""
    handed_in = Commitment.objects.standing().filter(rsa__in=Rsa.objects.filter(board=board).current())
    if not handed_in.exists():
        written = (
            Rsa.objects.filter(board=board)
            .order_by("-cycle__opens_on", "-edition")
            .values_list("pk", flat=True)[:1]
        )
        handed_in = Commitment.objects.standing().filter(rsa__in=list(written))
    return handed_in.in_order()


class AnswerForm(Form):
    """The provider's answer: yes and with which commitment, or no and why."""

    state = forms.ChoiceField(
        label=gettext_lazy("Is it so that they depend on you for this?"),
        choices=[(State.CONFIRMED, gettext_lazy("Yes")), (State.REJECTED, gettext_lazy("No"))],
        widget=ExplainedChoices(
            hints={
                State.CONFIRMED: gettext_lazy(
                    "Say below with which commitment, so that nobody has to guess."
                ),
                State.REJECTED: gettext_lazy("They then have to plan in some other way. Write why."),
            }
        ),
    )
    commitment = forms.ModelChoiceField(
        Commitment.objects.none(),
        required=False,
        label=gettext_lazy("Your commitment that they depend on"),
        help_text=gettext_lazy("Without it, a failure of any of your critical commitments counts."),
    )
    promised_hours = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=8784,
        label=gettext_lazy("Running again within, hours"),
        help_text=gettext_lazy("Only if you promise them another time than the commitment has for all."),
    )
    comment = forms.CharField(
        required=False,
        max_length=500,
        label=gettext_lazy("Comment"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Needed if the answer is no."),
    )

    def __init__(self, *args: Any, board: Board, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["commitment"].queryset = own_commitments(board)  # type: ignore[attr-defined]


class AnswerTable(Table):
    quiet_caption = True
    caption = gettext_lazy("Who depends on us, and what they expect")
    noun = ngettext_lazy("dependency", "dependencies")
    empty = gettext_lazy("Nobody has said that they depend on you.")
    level = "K2"
    file_name = "beroende-av-oss"
    columns: ClassVar = [
        Column(
            "namnd",
            gettext_lazy("Who"),
            lambda answer: answer.dependency.rsa.board.name,
            sort="namnd",
            swedish=True,
            reads="dependency__rsa__board__name",
        ),
        Column(
            "atagande",
            gettext_lazy("Their commitment"),
            lambda answer: answer.dependency.commitment.title,
            swedish=True,
            reads="dependency__commitment__title",
        ),
        Column(
            "vad",
            gettext_lazy("What they depend on you for"),
            lambda answer: answer.dependency.name,
            link=lambda answer: answer.get_absolute_url(),
            swedish=True,
            reads="dependency__name",
        ),
        Column(
            "timmar",
            gettext_lazy("Manage without, hours"),
            lambda answer: answer.dependency.tolerance_hours,
            sort="timmar",
            numeric=True,
            reads="dependency__tolerance_hours",
        ),
        Column(
            "reserv",
            gettext_lazy("Substitute"),
            lambda answer: answer.dependency.get_substitute_display(),
            reads="dependency__substitute",
        ),
        Column("svar", gettext_lazy("Our answer"), lambda answer: answer.get_state_display(), reads="state"),
    ]
    filters: ClassVar = [
        Choice("svar", gettext_lazy("Our answer"), lambda: State.choices, lambda state: Q(state=state))
    ]
    sorts: ClassVar = [
        Sort("namnd", ("dependency__rsa__board__name",)),
        Sort("timmar", ("dependency__tolerance_hours",)),
    ]


def in_a_sentence(number: int, boards: int) -> str:
    """How many rest on the organisation, from how many others."""
    if not number:
        return _("Nobody has said that they depend on you.")
    said = ngettext(
        "%(number)s dependency on you, from %(boards)s.",
        "%(number)s dependencies on you, from %(boards)s.",
        number,
    )
    others = ngettext("%(number)s organisation", "%(number)s organisations", boards) % {"number": boards}
    return said % {"number": number, "boards": others}
