from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class BoardsConfig(AppConfig):
    name = "boards"
    verbose_name = _("Boards and people")

    def ready(self) -> None:
        from . import classes
        from .swedish import teach_sqlite

        # The kinds of work and of notices are read also where nobody works: pages name them.
        autodiscover_modules("tasks", "notice_kinds")
        connection_created.connect(teach_sqlite, dispatch_uid="swedish-collation")
        classes.find_declarations()
