from django.urls import path

from . import frame, language, views

urlpatterns = [
    path("namnder/", views.board_list, name="board_list"),
    path("sprak/", language.set_language, name="set_language"),
    path("logotyp.svg", frame.city_logo, name="city_logo"),
]
