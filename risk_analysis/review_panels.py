"""What the city office has to do with the analyses: take up what is handed in, and be somebody's second person."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from boards.access import may
from boards.panels import ToDo

from .models import Purpose, Rsa
from .models.purposes import approves

SHOWN = 20


def to_do(user: Any) -> list[ToDo]:
    return [
        *(_handed_in(user) if may(user, "review") else []),
        *(_purposes(user) if approves(user) else []),
    ]


def _handed_in(user: Any) -> list[ToDo]:
    """Those of one's own to review that nobody has taken up."""
    rows = Rsa.objects.visible_to(user).filter(state=Rsa.State.SUBMITTED).with_names()
    return [
        ToDo(
            _("Review %(rsa)s") % {"rsa": rsa},
            reverse("rsa_review", args=[rsa.cycle.slug, rsa.slug]),
            rsa.cycle.answered_by,
            rsa.board.name,
        )
        for rsa in rows.order_by("submitted_at")[:SHOWN]
    ]


def _purposes(user: Any) -> list[ToDo]:
    waiting = Purpose.objects.waiting().exclude(reader=user).select_related("reader")
    return [
        ToDo(
            _("Answer %(person)s, who wants to read across organisations") % {"person": row.reader.name}, url
        )
        for url in [reverse("purpose_list")]
        for row in waiting[:SHOWN]
    ]
