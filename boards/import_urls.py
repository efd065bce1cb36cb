"""Addresses of imports."""

from django.urls import path

from . import import_views

urlpatterns = [
    path("import/", import_views.import_home, name="import_home"),
    path("import/ny/<slug:code>/", import_views.import_new, name="import_new"),
    path("import/mall/<slug:code>/", import_views.import_template, name="import_template"),
    path("import/<int:pk>/", import_views.import_page, name="import_page"),
    path("import/<int:pk>/genomford/", import_views.import_carry_out, name="import_carry_out"),
    path("import/<int:pk>/angrad/", import_views.import_undo, name="import_undo"),
]
