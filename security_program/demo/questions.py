"""What people have asked and been answered: access to a board, and barriers they have met."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from boards.models import AccessRequest, Board, User
from security_program.models import AccessibilityStatement, BarrierReport

from .clock import Act, moment, workday
from .people import STAFF, Town


def acts(town: Town, today: date) -> Iterator[Act]:
    yield from _access(town, today)
    yield from _accessibility(town.the("kommunstyrelsen", "systemforvaltare"), today)


def _access(town: Town, today: date) -> Iterator[Act]:
    """One waits at Bromma for an answer, one has been given and one has not."""
    bromma, farsta, traffic = (town.boards[code] for code in ("bromma_sdn", "farsta_sdn", "trafiknamnden"))
    lina, newcomer = town.at(bromma.code, STAFF)
    asked = partial(_ask, bromma, newcomer, "Jag ska vara ersättare för säkerhetssamordnaren i vår.")
    yield Act(moment(workday(today - timedelta(days=4)), 130), asked)
    yield Act(
        moment(workday(today - timedelta(days=70)), 30),
        partial(_ask, farsta, lina, "Jag ska skriva en uppsats om säkerhetsarbete."),
    )
    yield Act(
        moment(workday(today - timedelta(days=69)), 55),
        partial(
            _refuse,
            farsta,
            by=town.the(farsta.code, "forvaltningschef"),
            answer="Begär ut det du behöver hos registratorn, så prövas det där.",
        ),
    )
    successor = town.at(traffic.code, STAFF)[1]
    yield Act(
        moment(workday(today - timedelta(days=90)), 15),
        partial(_ask, traffic, successor, "Jag tar över registraturen under semestern."),
    )
    yield Act(
        moment(workday(today - timedelta(days=89)), 45),
        partial(_give, traffic, by=town.the(traffic.code, "forvaltningschef")),
    )


def _ask(board: Board, person: User, reason: str) -> None:
    AccessRequest.objects.ask(board, by=person, reason=reason)


def _refuse(board: Board, *, by: User, answer: str) -> None:
    AccessRequest.objects.waiting().get(board=board).refuse(by=by, answer=answer)


def _give(board: Board, *, by: User) -> None:
    AccessRequest.objects.waiting().get(board=board).give(by=by)


def _accessibility(administrator: User, today: date) -> Iterator[Act]:
    begun = workday(today - timedelta(days=120))
    yield Act(moment(begun, 10), partial(_decide, administrator, begun))
    yield Act(
        moment(workday(today - timedelta(days=48)), 20),
        partial(
            _report,
            "Listan över nämnder går inte att sortera när jag bara använder tangentbordet.",
            "Nämnder",
        ),
    )
    yield Act(
        moment(workday(today - timedelta(days=45)), 80),
        partial(
            _answer,
            administrator,
            about="Att sortera en lista med tangentbordet",
            answer="Det är rättat. Rubrikerna i listor är nu länkar som nås med tabb.",
        ),
    )
    yield Act(
        moment(workday(today - timedelta(days=6)), 40),
        partial(_report, "På min telefon ligger knappen Spara under tangentbordet.", "Uppdrag"),
    )


def _decide(administrator: User, day: date) -> None:
    AccessibilityStatement.objects.decide(
        by=administrator,
        authority="Stockholms stad (demo)",
        decided_on=day,
        barriers="Vi känner inte till några hinder, men alla sidor är inte prövade av användare.",
        barriers_en="We know of no barriers, but not every page has been tried by users.",
        how_tested="Automatiskt med axe-core och för hand med tangentbord och skärmläsare.",
        how_tested_en="Automatically with axe-core, and by hand with a keyboard and a screen reader.",
        contact_email="forvaltning@demo.example",
    )


def _report(text: str, page: str) -> None:
    BarrierReport.objects.report(text=text, page=page)


def _answer(administrator: User, *, about: str, answer: str) -> None:
    BarrierReport.objects.waiting()[0].reply(by=administrator, about=about, answer=answer)
