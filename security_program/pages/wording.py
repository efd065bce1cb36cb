"""The city loads the decided wording from its own document, looks at it, confirms it, and corrects it later."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from boards.access import city_wide, find_visible
from boards.forms import attempt

from .. import wording
from ..models import Paragraph, Programme
from ..programme_file import Line
from ..wording_forms import ErratumForm, MappingForm, TextFileForm
from .settings import get_or_post, posted, sent

PENDING = "programme_text"
prepares = city_wide("review")


@get_or_post
@prepares
def text_new(request: HttpRequest, slug: str) -> HttpResponse:
    programme = _open_for_text(request, slug)
    form = TextFileForm(*sent(request))
    if form.is_valid():
        request.session[PENDING] = {
            "programme": programme.pk,
            "lines": [[line.text, line.level] for line in form.lines],
        }
        return redirect("text_preview", programme.slug)
    facts = {"programme": programme, "form": form}
    return render(request, "security_program/programme_text.html", facts)


@get_or_post
@prepares
def text_preview(request: HttpRequest, slug: str) -> HttpResponse:
    """Shows what was read and what it would be tied to; writes it when somebody says so."""
    programme = _open_for_text(request, slug)
    pending = request.session.get(PENDING, {})
    if pending.get("programme") != programme.pk:
        return redirect("text_new", programme.slug)
    lines = [Line(text, level) for text, level in pending["lines"]]
    proposed = wording.propose(programme, lines)
    form = MappingForm(posted(request), programme=programme, proposed=proposed, last=len(lines))
    if attempt(form, lambda: wording.load(programme, lines, form.mapping, by=request.user)):
        del request.session[PENDING]
        messages.success(request, _("The text is loaded."))
        return redirect(programme)
    facts = {"programme": programme, "form": form, "lines": lines}
    return render(request, "security_program/programme_text_preview.html", facts)


def _open_for_text(request: HttpRequest, slug: str) -> Programme:
    programme: Programme = find_visible(Programme, request.user, slug=slug)
    if programme.is_settled and programme.paragraphs.exists():
        raise Http404
    return programme


@get_or_post
@prepares
def erratum_new(request: HttpRequest, slug: str, order: int) -> HttpResponse:
    programme = find_visible(Programme, request.user, slug=slug)
    paragraph = programme.paragraphs.filter(order=order).first()
    if paragraph is None or not programme.is_settled:
        raise Http404
    return _correct(request, paragraph)


def _correct(request: HttpRequest, paragraph: Paragraph) -> HttpResponse:
    form = ErratumForm(posted(request), initial={"right": paragraph.text})
    if attempt(form, lambda: paragraph.correct(by=request.user, **form.cleaned_data)):
        messages.success(request, _("The correction stands beside the text."))
        return redirect(f"{paragraph.programme.get_absolute_url()}#{paragraph.anchor}")
    facts = {"paragraph": paragraph, "programme": paragraph.programme, "form": form}
    return render(request, "security_program/programme_erratum.html", facts)
