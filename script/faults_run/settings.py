"""The product's own settings, with one kind of work more: one whose every doing leaves a trace that can be counted."""

from security_program.settings import *  # noqa: F403

CELERY_IMPORTS = ["script.faults_run.work"]
