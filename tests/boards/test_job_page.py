"""The page of a job: followed, left and come back to, tried again; and who sees it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from boards import tasks, work
from boards.models import Event, Job
from tests.conftest import Cast, signed_in


@pytest.fixture
def report() -> Iterator[None]:
    @work.kind(
        "report",
        label="A report",
        steps={"gather": "Gather", "draw": "Draw", "file": "File"},
        problems={"unreadable": "The enclosure could not be read."},
        permission="view_internal",
        opens=lambda job: "/rapporter/7/",
    )
    def make(job: Job) -> None:
        job.begin_step("gather", of=38)
        job.advance(31)
        raise work.CannotBeDoneError("unreadable")

    yield
    del work.KINDS["report"]


def text(client: Client, job: Job) -> str:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client.get(job.get_absolute_url()).content.decode()


def test_the_steps_say_how_far_it_has_come(cast: Cast, as_coordinator: Client, report: None) -> None:
    job = Job.objects.ask("report", key="a", by=cast.coordinator, about=cast.bromma)
    job.claim()
    job.begin_step("draw", of=38)
    job.advance(31)
    page = text(as_coordinator, job)
    assert "31 of 38" in page
    assert page.index("Gather") < page.index("Draw") < page.index("File")
    assert page.count("Not begun") == 1
    assert 'data-goes-on="1"' in page
    assert "See how far it has come" in page, "without JavaScript there is a link"


def test_a_failure_is_said_in_words_and_can_be_tried_again(
    cast: Cast, as_coordinator: Client, report: None
) -> None:
    job = Job.objects.ask("report", key="a", by=cast.coordinator, about=cast.bromma)
    tasks.work(job.pk)
    page = text(as_coordinator, job)
    assert "The enclosure could not be read." in page
    assert "Try again" in page
    for _press in range(2):
        assert as_coordinator.post(reverse("job_retry", args=[job.pk])).url == job.get_absolute_url()
    job.refresh_from_db()
    assert (job.state, job.attempt, job.reason) == (Job.State.WAITING, 0, "")
    assert Event.objects.filter(verb="job.retried").count() == 1


def test_a_finished_job_leads_to_its_result(cast: Cast, as_coordinator: Client, report: None) -> None:
    job = Job.objects.ask("report", key="a", by=cast.coordinator, about=cast.bromma)
    Job.objects.update(state=Job.State.DONE, finished_at=timezone.now())
    assert "/rapporter/7/" in text(as_coordinator, job)
    assert "Try again" not in text(as_coordinator, job)


def test_a_reason_that_nobody_has_words_for_shows_nothing_of_the_inside(
    cast: Cast, as_coordinator: Client, report: None
) -> None:
    job = Job.objects.ask("report", key="a", by=cast.coordinator)
    Job.objects.update(state=Job.State.FAILED, reason="ProgrammingError")
    assert "ProgrammingError" not in text(as_coordinator, job)


def test_it_is_seen_by_the_requester_by_those_with_the_right_and_by_administrators(
    cast: Cast, report: None
) -> None:
    job = Job.objects.ask("report", key="a", by=cast.coordinator, about=cast.bromma)
    sees = {cast.coordinator: 200, cast.chief: 200, cast.administrator: 200}
    sees |= {cast.farsta_coordinator: 404, cast.employee: 404}
    url = job.get_absolute_url()
    assert {person: signed_in(person).get(url).status_code for person in sees} == sees
    assert signed_in(cast.employee).post(reverse("job_retry", args=[job.pk])).status_code == 404


def test_my_page_shows_what_goes_on_and_what_failed(cast: Cast, as_coordinator: Client, report: None) -> None:
    for key, state in (("a", "running"), ("b", "failed"), ("c", "done")):
        Job.objects.ask("report", key=key, by=cast.coordinator)
        Job.objects.filter(key=key).update(state=state)
    Job.objects.ask("report", key="d", by=cast.chief)
    page = as_coordinator.get(reverse("my_page")).context["page"]
    assert {each.job.key for each in page.jobs} == {"a", "b"}


def test_an_administrator_reads_the_directory_without_waiting_for_the_night(
    cast: Cast, settings: Any, tmp_path: Any
) -> None:
    settings.DIRECTORY_FILE = str(tmp_path / "not-there.csv")
    client = signed_in(cast.administrator)
    first, second = (client.post(reverse("directory_round")) for _press in range(2))
    assert first.url == second.url
    job = Job.objects.get(asked_by=cast.administrator)
    tasks.work(job.pk)
    assert "not where the settings say" in text(client, job)


def test_a_job_asked_for_long_ago_is_still_shown_until_it_is_cleared(cast: Cast, report: None) -> None:
    job = Job.objects.ask("report", key="a", by=cast.coordinator)
    Job.objects.update(asked_at=timezone.now() - timedelta(days=80), state=Job.State.FAILED)
    assert job in Job.objects.asked_for_by(cast.coordinator)
