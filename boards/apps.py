from importlib import import_module

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

        # The kinds of work, of notices and of files are read also where nobody works: pages name them.
        autodiscover_modules("tasks", "notice_kinds", "import_kinds")
        # Nothing sealed is to open before somebody writes down who opens it.
        import_module("boards.read_log")
        # Its verbs are read in the log also where nobody has signed in that way yet.
        import_module("boards.accounts.single_sign_on")
        connection_created.connect(teach_sqlite, dispatch_uid="swedish-collation")
        classes.find_declarations()
