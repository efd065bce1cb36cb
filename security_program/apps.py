from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SecurityProgramConfig(AppConfig):
    name = "security_program"
    verbose_name = _("The programme")
