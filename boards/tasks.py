"""The one Celery task, and the kinds of work of the ground floor."""

import logging
from datetime import time, timedelta
from pathlib import Path

from celery import shared_task
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import (
    board_sheets,
    bounces,
    documents,
    drafts,
    idempotency,
    kept,
    key_store,
    mailboxes,
    notices,
    outbox,
    paper_bin,
    sealed_fields,
    seals,
    throttle,
)
from . import work as jobs
from .accounts import directory
from .days import today
from .models import Dispatch, Heartbeat, Job, Notice
from .work import CannotBeDoneError, kind
from .workdays import is_worked

log = logging.getLogger(__name__)

# Ended jobs are kept long enough to see what went wrong; heartbeats would otherwise fill the table.
KEEP_DONE = timedelta(days=1)
KEEP_FAILED = timedelta(days=90)


@shared_task(name="boards.work", ignore_result=True)
def work(job_id: int) -> None:
    """Does one job. The message carries nothing but its number; what to do stands in the row."""
    if isinstance(job_id, int):
        jobs.do(job_id)


@kind("heartbeat", every=timedelta(seconds=15))
def heartbeat(job: Job) -> None:
    """Shows that a job goes all the way from the scheduler to a worker."""
    Heartbeat.beat("worker")


@kind(
    "directory",
    daily_at=time(2, 30),
    label=_("People from the city's directory"),
    steps={"read": _("Read the file"), "apply": _("Bring people, units and managers up to date")},
    problems={
        "missing": _("The file from the directory is not where the settings say."),
        "refused": _("The file from the directory is not as it should be, so nothing has been changed."),
    },
    permission="manage_accounts",
)
def people_of_the_city(job: Job) -> None:
    """People, units and managers from the city's directory; leavers end the same day."""
    if not settings.DIRECTORY_FILE:
        return
    job.begin_step("read")
    try:
        with Path(settings.DIRECTORY_FILE).open("rb") as file:
            rows = directory.read(file)
        job.begin_step("apply")
        with job.publication():
            directory.apply(rows, by=job.asked_by)
    except FileNotFoundError:
        raise CannotBeDoneError("missing") from None
    except ValidationError:
        log.exception("the directory's file is refused")
        raise CannotBeDoneError("refused") from None


@kind("letters", every=timedelta(minutes=1))
def letters_due(job: Job) -> None:
    """A message asks for its own job; the round takes those whose mail server was down."""
    outbox.post_due()


@kind(
    "bounces",
    every=timedelta(minutes=5),
    label=_("Mail that came back"),
    steps={"read": _("Read the mailbox")},
    problems={"unreachable": _("The mailbox for mail that came back could not be read.")},
    permission="manage_accounts",
)
def mail_that_came_back(job: Job) -> None:
    if not settings.BOUNCE_MAILBOX:
        return
    job.begin_step("read")
    try:
        bounces.read_new(settings.BOUNCE_MAILBOX)
    except mailboxes.UnreachableError:
        log.exception("the mailbox for returned mail cannot be read")
        raise CannotBeDoneError("unreachable") from None


@kind("digest", daily_at=time(7, 30))
def what_is_new(job: Job) -> None:
    """One mail a day, on working days."""
    if is_worked(today()):
        notices.gather(today())


@kind("old-messages", daily_at=time(3, 15))
def old_messages(job: Job) -> None:
    Dispatch.objects.old().delete()
    Notice.objects.old().delete()


@kind("seal", every=timedelta(minutes=15))
def seal(job: Job) -> None:
    """Every quarter of an hour, and so at midnight too."""
    seals.seal_now()


@kind("kept-text", every=timedelta(minutes=5))
def kept_text(job: Job) -> None:
    """Text kept for somebody whose session ended is forgotten after half an hour."""
    kept.forget_kept_text()


@kind("old-answers", every=timedelta(hours=1))
def old_answers(job: Job) -> None:
    idempotency.forget_old()


@kind("paper-bin", daily_at=time(3, 15))
def emptied_bin(job: Job) -> None:
    """What has lain in the bin for thirty days goes, and drafts that nobody has touched for half a year."""
    paper_bin.empty()
    drafts.forget_old()


@kind("ended-sessions", daily_at=time(3, 0))
def ended_sessions(job: Job) -> None:
    call_command("clearsessions")


@kind("keys-without-rows", daily_at=time(3, 30))
def keys_without_rows(job: Job) -> None:
    """A verb that failed has left a key whose row never came."""
    key_store.sweep(sealed_fields.keys_in_use())


@kind("old-throttle-rows", every=timedelta(hours=1))
def old_throttle_rows(job: Job) -> None:
    throttle.forget_old()


@kind(
    "board-sheet",
    label=_("Board sheet"),
    steps={
        "gather": _("Gathers the facts"),
        "print": _("Prints the PDF"),
        "publish": _("Files the document"),
    },
    opens=board_sheets.where,
)
def board_sheet(job: Job) -> None:
    board_sheets.print_sheet(job)


@kind("orphaned-files", daily_at=time(3, 30))
def orphaned_files(job: Job) -> None:
    documents.forget_orphans()


@kind("ended-jobs", every=timedelta(hours=1))
def ended_jobs(job: Job) -> None:
    now = timezone.now()
    Job.objects.ended_before(now - KEEP_DONE).filter(state=Job.State.DONE).delete()
    Job.objects.ended_before(now - KEEP_FAILED).delete()
