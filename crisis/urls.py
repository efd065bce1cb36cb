from django.urls import path

from . import views

urlpatterns = [
    path("kris/", views.crisis_home, name="crisis_home"),
    path("kris/jour/", views.duty_phones, name="duty_phones"),
]
