from django.urls import include, path

from . import drafts, frame, language, log_views, paper_bin, style

urlpatterns = [
    path("", include("boards.accounts.urls")),
    path("", include("boards.board_urls")),
    path("", include("boards.import_urls")),
    path("", include("boards.job_urls")),
    path("", include("boards.notice_urls")),
    path("logg/", log_views.log, name="log"),
    path("logg/lasningar/", log_views.read_log, name="read_log"),
    path("utkast/", drafts.draft_list, name="draft_list"),
    path("utkast/<int:pk>/bort/", drafts.draft_discard, name="draft_discard"),
    path("papperskorg/", paper_bin.paper_bin, name="paper_bin"),
    path("papperskorg/<slug:noun>/<int:pk>/", paper_bin.take_back, name="take_back"),
    path("stil/", style.style, name="style"),
    path("sprak/", language.set_language, name="set_language"),
    path("logotyp.svg", frame.city_logo, name="city_logo"),
]
