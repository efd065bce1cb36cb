"""How every page of an analysis finds it: the latest edition that the person may see, or the one 404."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.views.decorators.http import require_http_methods

from boards import read_log
from boards.access import SignedInRequest, find_visible, may

from ..models import Item, Rsa
from ..parts import BY_SLUG, Part

WRITE = "edit_protected"
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


def find(request: SignedInRequest, cycle: str, slug: str, *, to: str = "") -> Rsa:
    where = {"cycle__slug": cycle, "slug": slug}
    seen = Rsa.objects.visible_to(request.user).filter(**where)
    rsa: Rsa = seen.with_names().order_by("-edition").first() or find_visible(Rsa, request.user, **where)
    if to and not may(request.user, to, rsa.board):
        raise PermissionDenied
    return rsa


def find_part(slug: str) -> Part:
    if slug not in BY_SLUG:
        raise Http404
    return BY_SLUG[slug]


def find_item(request: SignedInRequest, cycle: str, slug: str, part: str, pk: int, *, to: str = "") -> Any:
    """With the analysis along, so that the verbs ask for nothing more."""
    model = find_part(part).model
    where = {"pk": pk, "rsa__cycle__slug": cycle, "rsa__slug": slug}
    along = ("rsa__board", "rsa__cycle", "rsa__method", "rsa__unit", *model.NAMED)
    item: Any = find_visible(model, request.user, *along, **where)
    if to and not may(request.user, to, item.board):
        raise PermissionDenied
    return item


def note_reading(request: SignedInRequest, rsa: Rsa, rows: list[Item], what: str) -> None:
    """What is read at one's own board is noted as a list; each thing that somebody else opens, by itself."""
    if may(request.user, WRITE, rsa.board):
        read_log.listed(request.user, rows or [rsa], level="K2", query=what)
    else:
        read_log.opened(request.user, rsa, level="K2", what=what)


def may_write(request: SignedInRequest, rsa: Rsa) -> bool:
    return rsa.is_written and may(request.user, WRITE, rsa.board)


def posted(request: SignedInRequest) -> Any:
    """What was sent, even when it is nothing but a press of the button."""
    return request.POST if request.method == "POST" else None
