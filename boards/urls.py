from django.urls import include, path

from . import frame, language, style

urlpatterns = [
    path("", include("boards.accounts.urls")),
    path("", include("boards.board_urls")),
    path("", include("boards.job_urls")),
    path("", include("boards.notice_urls")),
    path("stil/", style.style, name="style"),
    path("sprak/", language.set_language, name="set_language"),
    path("logotyp.svg", frame.city_logo, name="city_logo"),
]
