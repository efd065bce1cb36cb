from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from boards.access import visible
from boards.models import Board


@login_not_required
def front(request: HttpRequest) -> HttpResponse:
    return render(request, "security_program/front.html")


def my_page(request: HttpRequest) -> HttpResponse:
    return render(request, "security_program/my_page.html")


@visible(Board)
def board_page(request: HttpRequest, board: Board) -> HttpResponse:
    return render(request, "boards/board_detail.html", {"board": board})
