"""What the ground floor puts in a person's own calendar: councils they belong to, what these asked of them, training."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from .access import rights_of
from .models import CouncilMeeting, MeetingDecision, Training
from .panels import Occasion


def dates(user: Any, since: date) -> list[Occasion]:
    return [*_meetings(user, since), *_decisions(user, since), *_training(user, since)]


def _meetings(user: Any, since: date) -> Iterator[Occasion]:
    """At the boards where the person has an office, and of the network; not all that a whole-city office reads."""
    boards = {office.board_id for office in rights_of(user).offices}
    own = Q(board__in=boards) | Q(kind=CouncilMeeting.Kind.NETWORK)
    found = CouncilMeeting.objects.visible_to(user).filter(own, held_on__gte=since)
    for meeting in found.select_related("board"):
        yield Occasion(
            f"meeting-{meeting.pk}",
            meeting.held_on,
            str(meeting.get_kind_display()),
            meeting.get_absolute_url(),
            meeting.board.name,
            is_deadline=False,
        )


def _decisions(user: Any, since: date) -> Iterator[Occasion]:
    mine = MeetingDecision.objects.visible_to(user).open().filter(responsible=user, due_on__gte=since)
    for decision in mine.select_related("meeting__board"):
        assert decision.due_on
        yield Occasion(
            f"decision-{decision.pk}",
            decision.due_on,
            decision.text,
            decision.meeting.get_absolute_url(),
            decision.board.name,
            said=_("Carry out a decision of a meeting"),
        )


def _training(user: Any, since: date) -> Iterator[Occasion]:
    """The latest training for each office; what was renewed does not come back."""
    latest = {
        training.office_type_id: training
        for training in Training.objects.filter(person=user)
        .select_related("office_type")
        .order_by("completed_on", "pk")
    }
    for training in latest.values():
        if training.expires_on and training.expires_on >= since:
            office = training.office_type.label.lower()
            what = _("Your training as %(office)s expires") % {"office": office}
            yield Occasion(f"training-{training.pk}", training.expires_on, what, reverse("profile"))
