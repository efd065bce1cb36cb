"""The follow-up handed to the city's ordinary steering system: as a file in its columns, or passage by passage.

What is handed over is what the head has approved. It is kept as it was, so that it can be said when, by whom and
in which version, and so that what has changed since can be marked.
"""

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boards import audit, exports
from boards.verbs import verb

from . import steering
from .contents import Contents
from .models import Answer, FollowUp, HandOver

State = FollowUp.State
# The head has approved it, and nobody is changing it.
HANDED_OVER_IN = (State.FILED, State.REVIEWED, State.APPROVED, State.LOCKED)


@dataclass(frozen=True)
class Passage:
    """One text to be pasted into one field of the steering system."""

    place: str
    label: str
    text: str


@dataclass
class Part:
    """One activity with its passages, or the situation form."""

    title: str
    passages: list[Passage]
    answer: Answer | None = None
    about: dict[str, Any] = field(default_factory=dict)


def parts(contents: Contents, report: FollowUp) -> list[Part]:
    """What the follow-up says, in the order of the plan and in the steering system's words."""
    words = steering.words()
    found = [_part(answer, contents, report, words) for answer in contents.answers]
    if contents.described:
        passages = [
            Passage(f"situation-{name}", label, str(value)) for name, label, value in contents.described
        ]
        found.append(Part(_("The situation form"), passages))
    return found


def _part(answer: Answer, contents: Contents, report: FollowUp, words: steering.Words) -> Part:
    about, labels = _about(answer, contents, report, words), dict(words.columns)
    passages = [
        Passage(f"answer-{answer.pk}-{key}", _word(labels, key), about[key]) for key in ("status", "text")
    ]
    return Part(answer.asked, passages, answer, about)


def _word(labels: dict[str, str], key: str) -> str:
    """The column's own name; what the file leaves out is still pasted."""
    fallback = next(term.label for term in steering.COLUMNS if term.key == key)
    return labels.get(key) or str(fallback)


def _about(answer: Answer, contents: Contents, report: FollowUp, words: steering.Words) -> dict[str, Any]:
    activity = answer.activity
    return {
        "board": report.board.name,
        "year": report.round.year,
        "round": words.rounds[report.round.kind],
        "area": activity.goal.focus_area.name,
        "goal_id": activity.goal.steering_id,
        "goal": activity.goal.text,
        "activity_id": activity.steering_id,
        "activity": answer.asked,
        "responsible": activity.responsible.email if activity.responsible else "",
        "due_on": activity.due_on.isoformat() if activity.due_on else "",
        "status": words.statuses[answer.status],
        "text": contents.whole_text(answer),
    }


def changed_since(handed: HandOver, contents: Contents) -> set[str]:
    """The places whose words are no longer as they were handed over."""
    return {place for place, text in contents.by_place.items() if handed.passages.get(place) != text}


def as_it_is(report: FollowUp) -> dict[str, Any]:
    """What is kept of a hand-over: the rows in the steering system's columns, and each passage."""
    columns, contents = steering.words().columns, Contents.of(report)
    found = parts(contents, report)
    return {
        "headings": [word for _key, word in columns],
        "rows": [[part.about[key] for key, _word in columns] for part in found if part.answer],
        "passages": contents.by_place,
    }


@verb(
    "steering.handed_over",
    gettext_lazy("%(who)s handed %(round)s, version %(edition)s, to the steering system for %(board)s"),
)
def hand_over(report: FollowUp, way: str, *, by: Any) -> HandOver:
    """Keeps what is handed over as it is now."""
    FollowUp.objects.select_for_update().get(pk=report.pk)
    report.refresh_from_db(fields=["state"])
    if report.state not in HANDED_OVER_IN:
        raise ValidationError(_("It is handed over when the head has approved it."))
    said = as_it_is(report)
    if not said["passages"]:
        raise ValidationError(_("There is nothing to hand over."))
    handed = HandOver(follow_up=report, edition=report.edition, way=way, by=by, **said)
    handed.full_clean()
    handed.save()
    audit.record(
        "steering.handed_over", handed, by=by, round=str(report.round), edition=handed.edition, way=way
    )
    return handed


def sheet(handed: HandOver) -> exports.Sheet:
    """The file in the steering system's columns, the same however often it is downloaded."""
    report = handed.follow_up
    about = [(str(_("Handed over")), date_format(handed.at, "Y-m-d H:i"))]
    name = f"styrsystem-{report.board.slug}-{report.round.year}-{report.round.kind}"
    return exports.Sheet(str(report), handed.headings, handed.rows, about, name=name)
