from django.urls import include, path

from . import views

urlpatterns = [
    path("rsa/", views.rsa_list, name="rsa_list"),
    path("", include("risk_analysis.dependency_urls")),
]
