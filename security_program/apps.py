from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SecurityProgramConfig(AppConfig):
    name = "security_program"
    verbose_name = _("The programme")

    def ready(self) -> None:
        # Verbs that only a command uses are read in the log by everybody, so every process needs their sentences.
        import_module("security_program.loading")
        import_module("security_program.backups.verifying")
