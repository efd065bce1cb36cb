from django.urls import path

from . import job_views

urlpatterns = [
    path("jobb/<int:pk>/", job_views.job, name="job"),
    path("jobb/<int:pk>/nytt-forsok/", job_views.job_retry, name="job_retry"),
]
