"""What one is told, why, what was sent when, and how to stop it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from . import access, notices
from .access import SignedInRequest
from .models import Dispatch, Notice, NoticeStop
from .models.notices import DIGEST
from .notices import KINDS, NoticeKind

SHOWN = 50
STATUS = {
    Dispatch.State.WAITING: "ongoing",
    Dispatch.State.SENT: "done",
    Dispatch.State.FAILED: "late",
    Dispatch.State.RETURNED: "late",
}


@dataclass(frozen=True)
class Choice:
    """A kind, as the person has chosen it."""

    kind: NoticeKind
    is_stopped: bool

    @property
    def label(self) -> str:
        """The sentence without what it would be about."""
        facts = {"board": _("a board or company"), "number": "", "day": _("a certain day")}
        return str(capfirst(str(self.kind.sentence) % facts))


@dataclass(frozen=True)
class Said:
    """A notice in words."""

    notice: Notice
    sentence: str


@dataclass(frozen=True)
class Sent:
    dispatch: Dispatch
    label: str
    status: str


def unread(user: Any) -> list[Said]:
    """For one's own page: the latest that one has not read."""
    new = Notice.objects.visible_to(user).unread().select_related("board").latest_first()
    return [Said(each, notices.sentence_in_page(each)) for each in new[:5]]


@require_safe
def notice_list(request: SignedInRequest) -> HttpResponse:
    found = list(Notice.objects.visible_to(request.user).select_related("board").latest_first()[:SHOWN])
    stopped = set(NoticeStop.objects.filter(person=request.user).values_list("kind", flat=True))
    sent = Dispatch.objects.filter(person=request.user).latest_first()[:SHOWN]
    context = {
        "notices": [Said(each, notices.sentence_in_page(each)) for each in found],
        "unread": sum(each.read_at is None for each in found),
        "choices": _choices(request.user, stopped),
        "digest_stopped": DIGEST in stopped,
        "sent": [Sent(each, _label(each.kind), STATUS[Dispatch.State(each.state)]) for each in sent],
    }
    return render(request, "boards/notice_list.html", context)


def _choices(user: Any, stopped: set[str]) -> list[Choice]:
    """What the person may be told of; the letters about an account are one line."""
    rights = access.rights_of(user)
    known = set(rights.city) | {word for word, boards in rights.at.items() if boards}
    mine = (each for each in KINDS.values() if not each.permission or each.permission in known)
    lines = {str(each.sentence): each for each in mine}
    return [Choice(each, each.name in stopped) for each in lines.values()]


def _label(kind: str) -> str:
    if kind == DIGEST:
        return _("The daily mail")
    return Choice(KINDS[kind], False).label if kind in KINDS else kind


@require_POST
def notice_read(request: SignedInRequest) -> HttpResponse:
    Notice.objects.visible_to(request.user).mark_read()
    return redirect("notice_list")


@require_POST
def notice_choice(request: SignedInRequest, kind: str) -> HttpResponse:
    """Stops mail of one kind, or the whole daily mail, or lets it come again."""
    what = KINDS.get(kind)
    if what is None and kind != DIGEST:
        raise Http404
    if what and what.needed:
        messages.warning(request, _("This cannot be stopped. %(why)s") % {"why": what.needed})
    elif request.POST.get("choice") == "resume":
        NoticeStop.resume(request.user, kind, by=request.user)
    else:
        NoticeStop.stop(request.user, kind, by=request.user)
    return redirect("notice_list")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def notice_unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """From the link in a mail, by whoever has it: a form, since mail scanners open links too."""
    person = notices.person_of(token)
    if person is None:
        raise Http404
    if request.method == "POST":
        NoticeStop.stop(person, DIGEST, by=None)
    return render(request, "boards/notice_unsubscribe.html", {"done": request.method == "POST"})
