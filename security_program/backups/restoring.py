"""A backup set becomes an installation again: into an empty database, all of it or nothing."""

import shutil
from pathlib import Path

from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection

from . import sets, vault
from .sets import BackupSet
from .vault import BackupError


def restore(source: BackupSet, identity: Path) -> None:
    """Sessions are ended: what was signed out or taken back since the backup must not live again."""
    if source.manifest["database"] != connection.vendor:
        raise BackupError(
            f"{source.folder.name} is of {source.manifest['database']}, here is {connection.vendor}"
        )
    if not is_empty():
        raise BackupError("the database is not empty; script/wipe empties it")
    source.check_parts()
    _restore_database(source, identity)
    _restore_files(source, identity)
    end_sessions()


def is_empty() -> bool:
    with connection.cursor() as cursor:
        return not connection.introspection.table_names(cursor)


def wipe(name: str) -> None:
    """Empties the database and the files. Whoever asks for it names the database."""
    own = Path(str(connection.settings_dict["NAME"])).name
    if name != own:
        raise BackupError(f"wipes everything that is here; to do it, name the database: script/wipe {own}")
    if connection.vendor == "sqlite":
        connection.close()
        for ending in ("", "-wal", "-shm", ".prepared"):
            Path(f"{connection.settings_dict['NAME']}{ending}").unlink(missing_ok=True)
    else:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
    shutil.rmtree(sets.files_folder(), ignore_errors=True)


def _restore_database(source: BackupSet, identity: Path) -> None:
    database, content = connection.settings_dict, source.folder / sets.DATABASE
    connection.close()
    if connection.vendor == "sqlite":
        _restore_sqlite(content, identity, Path(str(database["NAME"])))
        return
    command = ["pg_restore", "--no-owner", "--exit-on-error", "--single-transaction"]
    command += ["--dbname", str(database["NAME"])]
    vault.draw(content, command, identity, environment=sets.pg_environment(database))


def _restore_sqlite(content: Path, identity: Path, target: Path) -> None:
    """Under another name until the whole of it has been found undamaged."""
    unproven = target.with_name(target.name + ".unproven")
    with unproven.open("wb") as file, vault.opened(content, identity) as stream:
        shutil.copyfileobj(stream, file, vault.BLOCK)
    for ending in ("-wal", "-shm", ".prepared"):
        Path(f"{target}{ending}").unlink(missing_ok=True)
    unproven.replace(target)


def _restore_files(source: BackupSet, identity: Path) -> None:
    files = sets.files_folder()
    files.mkdir(parents=True, exist_ok=True)
    command = ["tar", "--extract", "--gzip", "--directory", str(files)]
    vault.draw(source.folder / sets.FILES, command, identity, environment={})


def end_sessions() -> None:
    Session.objects.all().delete()
    apps.get_model("usersessions", "UserSession").objects.all().delete()


def check_migrations() -> None:
    """Of an older version: script/prepare brings it to this one."""
    try:
        call_command("migrate", check_unapplied=True, verbosity=0)
    except SystemExit:
        raise BackupError(
            "the backup is of an older version: run script/prepare, then script/verify"
        ) from None
