"""What every page's frame shows: the city, the menu for who one is, and at most one banner."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from .models import City


def frame(request: HttpRequest) -> dict[str, Any]:
    return {"city": City.objects.here(), "demo": settings.DEMO}
