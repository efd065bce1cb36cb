"""An organisation's own goals and activities: one for each focus area, carried over, sorted after a merger."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from boards.models import Board, Event
from security_program import planning
from security_program.models import Activity, BoardGoal, Goal, Indicator, NotRelevant
from security_program.models.planned import Mark
from tests.conftest import Cast, signed_in
from tests.security_program import year
from tests.security_program.year import YEAR


@pytest.fixture
def city(cast: Cast) -> Cast:
    year.begin(cast)
    return cast


def test_a_focus_area_lacks_a_goal_until_there_is_one_or_a_reason(city: Cast) -> None:
    areas = planning.focus_areas(YEAR)
    assert planning.lacking(city.bromma, YEAR) == areas
    year.goal(city.bromma)
    NotRelevant.objects.state(
        city.bromma, YEAR, by=city.coordinator, focus_area=areas[1], reason="Vi har ingen sådan verksamhet."
    )
    assert planning.lacking(city.bromma, YEAR) == areas[2:]


def test_not_relevant_is_not_said_where_there_is_a_goal(city: Cast) -> None:
    year.goal(city.bromma)
    with pytest.raises(ValidationError, match=r"redan|already"):
        NotRelevant.objects.state(
            city.bromma, YEAR, by=city.coordinator, focus_area=year.area(), reason="Nej"
        )


def test_the_reason_why_an_area_is_not_relevant_can_be_corrected(city: Cast) -> None:
    said = NotRelevant.objects.state(
        city.bromma, YEAR, by=city.case_officer, focus_area=year.area(), reason="Vi har ingen hamn."
    )
    coordinator = signed_in(city.coordinator)
    assert "Ändra skälet" in coordinator.get(said.get_absolute_url()).content.decode()
    page = f"/namnder/{city.bromma.slug}/ej-relevant/{said.pk}/"
    assert "Vi har ingen hamn." in coordinator.get(page).content.decode()
    assert coordinator.post(page, {"reason": " "}).status_code == 200
    coordinator.post(page, {"reason": "Vi har ingen verksamhet vid vatten."})
    said.refresh_from_db()
    assert (said.reason, said.stated_by) == ("Vi har ingen verksamhet vid vatten.", city.coordinator)
    coordinator.post(page, {"reason": said.reason})
    assert Event.objects.filter(verb="area.reason_corrected", board=city.bromma).count() == 1
    assert signed_in(city.farsta_coordinator).get(page).status_code == 404
    assert signed_in(city.member).get(page).status_code == 403


def test_a_goal_is_tied_to_a_goal_of_its_own_focus_area(city: Cast) -> None:
    elsewhere = Goal.objects.filter(focus_area=year.area(1)).first()
    with pytest.raises(ValidationError):
        BoardGoal.objects.plan(
            city.bromma, YEAR, by=None, text="Mål", focus_area=year.area(), programme_goal=elsewhere
        )


def test_the_plan_goes_on_with_marks_and_without_what_is_over(city: Cast) -> None:
    going = year.activity(city.bromma, "Öva", year=2025)
    done = Activity.objects.plan(going.goal, by=None, what="Köp in")
    Indicator.objects.add(going.goal, by=None, name="Övningar", target=2, source="Övningsplanen")
    report = year.of(city.bromma, year.opened("vb", year=2025))
    report.answer(going, by=city.coordinator, **year.PLAIN)
    report.answer(done, by=city.coordinator, status="genomford", text="Klart.")
    report.hand_to_chief(by=city.coordinator)
    report.file(by=city.chief)
    planning.copy_forward(city.bromma, YEAR, by=city.coordinator)
    copied = Activity.objects.of(city.bromma, YEAR).get()
    assert (copied.what, copied.mark, copied.goal.mark) == ("Öva", Mark.UNCHANGED, Mark.UNCHANGED)
    assert copied.goal.indicators.get().target == 2
    copied.correct(by=city.coordinator, what="Öva två gånger")
    assert Activity.objects.get(pk=copied.pk).mark == Mark.CHANGED
    with pytest.raises(ValidationError):
        planning.copy_forward(city.bromma, YEAR, by=city.coordinator)


def test_a_merged_board_inherits_from_both_and_sorts_out_duplicates(city: Cast) -> None:
    old = [Board.objects.get(code=code) for code in ("rinkeby_kista_sdn", "spanga_tensta_sdn")]
    new = Board.objects.get(code="jarva_sdn")
    for board, what in zip(
        old, ("Alla chefer övar varje år", "Alla chefer övar en gång varje år"), strict=True
    ):
        Activity.objects.plan(year.goal(board, what, year=2023), by=None, what=f"Öva i {board}")
    planning.copy_forward(new, 2023, by=None)
    first, second = BoardGoal.objects.of(new, 2023).to_sort().in_order()
    suggested = planning.suggestions(planning.plan_of(new, 2023))
    assert suggested == {first.pk: [second], second.pk: [first]}
    second.merge_into(first, by=None)
    first.keep(by=None)
    assert BoardGoal.objects.of(new, 2023).standing().get() == first
    assert first.activities.count() == 2
    assert not BoardGoal.objects.of(new, 2023).to_sort().exists()
    planning.copy_forward(new, 2024, by=None)
    assert BoardGoal.objects.of(new, 2024).get().came_from == first


def test_what_others_have_changed_is_not_written_over(city: Cast) -> None:
    goal = year.goal(city.bromma)
    goal.correct(by=city.coordinator, version=1, text="Ny text")
    with pytest.raises(ValidationError):
        BoardGoal.objects.get(pk=goal.pk).correct(by=city.coordinator, version=1, text="Annan")


def test_a_plan_is_read_at_the_board_by_its_elected_and_by_the_city(city: Cast) -> None:
    planned = year.activity(city.bromma)
    for person in (city.coordinator, city.member, city.case_officer, city.auditor):
        assert planned in Activity.objects.visible_to(person)
    for person in (city.employee, city.farsta_coordinator):
        assert not Activity.objects.visible_to(person).exists()
        assert not BoardGoal.objects.visible_to(person).exists()


def test_each_change_of_the_plan_leaves_its_event(city: Cast) -> None:
    planned = year.activity(city.bromma)
    planned.take_away(by=city.coordinator, reason="Pengarna är slut")
    planned.goal.take_away(by=city.coordinator, reason="Pengarna är slut")
    mine = Event.objects.filter(board=city.bromma, verb__regex="^(goal|activity)").order_by("seq")
    said = list(mine.values_list("verb", flat=True))
    assert said == ["goal.set", "activity.planned", "activity.taken_away", "goal.taken_away"]
    assert not Activity.objects.standing().exists()


def test_the_version_of_a_year_is_the_one_that_bound_when_it_began(city: Cast) -> None:
    slugs = {year_: planning.binding_version(year_) for year_ in (2019, 2026)}
    assert {key: found and found.slug for key, found in slugs.items()} == {
        2019: "trygghets-och-sakerhetsprogram-2018-2021",
        2026: "sakerhetsprogram-2020-2023",
    }
    assert planning.binding_version(date.min.year) is None
