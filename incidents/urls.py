from django.urls import path

from . import views

urlpatterns = [
    path("handelser/", views.incident_list, name="incident_list"),
    path("handelser/ny/", views.incident_new, name="incident_new"),
]
