from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from boards.access import find_visible, may
from boards.forms import attempt

from ..forms import InForceForm
from ..models import Programme
from .settings import get_or_post, manages_city, posted


@require_safe
def programme_list(request: HttpRequest) -> HttpResponse:
    versions = Programme.objects.visible_to(request.user).newest_first().prefetch_related("focus_areas")
    rows = list(versions)
    return render(
        request,
        "security_program/programme_list.html",
        {
            "programmes": rows,
            "in_force": next((row for row in rows if row.state == Programme.State.IN_FORCE), None),
            "may_confirm": may(request.user, "manage_city"),
        },
    )


@get_or_post
@manages_city
def programme_in_force(request: HttpRequest, slug: str) -> HttpResponse:
    """A person notes the council's decision; the product never concludes it from the dates."""
    programme = find_visible(Programme, request.user, slug=slug)
    form = InForceForm(posted(request), programme=programme)
    if attempt(form, lambda: programme.confirm_in_force(by=request.user, **form.cleaned_data)):
        messages.success(request, _("%(programme)s is in force.") % {"programme": programme})
        return redirect("programme_list")
    facts = {"programme": programme, "form": form, "ends": Programme.objects.in_force()}
    return render(request, "security_program/programme_in_force.html", facts)
