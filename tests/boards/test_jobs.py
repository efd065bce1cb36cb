"""A job is a row: claimed by one worker for one lease, done once, given back when it fails."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from unittest import mock

import pytest
from django.utils import timezone
from kombu.exceptions import OperationalError as BrokerDown

from boards import tasks, work
from boards.models import Heartbeat, Job
from boards.models.jobs import ATTEMPTS, SupersededError
from security_program.scheduler import Scheduler
from tests.conftest import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def ledger() -> Iterator[list[int]]:
    """A kind of work that writes down each time it is done."""
    done: list[int] = []

    @work.kind("ledger")
    def write(job: Job) -> None:
        done.append(job.pk)

    yield done
    del work.KINDS["ledger"]


@pytest.fixture
def failing() -> Iterator[None]:
    @work.kind("failing")
    def fail(job: Job) -> None:
        raise TimeoutError("smtp.example.org did not answer Karin Ek")

    yield
    del work.KINDS["failing"]


def test_the_same_key_is_one_job() -> None:
    first = Job.objects.ask("ledger", key="report:7")
    assert Job.objects.ask("ledger", key="report:7") == first
    assert Job.objects.count() == 1


def test_a_job_is_done_once_however_often_its_number_comes(ledger: list[int]) -> None:
    job = Job.objects.ask("ledger", key="a")
    for _ in range(3):
        tasks.work(job.pk)
    job.refresh_from_db()
    assert (ledger, job.state) == ([job.pk], Job.State.DONE)


def test_of_two_workers_one_gets_the_job(ledger: list[int]) -> None:
    job = Job.objects.ask("ledger", key="a")
    one, other = Job.objects.get(pk=job.pk), Job.objects.get(pk=job.pk)
    assert [one.claim(), other.claim()] == [True, False]


def test_a_job_whose_worker_died_is_due_again_after_its_lease() -> None:
    job = Job.objects.ask("ledger", key="a")
    job.claim()
    assert not Job.objects.due().exists()
    Job.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    next_worker = Job.objects.due().get()
    assert next_worker.claim()
    assert next_worker.attempt == 2


def test_a_worker_thought_dead_cannot_end_the_job_of_the_next() -> None:
    slow = Job.objects.ask("ledger", key="a")
    slow.claim()
    Job.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    Job.objects.get().claim()
    assert not slow.finish()
    assert not slow.renew()
    assert Job.objects.get().state == Job.State.RUNNING


def test_work_that_goes_on_keeps_its_lease(settings: Any) -> None:
    settings.JOB_LEASE = timedelta(seconds=60)
    job = Job.objects.ask("ledger", key="a")
    job.claim()
    Job.objects.update(leased_until=timezone.now() + timedelta(seconds=1))
    assert job.renew()
    assert Job.objects.get().leased_until > timezone.now() + timedelta(seconds=50)


def test_a_failure_is_given_back_three_times_and_then_ends_where_it_can_be_seen(failing: None) -> None:
    job = Job.objects.ask("failing", key="a")
    for attempt in range(1, ATTEMPTS + 1):
        Job.objects.update(due_at=timezone.now())
        tasks.work(job.pk)
        job.refresh_from_db()
        assert job.attempt == attempt
    assert (job.state, job.reason) == (Job.State.FAILED, "TimeoutError")
    tasks.work(job.pk)
    job.refresh_from_db()
    assert job.attempt == ATTEMPTS


def test_a_second_attempt_waits_a_little(failing: None) -> None:
    job = Job.objects.ask("failing", key="a")
    tasks.work(job.pk)
    assert not Job.objects.due().exists()
    assert Job.objects.due(timezone.now() + timedelta(minutes=1)).exists()


def test_a_job_lost_in_every_attempt_ends_as_failed(ledger: list[int]) -> None:
    past = timezone.now() - timedelta(seconds=1)
    job = Job.objects.ask("ledger", key="a")
    Job.objects.update(state=Job.State.RUNNING, attempt=ATTEMPTS, leased_until=past)
    tasks.work(job.pk)
    job.refresh_from_db()
    assert (job.state, job.reason, ledger) == (Job.State.FAILED, "LeaseRanOut", [])


def test_a_lost_job_ends_without_a_worker_or_a_broker() -> None:
    job = Job.objects.ask("ledger", key="a")
    past = timezone.now() - timedelta(seconds=1)
    Job.objects.update(state=Job.State.RUNNING, attempt=ATTEMPTS, leased_until=past)
    with mock.patch.object(tasks.work, "apply_async"):
        Scheduler().round()
    job.refresh_from_db()
    assert (job.state, job.reason) == (Job.State.FAILED, "LeaseRanOut")


def test_a_worker_whose_clock_is_wrong_neither_steals_nor_keeps_a_job(monkeypatch: Any) -> None:
    job = Job.objects.ask("ledger", key="a")
    other = Job.objects.get(pk=job.pk)
    job.claim()
    leased_until = job.leased_until
    for wrong in (timezone.now() + timedelta(days=1), timezone.now() - timedelta(days=1)):
        monkeypatch.setattr(timezone, "now", lambda wrong=wrong: wrong)
        assert not Job.objects.get(pk=job.pk).claim()
        assert not other.claim()
        assert job.renew()
    job.refresh_from_db()
    assert timedelta(0) <= job.leased_until - leased_until < timedelta(seconds=30)


@pytest.mark.parametrize("forged", ["1; drop table", None, {"kind": "ledger"}, 10**9])
def test_a_forged_message_does_nothing(forged: Any, ledger: list[int]) -> None:
    Job.objects.ask("ledger", key="a")
    tasks.work(forged)
    assert ledger == []


def test_an_unknown_kind_is_kept_for_a_worker_that_knows_it() -> None:
    job = Job.objects.ask("of-a-later-release", key="a")
    tasks.work(job.pk)
    job.refresh_from_db()
    assert (job.state, job.reason) == (Job.State.WAITING, "KeyError")


def superseded(job: Job) -> None:
    """The lease ends and another worker takes the job."""
    Job.objects.filter(pk=job.pk).update(leased_until=timezone.now() - timedelta(seconds=1))
    assert Job.objects.get(pk=job.pk).claim()


def test_a_worker_thought_dead_publishes_nothing(ledger: list[int]) -> None:
    slow = Job.objects.ask("ledger", key="a")
    slow.claim()
    superseded(slow)
    with pytest.raises(SupersededError), slow.publication():
        Heartbeat.beat("published")
    assert not Heartbeat.objects.filter(process="published").exists()
    with pytest.raises(SupersededError):
        slow.begin_step("writing")


def test_an_old_worker_is_known_even_when_the_job_was_asked_for_anew(ledger: list[int]) -> None:
    """After a retry the attempts begin again at one; the token does not."""
    slow = Job.objects.ask("ledger", key="a")
    slow.claim()
    Job.objects.update(state=Job.State.FAILED)
    slow.retry(by=None)
    again = Job.objects.get()
    assert again.claim()
    assert (again.attempt, slow.attempt) == (1, 1)
    assert not slow.finish()
    assert again.finish()


def test_what_fails_in_the_publication_is_not_seen_and_the_job_goes_on(ledger: list[int]) -> None:
    job = Job.objects.ask("ledger", key="a")
    job.claim()
    with pytest.raises(ZeroDivisionError), job.publication():
        Heartbeat.beat(f"published {1 / 0}")
    assert not Heartbeat.objects.exists()
    assert Job.objects.get().state == Job.State.RUNNING


def test_the_requesters_right_is_asked_at_the_start_and_at_the_publication(cast: Cast) -> None:
    seen: list[str] = []

    @work.kind("report", permission="view_internal")
    def report(job: Job) -> None:
        seen.append("made")
        cast.coordinator.office_holdings.update(valid_to=date(2021, 1, 1))
        with job.publication():
            seen.append("published")

    for key in ("first", "second"):
        job = Job.objects.ask("report", key=key, by=cast.coordinator, about=cast.bromma)
        tasks.work(job.pk)
        job.refresh_from_db()
        assert (job.state, job.reason) == (Job.State.FAILED, "NotAllowed")
    assert seen == ["made"], "not published the first time, not even begun the second"
    del work.KINDS["report"]


def test_what_cannot_be_done_is_not_tried_again() -> None:
    @work.kind("hopeless")
    def hopeless(job: Job) -> None:
        raise work.CannotBeDoneError("unreadable")

    job = Job.objects.ask("hopeless", key="a")
    tasks.work(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempt, job.reason) == (Job.State.FAILED, 1, "unreadable")
    del work.KINDS["hopeless"]


def test_the_steps_of_a_job_can_be_followed_while_it_goes_on() -> None:
    seen: list[tuple[str, int, int]] = []

    @work.kind("counting")
    def counting(job: Job) -> None:
        job.begin_step("gathering", of=2)
        for _board in range(2):
            job.advance()
        seen.append(Job.objects.values_list("step", "step_done", "step_of").get(pk=job.pk))

    tasks.work(Job.objects.ask("counting", key="a").pk)
    assert seen == [("gathering", 2, 2)]
    del work.KINDS["counting"]


def test_what_comes_round_is_written_down_once_a_round() -> None:
    noon = datetime(2026, 11, 21, 12, 0, 7, tzinfo=UTC)
    work.ask_for_rounds(noon)
    work.ask_for_rounds(noon)
    assert Job.objects.filter(kind="heartbeat").count() == 1
    Job.objects.update(state=Job.State.DONE, finished_at=noon)
    work.ask_for_rounds(noon + timedelta(seconds=15))
    assert Job.objects.filter(kind="heartbeat").count() == 2


def test_rounds_do_not_pile_up_while_no_worker_is_there() -> None:
    noon = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
    for seconds in range(0, 600, 15):
        work.ask_for_rounds(noon + timedelta(seconds=seconds))
    assert Job.objects.filter(kind="heartbeat").count() == 1


def test_the_night_is_the_citys_own_and_a_missed_one_is_caught_up() -> None:
    directory = work.KINDS["directory"]
    before, after = datetime(2026, 7, 1, 0, 29, tzinfo=UTC), datetime(2026, 7, 1, 0, 30, tzinfo=UTC)
    assert directory.latest_round(before) is None
    round_at = directory.latest_round(after)
    assert round_at == after
    assert directory.key(after) == "directory:2026-07-01"
    assert directory.latest_round(after + timedelta(hours=9)) == after


def test_the_scheduler_hands_out_numbers_and_nothing_else() -> None:
    job = Job.objects.ask("ledger", key="a")
    with mock.patch.object(tasks.work, "apply_async") as send:
        Scheduler().round()
        Scheduler().round()
    sent = [call.kwargs["args"] for call in send.call_args_list]
    assert [job.pk] in sent
    assert sent.count([job.pk]) == 1
    assert all(isinstance(number, int) for args in sent for number in args)


def test_a_message_lost_on_its_way_is_sent_again_after_a_lease() -> None:
    job = Job.objects.ask("ledger", key="a")
    assert job.hand_out()
    assert not job.hand_out()
    Job.objects.update(handed_out_at=timezone.now() - Job.lease() - timedelta(seconds=1))
    assert job.hand_out()


def test_a_broker_that_is_down_costs_nothing_but_time() -> None:
    Job.objects.ask("ledger", key="a")
    scheduler = Scheduler()
    with mock.patch.object(tasks.work, "apply_async", side_effect=BrokerDown("connection refused")):
        scheduler.guarded_round()
    assert Heartbeat.objects.filter(process="scheduler").exists()
    with mock.patch.object(tasks.work, "apply_async") as send:
        scheduler.guarded_round()
    assert send.called


def test_the_heartbeat_of_a_worker_comes_by_way_of_a_job() -> None:
    tasks.work(Job.objects.ask("heartbeat", key="a").pk)
    assert Heartbeat.objects.filter(process="worker").exists()


def test_ended_jobs_are_cleared_and_failures_kept_longer() -> None:
    week = timezone.now() - timedelta(days=7)
    Job.objects.create(kind="x", key="done", state=Job.State.DONE, due_at=week, finished_at=week)
    Job.objects.create(kind="x", key="failed", state=Job.State.FAILED, due_at=week, finished_at=week)
    tasks.work(Job.objects.ask("ended-jobs", key="a").pk)
    assert set(Job.objects.values_list("key", flat=True)) == {"failed", "a"}


@pytest.mark.parametrize(
    "name",
    [
        "heartbeat",
        "directory",
        "letters",
        "bounces",
        "digest",
        "old-messages",
        "kept-text",
        "ended-sessions",
        "old-throttle-rows",
        "ended-jobs",
    ],
)
def test_everything_that_comes_round_is_done(name: str) -> None:
    job = Job.objects.ask(name, key=name)
    tasks.work(job.pk)
    job.refresh_from_db()
    assert (job.state, job.reason) == (Job.State.DONE, "")
