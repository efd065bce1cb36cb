"""The pages of plan and follow-up: written one after the other, handed on, returned at the field, listed."""

import pytest
from django.test import Client

from security_program.models import Activity, BoardGoal, FollowUp, Indicator, NotRelevant, Round
from tests.conftest import Cast, signed_in
from tests.security_program import year
from tests.security_program.year import YEAR

HERE = "/namnder/bromma/"
PLAN, T1, T2 = f"{HERE}mal/{YEAR}/", f"{HERE}uppfoljning/{YEAR}/t1/", f"{HERE}uppfoljning/{YEAR}/t2/"


@pytest.fixture
def city(cast: Cast) -> Cast:
    year.begin(cast)
    type(cast.bromma).objects.filter(pk=cast.bromma.pk).update(slug="bromma")
    cast.bromma.refresh_from_db()
    return cast


def says(browser: Client, door: str) -> str:
    answer = browser.get(door)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_plan_is_written_on_its_pages(city: Cast) -> None:
    browser = signed_in(city.coordinator)
    first, second = year.area(0), year.area(1)
    assert first.label in says(browser, PLAN)
    goal = {"focus_area": first.pk, "text": "Alla chefer övar"}
    assert browser.post(f"{PLAN}ny/", goal).status_code == 302
    made = BoardGoal.objects.get()
    assert browser.post(f"{HERE}egna-mal/{made.pk}/aktivitet/ny/", {"what": "Öva"}).status_code == 302
    facts = {"name": "Övade", "target": "90,5", "source": "Listan", "unit": "procent"}
    assert browser.post(f"{HERE}egna-mal/{made.pk}/indikator/ny/", facts).status_code == 302
    assert browser.post(f"{PLAN}ej-relevant/", {"focus_area": second.pk, "reason": "Nej."}).status_code == 302
    page = says(browser, PLAN)
    assert NotRelevant.objects.get().focus_area == second
    for text in ("Alla chefer övar", "Öva", "90,5 procent", "Nej."):
        assert text in page
    changed = {"focus_area": first.pk, "text": "Alla övar", "version": "1"}
    assert browser.post(f"{HERE}egna-mal/{made.pk}/", changed).status_code == 302
    assert browser.post(f"{HERE}egna-mal/{made.pk}/", changed | {"text": "Annat"}).status_code == 409
    assert "Alla övar" in says(browser, f"{HERE}mal/{YEAR}/")
    browser.post(f"{HERE}egna-mal/{made.pk}/borttagning/", {"reason": "Fel"})
    assert "Alla övar" not in says(browser, PLAN)


def test_a_plan_is_carried_over_by_one_press(city: Cast) -> None:
    year.activity(city.bromma, "Öva", year=YEAR - 1)
    browser = signed_in(city.coordinator)
    assert "overforing" in says(browser, PLAN)
    browser.post(f"{PLAN}overforing/")
    assert Activity.objects.of(city.bromma, YEAR).get().what == "Öva"
    assert "overforing" not in says(browser, PLAN)


def test_others_read_a_plan_and_do_not_write_it(city: Cast) -> None:
    planned = year.activity(city.bromma, "Öva staben")
    for person, status in ((city.member, 200), (city.case_officer, 200), (city.employee, 403)):
        browser = signed_in(person)
        assert browser.get(PLAN).status_code == status
        assert browser.get(f"{PLAN}ny/").status_code == 403
    assert signed_in(city.employee).get(f"{HERE}aktiviteter/{planned.pk}/").status_code == 404


def test_save_and_next_leads_through_all_that_is_missing(city: Cast) -> None:
    goal = year.goal(city.bromma)
    plans = [Activity.objects.plan(goal, by=None, what=what) for what in ("Ett", "Två")]
    year.opened("t2")
    browser = signed_in(city.coordinator)
    answer = {"status": "enligt-plan", "text": "Vi är i gång.", "next": "1"}
    assert browser.post(f"{T2}{plans[0].pk}/", answer).url == f"{T2}{plans[1].pk}/"
    assert browser.post(f"{T2}{plans[1].pk}/", answer).url == f"{T2}lage/"
    facts = {"risks": "Skyfall", "accidents": "3", "threats": "5"}
    assert browser.post(f"{T2}lage/", facts).url == T2
    browser.post(f"{T2}chef/")
    assert FollowUp.objects.get(board=city.bromma).state == FollowUp.State.WITH_CHIEF


def test_two_fields_are_required_and_the_last_text_stands_beside(city: Cast) -> None:
    year.filed(city)
    year.opened("t2")
    activity = Activity.objects.get()
    browser = signed_in(city.coordinator)
    page = says(browser, f"{T2}{activity.pk}/")
    assert "Vi har börjat." in page
    form = browser.get(f"{T2}{activity.pk}/").context["form"]
    assert [field.name for field in form if field.field.required] == ["status", "text"]
    assert (form["status"].initial, form["text"].initial) == ("enligt-plan", None), "nothing new is one field"
    refused = browser.post(f"{T2}{activity.pk}/", {"status": "", "text": ""})
    assert set(refused.context["form"].errors) == {"status", "text"}


def test_figures_are_noted_with_the_answer(city: Cast) -> None:
    activity = year.activity(city.bromma)

    indicator = Indicator.objects.add(activity.goal, by=None, name="Övade", target=9, source="Listan")
    year.opened()
    sent = {"status": "genomford", "text": "Klart.", f"indicator-{indicator.pk}": "7,5"}
    assert signed_in(city.coordinator).post(f"{T1}{activity.pk}/", sent).status_code == 302
    assert str(indicator.values.get().value) == "7.50"


def test_from_the_board_to_the_city_back_and_approved_on_pages(city: Cast) -> None:
    activity = year.activity(city.bromma)
    year.opened()
    coordinator, chief, officer = (
        signed_in(who) for who in (city.coordinator, city.chief, city.case_officer)
    )
    coordinator.post(f"{T1}{activity.pk}/", {"status": "forsenad", "text": "Sen."})
    coordinator.post(f"{T1}chef/")
    assert officer.get(T1).status_code == 404
    chief.post(f"{T1}inlamning/")
    officer.post(f"{T1}granskning/")
    answer = FollowUp.objects.get(board=city.bromma).answers.get()
    remarks = {"comment": "Skriv mer.", f"remark-{answer.pk}-text": "Hur många?"}
    assert officer.post(f"{T1}aterlamning/", remarks).status_code == 302
    assert "Skriv mer." in says(coordinator, T1)
    assert "Hur många?" in says(coordinator, f"{T1}{activity.pk}/")
    fixed = {"status": "forsenad", "text": "Tolv.", "version": "1"}
    assert coordinator.post(f"{T1}{activity.pk}/", fixed).status_code == 302
    coordinator.post(f"{T1}chef/")
    chief.post(f"{T1}inlamning/")
    officer.post(f"{T1}granskning/")
    officer.post(f"{T1}godkannande/")
    officer.post(f"/uppfoljning/{YEAR}/t1/lasning/")
    assert FollowUp.objects.get(board=city.bromma).state == FollowUp.State.LOCKED
    assert "Tolv." in says(signed_in(city.member), T1)
    assert coordinator.post(f"{T1}tillagg/ny/", {"text": "Det var tio."}).status_code == 302
    assert "Det var tio." in says(officer, T1)
    assert officer.post(f"{T1}oppning/", {"comment": "Fel."}).url == f"/uppfoljning/{YEAR}/t1/"


def test_a_step_is_refused_to_those_who_do_not_take_it(city: Cast) -> None:
    year.filed(city)
    for person in (city.coordinator, city.chief):
        assert signed_in(person).post(f"{T1}granskning/").status_code == 403
    assert signed_in(city.case_officer).post(f"{T1}inlamning/").status_code == 403
    assert signed_in(city.farsta_coordinator).post(f"{T1}chef/").status_code == 404


def test_the_city_opens_a_round_and_sees_who_has_handed_in(city: Cast) -> None:
    officer = signed_in(city.case_officer)
    assert officer.post("/uppfoljning/ny/", {"kind": "t1", "year": str(YEAR)}).status_code == 302
    assert "Bromma" in says(officer, f"/uppfoljning/{YEAR}/t1/")
    assert signed_in(city.coordinator).get("/uppfoljning/ny/").status_code == 403
    assert officer.get(f"/uppfoljning/{YEAR}/t3/").status_code == 404
    assert Round.objects.count() == 1


def test_what_waits_stands_on_my_page_and_the_boards_page(city: Cast) -> None:
    year.activity(city.bromma)
    Round.objects.filter(pk=year.opened().pk).update(opens_on="2026-01-02")
    assert T1 in says(signed_in(city.coordinator), "/min-sida/")
    assert T1 in says(signed_in(city.coordinator), HERE)
    assert T1 not in says(signed_in(city.case_officer), HERE)
