"""The city executive office's side: rounds, the review, and the risks of the city as one picture."""

from django.urls import path

from .pages import picture, purposes, review, risks, rounds

urlpatterns = [
    path("rsa/ny/", rounds.cycle_new, name="cycle_new"),
    path("rsa/granskare/", rounds.reviewer_list, name="reviewer_list"),
    path("rsa/granskare/<int:pk>/", rounds.reviewer_end, name="reviewer_end"),
    path("rsa/<slug:slug>/", rounds.rsa_cycle, name="rsa_cycle"),
    path("rsa/<slug:slug>/uppgifter/", rounds.cycle_facts, name="cycle_facts"),
    path("rsa/<slug:slug>/stang/", rounds.cycle_closed, name="cycle_closed"),
    path("rsa/<slug:slug>/paminnelser/", rounds.cycle_reminders, name="cycle_reminders"),
    path("rsa/<slug:cycle>/<slug:slug>/granskning/", review.rsa_review, name="rsa_review"),
    path("rsa/fragor/<int:pk>/klar/", risks.comment_settled, name="comment_settled"),
    path("risker/<int:pk>/", risks.risk_page, name="risk_page"),
    path("risker/<int:pk>/fraga/", risks.risk_comment, name="risk_comment"),
    path("risker/<int:pk>/tema/", risks.risk_theme, name="risk_theme"),
    path("riskbilden/", picture.city_picture, name="city_picture"),
    path("riskbilden/varmetabell/", picture.heat_table, name="heat_table"),
    path("riskbilden/jamfor/", picture.risk_compare, name="risk_compare"),
    path("riskbilden/risker/", picture.city_risks, name="city_risks"),
    path("riskbilden/teman/", risks.theme_list, name="theme_list"),
    path("riskbilden/teman/<slug:slug>/", risks.theme_page, name="theme_page"),
    path("riskbilden/namnder/<slug:slug>/", picture.board_risks, name="board_risks"),
    path("riskbilden/andamal/", purposes.purpose_list, name="purpose_list"),
    path("riskbilden/andamal/nytt/", purposes.purpose_new, name="purpose_new"),
    path("riskbilden/andamal/<int:pk>/ja/", purposes.purpose_approve, name="purpose_approve"),
]
