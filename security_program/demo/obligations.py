"""Five years of obligations: adopted by companies, derived for each year, answered with gaps, doubted, reminded.

Earlier years are what the city knew before it began here, so no evidence stands beside them. This year some
have answered most of it, some little, and Bromma leaves what can be confirmed together to whoever looks around.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from random import Random

from boards.models import Notice, User
from security_program import accounting, reminding
from security_program.deriving import derive
from security_program.evidence import find, proof_of
from security_program.models import Adoption, AdoptionCall, Assignment, Programme, Statement
from security_program.models.adoption_calls import KIND as ASKED

from .clock import Act, moment, workday
from .people import Town
from .programme import IN_FORCE

YEARS = 5
SEED = 2020
Value = Statement.Value
# The version was adopted in March 2020 and the companies followed; these two have not.
ASKED_ON = date(2020, 3, 31)
NOT_ADOPTED = ("s_t_erik_livforsakring", "s_t_erik_markutveckling")
LATE = {"stadsteatern": date(2022, 2, 10), "sga_fastigheter": date(2023, 4, 20)}
# How much is answered: what is left out is blank, and blank is no answer.
ANSWERED, SELDOM = 0.96, 0.6
SLOW = {"kyrkogardsnamnden", "overformyndarnamnden", "stadsteatern", "skarpnack_sdn", "bostadsformedlingen"}
LOOKED_AT = {"bromma_sdn", "sga_fastigheter"}
VALUES = [Value.MET, Value.PARTLY, Value.NOT, Value.NOT_APPLICABLE]
OFTEN = [80, 12, 5, 3]
REASONS = {
    Value.PARTLY: [
        "Rutinen finns men är inte känd på alla enheter. Klart under våren.",
        "Hälften av enheterna är klara.",
        "Planen är beslutad men inte övad.",
    ],
    Value.NOT: [
        "Inte påbörjat på grund av vakans. Tas upp i verksamhetsplanen.",
        "Arbetet stannade vid omorganisationen och börjar om i höst.",
    ],
    Value.NOT_APPLICABLE: ["Vi har ingen sådan verksamhet.", "Sköts av en annan nämnd enligt avtal."],
}
# What the city office could not see.
DOUBTED = {
    "farsta_sdn": "Vi hittar ingen beslutad rutin. Länka till den.",
    "jarva_sdn": "Planen som ni länkar till är från Rinkeby-Kista. Gäller den hela Järva?",
    "trafiknamnden": "Beskriv hur det följs upp.",
}


def years(today: date) -> range:
    return range(today.year - YEARS + 1, today.year + 1)


def begin(town: Town, today: date) -> None:
    """On the day the city began: the adoptions, the duties of all years and what earlier years had answered."""
    _adopt(town)
    for year in years(today):
        derive(year, by=None)
    for year in years(today)[:-1]:
        rows = _open(year, date(year, 12, 31))
        _enter(town, rows, year, Random(SEED + year), {})


def acts(town: Town, today: date) -> Iterator[Act]:
    if not Assignment.objects.for_year(today.year).exists():
        return
    asked = workday(today - timedelta(days=32))
    yield Act(moment(asked, 30), partial(_ask_again, town, today))
    answered = workday(today - timedelta(days=45))
    yield Act(moment(answered, 40), partial(_answer, town, today.year, answered))
    yield Act(moment(workday(today - timedelta(days=30)), 50), partial(_doubt, town, today.year))
    yield Act(moment(workday(today - timedelta(days=14)), 60), partial(_remind, town, today.year))


def _adopt(town: Town) -> None:
    """The parent company asks, the companies follow; those that are left are asked again."""
    version = Programme.objects.get(slug=IN_FORCE)
    parent = town.boards["stockholms_stadshus_ab"]
    by = _answerer(town, parent.code) or _officer(town)
    AdoptionCall.objects.ask(
        parent, version, by=by, decided_on=ASKED_ON, paragraph="§ 8", answer_by=date(2020, 12, 31)
    )
    companies = [board for board in town.bound() if board.is_company and board.code not in NOT_ADOPTED]
    for number, board in enumerate(companies):
        day = LATE.get(board.code, date(2020, 4, 2) + timedelta(days=9 * number))
        Adoption.objects.note(
            board, version, by=_answerer(town, board.code), decided_on=day, paragraph=f"§ {4 + number % 9}"
        )
    # They have long since read that they were asked.
    Notice.objects.filter(kind=ASKED, board__in=companies).mark_read()


def _ask_again(town: Town, today: date) -> None:
    version, parent = Programme.objects.get(slug=IN_FORCE), town.boards["stockholms_stadshus_ab"]
    AdoptionCall.objects.ask(
        parent,
        version,
        by=_answerer(town, parent.code) or _officer(town),
        decided_on=today - timedelta(days=33),
        paragraph="§ 31",
        answer_by=today + timedelta(days=60),
    )


def _answerer(town: Town, board: str) -> User | None:
    people = [*town.at(board, "sakerhetssamordnare"), *town.at(board, "forvaltningschef")]
    return people[0] if people else None


def _open(year: int, day: date) -> list[Assignment]:
    rows = Assignment.objects.for_year(year).binding().unstated().filter(first_day__lte=day)
    rows = rows.select_related("board", "requirement", "statement").order_by(
        "board__code", "requirement__code"
    )
    return [row for row in rows if proof_of(row.requirement.code).may_be_met]


def _enter(town: Town, rows: list[Assignment], year: int, chance: Random, proposed: dict[int, str]) -> None:
    said = [one for row in rows if (one := _say(town, row, chance, proposed.get(row.pk, "")))]
    accounting.take_over(said, year, by=_officer(town))


def _say(town: Town, row: Assignment, chance: Random, proposed: str) -> Statement | None:
    """The dice fall for each row, so that the same rows get the same answers."""
    value = chance.choices(VALUES, OFTEN)[0]
    answers = chance.random() < (SELDOM if row.board.code in SLOW else ANSWERED)
    reason, by = chance.choice(REASONS.get(value, [""])), _answerer(town, row.board.code)
    if by is None or not answers:
        return None
    if proposed == Value.MET:
        value, reason = Value.MET, ""
    elif proposed == Value.NOT:
        value, reason = Value.NOT, REASONS[Value.NOT][0]
    return Statement(assignment_id=row.pk, value=value, reason=reason, proposed=proposed, stated_by=by)


def _officer(town: Town) -> User:
    return town.the("kommunstyrelsen", "slk_handlaggare")


def _answer(town: Town, year: int, day: date) -> None:
    chance, rows = Random(SEED + year), _open(year, day)
    proposed = {pk: finding.proposed for pk, finding in find(year, rows).items()}
    mine = [row for row in rows if row.board.code not in LOOKED_AT and chance.random() < 0.7]
    _enter(town, mine, year, chance, proposed)


def _doubt(town: Town, year: int) -> None:
    for code, remark in DOUBTED.items():
        met = Assignment.objects.for_year(year).filter(board__code=code, statement__value=Value.MET)
        if row := met.with_all().order_by("requirement__code").last():
            row.mark_not_verified(by=_officer(town), remark=remark)


def _remind(town: Town, year: int) -> None:
    shown = reminding.digest(reminding.prepare(year))
    reminding.remind(year, by=_officer(town), shown=shown)
