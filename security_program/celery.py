import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "security_program.settings")

app = Celery("security_program")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
