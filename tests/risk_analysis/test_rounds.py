"""The city office's rounds: who has handed in, who is reminded, and who reviews whom."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from boards.days import today
from boards.models import Event, Notice
from risk_analysis import reminding
from risk_analysis.models import Reviewer, Rsa, RsaCycle, RsaReminder
from risk_analysis.status_board import standings, tally
from tests.conftest import Cast, signed_in

from . import analyses, cities

NEW = {"kind": "arlig", "name": "RSA", "year": "2027", "opens_on": "2027-01-01", "due_on": "2027-04-30"}


def test_a_round_is_opened_corrected_and_closed(cast: Cast) -> None:
    client = signed_in(cast.case_officer)
    client.post("/rsa/ny/", {**NEW, "slug": "2027", "boards": [cast.bromma.pk, cast.farsta.pk]})
    cycle = RsaCycle.objects.get()
    assert set(cycle.asked()) == {cast.bromma, cast.farsta}
    changed = {"name": "RSA 2027", "due_on": "2027-05-31", "small_file_light": "on"}
    client.post("/rsa/2027/uppgifter/", changed)
    client.post("/rsa/2027/stang/")
    cycle.refresh_from_db()
    assert (cycle.name, cycle.due_on.isoformat(), cycle.companies_first) == ("RSA 2027", "2027-05-31", False)
    assert cycle.closed_on == today()
    verbs = list(Event.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs[-3:] == ["rsa_cycle.opened", "rsa_cycle.corrected", "rsa_cycle.closed"]


@pytest.mark.parametrize("slug", ["ny", "granskare"])
def test_a_round_does_not_take_the_address_of_another_page(cast: Cast, slug: str) -> None:
    answer = signed_in(cast.case_officer).post("/rsa/ny/", {**NEW, "slug": slug})
    assert answer.status_code == 200
    assert not RsaCycle.objects.exists()


def test_the_last_day_comes_after_the_first(cast: Cast) -> None:
    signed_in(cast.case_officer).post("/rsa/ny/", {**NEW, "slug": "2027", "due_on": "2026-12-01"})
    assert not RsaCycle.objects.exists()


@pytest.mark.parametrize("state", Rsa.State.values)
def test_what_is_not_handed_in_is_only_not_handed_in(cast: Cast, state: str) -> None:
    rounds = cities.two_rounds(cast)
    cities.analysis(rounds.now, cast.bromma, state)
    found = standings(rounds.now, [cast.bromma], cast.security_chief)[cast.bromma.pk]
    in_force = state in Rsa.IN_FORCE
    assert (found.rsa is not None) is in_force
    assert (found.word == "Inte inlämnad") is not in_force
    assert tally(rounds.now, cast.security_chief).handed_in == int(in_force)


def test_a_coordinator_sees_the_own_organisation_alone(cast: Cast) -> None:
    rounds = cities.two_rounds(cast)
    page = signed_in(cast.coordinator).get(f"/rsa/{rounds.now.slug}/").content.decode()
    assert cast.bromma.name in page
    assert cast.farsta.name not in page


def test_exactly_those_that_are_missing_are_reminded_and_no_word_of_the_analysis_is_sent(cast: Cast) -> None:
    cycle = analyses.a_round(cast, boards=[cast.bromma, cast.farsta])
    writes = cast.farsta_coordinator
    cities.risk(cities.analysis(cycle, cast.bromma))
    rows = reminding.prepare(cycle)
    assert [(row.board, row.people) for row in rows] == [(cast.farsta, [writes])]
    reminding.remind(cycle, by=cast.case_officer, shown=reminding.digest(rows))
    assert Notice.objects.get(kind="rsa_missing").person == writes
    assert RsaReminder.objects.get().board == cast.farsta
    assert Event.objects.filter(verb="rsa.reminded", board=cast.farsta).count() == 1


def test_a_list_that_has_changed_is_shown_again_before_anything_is_sent(cast: Cast) -> None:
    cycle = analyses.a_round(cast, boards=[cast.bromma, cast.farsta])
    shown = reminding.digest(reminding.prepare(cycle))
    cities.analysis(cycle, cast.bromma)
    with pytest.raises(ValidationError):
        reminding.remind(cycle, by=cast.case_officer, shown=shown)
    assert not RsaReminder.objects.exists()


def test_nobody_lets_herself_review(cast: Cast) -> None:
    signed_in(cast.case_officer).post(
        "/rsa/granskare/",
        {"person": cast.case_officer.pk, "board": cast.bromma.pk, "valid_from": today().isoformat()},
    )
    assert not Reviewer.objects.exists()
    signed_in(cast.security_chief).post(
        "/rsa/granskare/",
        {"person": cast.case_officer.pk, "board": cast.bromma.pk, "valid_from": today().isoformat()},
    )
    assert Reviewer.objects.get().person == cast.case_officer


def test_a_review_that_has_ended_opens_nothing(cast: Cast) -> None:
    rounds = cities.two_rounds(cast)
    rsa = cities.analysis(rounds.now, cast.bromma)
    given = Reviewer.objects.assign(
        cast.case_officer, cast.bromma, by=cast.security_chief, valid_from=today() - timedelta(days=9)
    )
    assert Rsa.objects.visible_to(cast.case_officer).get() == rsa
    last_day = (today() - timedelta(days=1)).isoformat()
    signed_in(cast.security_chief).post(f"/rsa/granskare/{given.pk}/", {"last_day": last_day})
    assert not Rsa.objects.visible_to(cast.case_officer).exists()
