from django.urls import include, path

from . import frame, language, log_views, style

urlpatterns = [
    path("", include("boards.accounts.urls")),
    path("", include("boards.board_urls")),
    path("", include("boards.job_urls")),
    path("", include("boards.notice_urls")),
    path("logg/", log_views.log, name="log"),
    path("logg/lasningar/", log_views.read_log, name="read_log"),
    path("stil/", style.style, name="style"),
    path("sprak/", language.set_language, name="set_language"),
    path("logotyp.svg", frame.city_logo, name="city_logo"),
]
