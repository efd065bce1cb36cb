"""Pages for what went wrong, in two languages, that lose nothing.

A page that is not there is the same bytes at every address (`lost`): nothing in it may tell a record that
exists from one that does not.
"""

import logging
import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from rest_framework.exceptions import NotFound

from boards import kept, problems

BOARD_PAGES = "namnder/<slug:slug>/"
logger = logging.getLogger(__name__)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if request.path.startswith("/api/"):
        return problems.answer(404, NotFound.default_detail)
    return render(request, "404.html", {"lost": True}, status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", {"lost": True, "board": board_in(request)}, status=403)


def board_in(request: HttpRequest) -> str:
    """The board whose page it was, which everybody signed in may know of, so that one can ask for access there."""
    match = request.resolver_match
    at_a_board = match is not None and match.route.startswith(BOARD_PAGES)
    return match.kwargs["slug"] if match and at_a_board else ""


def failed(request: HttpRequest) -> HttpResponse:
    """Needs nothing of the database, which may be what is broken; what was typed is kept there, or goes along."""
    number = secrets.token_hex(3).upper()
    # The route and not the address, which may hold a secret.
    route = request.resolver_match.route if request.resolver_match else ""
    logger.error("Error number %s was shown at %s", number, route)
    context = {"number": number, "lost": True, "kept": kept.keep_if_possible(request)}
    if request.method == "POST" and not context["kept"] and not is_from_elsewhere(request):
        context |= given_back(request)
    return HttpResponse(render_to_string("500.html", context), status=500)


def given_back(request: HttpRequest) -> dict[str, Any]:
    """For the page itself to carry; what was wrong may be the very text that was sent."""
    try:
        posted = posted_text(request)
    except Exception:
        logger.exception("what was typed could not be read")
        posted = []
    return {"posted": posted, "path": request.get_full_path(), "csrf_token": get_token(request)}


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A page left open too long: what was typed can be sent again with one press, and is kept if one goes back."""
    ours = is_from_our_page(request)
    context = {
        "stale_form": True,
        "posted": posted_text(request) if ours else [],
        "kept": ours and kept.keep_if_possible(request),
    }
    return render(request, "403.html", context, status=403)


def is_from_elsewhere(request: HttpRequest) -> bool:
    return request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none")


def is_from_our_page(request: HttpRequest) -> bool:
    """A foreign site's post is neither offered again nor kept."""
    return request.headers.get("Sec-Fetch-Site") == "same-origin"


def posted_text(request: HttpRequest) -> list[tuple[str, str]]:
    """Without files, which cannot be sent along, and passwords, which should not."""
    if request.FILES:
        return []
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    typed = [(name, value) for name, value in fields if name != "csrfmiddlewaretoken"]
    return [] if any(kept.SECRET.search(name) for name, _value in typed) else typed
