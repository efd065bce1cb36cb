from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RiskAnalysisConfig(AppConfig):
    name = "risk_analysis"
    verbose_name = _("Risk analysis")

    def ready(self) -> None:
        # What is done across several rows is read in the log by every process, so each needs its sentences.
        import_module("risk_analysis.copying")
        import_module("risk_analysis.loading")
        import_module("risk_analysis.reminding")
