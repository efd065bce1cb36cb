"""An analysis as a PDF: ordered, printed as a job, and given out to whoever reads the analysis."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from boards import documents
from boards.access import SignedInRequest, find_visible

from ..models import RsaPaper
from .finding import find


@require_POST
def rsa_paper_new(request: SignedInRequest, cycle: str, slug: str, what: str) -> HttpResponse:
    """Orders the latest edition that the person sees: the analysis itself, or the sheet for a workshop."""
    if what not in RsaPaper.What.values:
        raise Http404
    paper = RsaPaper.objects.ask(find(request, cycle, slug), what, by=request.user)
    if paper.version_id is None:
        messages.success(request, _("The PDF is being printed. You may leave the page."))
    return redirect(paper.page_for(request.user))


@require_safe
def rsa_paper(request: SignedInRequest, cycle: str, slug: str, pk: int) -> HttpResponse:
    """The file itself; until it is printed, it is not there."""
    paper: RsaPaper = find_visible(
        RsaPaper, request.user, "version__document", pk=pk, rsa__cycle__slug=cycle, rsa__slug=slug
    )
    if paper.version is None:
        raise Http404
    return documents.give_out(paper.version, to=request.user)
