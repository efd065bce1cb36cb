"""The ordinary steering system stays the record: fetched from, handed to, noted, and marked when words have changed."""

import csv
import io
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils.translation import override

from boards import imports
from boards.models import Event, Import
from security_program import handing_over, situation_input, steering
from security_program.contents import Contents
from security_program.models import Activity, Answer, BoardGoal, FollowUp, HandOver, SteeringWord
from security_program.models.answers import Picture
from tests.conftest import Cast, signed_in
from tests.security_program import year
from tests.security_program.year import YEAR

KIND = imports.KINDS["styrsystem"]
HEADINGS = "Nämnd;År;Period;Fokusområde;Nämndmål;Aktivitetens id;Aktivitet;Status;Kommentar"
SENTENCE = "Tolv chefer övade i april och sex brister fick en ansvarig."


@pytest.fixture
def city(cast: Cast) -> Cast:
    year.begin(cast)
    return cast


def read(city: Cast, *lines: str, headings: str = HEADINGS) -> Import:
    content = "\n".join([headings, *lines]).encode()
    return imports.read(KIND, content, "styrsystem.csv", by=city.coordinator)


def plan_of(reading: Import) -> imports.Plan:
    return imports.plan_of(reading, by=reading.asked_by)


def carry_out(reading: Import) -> imports.Plan:
    return imports.carry_out(reading, by=reading.asked_by, mark=plan_of(reading).mark)


def row(**said: str) -> str:
    facts = {
        "status": "Pågår",
        "text": "Vi har börjat.",
        "activity": "Öva staben",
        "number": "A-7",
        "goal": "Alla övar",
    }
    facts |= said
    area = year.area().name
    return ";".join(
        ["Bromma", str(YEAR), "Tertialrapport 1", area]
        + [facts[name] for name in ("goal", "number", "activity", "status", "text")]
    )


def counted() -> tuple[int, int, int]:
    return BoardGoal.objects.count(), Activity.objects.count(), Answer.objects.count()


def t2(city: Cast) -> FollowUp:
    planned = year.activity(city.bromma)
    report = year.of(city.bromma, year.opened("t2"))
    report.answer(planned, by=city.coordinator, status="genomford", text=SENTENCE)
    report.describe(by=city.coordinator, risks="Skyfall", accidents=1, threats=2)
    report.hand_to_chief(by=city.coordinator)
    report.file(by=city.chief)
    return report


def page(browser: Client, report: FollowUp, more: str = "") -> str:
    answer = browser.get(f"{report.get_absolute_url()}{more}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_goal_activity_and_text_are_fetched_once_and_undone_as_a_whole(city: Cast) -> None:
    report = year.of(city.bromma, year.opened())
    reading = read(city, row())
    assert carry_out(reading).counts["new"] == 3
    assert counted() == (1, 1, 1)
    answer = report.answers.get()
    assert (answer.status, answer.text, answer.activity.steering_id) == (
        "enligt-plan",
        "Vi har börjat.",
        "A-7",
    )
    assert plan_of(read(city, row())).writes == 0
    imports.undo(reading, by=city.coordinator)
    assert counted() == (0, 0, 0)


def test_what_was_worded_anew_there_is_a_change_here_by_its_number(city: Cast) -> None:
    report = year.of(city.bromma, year.opened())
    carry_out(read(city, row()))
    plan = carry_out(read(city, row(activity="Öva hela staben", text="Klart.", status="Avslutad")))
    assert plan.counts == {"new": 0, "changed": 2, "ended": 0, "same": 1}
    answer = report.answers.get()
    assert (answer.activity.what, answer.status, answer.text) == ("Öva hela staben", "genomford", "Klart.")


def test_what_is_handed_in_is_not_fetched_over(city: Cast) -> None:
    report = year.filed(city)
    problems = plan_of(read(city, row(text="Något annat."))).problems
    assert problems[0].startswith("Cell I2")
    assert plan_of(read(city, row(number=""))).problems == []
    assert report.answers.get().text == year.PLAIN["text"]


def test_words_that_nobody_has_mapped_are_told_by_their_cell(city: Cast) -> None:
    year.opened()
    told = plan_of(read(city, row(status="Grön"))).problems
    assert told[0].startswith("Cell H2")
    assert plan_of(read(city, row(text="Ja"), row(text="Nej"))).problems[0].startswith("Cell E3")


def test_the_city_says_what_its_system_calls_things_and_in_which_order(city: Cast) -> None:
    page_ = "/uppfoljning/styrsystem/"
    browser = signed_in(city.case_officer)
    form = browser.get(page_).context["form"]
    facts = {name: form[name].value() for name in form.fields}
    facts |= {
        "kolumn-text": "Analys",
        "kolumn-text-plats": 1,
        "kolumn-board-plats": 12,
        "kolumn-area": "",
        "status-genomford": "Klar",
    }
    assert browser.post(page_, facts).status_code == 302
    words = steering.words()
    assert words.columns[0] == ("text", "Analys")
    assert "area" not in dict(words.columns)
    assert words.statuses["genomford"] == "Klar"
    assert browser.post(page_, {**facts, "kolumn-goal": ""}).status_code == 200
    assert browser.post(page_, {**facts, "kolumn-goal": "analys"}).status_code == 200
    browser.post(page_, facts)
    assert Event.objects.filter(verb="steering.mapped").count() == 1
    assert signed_in(city.coordinator).post(page_, facts).status_code == 403


def test_what_is_handed_over_is_kept_as_it_was_and_marked_when_it_has_changed(city: Cast) -> None:
    report = t2(city)
    handed = handing_over.hand_over(report, "fil", by=city.coordinator)
    assert (handed.edition, handed.by) == (1, city.coordinator)
    assert handing_over.changed_since(handed, Contents.of(report)) == set()
    report.take_up(by=city.case_officer)
    report.send_back(by=city.case_officer, comment="Skriv mer.")
    browser = signed_in(city.coordinator)
    assert "Ändrad sedan dess" not in page(browser, report)
    report.answer(Activity.objects.get(), by=city.coordinator, status="genomford", text="Elva övade.")
    assert "Ändrad sedan dess" in page(browser, report)
    changed = handing_over.changed_since(handed, Contents.of(report))
    assert changed == {f"answer-{report.answers.get().pk}-text"}
    with pytest.raises(ValidationError):
        handing_over.hand_over(report, "fil", by=city.coordinator)
    report.hand_to_chief(by=city.coordinator)
    report.file(by=city.chief)
    assert handing_over.hand_over(report, "for-hand", by=city.coordinator).edition == 2
    assert "Ändrad sedan dess" not in page(browser, report)


def test_a_supplement_goes_along_and_counts_as_a_change(city: Cast) -> None:
    report = t2(city)
    handed = handing_over.hand_over(report, "fil", by=city.coordinator)
    report.take_up(by=city.case_officer)
    report.approve(by=city.case_officer)
    report.supplement(by=city.coordinator, text="Det var elva.", answer=report.answers.get())
    place = f"answer-{report.answers.get().pk}-text"
    for language in ("sv", "en"):
        with override(language):
            assert handing_over.changed_since(handed, Contents.of(report)) == {place}
    assert "Det var elva." in Contents.of(report).by_place[place]


def test_nothing_is_handed_over_before_the_head_has_approved(city: Cast) -> None:
    year.activity(city.bromma)
    report = year.of(city.bromma, year.opened())
    with pytest.raises(ValidationError):
        handing_over.hand_over(report, "fil", by=city.coordinator)
    report.answer(Activity.objects.get(), by=city.coordinator, **year.PLAIN)
    report.hand_to_chief(by=city.coordinator)
    with pytest.raises(ValidationError):
        handing_over.hand_over(report, "fil", by=city.coordinator)
    assert not HandOver.objects.exists()


def test_the_page_hands_over_and_gives_the_file_in_the_citys_columns(city: Cast) -> None:
    report = t2(city)
    SteeringWord.objects.say({"kolumn-text": ("Analys", 1)}, by=city.case_officer)
    browser, here = signed_in(city.coordinator), f"{report.get_absolute_url()}styrsystem/"
    assert browser.post(f"{here}ny/", {"satt": "fil"}).status_code == 302
    handed = HandOver.objects.get()
    assert "Som fil" in page(browser, report, "styrsystem/")
    answer = browser.get(f"{here}{handed.pk}/fil/?format=csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    lines = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [line["Analys"] for line in lines] == [SENTENCE]
    assert lines[0]["Status"] == "Avslutad"
    assert browser.post(f"{here}ny/", {"satt": "brevduva"}).status_code == 302
    assert HandOver.objects.count() == 1
    reading = imports.read(KIND, text.encode(), "hem.csv", by=city.coordinator)
    assert (plan_of(reading).problems, plan_of(reading).writes) == ([], 0)


def test_a_hand_over_is_read_by_those_who_read_the_follow_up(city: Cast) -> None:
    report = t2(city)
    handed = handing_over.hand_over(report, "fil", by=city.coordinator)
    here = f"{report.get_absolute_url()}styrsystem/"
    for person in (city.farsta_coordinator, city.employee, city.member):
        for address in (here, f"{here}{handed.pk}/fil/"):
            assert signed_in(person).get(address).status_code == 404
    assert signed_in(city.case_officer).get(here).status_code == 200
    assert signed_in(city.case_officer).post(f"{here}ny/", {"satt": "fil"}).status_code == 403


def test_a_sentence_written_once_is_found_wherever_it_is_asked_for(city: Cast) -> None:
    report = t2(city)
    browser = signed_in(city.coordinator)
    assert SENTENCE in page(browser, report)
    assert SENTENCE in page(browser, report, "styrsystem/")
    handed = handing_over.hand_over(report, "fil", by=city.coordinator)
    assert SENTENCE in handed.rows[0]
    told = {each.picture: each for each in situation_input.gather(Contents.of(report))}
    assert [answer.text for answer in told[Picture.RISKS].answers] == [SENTENCE]
    assert "Skyfall" in dict(told[Picture.RISKS].said).values()
    report.take_up(by=city.case_officer)
    report.send_back(by=city.case_officer, comment="Skriv mer.")
    assert SENTENCE in page(browser, report, "lage/")


def test_an_answer_about_accidents_goes_into_the_picture_of_accidents(city: Cast) -> None:
    areas = {
        situation_input.AREAS.get(area.slug): number for number, area in enumerate(year.focus_areas(YEAR))
    }
    goal = year.goal(city.bromma, number=areas[Picture.ACCIDENTS])
    report = year.of(city.bromma, year.opened("t2"))
    planned = Activity.objects.plan(goal, by=None, what="Gå rond")
    report.answer(planned, by=city.coordinator, **year.PLAIN)
    assert [each.picture for each in situation_input.gather(Contents.of(report))] == [Picture.ACCIDENTS]


def test_the_api_hands_over_and_keeps_the_mapping(city: Cast) -> None:
    report = t2(city)

    def post(person: Any, address: str, **facts: Any) -> int:
        return (
            signed_in(person).post(f"/api/v1/{address}", facts, content_type="application/json").status_code
        )

    assert post(city.case_officer, "styrsystem/ord/", key="kolumn-text", word="Analys", place=2) == 200
    assert post(city.coordinator, "styrsystem/ord/", key="kolumn-text", word="Nej", place=2) == 403
    assert post(city.coordinator, f"uppfoljningar/{report.pk}/styrsystem/", way="fil") == 200
    assert "Analys" in HandOver.objects.get().headings
    assert post(city.farsta_coordinator, f"uppfoljningar/{report.pk}/styrsystem/", way="fil") == 404
