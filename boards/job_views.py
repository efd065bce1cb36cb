"""The page of a job: what is being done, how far it has come, and what became of it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from . import work
from .access import SignedInRequest, visible
from .kinds import KINDS
from .models import Job, jobs

# In words for a person; what stands in the row is a code, since the reader's language is not known there.
REASONS = {
    jobs.LEASE_RAN_OUT: gettext_lazy("The work was broken off three times before it was done."),
    jobs.NOT_ALLOWED: gettext_lazy("The one who asked for it no longer has the right to it."),
    work.DISK_FULL: gettext_lazy("There is no room left on the disk."),
    work.TOOK_TOO_LONG: gettext_lazy("It took too long and was broken off."),
    "TimeoutError": gettext_lazy("Another system did not answer in time."),
    "OperationalError": gettext_lazy("The database could not be reached."),
}
STATES = {
    Job.State.WAITING: ("todo", gettext_lazy("Waits its turn")),
    Job.State.RUNNING: ("ongoing", gettext_lazy("Going on")),
    Job.State.DONE: ("done", gettext_lazy("Done")),
    Job.State.FAILED: ("late", gettext_lazy("Failed")),
}


@dataclass(frozen=True)
class Step:
    label: Any
    status: str
    word: Any
    done: int = 0
    of: int = 0


class JobPage:
    """A job in words; with its rights asked for already."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.kind = KINDS.get(job.kind)

    @property
    def label(self) -> Any:
        return (self.kind and self.kind.label) or self.job.kind

    @property
    def status(self) -> str:
        return STATES[Job.State(self.job.state)][0]

    @property
    def word(self) -> Any:
        return STATES[Job.State(self.job.state)][1]

    @property
    def url(self) -> str:
        return self.job.get_absolute_url()

    @property
    def goes_on(self) -> bool:
        return self.job.state in (Job.State.WAITING, Job.State.RUNNING)

    @property
    def tries_again(self) -> bool:
        return self.job.state == Job.State.WAITING and self.job.attempt > 0

    @property
    def attempts(self) -> int:
        return jobs.ATTEMPTS

    @property
    def next_attempt(self) -> int:
        return self.job.attempt + 1

    @property
    def may_be_retried(self) -> bool:
        return self.job.state == Job.State.FAILED and self.kind is not None

    @property
    def reason(self) -> Any:
        known = {**REASONS, **(self.kind.problems if self.kind else {})}
        return known.get(self.job.reason, _("Something went wrong that the system has no words for."))

    @property
    def result(self) -> str:
        done = self.job.state == Job.State.DONE
        return self.kind.opens(self.job) if done and self.kind and self.kind.opens else ""

    @cached_property
    def steps(self) -> list[Step]:
        codes = list(self.kind.steps) if self.kind else []
        here = codes.index(self.job.step) if self.job.step in codes else -1
        return [self._step(codes.index(code) - here, code) for code in codes]

    def _step(self, distance: int, code: str) -> Step:
        """Steps before the present one are done; all of them are when the job is."""
        label = self.kind.steps[code] if self.kind else code
        if self.job.state == Job.State.DONE or distance < 0:
            return Step(label, "done", _("Done"))
        if distance > 0:
            return Step(label, "todo", _("Not begun"))
        status, word = ("late", _("Failed")) if not self.goes_on else ("ongoing", _("Going on"))
        return Step(label, status, word, self.job.step_done, self.job.step_of)


@require_safe
@visible(Job, "pk")
def job(request: SignedInRequest, job: Job) -> HttpResponse:
    return render(request, "boards/job_detail.html", {"page": JobPage(job)})


@require_POST
@visible(Job, "pk")
def job_retry(request: SignedInRequest, job: Job) -> HttpResponse:
    if not job.retry(by=request.user):
        messages.warning(request, _("The job is already going on, or done."))
    return redirect(job)


def of_person(user: Any) -> list[JobPage]:
    """For one's own page: what one has asked for that goes on or has failed."""
    return [JobPage(job) for job in Job.objects.asked_for_by(user)[:5]]
