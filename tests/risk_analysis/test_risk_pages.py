"""One risk as a page, what is asked about it, and the theme it belongs to from year to year."""

import pytest

from boards.models import Event, ReadLog
from risk_analysis.history import history_of
from risk_analysis.models import RiskTheme, RsaComment, ThemedRisk
from risk_analysis.themes import Themes
from tests.conftest import Cast, signed_in

from . import analyses, cities


def test_it_is_read_as_a_page_and_each_opening_is_noted(cast: Cast) -> None:
    rounds = cities.two_rounds(cast)
    risk = cities.risk(cities.analysis(rounds.now, cast.bromma), title="Snöstorm", why="Det hände 2012.")
    page = signed_in(cast.security_chief).get(f"/risker/{risk.pk}/").content.decode()
    assert "Det hände 2012." in page
    noted = ReadLog.objects.get(reader=cast.security_chief)
    assert (noted.level, noted.board, noted.object_id) == ("K2", cast.bromma, str(risk.pk))


@pytest.mark.parametrize("state", ["utkast", "hos_chef", "faststalld"])
def test_a_risk_in_a_draft_is_a_page_at_its_own_board_alone(cast: Cast, state: str) -> None:
    rounds = cities.two_rounds(cast)
    risk = cities.risk(cities.analysis(rounds.now, cast.bromma, state))
    for person in (cast.security_chief, cast.case_officer, cast.auditor, cast.farsta_coordinator):
        assert signed_in(person).get(f"/risker/{risk.pk}/").status_code == 404
    assert signed_in(cast.coordinator).get(f"/risker/{risk.pk}/").status_code == 200


def test_its_years_are_told_by_its_thread_one_for_each_round(cast: Cast) -> None:
    rounds = cities.two_rounds(cast)
    old = cities.risk(cities.analysis(rounds.before, cast.bromma, "ersatt"), 1, 1)
    cities.risk(cities.analysis(rounds.now, cast.farsta), 5, 5)
    now = cities.risk(cities.analysis(rounds.now, cast.bromma), 5, 5, thread=old.thread)
    years = history_of(now, cast.security_chief)
    assert [(year.risk.pk, year.is_this) for year in years] == [(now.pk, True), (old.pk, False)]


def test_a_question_is_asked_answered_and_settled_on_the_page(cast: Cast) -> None:
    rounds = cities.two_rounds(cast)
    risk = cities.risk(cities.analysis(rounds.now, cast.bromma))
    signed_in(cast.security_chief).post(f"/risker/{risk.pk}/fraga/", {"text": "Hur ofta?"})
    comment = RsaComment.objects.get()
    client = signed_in(cast.coordinator)
    assert "Hur ofta?" in client.get(f"/risker/{risk.pk}/").content.decode()
    client.post(f"/rsa/fragor/{comment.pk}/klar/")
    comment.refresh_from_db()
    assert comment.settled_by == cast.coordinator


def test_a_risk_stays_in_its_theme_from_year_to_year(cast: Cast) -> None:
    rounds = cities.two_rounds(cast)
    chief = signed_in(cast.security_chief)
    chief.post("/riskbilden/teman/", {"name": "Elavbrott"})
    theme = RiskTheme.objects.get()
    old = cities.risk(cities.analysis(rounds.before, cast.bromma), 1, 1)
    now = cities.risk(cities.analysis(rounds.now, cast.bromma), 5, 5, thread=old.thread)
    chief.post(f"/risker/{old.pk}/tema/", {"theme": theme.pk})
    line = Themes(cities.seen_by(cast.security_chief)).rows[0]
    assert (line.boards, line.high, line.boards_before, line.high_before) == (1, 1, 1, 0)
    assert len(cities.seen_by(cast.security_chief, tema=theme.slug).risks) == 1
    assert f"/risker/{now.pk}/" in chief.get(f"/riskbilden/teman/{theme.slug}/").content.decode()
    chief.post(f"/risker/{now.pk}/tema/", {"theme": ""})
    assert not ThemedRisk.objects.exists()
    verbs = set(Event.objects.values_list("verb", flat=True))
    assert {"theme.begun", "theme.risk_put", "theme.risk_taken_out"} <= verbs


def test_a_theme_shows_counts_and_no_titles_and_is_renamed_at_its_address(cast: Cast) -> None:
    rounds = cities.two_rounds(cast)
    theme = RiskTheme.objects.begin("Elavbrott", by=cast.security_chief)
    risk = cities.risk(cities.analysis(rounds.now, cast.bromma), title="Snöstorm")
    theme.put(risk, by=cast.security_chief)
    signed_in(cast.security_chief).post("/riskbilden/teman/elavbrott/", {"name": "Elen"})
    page = signed_in(cast.case_officer).get("/riskbilden/teman/elavbrott/").content.decode()
    assert "Elen" in page
    assert cast.bromma.name in page
    assert "Snöstorm" not in page
    assert f"/risker/{risk.pk}/" not in page


def test_a_question_that_is_too_long_is_not_lost(cast: Cast) -> None:
    risk = analyses.handed_in(cast).risks.first()
    page = signed_in(cast.security_chief).post(f"/risker/{risk.pk}/fraga/", {"text": "Ö" * 2001})
    assert page.status_code == 200
    assert "Ö" * 2001 in page.content.decode()
