"""Another key comes into use: everything stays readable all the way, also when the work is killed."""

import base64
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.conf import LazySettings
from django.conf import settings as project
from django.core.management import call_command

from boards import key_store, letters, outbox, rotation, sealing
from boards.models import Dispatch, FactorReset
from tests.conftest import Cast
from tests.house import belongings


def new_key(name: str) -> str:
    return f"{name}:{base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()}"


OLD, NEW = new_key("old"), new_key("new")


@pytest.fixture
def store(db: None, tmp_path: Path, settings: LazySettings) -> Iterator[Path]:
    """A key store of this test's own, or an emptied one on a server."""
    if project.KEY_STORE["ENGINE"].endswith("sqlite3"):
        settings.KEY_STORE = {**project.KEY_STORE, "NAME": str(tmp_path / "keys.sqlite3")}
    settings.FIELD_KEYS = [OLD]
    key_store._store.cache_clear()
    key_store.destroy(all_keys())
    yield tmp_path
    key_store.close()
    key_store._store.cache_clear()


def test_everything_is_sealed_anew_and_opens_with_the_new_key_alone(
    store: Path, settings: LazySettings, cast: Cast
) -> None:
    reset = FactorReset.ask(cast.employee, by=cast.chief, reason="Kanin")
    letters.send("password_changed", cast.employee)
    belongings.phone_and_codes(cast.coordinator)
    settings.FIELD_KEYS = [NEW, OLD]
    said = StringIO()
    call_command("rotate_keys", stdout=said)
    assert "old: 0, and may be taken away" in said.getvalue()
    settings.FIELD_KEYS = [NEW]
    assert FactorReset.objects.get(pk=reset.pk).reason == "Kanin"
    assert sealing.unseal(Dispatch.objects.get().sealed, outbox.PURPOSE)
    factor = Authenticator.objects.get(type=Authenticator.Type.TOTP, user=cast.coordinator)
    assert sealing.unseal(factor.data["secret"], "second factor")


def test_a_second_time_there_is_nothing_to_do(store: Path, settings: LazySettings, cast: Cast) -> None:
    FactorReset.ask(cast.employee, by=cast.chief, reason="Kanin")
    settings.FIELD_KEYS = [NEW, OLD]
    assert rotation.rotate() > 0
    assert rotation.rotate() == 0


def all_keys() -> list[str]:
    with key_store._cursor() as cursor:
        cursor.execute("SELECT id FROM record_keys")
        return [key_id for (key_id,) in cursor.fetchall()]


MANY = 4000
WORK = """
import django
django.setup()
from boards import key_store
while key_store.rewrap_some():
    print("some", flush=True)
"""


def test_killed_in_the_middle_everything_opens_and_the_next_run_ends_it(
    store: Path, settings: LazySettings
) -> None:
    with key_store._transaction() as cursor:
        made = {}
        for _ in range(MANY):
            key_id, key = secrets.token_hex(16), secrets.token_bytes(32)
            made[key_id] = key
            row = [key_id, key_store._wrap(key_id, key), int(time.time())]
            cursor.execute("INSERT INTO record_keys (id, wrapped, made_at) VALUES (%s, %s, %s)", row)
    settings.FIELD_KEYS = [NEW, OLD]
    environment = {
        "KEY_STORE_URL": f"sqlite:///{store / 'keys.sqlite3'}",
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "security_program.settings",
        "DEMO": "1",
        "VAR_DIR": str(store),
        "FIELD_KEYS": f"{NEW},{OLD}",
    }
    worker = subprocess.Popen(
        [sys.executable, "-c", WORK], env=environment, stdout=subprocess.PIPE, cwd=project.BASE_DIR
    )
    assert worker.stdout is not None
    worker.stdout.readline()
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    counts = key_store.wrapped_by()
    assert counts["old"] > 0, "killed too late to show anything"
    assert counts["new"] > 0
    assert key_store.find_all(made) == made
    while key_store.rewrap_some():
        pass
    settings.FIELD_KEYS = [NEW]
    assert key_store.wrapped_by() == {"new": MANY}
    assert key_store.find_all(made) == made
