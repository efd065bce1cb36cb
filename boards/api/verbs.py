"""What may be changed through the API. Each is the page's form and the model's verb, joined in one line."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .. import mergers
from ..board_forms import BoardForm, LastDayForm, MergerForm, NewBoardForm
from ..meeting_forms import DecisionForm, MeetingForm, PersonField
from ..models import Board, CouncilMeeting, MeetingDecision, Membership, Office, OfficeHolder, OfficeType
from ..office_forms import AppointForm, HandOverForm, SeatForm, TrainingForm
from .change import change, city_wide, on_its_board
from .holders import MembershipSerializer, OfficeHolderSerializer
from .meetings import MeetingSerializer
from .organisations import BoardSerializer

corrects_the_register = on_its_board("edit_register")
keeps_meetings = on_its_board("hold_meetings")
appoints = on_its_board("manage_offices")


def manages_the_office(user: Any, holding: OfficeHolder) -> bool:
    return holding.office.is_managed_by(user)


class SomebodyForm(forms.Form):
    """The pages ask who in a step of its own."""

    person = PersonField(label=_("Person"), help_text=_("Name or e-mail address."), max_length=200)

    @property
    def terms(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name not in ("person", "office")}


class AppointSomebodyForm(SomebodyForm, AppointForm):
    office = forms.ModelChoiceField(OfficeType.objects.all(), to_field_name="code", label=_("Office"))


class SeatSomebodyForm(SomebodyForm, SeatForm):
    pass


class SucceededByForm(SomebodyForm, HandOverForm):
    pass


def at_board(record: Any) -> dict[str, Any]:
    return {"board": record.board}


@change("namnder/ny/", None, city_wide("edit_register"), BoardSerializer, form=NewBoardForm)
def board_add(nothing: None, form: Any, by: Any) -> Board:
    """Adds a board or company to the register."""
    board = Board.objects.add(by=by, **form.facts)
    board.join_sectors(form.cleaned_data["sectors"], by=by)
    return board


@change(
    "namnder/<slug:slug>/uppgifter/",
    Board,
    corrects_the_register,
    BoardSerializer,
    form=BoardForm,
    form_facts=lambda board: {"instance": board},
)
def board_correct(board: Board, form: Any, by: Any) -> None:
    """Corrects the facts about a board; all of them are sent, as on the page."""
    board.correct(by=by, version=form.read_version, **form.facts)
    board.join_sectors(form.cleaned_data["sectors"], by=by)


@change("namnder/<slug:slug>/slut/", Board, corrects_the_register, BoardSerializer, form=LastDayForm)
def board_end(board: Board, form: Any, by: Any) -> None:
    """Enters the last day of a board; its offices and seats end with it."""
    board.end(by=by, last_day=form.cleaned_data["last_day"])


@change("namnder/<slug:slug>/fortsattning/", Board, corrects_the_register, BoardSerializer)
def board_go_on(board: Board, form: Any, by: Any) -> None:
    """Takes back the last day of a board."""
    board.go_on(by=by)


@change(
    "namnder/<slug:slug>/sammanlaggning/",
    Board,
    corrects_the_register,
    BoardSerializer,
    form=MergerForm,
    form_facts=lambda board: {"successor": board},
)
def board_merge(board: Board, form: Any, by: Any) -> None:
    """Other boards go on as this one."""
    mergers.merge(list(form.cleaned_data["boards"]), board, on=form.cleaned_data["on"], by=by)


@change("namnder/<slug:slug>/roller/", Board, appoints, OfficeHolderSerializer, form=AppointSomebodyForm)
def office_appoint(board: Board, form: Any, by: Any) -> OfficeHolder:
    """Appoints somebody to an office at the board, or proposes them where a second person approves."""
    office = Office.objects.of(board, form.cleaned_data["office"].code)
    if not office.is_managed_by(by):
        raise forms.ValidationError(_("Offices of the city are filled by those who appoint for the city."))
    return office.appoint(form.cleaned_data["person"], by=by, **form.terms)


@change("roller/<int:pk>/slut/", OfficeHolder, manages_the_office, OfficeHolderSerializer, form=LastDayForm)
def office_end(holding: OfficeHolder, form: Any, by: Any) -> None:
    """Enters the last day of somebody's office."""
    holding.end(by=by, last_day=form.cleaned_data["last_day"])


@change("roller/<int:pk>/godkannande/", OfficeHolder, manages_the_office, OfficeHolderSerializer)
def office_approve(holding: OfficeHolder, form: Any, by: Any) -> None:
    """Approves a proposal, as the second person."""
    holding.approve(by=by)


@change("roller/<int:pk>/avslag/", OfficeHolder, manages_the_office, OfficeHolderSerializer)
def office_refuse(holding: OfficeHolder, form: Any, by: Any) -> None:
    """Turns a proposal down."""
    holding.refuse(by=by)


@change(
    "roller/<int:pk>/overlamning/",
    OfficeHolder,
    manages_the_office,
    OfficeHolderSerializer,
    form=SucceededByForm,
)
def office_hand_over(holding: OfficeHolder, form: Any, by: Any) -> OfficeHolder:
    """Ends somebody's office and starts the successor's the day after."""
    if not holding.confirmed_at or holding.is_over():
        raise forms.ValidationError(_("Only an office that is held can be handed over."))
    return holding.hand_over(form.cleaned_data["person"], by=by, **form.terms)


@change(
    "roller/<int:pk>/utbildning/", OfficeHolder, manages_the_office, OfficeHolderSerializer, form=TrainingForm
)
def training_register(holding: OfficeHolder, form: Any, by: Any) -> OfficeHolder:
    """Registers that the training an office asks for has been taken."""
    holding.register_training(by=by, **form.cleaned_data)
    return holding


@change("namnder/<slug:slug>/ledamoter/", Board, appoints, MembershipSerializer, form=SeatSomebodyForm)
def member_seat(board: Board, form: Any, by: Any) -> Membership:
    """An elected member takes a seat on the board."""
    return Membership.objects.seat(form.cleaned_data["person"], board, by=by, **form.terms)


@change("ledamoter/<int:pk>/slut/", Membership, appoints, MembershipSerializer, form=LastDayForm)
def member_leave(seat: Membership, form: Any, by: Any) -> None:
    """Enters the last day of an elected member's seat."""
    seat.end(by=by, last_day=form.cleaned_data["last_day"])


@change(
    "namnder/<slug:slug>/moten/",
    Board,
    keeps_meetings,
    MeetingSerializer,
    form=MeetingForm,
    form_facts=at_board,
)
def meeting_hold(board: Board, form: Any, by: Any) -> CouncilMeeting:
    """Enters a meeting of a council or the network."""
    return CouncilMeeting.objects.hold(board, by=by, **form.typed)


@change(
    "moten/<int:pk>/uppgifter/",
    CouncilMeeting,
    keeps_meetings,
    MeetingSerializer,
    form=MeetingForm,
    form_facts=at_board,
)
def meeting_correct(meeting: CouncilMeeting, form: Any, by: Any) -> None:
    """Corrects the facts of a meeting."""
    meeting.correct(by=by, version=form.read_version, **form.typed)


@change("moten/<int:pk>/beslut/", CouncilMeeting, keeps_meetings, MeetingSerializer, form=DecisionForm)
def meeting_decide(meeting: CouncilMeeting, form: Any, by: Any) -> None:
    """Enters a decision of a meeting."""
    meeting.decide(by=by, **form.cleaned_data)


@change("beslut/<int:pk>/genomfort/", MeetingDecision, keeps_meetings, MeetingSerializer)
def decision_done(decision: MeetingDecision, form: Any, by: Any) -> CouncilMeeting:
    """Marks a decision as done."""
    decision.mark_done(by=by)
    return decision.meeting


changes = [
    board_add,
    board_correct,
    board_end,
    board_go_on,
    board_merge,
    office_appoint,
    office_end,
    office_approve,
    office_refuse,
    office_hand_over,
    training_register,
    member_seat,
    member_leave,
    meeting_hold,
    meeting_correct,
    meeting_decide,
    decision_done,
]
