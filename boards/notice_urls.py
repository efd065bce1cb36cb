from django.urls import path

from . import notice_views

urlpatterns = [
    path("aviseringar/", notice_views.notice_list, name="notice_list"),
    path("aviseringar/lasta/", notice_views.notice_read, name="notice_read"),
    path("aviseringar/val/<slug:kind>/", notice_views.notice_choice, name="notice_choice"),
    path("aviseringar/avanmalan/<str:token>/", notice_views.notice_unsubscribe, name="notice_unsubscribe"),
]
