from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from boards.bilingual import word_in_readers_language as in_words
from boards.days import today

from .duty import may_see_phones, on_duty_for, phones_for
from .models import Level, reference


@require_safe
def crisis_home(request: HttpRequest) -> HttpResponse:
    levels = list(Level.objects.all())
    principles = [(in_words(row, "name"), in_words(row, "text")) for row in reference("principles")]
    facts = {
        "steps": [level for level in levels if level.step],
        "axes": [level for level in levels if not level.step],
        "principles": principles,
        "duty": on_duty_for(request.user),
        "sees_phones": may_see_phones(request.user),
    }
    return render(request, "crisis/crisis_home.html", facts)


@require_safe
def duty_phones(request: HttpRequest) -> HttpResponse:
    """For those who may see how people on duty are reached; one list, to have on paper as well."""
    if not may_see_phones(request.user):
        raise PermissionDenied
    return render(request, "crisis/duty_phones.html", {"duty": phones_for(request.user), "day": today()})
