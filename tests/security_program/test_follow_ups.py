"""A board's follow-up: answered, approved by the head, reviewed, returned, approved, locked; late and reopened."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from boards.models import Event
from security_program.models import Activity, CalendarRule, FollowUp, FollowUpStep, Round, Situation
from security_program.models.rounds import due_day
from tests.conftest import Cast
from tests.security_program import year
from tests.security_program.year import PLAIN, YEAR

SITUATION = {"risks": "Skyfall", "accidents": 4, "threats": 7}


@pytest.fixture
def city(cast: Cast) -> Cast:
    year.begin(cast)
    return cast


def test_a_round_is_due_by_the_calendar_and_a_weekend_rolls_to_the_day_before(city: Cast) -> None:
    assert due_day(2026, "t1") == date(2026, 4, 30)
    assert due_day(2022, "t1") == date(2022, 4, 29)
    assert due_day(2025, "vb") == date(2026, 1, 30)
    CalendarRule.objects.get(code="tertial-1").move(by=city.administrator, day=24)
    assert due_day(2026, "t1") == date(2026, 4, 24)


def test_an_open_round_keeps_its_dates_when_the_calendar_moves(city: Cast) -> None:
    asked = year.opened()
    CalendarRule.objects.get(code="tertial-1").move(by=city.administrator, day=20)
    assert Round.objects.get(pk=asked.pk).due_on == date(2026, 4, 30)


def test_a_round_asks_those_that_exist_and_leaves_an_event_with_each(city: Cast) -> None:
    asked = year.opened()
    assert asked.follow_ups.filter(board=city.bromma).exists()
    assert not asked.follow_ups.filter(board=city.norrmalm).exists()
    assert Event.objects.filter(verb="round.opened").count() == asked.follow_ups.count()
    with pytest.raises(ValidationError):
        year.opened()


def test_what_is_missing_is_said_and_stops_it(city: Cast) -> None:
    year.activity(city.bromma, "Öva staben")
    report = year.of(city.bromma, year.opened("t2"))
    assert report.missing()[0] == "Öva staben"
    assert len(report.missing()) == 2
    with pytest.raises(ValidationError, match="Öva staben"):
        report.hand_to_chief(by=city.coordinator)


def test_t2_asks_for_the_situation_and_the_others_do_not(city: Cast) -> None:
    second, first = year.of(city.bromma, year.opened("t2")), year.of(city.bromma, year.opened("t1"))
    second.describe(by=city.coordinator, **SITUATION)
    assert Situation.objects.get().threats == 7
    second.hand_to_chief(by=city.coordinator)
    with pytest.raises(ValidationError):
        first.describe(by=city.coordinator, **SITUATION)


def test_the_one_who_prepared_it_does_not_approve_it(city: Cast) -> None:
    report = year.of(city.bromma, year.opened())
    report.hand_to_chief(by=city.chief)
    with pytest.raises(ValidationError):
        report.file(by=city.chief)
    report.file(by=city.person("Another Chief"))
    assert report.state == FollowUp.State.FILED


def test_it_is_filed_returned_corrected_approved_and_locked(city: Cast) -> None:
    report = year.filed(city)
    answer = report.answers.get()
    with pytest.raises(ValidationError):
        report.answer(answer.activity, by=city.coordinator, **PLAIN)
    report.take_up(by=city.case_officer)
    report.send_back(
        by=city.case_officer,
        comment="Nästan klart.",
        remarks=[(answer, "text", "Skriv hur många som övade.")],
    )
    assert [remark.text for remark in report.remarks] == ["Skriv hur många som övade."]
    report.answer(answer.activity, by=city.coordinator, status="genomford", text="Tolv övade.")
    report.hand_to_chief(by=city.coordinator)
    report.file(by=city.chief)
    report.take_up(by=city.case_officer)
    report.approve(by=city.case_officer)
    report.round.lock(by=city.case_officer)
    report.refresh_from_db()
    assert report.state == FollowUp.State.LOCKED
    assert Activity.objects.with_status().get().status == "genomford"
    assert [step.after for step in report.steps.all()] == [
        *("hos_chef", "inlamnad", "granskas", "aterlamnad"),
        *("hos_chef", "inlamnad", "granskas", "godkand", "last"),
    ]


def test_a_step_beside_the_chart_is_refused(city: Cast) -> None:
    report = year.filed(city)
    for act in (lambda: report.approve(by=None), lambda: report.reopen(by=None, reason="Nej")):
        with pytest.raises(ValidationError):
            act()
    stale = FollowUp.objects.get(pk=report.pk)
    report.take_up(by=city.case_officer)
    with pytest.raises(ValidationError):
        stale.take_up(by=city.case_officer)


def test_returning_takes_a_reason_even_past_the_verb(city: Cast) -> None:
    report = year.filed(city)
    report.take_up(by=city.case_officer)
    with pytest.raises(ValidationError):
        report.send_back(by=city.case_officer, comment=" ")
    with pytest.raises(IntegrityError), transaction.atomic():
        FollowUpStep.objects.create(follow_up=report, before="granskas", after="aterlamnad")


def test_what_is_locked_is_supplemented_or_reopened_with_a_reason(city: Cast) -> None:
    report = year.filed(city)
    report.take_up(by=city.case_officer)
    with pytest.raises(ValidationError):
        report.supplement(by=city.coordinator, text="Fel siffra.")
    report.approve(by=city.case_officer)
    answer = report.answers.get()
    report.supplement(by=city.coordinator, text="Det var elva.", answer=answer)
    assert answer.supplements.get().text == "Det var elva."
    with pytest.raises(ValidationError):
        report.reopen(by=city.case_officer, reason="")
    report.reopen(by=city.case_officer, reason="Fel år.")
    assert report.can_be_answered


def test_late_is_allowed_and_marked(city: Cast) -> None:
    report = year.filed(city)
    late = report.round.due_on < report.filed_on
    assert report.is_late is late
    Round.objects.filter(pk=report.round_id).update(due_on=date(2026, 2, 1))
    assert FollowUp.objects.get(pk=report.pk).is_late


def test_a_report_keeps_the_words_that_were_asked_about(city: Cast) -> None:
    report = year.filed(city)
    activity = Activity.objects.get()
    activity.correct(by=city.coordinator, what="Något annat")
    assert report.answers.get().asked == "Öva staben"


def test_the_last_text_follows_from_round_to_round(city: Cast) -> None:
    first = year.filed(city)
    second = year.of(city.bromma, year.opened("t2"))
    activity = Activity.objects.get()
    assert second.last_answers()[activity.pk] == first.answers.get()


def test_it_is_the_boards_own_until_the_head_has_approved(city: Cast) -> None:
    year.activity(city.bromma)
    report = year.of(city.bromma, year.opened())

    def readers() -> set[str]:
        people = {
            "coordinator",
            "chief",
            "case_officer",
            "member",
            "farsta_coordinator",
            "employee",
            "auditor",
        }
        return {who for who in people if report in FollowUp.objects.visible_to(getattr(city, who))}

    assert readers() == {"coordinator", "chief", "auditor"}
    report.answer(Activity.objects.get(), by=city.coordinator, **PLAIN)
    report.hand_to_chief(by=city.coordinator)
    assert readers() == {"coordinator", "chief", "auditor"}
    report.file(by=city.chief)
    assert readers() == {"coordinator", "chief", "auditor", "case_officer"}
    report.take_up(by=city.case_officer)
    report.approve(by=city.case_officer)
    assert readers() == {"coordinator", "chief", "auditor", "case_officer", "member"}


def test_two_who_answer_at_once_do_not_write_over_each_other(city: Cast) -> None:
    activity = year.activity(city.bromma)
    report = year.of(city.bromma, year.opened())
    report.answer(activity, by=city.coordinator, **PLAIN)
    report.answer(activity, by=city.coordinator, version=1, status="forsenad", text="Nej.")
    with pytest.raises(ValidationError):
        report.answer(activity, by=city.chief, version=1, **PLAIN)
    assert report.answers.get().text == "Nej."
    assert report.round.year == YEAR
