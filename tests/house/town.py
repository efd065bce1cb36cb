"""The town that the generated tests walk: every role of the cast, and something of each kind at three boards."""

import os
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.utils import timezone

from boards import documents, mandates
from boards.days import today
from boards.models import (
    AccessRequest,
    Area,
    Board,
    CouncilMeeting,
    Document,
    Event,
    Heartbeat,
    Import,
    MeetingDecision,
    Membership,
    Office,
    OfficeHolder,
    StandInOffice,
    User,
)
from risk_analysis.models import DependencyAnswer, Purpose, Reviewer, Rsa
from security_program.deriving import derive
from security_program.models import (
    Activity,
    Adoption,
    AdoptionCall,
    Assignment,
    BarrierReport,
    BoardGoal,
    FocusArea,
    FollowUp,
    Guideline,
    NotRelevant,
    Programme,
    Round,
)
from security_program.pages import health
from tests.conftest import LONG_AGO, Cast
from tests.house import belongings, reliance, reviewed
from tests.house.analysed import analysed
from tests.routes import ENDED, FOREIGN, ONE, OWN

# A year in which all three boards were there, and a version that bound them.
YEAR = 2022
ANONYMOUS = "anonymous"
ONE_FACTOR = "coordinator_one_factor"
PEOPLE = [ANONYMOUS, "employee", "member", "coordinator_elsewhere", "coordinator_until_yesterday", ONE_FACTOR]
# Every office of the mandates is a role of its own, so that a new one gets its column by itself.
EVERYBODY = [*PEOPLE, *(code for code in mandates.TABLE if code != mandates.MEMBER)]
# Who is asked for a page when one pair of eyes is enough, in this order.
EYES = [
    "sakerhetssamordnare",
    "slk_sakerhetschef",
    "systemforvaltare",
    "sakerhetsskyddschef",
    "revisor",
    ANONYMOUS,
]
# Who may do what is the same on both databases; on PostgreSQL the walk looks for what that database refuses.
BUSY = EVERYBODY if connection.vendor == "sqlite" else EYES
# A developer in a hurry names a few: WALK_ROLES="anonymous employee".
ROLES = os.environ.get("WALK_ROLES", " ".join(BUSY)).split()


@dataclass
class Place:
    """A board with something of each kind, and whose personal things are meant there."""

    board: Board
    person: User
    holding: OfficeHolder
    proposal: OfficeHolder
    acting: StandInOffice
    seat: Membership
    area: Area
    meeting: CouncilMeeting
    decision: MeetingDecision
    document: Document
    reading: Import
    request: AccessRequest
    barrier: BarrierReport
    adoption: Adoption
    call: AdoptionCall
    event: Event
    duty: Assignment
    report: FollowUp
    asked: DependencyAnswer
    rsa: Rsa
    under_review: Rsa
    reviewer: Reviewer
    purpose: Purpose
    things: dict[str, Any] = field(default_factory=dict)


def filed(board: Board) -> Document:
    """A document of class K1, as the one that is most common."""
    facts = {"title": "Zeta", "kind": Document.Kind.PLAN, "level": "K1"}
    return documents.publish(board, b"%PDF-1.7 Eta", "eta.pdf", by=None, **facts).document


def answered(board: Board, by: User) -> Assignment:
    """An obligation with an answer that falls short."""
    duty = board.assignments.with_all().get(year=YEAR, requirement__code="REQ-027")
    duty.state("delvis", by=by, reason="Alfa")
    return duty


def imported(by: User) -> Import:
    """A file of boards that somebody has sent and not yet carried out."""
    row = [2, {"name": "Theta", "kind": "Facknämnd"}, {"name": 0, "kind": 1}]
    return Import.objects.create(
        kind="namnder", file_name="iota.csv", sha256="0" * 64, rows=[row], asked_by=by
    )


def adopted(company: Board, by: User) -> Adoption:
    """The company's board has adopted the version of 2020."""
    version = Programme.objects.get(slug="sakerhetsprogram-2020-2023")
    return Adoption.objects.create(
        board=company, programme=version, decided_on=LONG_AGO, paragraph="Alfa", noted_by=by
    )


def asked(version: Programme, by: User) -> AdoptionCall:
    """The parent company has asked the others to adopt it."""
    parent = Board.objects.get(code="stockholms_stadshus_ab")
    facts = {"decided_on": LONG_AGO, "answer_by": today(), "paragraph": "Beta"}
    return AdoptionCall.objects.create(board=parent, programme=version, noted_by=by, **facts)


def followed_up(board: Board) -> FollowUp:
    """A report of one activity, handed in and not yet reviewed."""
    year = today().year
    dates = {"opens_on": LONG_AGO, "due_on": today()}
    asked, _new = Round.objects.get_or_create(year=year, kind="t2", defaults=dates)
    area, other = FocusArea.objects.order_by("-programme__first_year", "order")[:2]
    NotRelevant.objects.create(board=board, year=year, focus_area=other, reason="My")
    goal = BoardGoal.objects.create(board=board, year=year, text="Eta", focus_area=area)
    goal.indicators.create(name="Kappa", target=1, source="Lambda")
    activity = Activity.objects.create(goal=goal, what="Theta")
    report = FollowUp.objects.create(board=board, round=asked, state="inlamnad", filed_on=today())
    report.answers.create(activity=activity, asked="Theta", status="enligt-plan", text="Iota")
    report.hand_overs.create(edition=1, way="fil", headings=["Nämnd"], rows=[["Theta"]])
    return report


class Town:
    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.people: dict[str, User | None] = {role: self.visitor(role) for role in EVERYBODY}
        self.barrier = BarrierReport.objects.report(text="Beta", page="/namnder/")
        self.adoption = adopted(cast.company, cast.administrator)
        self.call = asked(self.adoption.programme, cast.administrator)
        write_guidelines(cast)
        for process in health.PROCESSES:
            Heartbeat.objects.create(process=process, at=timezone.now() + timedelta(days=1))
        self.reading = imported(cast.administrator)
        self.purpose = reviewed.purposes(cast.security_chief, cast.case_officer)
        derive(YEAR)
        self.boards = {OWN: cast.bromma, FOREIGN: cast.farsta, ENDED: cast.norrmalm}
        self.furnished = {whose: self.furnish(board) for whose, board in self.boards.items()}
        boss = self.furnished[FOREIGN].person
        User.objects.filter(pk=boss.pk).update(manager=self.people["coordinator_elsewhere"])
        belongings.phone_and_codes(cast.coordinator)
        self.own_things: dict[User, dict[str, Any]] = {}

    def visitor(self, role: str) -> User | None:
        cast = self.cast
        match role:
            case "anonymous":
                return None
            case "employee":
                return cast.employee
            case "member":
                return cast.member
            case "coordinator_elsewhere":
                return cast.farsta_coordinator
            case "coordinator_until_yesterday":
                return self.former_coordinator()
            case "coordinator_one_factor" | "sakerhetssamordnare":
                return cast.coordinator
            case "chef":
                return self.appointed(*self.holder_of(role))
        return cast.holder(*self.holder_of(role))

    def holder_of(self, code: str) -> tuple[str, str, Board | None]:
        names = {
            "forvaltningschef": "Maria Holm",
            "slk_handlaggare": "Sara Lind",
            "slk_sakerhetschef": "Olof Dahl",
            "sakerhetsskyddschef": "Eva Ström",
            "systemforvaltare": "Nils Falk",
            "tib": "Jonas Vik",
            "revisor": "Rut Alm",
        }
        at_the_board = not mandates.TABLE[code].city
        return names.get(code, f"Holder {code}"), code, self.cast.bromma if at_the_board else None

    def appointed(self, name: str, code: str, board: Board | None) -> User:
        """As in life, so that the page of a holding has something to tell."""
        person, office = self.cast.person(name), Office.objects.of(board or self.cast.bromma, code)
        holding = office.appoint(person, by=None, valid_from=LONG_AGO)
        if holding.awaits_approval:
            holding.approve(by=self.cast.person("Second Person"))
        return person

    def former_coordinator(self) -> User:
        """Somebody whose office ended yesterday, with no job having run since."""
        person = self.cast.person("Ture Gren")
        if not person.office_holdings.exists():
            office = Office.objects.of(self.cast.bromma, "sakerhetssamordnare")
            yesterday = today() - timedelta(days=1)
            ended = office.appoint(person, by=None, valid_from=LONG_AGO, valid_to=yesterday, is_deputy=True)
            ended.approve(by=self.cast.person("Second Person"))
        return person

    def furnish(self, board: Board) -> Place:
        boss = self.cast.person(f"Boss {board.code}")
        office = Office.objects.of(board, "chef")
        holding = OfficeHolder.objects.filter(office=office).first()
        protected = Office.objects.of(board, "krisledningschef")
        meeting = CouncilMeeting.objects.create(board=board, kind="lokalt_riskhanteringsrad", held_on=today())
        return Place(
            board=board,
            person=boss,
            holding=holding or office.appoint(boss, by=None, valid_from=LONG_AGO),
            proposal=protected.appoint(boss, by=None, valid_from=LONG_AGO, is_deputy=True),
            acting=belongings.acting(boss, self.cast.person("Second Person"), protected),
            seat=Membership.objects.create(person=boss, board=board, valid_from=LONG_AGO),
            area=board.areas.first() or Area.objects.create(name=f"Area of {board.code}", board=board),
            meeting=meeting,
            request=AccessRequest.objects.ask(board, by=boss, reason="Gamma"),
            barrier=self.barrier,
            adoption=self.adoption,
            call=self.call,
            event=Event.objects.filter(board=board).latest_first()[0],
            duty=answered(board, boss),
            decision=meeting.decisions.create(text="Alfa"),
            document=filed(board),
            reading=self.reading,
            report=followed_up(board),
            asked=reliance.relied_on(board, boss),
            rsa=analysed(board, boss),
            under_review=reviewed.under_review(board, boss),
            reviewer=reviewed.reviewer(board, boss),
            purpose=self.purpose,
        )

    def place(self, whose: str, role: str) -> Place:
        """The visitor's own personal things at the own board; somebody else's at the others."""
        place = self.furnished[OWN if whose == ONE else whose]
        if whose in (OWN, ONE) and self.people[role]:
            place = replace(place, person=self.people[role])
        if place.person not in self.own_things:
            self.own_things[place.person] = belongings.furnish(
                place.person, self.cast.person("Second Person")
            )
        return replace(place, things=self.own_things[place.person])

    def client(self, role: str, *, csrf: bool = False) -> Client:
        client = Client(enforce_csrf_checks=csrf)
        person = self.people[role]
        if person is None:
            belongings.has_opened_an_invitation(client)
        else:
            belongings.just_signed_in(client, person, factors=1 if role == ONE_FACTOR else 2)
        return client


def write_guidelines(cast: Cast) -> None:
    """One instruction in force, with its next version written and not yet decided."""
    facts = {"by": cast.security_chief, "text": "Gamma", "acknowledge_within_days": 30}
    first = Guideline.objects.write(name="Zeta", **facts)
    day = today() - timedelta(days=40)
    first.decide(by=cast.security_chief, decided_by="Delta", decided_on=day, in_force_from=day)
    first.guideline.draft(**facts)
