"""Addresses of who rests on whom."""

from django.urls import path

from .pages import relied_on, what_if

urlpatterns = [
    path("namnder/<slug:slug>/vad-stannar/", what_if.board_what_if, name="board_what_if"),
    path("namnder/<slug:slug>/beroende-av-oss/", relied_on.board_relied_on, name="board_relied_on"),
    path(
        "namnder/<slug:slug>/beroende-av-oss/<int:pk>/", relied_on.dependency_answer, name="dependency_answer"
    ),
]
