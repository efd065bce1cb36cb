"""The town of the generated tests on a server of its own: `python -m tests.browser.house_server FOLDER`.

A process of its own keeps the browser's loop, the server and other tests' databases out of each other's way.
It prints one line of JSON: the port, the addresses of each page and the cookies of each role.
"""

import json
import os
import sys
from pathlib import Path


def main(folder: Path) -> None:
    os.environ["DATABASE_URL"] = f"sqlite:///{folder / 'house.sqlite3'}"
    os.environ["VAR_DIR"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    os.environ.setdefault("LOG_LEVEL", "CRITICAL")
    import django

    django.setup()
    serve()


def serve() -> None:
    from django.conf import settings
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.management import call_command
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
    from django.core.wsgi import get_wsgi_application

    call_command("migrate", verbosity=0)
    known = furnish()
    settings.DEBUG = True  # opens the page of every component
    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet.over(WSGIRequestHandler), connections_override=None)
    server.set_app(StaticFilesHandler(get_wsgi_application()))
    print(json.dumps({"port": server.server_port, **known}), flush=True)
    server.serve_forever()


class Quiet:
    @staticmethod
    def over(handler: type) -> type:
        return type("QuietHandler", (handler,), {"log_message": lambda *arguments: None})


def furnish() -> dict[str, object]:
    from boards.models import User
    from tests import routes
    from tests.house.conftest import settle
    from tests.house.town import EVERYBODY, EYES

    town = settle()
    employee = User.objects.get(pk=town.cast.employee.pk)
    employee.set_password(PASSWORD)
    employee.save()
    return {
        "addresses": {
            route.name: {role: route.url(town.place(route.whose[0], role)) for role in EYES}
            for route in routes.pages()
        },
        "cookies": {role: cookies(town.client(role)) for role in EVERYBODY},
        "employee": employee.email,
    }


PASSWORD = "nio långa hästar i regn"


def cookies(client: object) -> dict[str, str]:
    return {name: morsel.value for name, morsel in client.cookies.items()}  # type: ignore[attr-defined]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
