"""Letters about one's own account: a template in the recipient's language, sealed in the outbox, sent at once."""

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from . import classes, outbox, sealed_fields

if TYPE_CHECKING:
    from .models import User


def send(template: str, to: "User | None", *, address: str = "", **facts: Any) -> None:
    """In the caller's transaction. With an address it goes there and not to the one the person has now."""
    city = apps.get_model("boards", "City").objects.here()
    with translation.override(language_of(to)), sealed_fields.writing_for(classes.Place.MAIL):
        context = {"person": to, "city": city, "site": settings.PUBLIC_URL, **facts}
        subject, _line, body = render_to_string(f"mail/{template}.txt", context).strip().partition("\n")
    outbox.write(
        template, to, address=address, subject=subject, body=body.strip(), reply_to=city.support_email
    )


def language_of(person: "User | None") -> str:
    return (person and person.language) or settings.LANGUAGE_CODE
