"""Every binding requirement has its line in the table, and every resolver answers yes, no and not yet."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from boards.days import today
from boards.models import Board, CouncilMeeting, Office, Training
from risk_analysis.models import Measure
from security_program.evidence import (
    TABLE,
    Inquiry,
    Way,
    analyses,
    find,
    meetings,
    offices,
    plans,
    programme,
    proof_of,
)
from security_program.evidence.asking import Resolver
from security_program.models import (
    Activity,
    Adoption,
    Assignment,
    BoardGoal,
    FocusArea,
    FollowUp,
    Guideline,
    GuidelineAcknowledgement,
    GuidelineVersion,
    HandOver,
    Programme,
    Requirement,
    Round,
)
from security_program.planning import focus_areas
from security_program.reference import read
from tests.conftest import LONG_AGO, Cast
from tests.risk_analysis import analyses as rsas

NOW = today().year
PAST, COMING = NOW - 1, NOW + 1


def asked(board: Board, year: int) -> Assignment:
    return Assignment(board=board, year=year, first_day=date(year, 1, 1), last_day=date(year, 12, 31))


def answer(resolver: Resolver, board: Board, year: int) -> bool | None:
    finding = resolver(Inquiry(year, [asked(board, year)]))[board.pk]
    assert finding.says
    return finding.holds


def city_board() -> Board:
    return Board.objects.get(code="kommunstyrelsen")


def appoint(cast: Cast, *codes: str) -> None:
    for code in codes:
        cast.holder(f"Holder of {code}", code, cast.bromma)


def trained(cast: Cast, done: date, expires: date | None = None) -> None:
    office = Office.objects.of(cast.bromma, offices.COORDINATOR).type
    Training.objects.create(
        person=cast.coordinator, office_type=office, completed_on=done, expires_on=expires
    )


def held_a_meeting(kind: str, year: int) -> None:
    CouncilMeeting.objects.create(board=city_board(), kind=kind, held_on=date(year, 1, 20))


def in_force() -> Programme:
    Programme.objects.load()
    version = Programme.objects.get(slug="sakerhetsprogram-2020-2023")
    version.keep_in_force(by=None, decided_on=date(2023, 11, 20), diary_number="KS 1", paragraph="§ 1")
    return version


def adopted(cast: Cast) -> None:
    Adoption.objects.note(
        cast.company, in_force(), by=cast.security_chief, decided_on=date(2021, 2, 1), paragraph="§ 4"
    )


def instruction(first_day: date) -> GuidelineVersion:
    return GuidelineVersion.objects.create(
        guideline=Guideline.objects.create(slug="hot", name="Hot och våld"),
        number=1,
        text="Alfa",
        decided_by="Stadsdirektören",
        decided_on=first_day,
        in_force_from=first_day,
    )


def acknowledged(cast: Cast) -> None:
    GuidelineAcknowledgement.objects.create(
        version=instruction(LONG_AGO), board=cast.bromma, by=cast.coordinator
    )


def planned(cast: Cast, *, year: int = PAST, left_out: int = 0, idle: bool = False) -> None:
    """A goal with an activity under each focus area but those left out; idle without the last activity."""
    in_force()
    FocusArea.objects.load()
    for number, area in enumerate(focus_areas(year)[left_out:]):
        goal = BoardGoal.objects.create(board=cast.bromma, year=year, text="Alfa", focus_area=area)
        if not (idle and number == 0):
            Activity.objects.create(goal=goal, what="Beta")


def followed_up(cast: Cast, state: str, *, year: int = PAST, due: date | None = None) -> None:
    due = due or date(year, 5, 20)
    asked = Round.objects.create(year=year, kind="t1", opens_on=due, due_on=due)
    filed_on = None if state == FollowUp.State.OPEN else due
    FollowUp.objects.create(board=cast.bromma, round=asked, state=state, filed_on=filed_on)


def steered(cast: Cast, state: str) -> None:
    planned(cast)
    followed_up(cast, state)


def handed_over(cast: Cast, *, year: int = PAST) -> None:
    """It stands in the steering system, and is back with the head to be corrected."""
    planned(cast, year=year)
    followed_up(cast, "hos_chef", year=year)
    report = FollowUp.objects.get(board=cast.bromma)
    HandOver.objects.create(follow_up=report, edition=1, way="fil")
    (goal, *_others) = BoardGoal.objects.order_by("pk")
    report.answers.create(activity=goal.activities.get(), asked="Beta", status="enligt-plan", text="Gamma")


@dataclass
class Case:
    resolver: Resolver
    expected: bool | None
    prepare: Callable[[Cast], object] = lambda cast: None
    year: int = NOW
    board: str = "bromma_sdn"


KS, COMPANY = "kommunstyrelsen", "stokab"
CHIEF, VB = offices.CRISIS_CHIEF, "vb"
COUNCIL, NETWORK = CouncilMeeting.Kind.SECURITY_COUNCIL, CouncilMeeting.Kind.NETWORK
INFORMATION = offices.INFORMATION_SECURITY
YESTERDAY = today() - timedelta(days=1)

OF_ANALYSES = (
    *(analyses.handed_in, analyses.anchored, analyses.by_the_instructions, analyses.commitments_judged),
    *(analyses.risks_found, analyses.dependencies_planned_for, analyses.action_plan),
    *(analyses.measures_in_the_plan, analyses.accidents_considered),
)


def analysed(cast: Cast) -> None:
    rsa = rsas.filled(cast, rsas.begun(cast))
    Measure.objects.get(rsa=rsa).correct(by=cast.coordinator, in_the_plan=True)
    rsas.submitted(cast, rsa)


CASES = [
    Case(offices.security_coordinator, True, lambda cast: cast.coordinator),
    Case(offices.security_coordinator, False),
    Case(offices.security_coordinator, None, lambda cast: cast.coordinator, COMING),
    Case(offices.information_security_coordinator, True, lambda cast: appoint(cast, INFORMATION)),
    Case(offices.information_security_coordinator, False, lambda cast: cast.coordinator),
    Case(offices.information_security_coordinator, None, year=COMING),
    Case(offices.crisis_management, True, lambda cast: appoint(cast, CHIEF, VB)),
    Case(offices.crisis_management, False, lambda cast: appoint(cast, CHIEF)),
    Case(offices.crisis_management, False, lambda cast: appoint(cast, VB)),
    Case(offices.crisis_management, None, year=COMING),
    Case(offices.trained_coordinator, True, lambda cast: trained(cast, date(2022, 3, 1))),
    Case(offices.trained_coordinator, False, lambda cast: trained(cast, date(2022, 3, 1), YESTERDAY)),
    Case(offices.trained_coordinator, False),
    Case(offices.trained_coordinator, None, year=COMING),
    Case(offices.training_taken, True, lambda cast: trained(cast, date(PAST, 5, 2)), PAST),
    Case(offices.training_taken, False, lambda cast: trained(cast, date(PAST - 1, 5, 2)), PAST),
    Case(offices.training_taken, None, lambda cast: cast.coordinator),
    Case(meetings.security_council, True, lambda cast: held_a_meeting(COUNCIL, PAST), PAST, KS),
    Case(meetings.security_council, False, lambda cast: held_a_meeting(NETWORK, PAST), PAST, KS),
    Case(meetings.security_council, None, board=KS),
    Case(meetings.network, True, lambda cast: held_a_meeting(NETWORK, PAST), PAST, KS),
    Case(meetings.network, False, lambda cast: held_a_meeting(COUNCIL, PAST), PAST, KS),
    Case(meetings.network, None, board=KS),
    Case(programme.decided_by_the_council, True, lambda cast: in_force(), board=KS),
    Case(programme.decided_by_the_council, False, board=KS),
    Case(programme.decided_by_the_council, None, lambda cast: in_force(), COMING, KS),
    Case(programme.binds_the_organisation, True, adopted, board=COMPANY),
    Case(programme.binds_the_organisation, True, lambda cast: in_force()),
    Case(programme.binds_the_organisation, False, lambda cast: in_force(), board=COMPANY),
    Case(programme.binds_the_organisation, None, adopted, COMING, COMPANY),
    Case(programme.instructions_acknowledged, True, acknowledged),
    Case(programme.instructions_acknowledged, False, lambda cast: instruction(LONG_AGO)),
    Case(programme.instructions_acknowledged, None, lambda cast: instruction(YESTERDAY)),
    Case(programme.instructions_listed, True, lambda cast: instruction(LONG_AGO), board=KS),
    Case(programme.instructions_listed, False, lambda cast: instruction(YESTERDAY), PAST, KS),
    Case(programme.instructions_listed, None, board=KS),
    Case(plans.goals_and_activities, True, planned, PAST),
    Case(plans.goals_and_activities, False, lambda cast: planned(cast, left_out=1), PAST),
    Case(plans.goals_and_activities, None, lambda cast: planned(cast, year=NOW, left_out=1)),
    Case(plans.goals_lead_to_work, True, planned, PAST),
    Case(plans.goals_lead_to_work, False, lambda cast: planned(cast, idle=True), PAST),
    Case(plans.goals_lead_to_work, None, lambda cast: planned(cast, year=NOW, idle=True)),
    Case(plans.follow_ups_handed_in, True, lambda cast: followed_up(cast, "inlamnad"), PAST),
    Case(plans.follow_ups_handed_in, False, lambda cast: followed_up(cast, "oppen"), PAST),
    Case(plans.follow_ups_handed_in, None, lambda cast: followed_up(cast, "oppen", year=NOW, due=today())),
    Case(plans.follow_ups_handed_in, True, handed_over, PAST),
    Case(plans.follow_ups_handed_in, False, lambda cast: followed_up(cast, "hos_chef"), PAST),
    Case(plans.in_ordinary_steering, True, handed_over, PAST),
    Case(plans.in_ordinary_steering, True, lambda cast: steered(cast, "inlamnad"), PAST),
    Case(plans.in_ordinary_steering, False, lambda cast: steered(cast, "oppen"), PAST),
    Case(plans.in_ordinary_steering, None, lambda cast: planned(cast, year=NOW)),
    *(Case(resolver, True, analysed) for resolver in OF_ANALYSES),
    *(Case(resolver, False, year=PAST) for resolver in OF_ANALYSES),
    *(Case(resolver, None) for resolver in OF_ANALYSES),
]


def said(resolver: Resolver, board: Board, year: int) -> str:
    return str(resolver(Inquiry(year, [asked(board, year)]))[board.pk].says)


def test_what_stands_in_the_steering_system_is_told_with_the_evidence(cast: Cast) -> None:
    handed_over(cast)
    goals = len(focus_areas(PAST))
    assert said(plans.goals_and_activities, cast.bromma, PAST).endswith("i styrsystemet: 1")
    BoardGoal.objects.update(steering_id="M-1")
    assert said(plans.goals_and_activities, cast.bromma, PAST).endswith(f"i styrsystemet: {goals}")
    followed = said(plans.follow_ups_handed_in, cast.bromma, PAST)
    assert followed.startswith("I styrsystemet: T1")
    assert str(NOW) in followed, "the day it was handed over"
    assert followed in said(plans.in_ordinary_steering, cast.bromma, PAST)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.resolver.__name__}-{case.expected}")
def test_a_resolver_answers(cast: Cast, case: Case) -> None:
    case.prepare(cast)
    assert answer(case.resolver, Board.objects.get(code=case.board), case.year) is case.expected


def test_each_resolver_is_tried_for_yes_no_and_not_yet() -> None:
    used = {proof.resolver for proof in TABLE.values() if proof.resolver}
    for resolver in used:
        assert {case.expected for case in CASES if case.resolver is resolver} == {True, False, None}


def test_every_binding_requirement_has_its_line() -> None:
    binding = {row["code"] for row in read("requirements") if row["kind"] == "krav"}
    assert set(TABLE) == binding
    assert len(binding) == 144


def test_what_waits_or_is_kept_apart_says_so_and_may_never_be_met() -> None:
    for proof in TABLE.values():
        assert proof.may_be_met == (proof.way in (Way.SHOWN, Way.STATED))
        assert bool(proof.resolver) == (proof.way is Way.SHOWN)
        assert proof.says or proof.resolver


def test_an_office_counts_on_the_last_day_of_a_year_that_is_over(cast: Cast) -> None:
    person = cast.person("Ture Gren")
    office = Office.objects.of(cast.bromma, offices.INFORMATION_SECURITY)
    office.appoint(person, by=None, valid_from=date(PAST - 1, 1, 1), valid_to=date(PAST, 11, 30)).approve(
        by=cast.person("Second Person")
    )
    resolver = offices.information_security_coordinator
    assert answer(resolver, cast.bromma, PAST - 1) is True
    assert answer(resolver, cast.bromma, PAST) is False


def test_many_organisations_cost_as_many_questions_as_one(cast: Cast) -> None:
    requirements = [Requirement(code=code) for code in TABLE if proof_of(code).way is Way.SHOWN]

    def questions(boards: list[Board]) -> int:
        rows = [
            Assignment(
                pk=number * 1000 + board.pk,
                requirement=requirement,
                board=board,
                year=NOW,
                first_day=date(NOW, 1, 1),
                last_day=date(NOW, 12, 31),
            )
            for number, requirement in enumerate(requirements)
            for board in boards
        ]
        with CaptureQueriesContext(connection) as asked:
            assert len(find(NOW, rows)) == len(rows)
        return len(asked)

    everybody = list(Board.objects.bound().on())
    assert questions(everybody) == questions(everybody[:1])
