from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .models import Board


def board_list(request: HttpRequest) -> HttpResponse:
    boards = Board.objects.visible_to(request.user).bound().on().by_name()
    return render(request, "boards/board_list.html", {"boards": boards})
