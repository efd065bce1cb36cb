"""What the ground floor asks of a person: offices to approve and to fill,
decisions to carry out, training, access, somebody away."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import access_requests, vacancies
from .days import today
from .models import (
    AccessRequest,
    Board,
    MeetingDecision,
    Office,
    OfficeHolder,
    StandIn,
    StandInOffice,
    Training,
)
from .panels import ToDo

# Time enough to find a course before the old one stops counting.
TRAINING_AHEAD = timedelta(days=60)


def to_do(user: Any, offices: list[Office], requests: list[AccessRequest]) -> list[ToDo]:
    """From the offices the person acts in today, with type and board, and the requests that concern them."""
    return [
        *([*_approvals(user), *_deputies(user)] if any(_appoints(office) for office in offices) else []),
        *access_requests.to_do(user, requests),
        *_vacancies(offices),
        *_decisions(user),
        *_training(user),
    ]


def _appoints(office: Office) -> bool:
    mandate = office.type.mandate
    return "manage_offices" in mandate.own | mandate.city


def _approvals(user: Any) -> list[ToDo]:
    """A second person approves: neither the one who proposed nor the one it is about."""
    deciding = Board.objects.where(user, "manage_offices")
    waiting = OfficeHolder.objects.awaiting_approval().filter(office__board__in=deciding)
    others = waiting.exclude(proposed_by=user).exclude(person=user)
    return [
        ToDo(
            what=_("Approve %(person)s as %(office)s")
            % {"person": holding.person, "office": holding.office.type.label.lower()},
            url=reverse("office_holder", args=[holding.office.board.slug, holding.pk]),
            due=holding.valid_from,
            board=holding.office.board.name,
        )
        for holding in others.select_related("person", "office__type", "office__board")
    ]


def _deputies(user: Any) -> list[ToDo]:
    """Deputies during leave that wait for this person, from the first day on which they act."""
    waiting = (
        StandInOffice.objects.visible_to(user)
        .awaiting_approval()
        .filter(stand_in__in=StandIn.objects.not_over())
    )
    return [
        ToDo(
            what=_("Approve %(deputy)s as deputy for %(person)s, %(office)s")
            % {
                "deputy": asked.stand_in.deputy,
                "person": asked.stand_in.person,
                "office": asked.office.type.label.lower(),
            },
            url=reverse("stand_in_office", args=[asked.board.slug, asked.pk]),
            due=asked.stand_in.valid_from,
            board=asked.board.name,
        )
        for asked in waiting.with_names()
        if asked.may_be_decided_by(user)
    ]


def _vacancies(offices: list[Office]) -> list[ToDo]:
    """For whoever appoints at their own board; those who appoint in the whole city have the list of boards."""
    boards = [office.board for office in offices if "manage_offices" in office.type.mandate.own]
    if not boards:
        return []
    empty = vacancies.at(boards)
    return [thing for board in boards for thing in _vacancies_at(board, empty[board.pk])]


def _vacancies_at(board: Board, empty: list[vacancies.Vacancy]) -> list[ToDo]:
    """What has nobody at all in one line, and a line for each that somebody takes later."""
    demanded = [vacancy for vacancy in empty if vacancy.is_demanded]
    coming = [vacancy for vacancy in demanded if vacancy.coming]
    lacking = len(demanded) - len(coming)
    offices = reverse("office_list", args=[board.slug])
    return [
        *([_vacancy(board, lacking)] if lacking else []),
        *(ToDo(vacancy.text, offices, board=board.name) for vacancy in coming),
    ]


def _vacancy(board: Board, number: int) -> ToDo:
    what = ngettext(
        "Appoint somebody to %(number)s office that is demanded and vacant",
        "Appoint people to %(number)s offices that are demanded and vacant",
        number,
    )
    return ToDo(what % {"number": number}, reverse("office_list", args=[board.slug]), board=board.name)


def _decisions(user: Any) -> list[ToDo]:
    """What a council has asked of the person and is not done yet."""
    mine = MeetingDecision.objects.visible_to(user).open().filter(responsible=user)
    return [
        ToDo(decision.text, decision.meeting.get_absolute_url(), decision.due_on, decision.board.name)
        for decision in mine.select_related("meeting__board")
    ]


def _training(user: Any) -> list[ToDo]:
    """The latest training for an office, when it has expired or soon will."""
    latest: dict[int, Training] = {}
    for training in (
        Training.objects.filter(person=user).select_related("office_type").order_by("completed_on")
    ):
        latest[training.office_type_id] = training
    horizon = today() + TRAINING_AHEAD
    return [
        ToDo(
            what=_("Renew your training as %(office)s") % {"office": training.office_type.label.lower()},
            url=reverse("profile"),
            due=training.expires_on,
        )
        for training in latest.values()
        if training.expires_on and training.expires_on <= horizon
    ]
