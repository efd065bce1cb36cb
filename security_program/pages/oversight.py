"""The city's view of the obligations: the matrix, one requirement across all, and reminders."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from boards.access import SignedInRequest, city_wide, find_visible, may
from boards.days import today

from .. import reminding
from ..models import Assignment, Reminder, Requirement
from ..oversight import PREFIX, Across, Matrix, years


def _year(request: SignedInRequest, known: list[int]) -> int:
    """The one the address asks for, else this year or the latest there is."""
    asked = request.GET.get("ar", "")
    if asked.isdecimal() and int(asked) in known:
        return int(asked)
    return today().year if today().year in known else max(known, default=today().year)


@require_safe
@city_wide("view_submitted")
def obligation_matrix(request: SignedInRequest) -> HttpResponse:
    known = years()
    matrix = Matrix(_year(request, known), request.GET.get("omrade", ""))
    context = {"matrix": matrix, "years": known, "reviews": may(request.user, "review")}
    return render(request, "security_program/obligation_matrix.html", context)


@require_safe
@city_wide("view_submitted")
def requirement_oversight(request: SignedInRequest, code: str) -> HttpResponse:
    """One requirement at everybody who answers for it."""
    requirement = find_visible(Requirement, request.user, code=code.upper())
    known = requirement.assignments.years()
    year = _year(request, known)
    context = {
        "requirement": requirement,
        "across": Across(requirement, year),
        "year": year,
        "years": known,
    }
    return render(request, "security_program/requirement_oversight.html", context)


@require_safe
@city_wide("view_submitted")
def obligation_cell(request: SignedInRequest, year: int, number: str, slug: str) -> HttpResponse:
    """From a cell to the evidence: the address is short because the matrix has thousands of them."""
    key = {"board__slug": slug, "year": year, "requirement__code": f"{PREFIX}{number}"}
    return redirect(find_visible(Assignment, request.user, **key))


@require_http_methods(["GET", "POST"])
@city_wide("review")
def obligation_reminders(request: SignedInRequest) -> HttpResponse:
    year = _year(request, years())
    if request.method == "POST":
        try:
            sent = len(reminding.remind(year, by=request.user, shown=request.POST.get("visat", "")))
            done = ngettext("%(number)s reminder is sent.", "%(number)s reminders are sent.", sent)
            messages.success(request, done % {"number": sent})
        except ValidationError as error:
            messages.error(request, error.messages[0])
        return redirect("obligation_reminders")
    rows = reminding.prepare(year)
    context = {
        "year": year,
        "rows": rows,
        "receivers": sum(bool(row.people) for row in rows),
        "shown": reminding.digest(rows),
        "sent": Reminder.objects.of_year(year).prefetch_related("people")[:100],
    }
    return render(request, "security_program/obligation_reminders.html", context)
