"""Is the system well? The answer needs no sign-in and tells no secret."""

from datetime import timedelta
from unittest import mock

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from boards.models import Heartbeat, Job
from tests.conftest import Cast, signed_in

pytestmark = pytest.mark.django_db
FACTS = {
    "status",
    "database",
    "worker_heartbeat_seconds",
    "scheduler_heartbeat_seconds",
    "oldest_due_job_seconds",
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
    with django_assert_num_queries(3):
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
