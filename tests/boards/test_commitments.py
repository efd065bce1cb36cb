"""A protected text stands in no event, and whoever has it can still show that it was meant, until its key is gone."""

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from boards import commitments, key_store, verification
from boards.models import Event, FactorReset
from tests.conftest import Cast

REASON = "Visade legitimation för Karin"


@pytest.fixture
def reset(cast: Cast) -> FactorReset:
    return FactorReset.ask(cast.employee, by=cast.chief, reason=REASON)


@pytest.fixture
def asked(reset: FactorReset) -> Event:
    return Event.objects.get(verb="factor.reset_asked")


def test_the_right_text_can_be_proved_and_no_other(asked: Event) -> None:
    assert REASON not in asked.body
    assert commitments.was_meant(asked, REASON)
    assert commitments.was_meant(asked, f" {REASON}\n")
    assert not commitments.was_meant(asked, "Visade ingenting")


def test_the_same_text_twice_cannot_be_told_to_be_the_same(cast: Cast, asked: Event) -> None:
    FactorReset.ask(cast.coordinator, by=cast.chief, reason=REASON)
    commitment = [
        event.body.split('"commitment":"')[1][:64] for event in Event.objects.filter(verb=asked.verb)
    ]
    assert len(set(commitment)) == 2


def test_when_the_key_is_gone_the_chain_holds_and_the_text_cannot_be_tried(
    reset: FactorReset, asked: Event, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        reset.forget()
    assert verification.verify().is_whole
    with pytest.raises(key_store.KeyGoneError):
        commitments.was_meant(asked, REASON)


def prove(monkeypatch: pytest.MonkeyPatch, event: Event, text: str) -> str:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    said = io.StringIO()
    call_command("prove_text", event.stream_id, event.seq, stdout=said)
    return said.getvalue()


def test_the_command_proves_it(cast: Cast, asked: Event, monkeypatch: pytest.MonkeyPatch) -> None:
    assert prove(monkeypatch, asked, REASON) == "It is the text that was meant.\n"
    with pytest.raises(CommandError, match="another text"):
        prove(monkeypatch, asked, "x")
    cast.employee.sign_out_everywhere(by=cast.administrator)
    with pytest.raises(CommandError, match="speaks of no protected text"):
        prove(monkeypatch, Event.objects.get(verb="sessions.ended"), REASON)
