"""The log in sentences: what each event says, in the language of whoever reads it.

The log holds ids and codes; names are looked up when it is read, a whole page in the same few questions.
"""

import json
import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.apps import apps
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from . import verification  # noqa: F401 (its verb has a sentence)
from .access import may
from .accounts import directory  # noqa: F401 (and so have these)
from .models import Board, Event, EventQuerySet, OfficeType, User
from .panels import Panel
from .verbs import VERBS

PEOPLE, BOARDS = ("person", "deputy"), ("away_from", "boards")
DAY = re.compile(r"\d{4}-\d\d-\d\d")


def panel(user: Any, *things: Any, board: Board | None = None) -> Panel | None:
    """What has lately been done to these things, for those who read the log of the board, or of the city."""
    if not may(user, "view_events", board):
        return None
    return Panel(
        _("Latest activity"),
        "boards/log_panel.html",
        {"board": board, "events": latest(Event.objects.about(*things))},
    )


def latest(events: EventQuerySet, number: int = 6) -> list[Event]:
    return tell(list(events.latest_first().select_related("actor", "board")[:number]))


def tell(events: list[Event]) -> list[Event]:
    """Gives each event its `sentence`."""
    facts = [json.loads(event.body)["facts"] for event in events]
    names = _Names(events, facts)
    for event, told in zip(events, facts, strict=True):
        event.sentence = names.sentence(event, told)  # type: ignore[attr-defined]
    return events


class _Names:
    """Who and what the events speak of."""

    def __init__(self, events: list[Event], facts: list[dict[str, Any]]) -> None:
        ids = {each[name] for each in facts for name in PEOPLE if each.get(name)}
        self.people = User.objects.in_bulk(ids)
        codes = {each["office"] for each in facts if each.get("office")}
        self.offices = (
            {kind.code: kind for kind in OfficeType.objects.filter(code__in=codes)} if codes else {}
        )
        named = {code for each in facts for name in BOARDS for code in _several(each.get(name))}
        self.boards = dict(Board.objects.filter(code__in=named).values_list("code", "name")) if named else {}
        self.things = _things(events)

    def sentence(self, event: Event, facts: dict[str, Any]) -> str:
        verb = VERBS.get(event.verb)
        if verb is None:
            return _("Something that this version has no words for: %(verb)s") % {"verb": event.verb}
        model = apps.get_model(event.object_type)
        told = _Told({name: self._in_words(name, value, model) for name, value in facts.items()})
        told["who"] = event.actor.name if event.actor else _("The system")
        told["board"] = event.board.name if event.board else ""
        told["about"] = str(self.things.get((event.object_type, event.object_id), ""))
        told["fields"] = ", ".join(_label(model, name) for name in _several(facts.get("changed")))
        return capfirst(str(verb.says) % told)

    def _in_words(self, name: str, value: Any, model: Any) -> str:
        if name in PEOPLE:
            return str(self.people.get(value, ""))
        if name == "office":
            return str(self.offices.get(value, value))
        if name in BOARDS:
            return ", ".join(self.boards.get(code, code) for code in _several(value))
        if isinstance(value, str) and DAY.fullmatch(value):
            return date_format(date.fromisoformat(value), "DATE_FORMAT")
        return str(_choices(model, name).get(value, value) if isinstance(value, str) else value)


class _Told(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return "–"


def _several(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list | dict) else [value]


def _things(events: Iterable[Event]) -> dict[tuple[str, str], Any]:
    """What the events are about; boards are at hand, the rest is fetched kind by kind."""
    found: dict[tuple[str, str], Any] = {}
    wanted: dict[str, set[str]] = {}
    for event in events:
        if event.object_type == "boards.Board":
            found[event.object_type, event.object_id] = event.board
        elif "%(about)" in str(VERBS[event.verb].says if event.verb in VERBS else ""):
            wanted.setdefault(event.object_type, set()).add(event.object_id)
    for kind, ids in wanted.items():
        rows = apps.get_model(kind)._default_manager.in_bulk([pk for pk in ids if pk != "None"])
        found |= {(kind, str(pk)): row for pk, row in rows.items()}
    return found


def _label(model: Any, name: str) -> str:
    fields = {field.name: field for field in model._meta.get_fields()}
    label = str(getattr(fields.get(name), "verbose_name", name))
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def _choices(model: Any, name: str) -> dict[Any, Any]:
    fields = {field.name: field for field in model._meta.get_fields()}
    return dict(getattr(fields.get(name), "flatchoices", None) or [])
