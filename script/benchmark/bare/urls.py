from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from .models import Row


def rows(request: HttpRequest) -> HttpResponse:
    return render(request, "rows.html", {"rows": Row.objects.order_by("pk")[:50]})


urlpatterns = [path("", rows)]
