"""Pages to read: help, glossary and how personal data are handled. Open to everyone."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from boards.models import SiteText

from .. import glossary as words
from ..models import HelpText


@login_not_required
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    texts = list(HelpText.objects.all())
    facts = {
        "topics": [text for text in texts if text.kind == HelpText.Kind.TOPIC],
        "trails": [text for text in texts if text.kind == HelpText.Kind.TRAIL],
    }
    return render(request, "security_program/help.html", facts)


@login_not_required
@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    terms = words.in_order()
    return render(
        request, "security_program/glossary.html", {"terms": terms, "letters": words.letters(terms)}
    )


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "security_program/privacy.html", {"text": SiteText.objects.by_key("privacy")})
