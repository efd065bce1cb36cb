"""Is the system well? The answer needs no sign-in and tells no secret."""

import json
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from boards import seals
from boards.models import Event, Heartbeat, Job
from tests import append_only
from tests.conftest import Cast, signed_in

pytestmark = pytest.mark.django_db
FACTS = {
    "status",
    "database",
    "worker_heartbeat_seconds",
    "scheduler_heartbeat_seconds",
    "oldest_due_job_seconds",
    "backup_seconds",
    "archived_log_seconds",
    "drill_seconds",
    "last_seal",
    "seal",
}


def beat(seconds_ago: int = 0) -> None:
    at = timezone.now() - timedelta(seconds=seconds_ago)
    for process in ("worker", "scheduler"):
        Heartbeat.objects.update_or_create(process=process, defaults={"at": at})


def test_a_well_system_says_so_to_anyone(anyone: Client) -> None:
    beat()
    answer = anyone.get("/halsa/")
    assert answer.status_code == 200
    assert answer.json()["status"] == answer.json()["database"] == "ok"


def test_it_says_nothing_more_than_it_must(anyone: Client) -> None:
    beat()
    assert set(anyone.get("/halsa/").json()) == FACTS


def test_a_silent_worker_is_told_within_a_minute(anyone: Client) -> None:
    beat(61)
    answer = anyone.get("/halsa/")
    assert answer.status_code == 503
    assert answer.json()["database"] == "ok"
    assert answer.json()["worker_heartbeat_seconds"] >= 61


def test_before_anything_has_been_heard_of_it_is_not_well(anyone: Client) -> None:
    answer = anyone.get("/halsa/")
    assert answer.status_code == 503
    assert answer.json()["worker_heartbeat_seconds"] is None


def test_a_database_that_is_down_is_told_without_details(anyone: Client) -> None:
    down = OperationalError("connection to server at 10.0.0.5 refused for user app")
    with mock.patch("security_program.pages.health.Heartbeat.objects.filter", side_effect=down):
        answer = anyone.get("/halsa/")
    assert answer.status_code == 503
    assert answer.json()["database"] == "fail"
    assert "10.0.0.5" not in answer.content.decode()


def test_the_oldest_due_job_is_told(anyone: Client) -> None:
    beat()
    Job.objects.create(kind="x", key="old", due_at=timezone.now() - timedelta(seconds=90))
    Job.objects.create(kind="x", key="later", due_at=timezone.now() + timedelta(days=1))
    assert 90 <= anyone.get("/halsa/").json()["oldest_due_job_seconds"] < 95


def test_it_asks_little_of_the_database(anyone: Client, django_assert_num_queries) -> None:
    with django_assert_num_queries(5 if connection.vendor == "sqlite" else 6):
        anyone.get("/halsa/")


def test_people_read_it_as_a_page(cast: Cast, anyone: Client) -> None:
    beat()
    assert anyone.get("/status/").status_code == 302
    page = signed_in(cast.coordinator).get("/status/").content.decode()
    assert "Systemet fungerar" in page
    beat(600)
    Job.objects.create(kind="x", key="f", state=Job.State.FAILED, due_at=timezone.now())
    page = signed_in(cast.coordinator).get("/status/").content.decode()
    assert "En del av systemet svarar inte" in page
    assert "Tyst i 600 sekunder" in page or "Tyst i 601 sekunder" in page
    assert "1 arbete har misslyckats" in page


def made(folder: Path, hours_ago: int) -> None:
    at = timezone.now().astimezone(UTC) - timedelta(hours=hours_ago)
    backup = folder / "sets" / at.strftime("%Y%m%dT%H%M%SZ")
    backup.mkdir(parents=True)
    (backup / "manifest.json").write_text("{}")


def test_the_last_backup_is_known_also_after_a_restore(anyone: Client, settings, tmp_path: Path) -> None:
    settings.BACKUP_DIR = tmp_path
    assert anyone.get("/halsa/").json()["backup_seconds"] is None
    made(tmp_path, 50)
    made(tmp_path, 2)
    assert 7200 <= anyone.get("/halsa/").json()["backup_seconds"] < 7300


def test_a_missed_backup_is_seen_on_the_page(cast: Cast, settings, tmp_path: Path) -> None:
    settings.BACKUP_DIR = tmp_path
    page = signed_in(cast.coordinator).get("/status/")
    assert page.context["health"].late_backup
    made(tmp_path, 27)
    assert signed_in(cast.coordinator).get("/status/").context["health"].late_backup
    made(tmp_path, 1)
    assert not signed_in(cast.coordinator).get("/status/").context["health"].late_backup


def test_the_last_drill_is_told_with_what_it_found(cast: Cast, settings, tmp_path: Path) -> None:
    settings.BACKUP_DIR = tmp_path
    assert "Inte gjord än" in signed_in(cast.coordinator).get("/status/").content.decode()
    (tmp_path / "drills").mkdir()
    facts = {
        "at": timezone.now().isoformat(),
        "rto_seconds": {"dump": 61.0, "moment": 9.5},
        "rpo_seconds": 41.2,
    }
    (tmp_path / "drills" / "20261121T100000Z.json").write_text(json.dumps(facts))
    page = signed_in(cast.coordinator).get("/status/").content.decode()
    assert "efter 2 minuter" in page
    assert "de senaste 42 sekundernas" in page


def test_a_log_that_is_not_sealed_is_told(cast: Cast, anyone: Client, settings: Any, tmp_path: Path) -> None:
    settings.SEAL_KEY_FILE = str(tmp_path / "seal.pem")
    beat()
    cast.coordinator.sign_out_everywhere(by=cast.coordinator)
    assert anyone.get("/halsa/").json()["seal"] == "ok"
    with append_only.lifted():
        Event.objects.update(at=timezone.now() - timedelta(hours=1))
    assert anyone.get("/halsa/").json()["seal"] == "late"
    assert "Inte förseglad på för länge" in signed_in(cast.employee).get("/status/").content.decode()
    seals.seal_now()
    told = anyone.get("/halsa/").json()
    assert told["seal"] == "ok"
    assert told["last_seal"]
