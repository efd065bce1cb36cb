"""The empty database as all migrations leave it, kept beside the temporary files until a migration changes.

Going through the migrations takes longer than most test files; on SQLite their result is a file to copy.
"""

import hashlib
import os
import shutil
import sqlite3
import tempfile
from functools import cache
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.db import connection

TESTED_DATABASES = Path(tempfile.gettempdir())


def recall() -> sqlite3.Connection | None:
    """Puts the remembered schema where Django will make the test database; open for as long as it is needed."""
    if connection.vendor != "sqlite" or not kept().exists():
        return None
    name = connection.creation._get_test_db_name()
    database = sqlite3.connect(name, uri=name.startswith("file:"))
    with sqlite3.connect(kept()) as remembered:
        remembered.backup(database)
    return database


def copy_to(file: Path) -> None:
    """For an installation of its own, whose migrations then have nothing left to do."""
    if kept().exists():
        shutil.copy(kept(), file)


def remember() -> None:
    if connection.vendor == "sqlite" and not kept().exists():
        unfinished = kept().with_suffix(f".{os.getpid()}")
        connection.ensure_connection()
        with sqlite3.connect(unfinished) as file:
            connection.connection.backup(file)
        file.close()
        unfinished.rename(kept())


@cache
def kept() -> Path:
    """Named by what the schema depends on: every migration, every mandate's words, the packages."""
    digest = hashlib.sha256(f"{django.VERSION}{settings.INSTALLED_APPS}".encode())
    for config in apps.get_app_configs():
        for file in sorted(Path(config.path).glob("migrations/*.py")):
            digest.update(file.read_bytes())
    digest.update((Path(settings.BASE_DIR) / "boards/access.py").read_bytes())
    return TESTED_DATABASES / f"security-program-schema-{digest.hexdigest()[:16]}.sqlite3"
