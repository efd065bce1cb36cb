"""An organisation answers for its year, and the city sees all of them: pages, confirmations, reminders."""

import gzip
import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from boards.days import today
from boards.models import Board, Event, Notice
from security_program import accounting, reminding
from security_program.accounting import PROVED, Account, Line
from security_program.deriving import derive
from security_program.evidence import Finding
from security_program.models import Adoption, Assignment, Programme, Reminder, Statement
from security_program.oversight import EVERYTHING, Matrix
from tests.conftest import Cast, signed_in

NOW = today().year
MET, PARTLY, NOT = Statement.Value.MET, Statement.Value.PARTLY, Statement.Value.NOT
CLICKS = 20


def duty(board: Board, code: str, year: int = NOW) -> Assignment:
    return board.assignments.with_all().get(year=year, requirement__code=code)


def answer_all(cast: Cast, year: int) -> None:
    """As a bulk, the way the demo does it."""
    derive(year)
    rows = cast.bromma.assignments.for_year(year)
    Statement.objects.bulk_create(
        Statement(assignment=row, value=PARTLY, reason="Klart i höst.", stated_by=cast.coordinator)
        for row in rows
    )


class Clicks:
    """A browser in which every request a person makes is counted; a redirect costs no press."""

    def __init__(self, client: Client) -> None:
        self.client, self.made = client, 0

    def get(self, url: str) -> str:
        self.made += 1
        return self.client.get(url).content.decode()

    def press(self, form: str) -> None:
        """Submits a form as it stands on the page."""
        action = re.search(r'action="([^"]+)"', form)[1]
        fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
        self.made += 1
        assert self.client.post(action, fields).status_code == 302


def test_a_year_in_which_nothing_changed_takes_at_most_twenty_clicks(city: Cast) -> None:
    answer_all(city, NOW - 1)
    clicks = Clicks(signed_in(city.coordinator))
    clicks.get("/min-sida/")
    url = reverse("obligation_list", args=[city.bromma.slug, NOW])
    page = clicks.get(url)
    while forms := re.findall(r'<form method="post" action="[^"]+/bekraftelser/">.*?</form>', page, re.S):
        clicks.press(forms[0])
        page = clicks.client.get(url).content.decode()
    assert not Account(city.bromma, NOW).open
    assert clicks.made <= CLICKS
    assert clicks.made < 10


def test_what_was_shown_is_what_is_confirmed(city: Cast) -> None:
    account = Account(city.bromma, NOW)
    shown, codes = account.shown, {line.assignment.requirement.code for line in account.proved}
    assert "REQ-027" in codes
    assert accounting.confirm(city.bromma, NOW, PROVED, by=city.coordinator, shown=shown) == len(codes)
    said = Statement.objects.filter(assignment__requirement__code__in=codes)
    assert {(one.value, one.proposed, one.stated_by) for one in said} == {(MET, MET, city.coordinator)}
    assert Event.objects.filter(verb="obligations.confirmed").count() == 1


def test_a_list_that_has_changed_since_is_not_confirmed(city: Cast) -> None:
    shown = Account(city.bromma, NOW).shown
    city.holder("Nora Ny", "informationssakerhetssamordnare", city.bromma)
    with pytest.raises(ValidationError, match="Läs den"):
        accounting.confirm(city.bromma, NOW, PROVED, by=city.coordinator, shown=shown)
    assert not Statement.objects.exists()


def test_what_the_system_cannot_show_yet_is_never_met(city: Cast) -> None:
    with pytest.raises(ValidationError):
        accounting.answer(duty(city.bromma, "REQ-082"), MET, by=city.coordinator)
    said = accounting.answer(duty(city.bromma, "REQ-082"), NOT, by=city.coordinator, reason="Inte övat.")
    assert said.value == NOT
    with pytest.raises(ValidationError):
        accounting.answer(duty(city.bromma, "REQ-113"), NOT, by=city.coordinator, reason="x")


def test_an_answer_keeps_what_the_evidence_said_beside_it(city: Cast) -> None:
    said = accounting.answer(duty(city.bromma, "REQ-028"), MET, by=city.coordinator)
    assert (said.proposed, said.is_contradicted) == (NOT, True)
    assert (
        "Uppges uppfyllt"
        in signed_in(city.coordinator).get(said.assignment.get_absolute_url()).content.decode()
    )
    matrix = Matrix(NOW, EVERYTHING)
    row = next(row for group in matrix.groups for row in group.rows if row.board == city.bromma)
    assert row.met == 0


def test_what_was_met_and_no_longer_shows_is_told_as_stated(city: Cast) -> None:
    row = duty(city.bromma, "REQ-028")
    row.state(MET, by=city.coordinator)
    row = duty(city.bromma, "REQ-028")
    now_short = Finding(False, "Ingen har rollen")
    assert (Line(row, now_short).status, Line(row).status) == ("action", "done")
    assert str(Line(row, now_short).word) == "Uppges uppfyllt"


def test_blank_is_never_green(city: Cast) -> None:
    assert "o-met" not in "".join(row.cells for group in Matrix(NOW, EVERYTHING).groups for row in group.rows)
    page = signed_in(city.coordinator).get(reverse("obligation_list", args=[city.bromma.slug, NOW]))
    assert b"tag--done" not in page.content


def test_a_person_answers_one_and_the_reason_is_asked_for(city: Cast) -> None:
    client, row = signed_in(city.coordinator), duty(city.bromma, "REQ-038")
    refused = client.post(row.get_absolute_url(), {"value": NOT})
    assert refused.status_code == 200
    client.post(row.get_absolute_url(), {"value": NOT, "reason": "Metoden saknas."})
    assert Statement.objects.get().reason == "Metoden saknas."


def test_only_the_own_board_answers_and_only_the_city_office_doubts(city: Cast) -> None:
    row = duty(city.bromma, "REQ-038")
    mark = reverse("obligation_not_verified", args=["bromma", NOW, "req-038"])
    assert signed_in(city.farsta_coordinator).get(row.get_absolute_url()).status_code == 404
    assert signed_in(city.case_officer).post(row.get_absolute_url(), {"value": MET}).status_code == 403
    assert signed_in(city.coordinator).post(mark, {"remark": "x"}).status_code == 403
    row.state(MET, by=city.coordinator)
    row = duty(city.bromma, "REQ-028")
    assert signed_in(city.case_officer).post(mark, {"remark": "Var finns planen?"}).status_code == 302
    assert Statement.objects.get().is_doubted
    assert Notice.objects.filter(kind="obligation_not_verified", person=city.coordinator).exists()


def test_the_matrix_opens_on_one_focus_area_and_hides_what_concerns_nobody(city: Cast) -> None:
    first, everything = Matrix(NOW), Matrix(NOW, EVERYTHING)
    assert first.area != EVERYTHING
    assert len(first.columns) < len(everything.columns)
    used = set(Assignment.objects.for_year(NOW).values_list("requirement", flat=True))
    assert {column.pk for column in everything.columns} == used


def test_the_whole_matrix_is_light_and_asks_few_questions(city: Cast) -> None:
    version = Programme.objects.in_force()
    for board in Board.objects.filter(kind__in=("kommunalt_bolag", "moderbolag")):
        Adoption.objects.note(
            board, version, by=city.security_chief, decided_on=date(2021, 1, 4), paragraph="§ 1"
        )
    client = signed_in(city.case_officer)
    url = f"{reverse('obligation_matrix')}?omrade={EVERYTHING}"
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        page = client.get(url)
    assert len(asked) <= 12, [query["sql"][:120] for query in asked]
    # Over the wire, as the proxy packs it; unpacked it is what a phone has to read through.
    assert len(gzip.compress(page.content)) <= 60_000
    assert len(page.content) <= 240_000


def test_the_list_asks_as_much_however_much_is_answered(city: Cast) -> None:
    client, url = signed_in(city.coordinator), reverse("obligation_list", args=["bromma", NOW])

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        return len(asked)

    questions()
    before = questions()
    answer_all(city, NOW - 1)
    answer_all(city, NOW)
    assert questions() == before


def test_the_matrix_is_one_click_from_the_own_page_and_the_evidence_one_more(city: Cast) -> None:
    client = signed_in(city.case_officer)
    assert f'href="{reverse("obligation_matrix")}"' in client.get("/min-sida/").content.decode()
    page = client.get(f"{reverse('obligation_matrix')}?omrade={EVERYTHING}").content.decode()
    cell = re.search(rf"<a href=({NOW}/028/bromma/)>", page)[1]
    evidence = client.get(reverse("obligation_matrix") + cell, follow=True)
    assert evidence.status_code == 200
    assert reverse("office_list", args=["bromma"]) in evidence.content.decode()


def test_a_requirement_is_seen_across_all_boards(city: Cast) -> None:
    page = signed_in(city.case_officer).get("/uppfoljning/krav/req-027/").content.decode()
    assert "Karin Ek" in page
    assert page.count("/req-027/") >= Board.objects.bound().on().count()
    assert signed_in(city.coordinator).get("/uppfoljning/krav/req-027/").status_code == 403


def test_reminders_go_to_those_shown_and_are_kept(city: Cast) -> None:
    rows = reminding.prepare(NOW)
    mine = next(row for row in rows if row.board == city.bromma)
    assert mine.people == [city.coordinator]
    with pytest.raises(ValidationError):
        reminding.remind(NOW, by=city.case_officer, shown="something else")
    page = signed_in(city.case_officer).get(reverse("obligation_reminders")).content.decode()
    shown = re.search(r'name="visat" value="(\w+)"', page)[1]
    signed_in(city.case_officer).post(reverse("obligation_reminders"), {"visat": shown})
    kept = Reminder.objects.get(board=city.bromma)
    assert (list(kept.people.all()), kept.unanswered) == ([city.coordinator], mine.unanswered)
    assert Notice.objects.filter(kind="obligations_unanswered", person=city.coordinator).count() == 1


def test_a_company_notes_its_adoption_and_the_matrix_names_those_who_have_not(city: Cast) -> None:
    assert city.company in Matrix(NOW).unadopted
    person = city.holder("Elin Gran", "sakerhetssamordnare", city.company)
    url = reverse("adoption_new", args=[city.company.slug])
    signed_in(person).post(url, {"decided_on": f"{NOW}-01-15", "paragraph": "§ 3"})
    assert city.company not in Matrix(NOW).unadopted
    assert signed_in(city.coordinator).get(url).status_code == 403


def test_the_coordinator_sees_it_on_the_own_page_and_the_boards(city: Cast) -> None:
    client, url = signed_in(city.coordinator), reverse("obligation_list", args=["bromma", NOW])
    for page in ("/min-sida/", city.bromma.get_absolute_url()):
        assert url in client.get(page).content.decode()
    assert url not in signed_in(city.employee).get(city.bromma.get_absolute_url()).content.decode()
