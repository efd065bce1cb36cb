from django.urls import include, path

from . import frame, language, style, views

urlpatterns = [
    path("", include("boards.accounts_urls")),
    path("namnder/", views.board_list, name="board_list"),
    path("stil/", style.style, name="style"),
    path("sprak/", language.set_language, name="set_language"),
    path("logotyp.svg", frame.city_logo, name="city_logo"),
]
