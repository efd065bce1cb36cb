"""The versions of the programme: the list, the text, and the council's decisions about them."""

from collections import Counter, defaultdict
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from boards import activity
from boards.access import city_wide, find_visible, may
from boards.forms import attempt

from ..comparison import compare
from ..forms import InForceForm
from ..models import CouncilDecision, Descent, Paragraph, Programme
from ..models.vocabulary import Kind
from .settings import get_or_post, manages_city, posted


def reads(request: HttpRequest, slug: str) -> Programme:
    return find_visible(Programme, request.user, slug=slug)


@require_safe
def programme_list(request: HttpRequest) -> HttpResponse:
    versions = Programme.objects.visible_to(request.user).newest_first()
    decided = Prefetch("decisions", CouncilDecision.objects.select_related("replaced_by"))
    rows = list(versions.prefetch_related("focus_areas", decided))
    in_force = next((row for row in rows if row.state == Programme.State.IN_FORCE), None)
    rows.sort(key=lambda row: row != in_force)
    facts = {"programmes": rows, "in_force": in_force, "unconfirmed": not in_force} | _rights(request)
    return render(request, "security_program/programme_list.html", facts)


def _rights(request: HttpRequest) -> dict[str, bool]:
    return {
        "may_confirm": may(request.user, "manage_city"),
        "may_prepare": may(request.user, "review"),
    }


@require_safe
def programme_page(request: HttpRequest, slug: str) -> HttpResponse:
    programme = reads(request, slug)
    versions = list(_with_areas(Programme.objects.visible_to(request.user)).newest_first())
    in_force = any(version.state == Programme.State.IN_FORCE for version in versions)
    facts = {
        "programme": programme,
        "unconfirmed": not in_force,
        "decisions": programme.decisions.select_related("replaced_by"),
        "others": [version for version in versions if version != programme and version.areas],
        "paragraphs": _text(programme),
        "activity": activity.panel(request.user, programme),
    }
    rights = _rights(request)
    rights["corrects"] = rights["may_prepare"] and programme.is_settled
    page = facts | _asked(programme) | rights
    return render(request, "security_program/programme_page.html", page)


def _with_areas(versions: Any) -> Any:
    return versions.annotate(areas=Count("focus_areas"))


def _asked(programme: Programme) -> dict[str, Any]:
    """The goals and how much is asked, by focus area; None stands for the whole programme."""
    goals: dict[int | None, list[Any]] = defaultdict(list)
    duties: dict[int | None, int] = defaultdict(int)
    number = 0
    for goal in programme.goals.order_by("order"):
        goals[goal.focus_area_id].append(goal)
    by_area = programme.requirements.order_by().values_list("focus_area", "kind")
    for area, kind, count in by_area.annotate(count=Count("pk")):
        duties[area] += count if kind == Kind.DUTY else 0
        number += count
    areas = programme.focus_areas.all()
    return {
        "areas": [(area, goals[area.pk], duties[area.pk]) for area in areas],
        "goals": goals[None],
        "requirements": number,
    }


def _text(programme: Programme) -> list[Paragraph]:
    rows = programme.paragraphs.select_related("focus_area", "goal")
    return list(rows.prefetch_related("errata", "requirements"))


@require_safe
def programme_compare(request: HttpRequest) -> HttpResponse:
    seen = Programme.objects.visible_to(request.user).filter(focus_areas__isnull=False).distinct()
    by_slug = {programme.slug: programme for programme in seen.newest_first()}
    # Until somebody chooses: the latest version beside the one before it.
    latest = [*reversed(list(by_slug)[:2])] if "fran" not in request.GET else []
    asked = [by_slug.get(slug) for slug in latest or [request.GET.get(key, "") for key in ("fran", "till")]]
    one, other = [*asked, None, None][:2]
    comparison = compare(one, other) if one and other and one != other else None
    facts = {"programmes": by_slug.values(), "comparison": comparison, "asked": asked}
    return render(request, "security_program/programme_compare.html", facts)


@require_safe
def programme_lineage(request: HttpRequest) -> HttpResponse:
    """What became of every focus area, from each version to the next."""
    seen = Programme.objects.visible_to(request.user)
    lines = Descent.objects.select_related("before__programme", "after__programme", "goal")
    steps: dict[tuple[Programme, Programme], list[Descent]] = {}
    versions = list(seen.filter(focus_areas__isnull=False).distinct().order_by("first_year"))
    for before, after in pairwise(versions):
        steps[before, after] = [
            line
            for line in lines
            if (line.before and line.before.programme_id == before.pk)
            or (line.before is None and line.after and line.after.programme_id == after.pk)
        ]
    facts = {"steps": [(between, found, _in_short(found)) for between, found in steps.items()]}
    return render(request, "security_program/programme_lineage.html", facts)


def _in_short(lines: list[Descent]) -> list[tuple[Any, int]]:
    """How many focus areas were kept, changed and so on, in the order of the vocabulary."""
    counts = Counter(line.kind for line in lines)
    return [(kind.label, counts[kind]) for kind in Descent.Kind if counts[kind]]


def _decide(
    request: HttpRequest, programme: Programme, verb: Callable[..., None], words: dict[str, Any]
) -> HttpResponse:
    form = InForceForm(posted(request), programme=programme)
    if attempt(form, lambda: verb(by=request.user, **form.cleaned_data)):
        messages.success(request, words["done"] % {"programme": programme})
        return redirect("programme_list")
    facts = {"programme": programme, "form": form, "ends": Programme.objects.in_force()} | words
    return render(request, "security_program/programme_in_force.html", facts)


@get_or_post
@manages_city
def programme_in_force(request: HttpRequest, slug: str) -> HttpResponse:
    """A person notes the council's decision; the product never concludes it from the dates."""
    programme = reads(request, slug)
    words = {
        "heading": _("Note that the programme is in force"),
        "press": _("Note that it is in force"),
        "done": _("%(programme)s is in force."),
    }
    return _decide(request, programme, programme.confirm_in_force, words)


@get_or_post
@manages_city
def programme_kept(request: HttpRequest, slug: str) -> HttpResponse:
    programme = reads(request, slug)
    if not programme.can_be_kept:
        raise Http404
    words = {
        "heading": _("Note that the programme goes on"),
        "press": _("Note that it goes on"),
        "done": _("%(programme)s is in force until the next version."),
    }
    return _decide(request, programme, programme.keep_in_force, words)


@get_or_post
@manages_city
def programme_ended(request: HttpRequest, slug: str) -> HttpResponse:
    programme = reads(request, slug)
    if programme.state != Programme.State.IN_FORCE:
        raise Http404
    words = {
        "heading": _("Note that the programme has ended"),
        "press": _("Note that it has ended"),
        "done": _("%(programme)s has ended."),
    }
    return _decide(request, programme, programme.end, words)


@require_POST
@city_wide("review")
def programme_moved(request: HttpRequest, slug: str) -> HttpResponse:
    programme = reads(request, slug)
    try:
        programme.move_on(by=request.user)
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    else:
        said = {"programme": programme, "state": programme.get_state_display()}
        messages.success(request, _("%(programme)s is now: %(state)s.") % said)
    return redirect(programme)
