from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from boards.models import SiteText

from .reporting import how_to_report


@require_safe
def incident_list(request: HttpRequest) -> HttpResponse:
    return render(request, "incidents/incident_list.html", {"how": how_to_report(request.user)})


@login_not_required
@require_safe
def incident_new(request: HttpRequest) -> HttpResponse:
    """Whom to call and where to report. Open to everyone: nobody looks for a password when it burns."""
    facts = {"how": how_to_report(request.user), "text": SiteText.objects.by_key("incident")}
    return render(request, "incidents/incident_new.html", facts)
