"""An analysis as its organisation works with it: the start, what is left, the whole on one page, the receipt."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from boards.access import SignedInRequest, find_visible
from boards.forms import attempt
from boards.models import Board, City

from .. import matrix
from ..comparison import Mark, as_handed_in, before, compare
from ..copying import begin_from_earlier, begin_from_list, earlier_of
from ..gaps import Gap, Rows, gaps, gaps_of
from ..models import Considered, QuestionHandled, Remark, Risk, Rsa, RsaCycle, Snapshot
from ..parts import PARTS
from ..step_forms import CapabilityForm, ConsideredForm, QuestionForm, ReplyForm
from ..steps import open_steps
from ..whole import chapters
from .finding import WRITE, find, get_or_post, may_write, note_reading, posted

# What the buttons of the start page say; without a word it is last year's.
WAYS: dict[str, Any] = {"lista": begin_from_list, "tomt": Rsa.objects.begin}


@require_safe
def rsa_page(request: SignedInRequest, cycle: str, slug: str) -> HttpResponse:
    """What is to be done and what is left; before it has been begun, what there is to begin with."""
    starting = _to_begin(request, cycle, slug)
    if starting:
        return _start_page(request, *starting)
    rsa = find(request, cycle, slug)
    rows = Rows.of(rsa)
    left = gaps(rows) if rsa.is_written else []
    note_reading(request, rsa, [], "rsa")
    facts = {
        "rsa": rsa,
        "board": rsa.board,
        "tasks": [_task(rsa, rows, part, left) for part in PARTS],
        "left": left,
        "writes": may_write(request, rsa),
        "steps": open_steps(rsa, request.user),
        "log": rsa.steps.select_related("by"),
        "remarks": list(Remark.objects.on(rsa)) if rsa.edition > 1 else [],
        "matrix": matrix.rows(rsa.method, rows.risks),
        "likelihoods": matrix.steps(rsa.method.likelihoods),
        "risks": sorted(rows.risks, key=_weight),
        "question": QuestionHandled.objects.of(rsa),
    }
    return render(request, "risk_analysis/rsa_page.html", facts)


def _weight(risk: Risk) -> Any:
    return (-(risk.consequence or 0), -(risk.likelihood or 0), risk.title)


def _task(rsa: Rsa, rows: Rows, part: Any, left: list[Gap]) -> dict[str, Any]:
    """One part in the list: done when nothing of it is left and something stands there."""
    number, waiting = rows.numbers[part.slug], rows.unconfirmed[part.slug]
    missing = [gap for gap in left if gap.part == part.slug]
    status = "action" if missing else "done" if number else "todo"
    words = {"action": _("Not finished"), "done": _("Done"), "todo": _("Nothing yet")}
    hint = _("%(confirmed)s of %(number)s confirmed") % {"confirmed": number - waiting, "number": number}
    return {
        "title": part.title,
        "url": rsa.part_url(part.slug),
        "hint": hint if number else "",
        "status": status if rsa.is_written else "",
        "word": words[status],
    }


def _to_begin(request: SignedInRequest, cycle: str, slug: str) -> tuple[RsaCycle, Board] | None:
    """The round and one's own organisation, where nobody has begun yet."""
    if Rsa.objects.filter(cycle__slug=cycle, slug=slug).exists():
        return None
    round_ = RsaCycle.objects.visible_to(request.user).filter(slug=cycle).select_related("method").first()
    board = Board.objects.where(request.user, WRITE).filter(slug=slug).first() if round_ else None
    return (round_, board) if round_ and board and round_.is_open and round_.asks(board) else None


def _start_page(request: SignedInRequest, cycle: RsaCycle, board: Board) -> HttpResponse:
    earlier = earlier_of(cycle, board)
    facts = {"cycle": cycle, "board": board, "earlier": earlier}
    return render(request, "risk_analysis/rsa_start.html", facts)


@require_POST
def rsa_begun(request: SignedInRequest, cycle: str, slug: str) -> HttpResponse:
    """One press. Pressed twice it leads to what the first press began."""
    starting = _to_begin(request, cycle, slug)
    if starting is None:
        return redirect(find(request, cycle, slug, to=WRITE))
    round_, board = starting
    begin = WAYS.get(request.POST.get("fran", ""), begin_from_earlier)
    try:
        rsa = begin(round_, board, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("rsa_page", cycle, slug)
    messages.success(request, _followed(rsa))
    return redirect(rsa)


def _followed(rsa: Rsa) -> str:
    counts = {"commitments": 0, "risks": 0, "plans": 0, "measures": 0}
    for name in counts:
        counts[name] = getattr(rsa, name).count()
    if not any(counts.values()):
        return _("The analysis is begun. Begin with the commitments.")
    text = _(
        "%(commitments)s commitments, %(risks)s risks, %(plans)s continuity plans and %(measures)s measures"
        " came along. Nothing is confirmed yet."
    )
    return text % counts


@require_safe
def rsa_whole(request: SignedInRequest, cycle: str, slug: str) -> HttpResponse:
    """All of it on one page, what has changed since last year first; from here it is sent on."""
    rsa = find(request, cycle, slug)
    note_reading(request, rsa, [], "rsa, whole")
    left = gaps_of(rsa) if rsa.is_written else []
    return render(
        request,
        "risk_analysis/rsa_whole.html",
        {**_whole(rsa), "left": left, "steps": open_steps(rsa, request.user)},
    )


@require_safe
def rsa_edition(request: SignedInRequest, cycle: str, slug: str, number: int) -> HttpResponse:
    """An earlier version as it was handed in."""
    rsa = find_visible(
        Rsa, request.user, "board", "cycle", "method", "unit", cycle__slug=cycle, slug=slug, edition=number
    )
    note_reading(request, rsa, [], f"rsa, version {number}")
    return render(
        request, "risk_analysis/rsa_whole.html", {**_whole(rsa), "left": [], "steps": {}, "is_old": True}
    )


def _whole(rsa: Rsa) -> dict[str, Any]:
    now, then = as_handed_in(rsa), before(rsa)
    marks = compare(then, now)
    return {
        "rsa": rsa,
        "board": rsa.board,
        "chapters": chapters(rsa, now, marks),
        "compared": any(then.values()),
        "totals": {
            "new": sum(part.count(Mark.NEW) for part in marks.values()),
            "changed": sum(part.count(Mark.CHANGED) for part in marks.values()),
            "removed": sum(part.count(Mark.REMOVED) for part in marks.values()),
            "raised": marks["risks"].raised,
            "lowered": marks["risks"].lowered,
        },
        "likelihoods": matrix.steps(rsa.method.likelihoods),
        "is_old": False,
    }


@require_safe
def rsa_receipt(request: SignedInRequest, cycle: str, slug: str) -> HttpResponse:
    """Stays at its address: what was handed in last, when, its number, and what happens next."""
    seen = find(request, cycle, slug)
    rsa = seen.editions.submitted().with_names().last()
    if rsa is None:
        raise Http404
    facts = {
        "rsa": rsa,
        "board": rsa.board,
        "snapshot": Snapshot.objects.get(rsa=rsa),
        "steps": open_steps(rsa, request.user),
    }
    return render(request, "risk_analysis/rsa_receipt.html", facts)


@require_safe
def rsa_projector(request: SignedInRequest, cycle: str, slug: str, pk: int) -> HttpResponse:
    """One risk at a time for a meeting: large text, the matrix, the next and the one before."""
    rsa = find(request, cycle, slug)
    ordered = list(rsa.risks.standing().in_order().with_names())
    risk = next((each for each in ordered if each.pk == pk), None)
    if risk is None:
        raise Http404
    risk.rsa, place = rsa, ordered.index(risk)
    note_reading(request, rsa, [risk], "rsa risker")
    facts = {
        "rsa": rsa,
        "board": rsa.board,
        "risk": risk,
        "number": place + 1,
        "of": len(ordered),
        "previous": ordered[place - 1] if place else None,
        "next": ordered[place + 1] if place + 1 < len(ordered) else None,
        **matrix.placed(rsa.method, risk),
    }
    return render(request, "risk_analysis/rsa_projector.html", facts)


@get_or_post
def rsa_question(request: SignedInRequest, cycle: str, slug: str) -> HttpResponse:
    """The answer is read, shown once on the screen and kept nowhere; the page is as long for each of them.

    It leads nowhere, so that no address tells the answer, and it is not packed, so that no length does.
    """
    rsa = find(request, cycle, slug, to=WRITE)
    form = QuestionForm(posted(request))
    answered = form.is_valid()
    if answered:
        QuestionHandled.objects.note(rsa, by=request.user)
    facts = {
        "rsa": rsa,
        "board": rsa.board,
        "form": form,
        "answered": answered,
        "shows": "a" if answered and form.cleaned_data["secret_answer"] == QuestionForm.NO else "b",
        "phone": City.objects.here().protective_security_phone,
    }
    response = render(request, "risk_analysis/rsa_question.html", facts)
    response["Content-Encoding"] = "identity"
    return response


@get_or_post
def rsa_considered(request: SignedInRequest, cycle: str, slug: str, what: str) -> HttpResponse:
    """What every analysis considers and this one does not find relevant, with the reason."""
    rsa = find(request, cycle, slug, to=WRITE)
    if what not in Considered.What.values:
        raise Http404
    said = rsa.considered.filter(what=what).first()
    form = ConsideredForm(posted(request), initial={"what": what, "reason": said.reason if said else ""})
    facts = {"rsa": rsa, "board": rsa.board, "form": form, "heading": Considered.What(what).label}
    if attempt(
        form, lambda: Considered.objects.state(rsa, by=request.user, **{**form.cleaned_data, "what": what})
    ):
        messages.success(request, _("Saved."))
        return redirect(rsa)
    return render(request, "risk_analysis/rsa_form.html", facts)


@get_or_post
def rsa_capabilities(request: SignedInRequest, cycle: str, slug: str) -> HttpResponse:
    """How well the organisation manages each of the things that the method asks about."""
    rsa = find(request, cycle, slug)
    judged = {each.place: each for each in rsa.capabilities.all()}
    writes = may_write(request, rsa)
    form = CapabilityForm(posted(request)) if writes else None
    if form is not None and attempt(
        form, lambda: rsa.capabilities.model.objects.judge(rsa, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Saved."))
        return redirect("rsa_capabilities", cycle, slug)
    asked = [(step, judged.get(step.number)) for step in matrix.steps(rsa.method.capabilities)]
    facts = {
        "rsa": rsa,
        "board": rsa.board,
        "writes": writes,
        "asked": [(step, row, _graded(form, step, row)) for step, row in asked],
    }
    return render(request, "risk_analysis/rsa_capabilities.html", facts)


def _graded(form: CapabilityForm | None, step: Any, row: Any) -> CapabilityForm | None:
    """A form for each; the one that was sent keeps what was typed in it."""
    if form is None:
        return None
    if form.is_bound and form.data.get("place") == str(step.number):
        return form
    known = {"grade": row.grade, "text": row.text} if row else {}
    return CapabilityForm(initial={"place": step.number, **known}, auto_id=f"id_{step.number}_%s")


@get_or_post
def rsa_remark(request: SignedInRequest, cycle: str, slug: str, pk: int) -> HttpResponse:
    """The board says what it has done about a remark."""
    rsa = find(request, cycle, slug, to=WRITE)
    remark = get_object_or_404(Remark.objects.on(rsa), pk=pk)
    form = ReplyForm(posted(request), initial={"reply": remark.reply})
    if attempt(form, lambda: remark.answer(form.cleaned_data["reply"], by=request.user)):
        messages.success(request, _("Saved."))
        return redirect(rsa)
    facts = {
        "rsa": rsa,
        "board": rsa.board,
        "form": form,
        "heading": _("Answer a remark"),
        "quoted": remark.text,
    }
    return render(request, "risk_analysis/rsa_form.html", facts)
