"""Addresses of who rests on whom."""

from django.urls import path

from .pages import city_dependencies, relied_on, what_if

urlpatterns = [
    path("riskbilden/beroenden/", city_dependencies.city_dependencies, name="city_dependencies"),
    path(
        "riskbilden/beroenden/koncentration/",
        city_dependencies.city_concentrations,
        name="city_concentrations",
    ),
    path(
        "riskbilden/beroenden/motsagelser/", city_dependencies.city_contradictions, name="city_contradictions"
    ),
    path("riskbilden/beroenden/obesvarade/", city_dependencies.city_unanswered, name="city_unanswered"),
    path("namnder/<slug:slug>/vad-stannar/", what_if.board_what_if, name="board_what_if"),
    path("namnder/<slug:slug>/beroende-av-oss/", relied_on.board_relied_on, name="board_relied_on"),
    path(
        "namnder/<slug:slug>/beroende-av-oss/<int:pk>/", relied_on.dependency_answer, name="dependency_answer"
    ),
]
