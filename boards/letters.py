"""Mail goes by way of a sealed row: a request never waits for a mail server, and none is lost when it is down.

A letter to nobody is written as well, and thrown away by the worker, so that asking about an unknown
address costs exactly as much as about a known one.
"""

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone, translation

from . import classes, sealed_fields, sealing

if TYPE_CHECKING:
    from .models import Letter, User

PURPOSE = "letter"
WAITS = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60)]


def _model(name: str) -> Any:
    return apps.get_model("boards", name)


def send(template: str, to: "User | None", *, address: str = "", **facts: Any) -> None:
    """Writes the letter in the recipient's language, in the caller's transaction."""
    with translation.override((to and to.language) or settings.LANGUAGE_CODE):
        context = {"person": to, "city": _model("City").objects.here(), "site": settings.PUBLIC_URL, **facts}
        with sealed_fields.writing_for(classes.Place.MAIL):
            text = render_to_string(f"mail/{template}.txt", context)
        subject, _line, body = text.strip().partition("\n")
    content = json.dumps(
        {"to": address or (to.email if to else ""), "subject": subject, "body": body.strip()}
    )
    with transaction.atomic():
        letter = _model("Letter").objects.create(sealed=sealing.seal(content, PURPOSE))
        _model("Job").objects.ask("letters", key=f"letter:{letter.pk}")


def post_due() -> int:
    """Sends what is due. A letter whose sending failed stays and comes again; at worst it arrives twice."""
    sent = 0
    for letter in _model("Letter").objects.filter(due_at__lte=timezone.now()).order_by("pk")[:200]:
        if _claim(letter):
            _post(json.loads(sealing.unseal(letter.sealed, PURPOSE)))
            letter.delete()
            sent += 1
    return sent


def _claim(letter: "Letter") -> bool:
    wait = WAITS[min(letter.attempt, len(WAITS) - 1)]
    mine = _model("Letter").objects.filter(pk=letter.pk, attempt=letter.attempt)
    return mine.update(attempt=F("attempt") + 1, due_at=timezone.now() + wait) == 1


def _post(content: dict[str, str]) -> None:
    if content["to"]:
        EmailMessage(content["subject"], content["body"], settings.DEFAULT_FROM_EMAIL, [content["to"]]).send()
