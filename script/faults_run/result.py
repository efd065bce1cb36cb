"""The four sets: what was acknowledged against what is there."""

import statistics
from collections import Counter
from dataclasses import asdict, dataclass, field

from boards.models import CouncilMeeting, Job

from .clients import GONE, Sent


@dataclass
class Outcome:
    fault: str
    times: int
    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)
    duplicated: list[str] = field(default_factory=list)
    unexpected: list[str] = field(default_factory=list)
    done_unanswered: int = 0
    failed_jobs: int = 0
    answers: dict[str, int] = field(default_factory=dict)
    recovery_seconds: list[float] = field(default_factory=list)

    @property
    def median_recovery(self) -> float:
        return statistics.median(self.recovery_seconds) if self.recovery_seconds else 0.0

    @property
    def failures(self) -> list[str]:
        wrong = [f"{self.fault}: lost {key}" for key in self.lost]
        wrong += [f"{self.fault}: unexpected {key}" for key in self.unexpected]
        told = (GONE, "signed out")
        return wrong + [f"{self.fault}: {n} × {a}" for a, n in self.answers.items() if a.endswith(told)]

    as_dict = asdict


def there(prefixes: tuple[str, ...]) -> Counter[str]:
    every = CouncilMeeting.objects.values_list("agenda", flat=True)
    return Counter(agenda for agenda in every if agenda.startswith(prefixes))


def compare(fault: str, happened: list[float], sent: list[Sent], names: tuple[str, ...]) -> Outcome:
    """`names` are the clients' own: whatever carries one and was never sent is unexpected."""
    found = there(tuple(f"{name}-" for name in names))
    acknowledged = {one.key for one in sent if one.acknowledged_at}
    known = {one.key for one in sent}
    # A job that failed three times is not lost: it stands there with its reason, to be asked for again.
    failed = set(Job.objects.failed().filter(key__in=acknowledged).values_list("key", flat=True))
    return Outcome(
        fault=fault,
        times=len(happened),
        acknowledged=len(acknowledged),
        lost=sorted(acknowledged - set(found) - failed),
        duplicated=sorted(key for key, number in found.items() if number > 1),
        unexpected=sorted(set(found) - known),
        done_unanswered=len(set(found) & known - acknowledged),
        failed_jobs=len(failed),
        answers=dict(Counter(one.answer for one in sent)),
        recovery_seconds=[round(seconds, 1) for seconds in recoveries(happened, sent)],
    )


def recoveries(happened: list[float], sent: list[Sent]) -> list[float]:
    """From each fault until all that had been acknowledged is done, a new page is accepted and a new job is done."""
    ended = {
        key: at.timestamp()
        for key, at in Job.objects.filter(key__in=[one.key for one in sent]).values_list("key", "finished_at")
        if at
    }
    posts = [one for one in sent if one.key.startswith("post-")]
    jobs = [one for one in sent if one.key in ended and one.acknowledged_at]
    return [recovery(at, posts, jobs, ended) for at in happened]


def recovery(at: float, posts: list[Sent], jobs: list[Sent], ended: dict[str, float]) -> float:
    waiting = [ended[one.key] for one in jobs if one.at <= at < ended[one.key]]
    new_posts = [one.acknowledged_at for one in posts if one.at > at and one.acknowledged_at]
    new_jobs = [ended[one.key] for one in jobs if one.at > at]
    return max([*waiting, *sorted(new_posts)[:1], *sorted(new_jobs)[:1]], default=at) - at


HEADING = (
    f"{'fault':<22} {'times':>5} {'acked':>6} {'lost':>5} {'dupl.':>5} {'unexp.':>6} {'unanswered, done':>16}"
    f" {'failed':>6} {'median s':>8} {'max s':>6}"
)


def line(outcome: Outcome) -> str:
    longest = max(outcome.recovery_seconds, default=0.0)
    return (
        f"{outcome.fault:<22} {outcome.times:>5} {outcome.acknowledged:>6} {len(outcome.lost):>5}"
        f" {len(outcome.duplicated):>5} {len(outcome.unexpected):>6} {outcome.done_unanswered:>16}"
        f" {outcome.failed_jobs:>6} {outcome.median_recovery:>8.1f} {longest:>6.1f}"
    )
