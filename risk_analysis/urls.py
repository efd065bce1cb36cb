from django.urls import path

from . import views

urlpatterns = [
    path("rsa/", views.rsa_list, name="rsa_list"),
]
