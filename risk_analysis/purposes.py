"""The gate before what several organisations have written stands side by side: a purpose first, then the rows.

Put `@for_a_purpose(Purpose.What.RISKS)` on a page that shows such texts; it hands the page the purpose that stands,
and leads to the form where there is none. What is opened is noted in the log of readings by the page itself.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from boards.access import SignedInRequest

from .models import Purpose
from .models.purposes import ALONE_UP_TO, reads_across

Page = Callable[..., HttpResponse]


def standing(user: Any, what: str) -> Purpose | None:
    """The latest purpose of theirs that is approved and not too old."""
    mine = Purpose.objects.filter(reader=user, what=what)
    return mine.standing().select_related("approved_by", "reader").latest_first().first()


def for_a_purpose(what: str) -> Callable[[Page], Page]:
    """Hands the page the purpose; whoever has none says it first, and who may have none is refused."""

    def decorate(page: Page) -> Page:
        @wraps(page)
        def door(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not reads_across(request.user):
                raise PermissionDenied
            purpose = standing(request.user, what)
            if purpose is None:
                return ask(request, what)
            return page(request, purpose, *args, **kwargs)

        return door

    return decorate


def ask(request: SignedInRequest, what: str) -> HttpResponse:
    """To the form, and from there back to the page."""
    asked = urlencode({"vad": what, "till": request.get_full_path()})
    return redirect(f"{reverse('purpose_new')}?{asked}")


def is_outgrown(purpose: Purpose, organisations: int) -> bool:
    """So many have handed in since it was said that it now takes a second person."""
    return purpose.approved_by_id is None and organisations > ALONE_UP_TO
