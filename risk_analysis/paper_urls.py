"""Addresses of an analysis on paper and as tables. They stand before those of its parts."""

from django.urls import path

from .pages import papers, sheets

urlpatterns = [
    path("rsa/<slug:cycle>/<slug:slug>/tabell/<slug:what>/", sheets.rsa_table, name="rsa_table"),
    path("rsa/<slug:cycle>/<slug:slug>/pdf/<slug:what>/", papers.rsa_paper_new, name="rsa_paper_new"),
    path("rsa/<slug:cycle>/<slug:slug>/pdf/fil/<int:pk>/", papers.rsa_paper, name="rsa_paper"),
]
