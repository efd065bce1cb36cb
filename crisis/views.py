from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from boards.bilingual import word_in_readers_language as in_words

from .duty import on_duty_for
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
    }
    return render(request, "crisis/crisis_home.html", facts)
