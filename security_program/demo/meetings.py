"""A year of security councils, local risk councils and network meetings, with decisions done, due and overdue."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from boards.models import Board, CouncilMeeting, MeetingDecision, User

from .clock import Act, moment, workday
from .people import STAFF, Town

Kind = CouncilMeeting.Kind
CITY_AGENDA = "Läget i nämnder och bolag\nUppföljning av beslut\nKommande övningar\nÖvriga frågor"
LOCAL_AGENDA = "Händelser sedan sist\nPågående åtgärder\nVakanser och utbildning\nNästa möte"


@dataclass(frozen=True)
class Decided:
    text: str
    # Days after the meeting; None for a decision without a date, or one that is not done yet.
    due: int | None
    done: int | None


COUNCIL = [
    Decided("Ta fram ett gemensamt underlag om reservkraft till nästa möte.", 60, 52),
    Decided("Påminn bolag som saknar ersättare för säkerhetssamordnaren.", 30, None),
    Decided("Bjud in räddningstjänsten till nästa möte.", 90, None),
    Decided("Sprid erfarenheterna från höstens larmövning till alla nämnder.", 45, 44),
]
NETWORK = [
    Decided("Samla goda exempel på lokala handlingsplaner mot hot och våld.", 40, 61),
    Decided("Ordna en halvdag om risk- och sårbarhetsanalys för nya samordnare.", 70, None),
    Decided("Dela mallen för lokal krisledningsplan på samarbetsytan.", 14, 9),
]
LOCAL = [
    Decided("Gå igenom larmlistan med alla enhetschefer.", 30, 28),
    Decided("Byt lås i receptionen och uppdatera nyckellistan.", 45, None),
    Decided("Följ upp hot mot personal i hemtjänsten med skyddsombudet.", 20, 25),
    Decided("Boka utrymningsövning på alla förskolor.", 120, None),
    Decided("Utse ersättare för vakthavande beslutsfattare under julen.", None, None),
    Decided("Se över belysningen vid personalens ingång.", 75, None),
]
# These have a local council; Järva's has not met for more than four months.
LOCAL_COUNCILS = {
    "bromma_sdn": (20, 118, 209),
    "farsta_sdn": (33, 130),
    "jarva_sdn": (140, 231),
    "sodermalm_sdn": (12, 96, 190),
    "trafiknamnden": (47, 140),
    "socialnamnden": (25, 121),
    "utbildningsnamnden": (60,),
    "stockholm_vatten_och_avfall": (18, 110),
    "stockholms_hamn": (72, 165),
}


@dataclass(frozen=True)
class Meeting:
    board: Board
    kind: str
    held_on: date
    decisions: list[Decided]
    # The first keeps the meeting; the decisions fall on them in turn.
    people: list[User]

    def responsible(self, turn: int) -> User:
        return self.people[turn % len(self.people)]


def acts(town: Town, today: date) -> Iterator[Act]:
    for meeting in (*_in_the_city(town, today), *_at_boards(town, today)):
        yield Act(moment(meeting.held_on, 300), partial(_hold, meeting))
        for turn, decided in enumerate(meeting.decisions):
            done = workday(meeting.held_on + timedelta(days=decided.done)) if decided.done else None
            if done and done < today:
                yield Act(moment(done, 60 + turn), partial(_done, meeting, decided, turn))


def _in_the_city(town: Town, today: date) -> Iterator[Meeting]:
    city, officers = town.boards["kommunstyrelsen"], town.at("kommunstyrelsen", "slk_handlaggare")
    for turn, ago in enumerate((27, 112, 203, 288)):
        day = workday(today - timedelta(days=ago))
        yield Meeting(city, Kind.SECURITY_COUNCIL, day, _some(COUNCIL, turn, 3), officers)
    for turn, ago in enumerate((41, 132, 224)):
        day = workday(today - timedelta(days=ago))
        yield Meeting(city, Kind.NETWORK, day, _some(NETWORK, turn, 2), officers)


def _at_boards(town: Town, today: date) -> Iterator[Meeting]:
    for code, days in LOCAL_COUNCILS.items():
        people = [town.the(code, "sakerhetssamordnare"), *town.at(code, "chef"), town.the(code, STAFF)]
        for turn, ago in enumerate(days):
            day = workday(today - timedelta(days=ago))
            decisions = _some(LOCAL, turn * 2 + len(code), 3)
            yield Meeting(town.boards[code], Kind.LOCAL_COUNCIL, day, decisions, people)


def _some(decisions: list[Decided], start: int, count: int) -> list[Decided]:
    return [decisions[(start + step) % len(decisions)] for step in range(count)]


def _hold(meeting: Meeting) -> None:
    agenda = LOCAL_AGENDA if meeting.kind == Kind.LOCAL_COUNCIL else CITY_AGENDA
    keeper = meeting.responsible(0)
    held = CouncilMeeting.objects.hold(
        meeting.board, by=keeper, kind=meeting.kind, held_on=meeting.held_on, agenda=agenda
    )
    for turn, decided in enumerate(meeting.decisions):
        due = meeting.held_on + timedelta(days=decided.due) if decided.due else None
        held.decide(decided.text, by=keeper, responsible=meeting.responsible(turn), due_on=due)


def _done(meeting: Meeting, decided: Decided, turn: int) -> None:
    decision = MeetingDecision.objects.open().get(
        meeting__board=meeting.board,
        meeting__kind=meeting.kind,
        meeting__held_on=meeting.held_on,
        text=decided.text,
    )
    decision.mark_done(by=meeting.responsible(turn))
