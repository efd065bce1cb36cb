"""What goes to the broker is a job's number and nothing else; and the settings that keep work from being lost."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from celery import current_app
from kombu import Connection

from boards import tasks
from boards.models import Job
from security_program.celery import app
from security_program.scheduler import Scheduler

pytestmark = pytest.mark.django_db
# What Celery itself writes around the arguments.
EMBEDDED = {"callbacks": None, "errbacks": None, "chain": None, "chord": None}


@pytest.fixture
def queue(tmp_path: Path, settings: Any, monkeypatch: Any) -> Iterator[Path]:
    """A broker of its own over the file system, where each message is a file that can be read."""
    folder, control = tmp_path / "messages", tmp_path / "control"
    folder.mkdir()
    control.mkdir()
    options = {"data_folder_in": str(folder), "data_folder_out": str(folder), "control_folder": str(control)}
    kind = "security_program.file_queue:Transport"
    with Connection("filesystem://localhost", transport=kind, transport_options=options) as connection:
        send = tasks.work.apply_async
        monkeypatch.setattr(tasks.work, "apply_async", lambda **call: send(connection=connection, **call))
        yield folder


def messages(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(file.read_text()) for file in sorted(folder.iterdir())]


def body_of(message: dict[str, Any]) -> Any:
    from kombu.transport.virtual.base import Base64
    from kombu.utils.encoding import bytes_to_str

    return json.loads(bytes_to_str(Base64().decode(message["body"])))


def test_a_message_is_seen_only_when_it_is_whole(queue: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[list[str]] = []
    rename = Path.rename

    def look_first(half: Path, whole: Path) -> Path:
        seen.append([file.name for file in queue.iterdir() if file.name.endswith(".msg")])
        return rename(half, whole)

    monkeypatch.setattr(Path, "rename", look_first)
    tasks.work.apply_async(args=[1])
    assert seen == [[]]
    assert [file.suffix for file in queue.iterdir()] == [".msg"]


def test_everything_sent_to_the_broker_is_the_jobs_number(queue: Path) -> None:
    for key in ("secret-canary-1", "secret-canary-2"):
        Job.objects.ask("letters", key=key)
    Scheduler().round()
    sent = messages(queue)
    assert len(sent) == Job.objects.count() > 2
    for message in sent:
        (number, *more), named, embedded = body_of(message)
        assert (type(number), more, named, embedded) == (int, [], {}, EMBEDDED)
        headers = message["headers"]
        assert headers["argsrepr"] == f"[{number}]"
        assert headers["kwargsrepr"] == "{}"
        assert "canary" not in json.dumps(message)


def test_there_is_one_task_and_nothing_else_that_could_carry_more() -> None:
    ours = {name for name in current_app.tasks if not name.startswith("celery.")}
    assert {name for name in ours if not name.startswith("tests.")} == {"boards.work"}


def test_the_settings_that_keep_work_from_being_lost_are_set() -> None:
    conf = app.conf
    assert conf.task_acks_late
    assert conf.task_reject_on_worker_lost
    assert conf.worker_prefetch_multiplier == 1
    assert 0 < conf.task_soft_time_limit < conf.task_time_limit
    assert conf.task_ignore_result
    assert conf.result_backend is None
    assert conf.accept_content == ["json"]
    assert tasks.work.acks_late
    assert tasks.work.reject_on_worker_lost


def test_a_redis_that_hangs_is_let_go_of_and_never_takes_work_back_too_soon(monkeypatch: Any) -> None:
    from security_program import settings

    options = settings.redis_transport()
    assert 0 < options["socket_timeout"] <= 5
    assert 0 < options["socket_connect_timeout"] <= 5
    assert options["visibility_timeout"] > settings.CELERY_TASK_TIME_LIMIT
