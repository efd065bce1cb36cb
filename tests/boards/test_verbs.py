"""Whatever changes something is a verb, and a verb leaves exactly one event."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from boards import activity, audit
from boards.days import ENDS_BEFORE
from boards.models import Board, Event, OfficeHolder
from boards.verbs import VERBS, VerbError, verb
from tests.boards import writers
from tests.conftest import Cast

VERB_CODE = re.compile(r'^ *@(?:bulk_)?verb\(\s*"([a-z_.]+)"', re.MULTILINE)
# What writes and is no verb, and why. A place ending in a dot stands for all that lies below it.
NO_VERBS = {
    "boards.audit.": "it is the log",
    "boards.verification.": "it reads the log",
    "boards.questions.Question.ask": "asks in ready-made words, and changes nothing",
    "boards.append_only.": "called by migrations alone",
    "risk_analysis.copying.copy_rows": "part of beginning an analysis or its next edition",
    "risk_analysis.models.dependencies.DependencyAnswerManager.ask": "part of handing in",
    "risk_analysis.models.snapshots.SnapshotManager.freeze": "part of handing in",
    "boards.seals.": "what proves the log",
    "boards.read_log.": "who has read what is a log of its own",
    "boards.throttle.": "attempts that were slowed down; digests alone",
    "boards.notices.": "a notice follows from a verb",
    "boards.models.notices.": "whether one has read a notice is one's own affair",
    "boards.outbox.": "a message follows from a verb",
    "boards.models.outbox.": "whether a message has gone out; the row says itself how it went",
    "boards.tasks.old_messages": "forgets messages that have gone out",
    "boards.kept.": "an unsaved text of somebody whose session ended, sealed for half an hour",
    "boards.drafts.": "an unsent text, sealed; that it is thrown away is an event",
    "boards.idempotency.": "which form led to which answer; what the form did is an event",
    "boards.models.versioned.": "called by the verbs that change a record",
    "boards.models.tokens.PersonalSecret.note_use": "when a secret was last used",
    "boards.accounts.sessions.": "when a session was last seen; that it began and ended are events",
    "boards.models.jobs.": "work that somebody's verb asked for; the row says itself how it went",
    "boards.tasks.ended_jobs": "forgets jobs that have ended",
    "boards.key_store.": "the key of a record follows its record, in a store of its own",
    "boards.rotation.": "the same contents under a new key",
    "boards.sealed_fields.keys_in_use": "asks which keys are in use",
    "boards.workbooks.": "writes a file for the reader and nothing in the database",
    "boards.documents.forget_orphans": "stored files that belong to no row, since filing them never came to its end",
    "boards.file_inspection.": "draws a picture anew in a room of its own, without the database",
    "boards.language.remember": "in which language the person reads, chosen at any page and also before signing in",
    "boards.register.": "reference data that comes with a release, the same in every city",
    "boards.rules.give_last_days": "called by the bulk verbs that end offices and seats",
    "boards.mandates.grant": "makes the permissions say what the release's table of mandates says",
    "boards.models.offices.OfficeManager.of": "an empty office; that somebody gets it is an event",
    "boards.models.offices.OfficeManager.found": "empty offices; that somebody gets one is an event",
    "boards.models.people.UserManager.create_user": "called by the verbs by which accounts appear",
    "boards.models.people.User.end_sessions": "called by the verbs that end sessions",
    "boards.models.stand_ins.StandIn.ask_approval": "called by the verb that begins the absence",
    "boards.accounts.invitations.bootstrap": "appoints and approves by verbs; founds the empty home of the first two",
    **dict.fromkeys(
        [
            "crisis.models.LevelManager.load",
            "security_program.models.calendar.CalendarRuleQuerySet.load",
            "security_program.models.goals.DescentQuerySet.load",
            "security_program.models.goals.FocusAreaQuerySet.load",
            "security_program.models.goals.GoalQuerySet.load",
            "security_program.models.help.HelpTextQuerySet.load",
            "security_program.models.programme.ProgrammeQuerySet.load",
            "security_program.models.requirements.RequirementActorQuerySet.load",
            "security_program.models.requirements.RequirementQuerySet.load",
        ],
        "reference data that comes with a release, the same in every city",
    ),
    "security_program.backups.": "the whole installation is copied and put back; that it was restored is a verb",
    "security_program.demo.": "the demo city, whose first day is read in as a register",
}


def is_listed(place: str) -> bool:
    return any(covers(name, place) for name in NO_VERBS)


def covers(name: str, place: str) -> bool:
    return place == name or (name[-1] == "." and place.startswith(name))


@pytest.fixture(scope="module")
def functions() -> list[list[writers.Function]]:
    return [writers.functions_of(module, source) for module, source in writers.modules()]


@pytest.fixture(scope="module")
def unregistered(functions: list[list[writers.Function]]) -> list[str]:
    return [place for module in functions for place in writers.outside_verbs(module)]


def test_whatever_writes_is_a_verb_or_is_listed_with_the_reason(unregistered: list[str]) -> None:
    found = [place for place in unregistered if not is_listed(place)]
    assert not found, "Register with @verb, or say in NO_VERBS why not:\n" + "\n".join(found)


def test_whatever_records_an_event_is_its_verb(functions: list[list[writers.Function]]) -> None:
    assert not [place for module in functions for place in writers.recording_in_silence(module)]


def test_the_list_of_what_is_no_verb_is_short_and_true(unregistered: list[str]) -> None:
    stale = [name for name in NO_VERBS if not any(covers(name, place) for place in unregistered)]
    assert not stale


@pytest.mark.parametrize(
    "body",
    [
        "self.save()",
        "Board.objects.filter(pk=1).update(name='')",
        "self.sectors.set([])",
        "self._quietly()\n    def _quietly(self):\n        self._more()\n    def _more(self):\n        self.delete()",
        "audit.record('x', self, by=None)",
    ],
)
def test_a_writer_is_found_however_it_writes(body: str) -> None:
    source = f"class Thing:\n    def change(self):\n        {body}\n"
    assert writers.outside_verbs(writers.functions_of("m", source)) == ["m.Thing.change"]


def test_a_verb_and_a_reader_are_left_alone() -> None:
    source = "@verb('a', '')\ndef change(thing):\n    thing.save()\ndef look(thing):\n    return {}.items()\n"
    assert writers.outside_verbs(writers.functions_of("m", source)) == []


@verb("test.renamed", "renamed")
def rename(board: Board, name: str, *, times: int = 1) -> None:
    Board.objects.filter(pk=board.pk).update(name=name)
    for _time in range(times):
        audit.record("test.renamed", board, by=None)


@verb("test.renamed")
def rename_two(one: Board, other: Board, name: str) -> None:
    rename(one, name)
    rename(other, name)
    Board.objects.filter(pk=one.pk).update(note=name)


def test_a_verb_leaves_one_event(cast: Cast) -> None:
    before = Event.objects.count()
    rename(cast.bromma, "Bromma stadsdel")
    assert Event.objects.count() == before + 1


@pytest.mark.parametrize("times", [0, 2])
def test_a_verb_with_no_event_or_two_changes_nothing(cast: Cast, times: int) -> None:
    with pytest.raises(VerbError):
        rename(cast.bromma, "Elsewhere", times=times)
    cast.bromma.refresh_from_db()
    assert cast.bromma.name != "Elsewhere"


def test_the_events_of_inner_verbs_do_not_count_for_the_outer_one(cast: Cast) -> None:
    with pytest.raises(VerbError, match="boards_board and left no event"):
        rename_two(cast.bromma, cast.farsta, "Both")


def test_an_event_is_left_by_its_own_verb_alone(cast: Cast) -> None:
    with pytest.raises(VerbError, match="no verb"):
        audit.record("test.renamed", cast.bromma, by=None)


@pytest.fixture
def holders(cast: Cast) -> list[OfficeHolder]:
    """Two at Bromma and one at Farsta."""
    cast.coordinator, cast.chief, cast.farsta_coordinator  # noqa: B018
    return list(OfficeHolder.objects.order_by("pk"))


def one_by_one(holders: list[OfficeHolder], last_day: date) -> None:
    for holding in holders:
        holding.end(by=None, last_day=last_day)


def all_at_once(holders: list[OfficeHolder], last_day: date) -> None:
    OfficeHolder.objects.filter(pk__in=[holding.pk for holding in holders]).end_all(
        by=None, last_day=last_day
    )


@pytest.mark.parametrize("end", [one_by_one, all_at_once])
def test_a_bulk_verb_does_what_the_single_one_does(
    cast: Cast, holders: list[OfficeHolder], end: Callable[[list[OfficeHolder], date], None]
) -> None:
    end(holders, date(2030, 6, 30))
    assert set(OfficeHolder.objects.values_list("valid_to", flat=True)) == {date(2030, 6, 30)}
    with pytest.raises(ValidationError, match=str(ENDS_BEFORE)):
        end(holders, date(1999, 1, 1))
    assert set(OfficeHolder.objects.values_list("valid_to", flat=True)) == {date(2030, 6, 30)}


def test_a_bulk_verb_leaves_one_event_in_each_stream(cast: Cast, holders: list[OfficeHolder]) -> None:
    all_at_once(holders, date(2030, 6, 30))
    events = Event.objects.filter(verb="offices.ended").order_by("stream")
    told = {event.stream_id: json.loads(event.body)["facts"] for event in events}
    assert {stream: facts["count"] for stream, facts in told.items()} == {"bromma_sdn": 2, "farsta_sdn": 1}
    at_bromma = [holding for holding in holders if holding.board == cast.bromma]
    assert told["bromma_sdn"]["ids"] == audit.hash_of_ids(holding.pk for holding in at_bromma)


def test_every_verb_has_a_sentence_in_both_languages() -> None:
    assert activity
    for code, each in VERBS.items():
        if not code.startswith("test."):
            with override("en"):
                english = str(each.says)
            with override("sv"):
                assert str(each.says) not in ("", english), code


def test_a_process_that_only_shows_the_log_has_words_for_every_verb() -> None:
    asked = "import django; django.setup(); import security_program.urls; from boards.verbs import VERBS; print(*VERBS)"
    shown = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    written = {code for _, source in writers.modules() for code in VERB_CODE.findall(source)}
    assert len(written) > 100
    assert not written - set(shown.stdout.split())
