"""What the programme asks becomes duties of organisations: who, in which year, from and to which day."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from boards import mergers
from boards.models import Board, Event
from boards.models.boards import Kind
from security_program.answering import TABLE
from security_program.deriving import derive
from security_program.models import Adoption, Assignment, CalendarRule, Programme, Requirement, Statement
from security_program.models.obligations import inherited
from security_program.models.vocabulary import Actor
from tests.conftest import Cast, load_reference

MET, NOT = Statement.Value.MET, Statement.Value.NOT


@pytest.fixture
def city(cast: Cast) -> Cast:
    """The version of 2020 is kept in force by a decision."""
    load_reference()
    Programme.objects.get(slug="sakerhetsprogram-2020-2023").keep_in_force(
        by=cast.security_chief, decided_on=date(2023, 11, 20), diary_number="KS 1", paragraph="§ 1"
    )
    return cast


def duties(board: Board, year: int) -> dict[str, Assignment]:
    return {row.requirement.code: row for row in board.assignments.for_year(year).with_all()}


def districts(year: int) -> int:
    rows = Assignment.objects.for_year(year).filter(board__kind=Kind.DISTRICT)
    return rows.values("board").distinct().count()


def test_the_table_names_everyone_the_programme_speaks_of() -> None:
    assert set(TABLE) == set(Actor)


def test_eleven_district_boards_in_2026_and_fourteen_in_2019(city: Cast) -> None:
    derive(2026)
    derive(2019)
    assert (districts(2026), districts(2019)) == (11, 14)


def test_each_year_rests_on_the_version_that_bound_it(city: Cast) -> None:
    derive(2019)
    derive(2026)
    of = {row.year: row.requirement.programme.slug for row in city.bromma.assignments.with_all()}
    assert of == {2019: "trygghets-och-sakerhetsprogram-2018-2021", 2026: "sakerhetsprogram-2020-2023"}


def test_a_year_without_a_version_has_no_duties(city: Cast) -> None:
    derive(2017)
    assert not Assignment.objects.exists()


def test_in_the_year_of_a_merger_the_old_answer_up_to_it_and_the_new_from_it(city: Cast) -> None:
    derive(2023)
    old, new = (Board.objects.get(code=code) for code in ("rinkeby_kista_sdn", "jarva_sdn"))
    before, after = duties(old, 2023)["REQ-027"], duties(new, 2023)["REQ-027"]
    assert (before.first_day, before.last_day) == (date(2023, 1, 1), date(2023, 6, 30))
    assert (after.first_day, after.last_day) == (date(2023, 7, 1), date(2023, 12, 31))
    assert before.due_on <= before.last_day
    derive(2024)
    assert not duties(old, 2024)
    assert duties(new, 2024)


def test_what_jarva_inherited(city: Cast) -> None:
    derive(2023)
    for code, value in (("rinkeby_kista_sdn", MET), ("spanga_tensta_sdn", NOT)):
        board = Board.objects.get(code=code)
        duties(board, 2023)["REQ-077"].state(value, by=city.chief, reason="Planen är från 2019.")
    jarva = Board.objects.get(code="jarva_sdn")
    found = inherited(jarva, 2023)[Requirement.objects.get(code="REQ-077").pk]
    assert {one.assignment.board.code: one.value for one in found} == {
        "rinkeby_kista_sdn": MET,
        "spanga_tensta_sdn": NOT,
    }
    assert not inherited(city.bromma, 2023)


@pytest.mark.parametrize(
    ("code", "answering"),
    [
        ("REQ-092", {"socialnamnden"}),
        ("REQ-093", {"kommunstyrelsen"}),
        ("REQ-096", {"kommunstyrelsen"}),
        ("REQ-100", {"kommunstyrelsen"}),
        ("REQ-137", {"ssbf"}),
        ("REQ-140", {"s_t_erik_forsakring"}),
    ],
)
def test_a_special_duty_falls_on_one(city: Cast, code: str, answering: set[str]) -> None:
    derive(2026)
    rows = Assignment.objects.filter(requirement__code=code)
    assert set(rows.values_list("board__code", flat=True)) == answering


def test_managers_and_employees_are_answered_for_by_whoever_employs_them(city: Cast) -> None:
    derive(2026)
    rows = Assignment.objects.filter(requirement__code="REQ-030")
    assert rows.count() == Board.objects.bound().on(date(2026, 6, 1)).count()


def test_the_geographic_duty_is_the_districts_alone(city: Cast) -> None:
    derive(2026)
    kinds = Assignment.objects.filter(requirement__code="REQ-072").values_list("board__kind", flat=True)
    assert set(kinds) == {Kind.DISTRICT}


def test_a_company_answers_from_the_day_its_own_board_has_adopted(city: Cast) -> None:
    derive(2025)
    derive(2026)
    duty = duties(city.company, 2026)["REQ-027"]
    assert duty.awaits_adoption
    with pytest.raises(ValidationError):
        duty.state(MET, by=city.security_chief)
    version = Programme.objects.in_force()
    Adoption.objects.note(
        city.company, version, by=city.security_chief, decided_on=date(2026, 3, 5), paragraph="§ 4"
    )
    duty.refresh_from_db()
    assert (duty.awaits_adoption, duty.first_day) == (False, date(2026, 3, 5))
    assert duties(city.company, 2025)["REQ-027"].awaits_adoption
    assert derive(2025) == derive(2026) == 0


def test_only_a_company_adopts_and_not_before_the_council(city: Cast) -> None:
    version = Programme.objects.in_force()
    for board, day in ((city.bromma, date(2026, 1, 7)), (city.company, date(2019, 1, 7))):
        with pytest.raises(ValidationError):
            Adoption.objects.note(board, version, by=city.security_chief, decided_on=day, paragraph="§ 4")


def test_deriving_again_changes_nothing_and_leaves_no_event(city: Cast) -> None:
    derive(2026)
    before = list(Assignment.objects.values_list()), Event.objects.count()
    assert derive(2026) == 0
    assert (list(Assignment.objects.values_list()), Event.objects.count()) == before


def test_deriving_leaves_one_event_at_each_board(city: Cast) -> None:
    derive(2026)
    streams = Event.objects.filter(verb="obligations.derived").values_list("stream", flat=True)
    assert len(streams) == len(set(streams)) == Assignment.objects.values("board").distinct().count()


def test_the_days_follow_the_citys_dates(city: Cast) -> None:
    derive(2026)
    mine = duties(city.bromma, 2026)
    assert mine["REQ-047"].due_on == date(2026, 6, 30)
    assert mine["REQ-034"].due_on == date(2026, 12, 15)
    assert mine["REQ-027"].due_on == date(2027, 2, 1)
    CalendarRule.objects.get(code="rsa").move(by=city.security_chief, month=5, day=15)
    derive(2026)
    assert duties(city.bromma, 2026)["REQ-047"].due_on == date(2026, 5, 15)


def test_what_has_been_answered_is_withdrawn_and_never_deleted(city: Cast) -> None:
    derive(2026)
    duties(city.farsta, 2026)["REQ-072"].state(MET, by=city.farsta_coordinator)
    duties(city.farsta, 2026)["REQ-027"].state(MET, by=city.farsta_coordinator)
    Board.objects.filter(pk=city.farsta.pk).update(kind=Kind.BOARD)
    derive(2026)
    left = duties(city.farsta, 2026)
    assert left["REQ-072"].withdrawn == Assignment.Withdrawn.NOT_ANSWERING
    assert "REQ-059" not in left
    assert not left["REQ-027"].withdrawn
    with pytest.raises(ValidationError):
        left["REQ-072"].state(NOT, by=city.farsta_coordinator, reason="x")


def test_a_board_that_ends_during_the_year_answers_until_then(city: Cast) -> None:
    derive(2026)
    mergers.merge([city.farsta], city.bromma, on=date(2026, 10, 1), by=None)
    derive(2026)
    assert {row.last_day for row in duties(city.farsta, 2026).values()} == {date(2026, 9, 30)}


def test_a_shortcoming_needs_a_reason_and_a_duty_that_is_met_none(city: Cast) -> None:
    derive(2026)
    duty = duties(city.bromma, 2026)["REQ-038"]
    for value in Statement.REASONED:
        with pytest.raises(ValidationError):
            duty.state(value, by=city.coordinator)
    duty.state(NOT, by=city.coordinator, reason="Inte påbörjat.")
    duty.state(MET, by=city.coordinator)
    said = Event.objects.filter(verb="obligation.stated").count()
    assert (said, Statement.objects.get().value) == (2, MET)


def test_the_city_office_marks_what_it_could_not_see_and_a_new_answer_takes_it_away(city: Cast) -> None:
    derive(2026)
    duty = duties(city.bromma, 2026)["REQ-038"]
    with pytest.raises(ValidationError):
        duty.mark_not_verified(by=city.case_officer, remark="Var finns metoden?")
    duty.state(MET, by=city.coordinator)
    with pytest.raises(ValidationError):
        duty.mark_not_verified(by=city.case_officer, remark=" ")
    duty.mark_not_verified(by=city.case_officer, remark="Var finns metoden?")
    assert Statement.objects.get().is_doubted
    duty.state(MET, by=city.coordinator, link="https://intranat.example/metod")
    assert not Statement.objects.get().is_doubted


def test_duties_are_internal_and_read_by_those_who_read_what_boards_hand_in(city: Cast) -> None:
    derive(2026)
    seen = {
        who: set(Assignment.objects.visible_to(who).values_list("board__code", flat=True))
        for who in (city.coordinator, city.employee, city.member)
    }
    assert list(seen.values()) == [{"bromma_sdn"}, set(), set()]
    everything = Assignment.objects.count()
    assert Assignment.objects.visible_to(city.case_officer).count() == everything
    assert Assignment.objects.visible_to(city.auditor).count() == everything
