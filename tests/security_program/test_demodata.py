"""The demo city: believable, the same each time, built once, and never where somebody real lives."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from boards import audit, register
from boards.models import (
    AccessRequest,
    Board,
    CouncilMeeting,
    Event,
    MeetingDecision,
    Membership,
    Office,
    OfficeHolder,
    OfficeType,
    StandIn,
    Training,
    User,
)
from risk_analysis.gaps import gaps_of
from risk_analysis.models import Dependency, DependencyAnswer, Measure, Risk, Rsa, RsaCycle, Snapshot
from security_program import planning
from security_program.comparison import compare
from security_program.demo import city, holdings, names, rsa_words
from security_program.demo.people import UNUSABLE
from security_program.demo.roles import ROLES
from security_program.demo.seats import mandate_period
from security_program.models import (
    Activity,
    Assignment,
    BarrierReport,
    BoardGoal,
    CalendarRule,
    FocusArea,
    Programme,
    Reminder,
    Requirement,
    Statement,
)

# The city takes half a minute to build: one worker builds it for all.
pytestmark = pytest.mark.xdist_group("demodata")

DAY = date(2026, 11, 20)


@dataclass
class Built:
    """One city built twice on the same day: the first taken away again, the second to walk about in."""

    first: list[str]
    second: list[str]
    statements: int


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Built]:
    with django_db_blocker.unblock(), transaction.atomic():
        load_reference()
        with transaction.atomic():
            city.build(DAY)
            first = picture()
            transaction.set_rollback(True)
        with CaptureQueriesContext(connection) as asked:
            city.build(DAY)
        # Else the database would look through the whole city again at the end of each test.
        connection.check_constraints()
        yield Built(first, picture(), len(asked))
        transaction.set_rollback(True)


@pytest.fixture
def demo(built: Built, db: None, monkeypatch: pytest.MonkeyPatch) -> Built:
    """The city as it is on the day it was built around."""
    monkeypatch.setattr("boards.days.timezone.localdate", lambda: DAY)
    return built


def load_reference() -> None:
    register.apply_office_types(register.read("offices"))
    register.apply_sectors(register.read("sectors"))
    register.apply_city(register.read("stockholm"))
    for model in (Programme, FocusArea, Requirement, CalendarRule):
        model.objects.load()


def picture() -> list[str]:
    """Everything a person could see of the city, without the numbers of rows."""
    rows: list[tuple[object, ...]] = []
    rows += User.objects.values_list("email", "name", "title", "phone", "unit__name", "manager__email")
    rows += OfficeHolder.objects.values_list(
        "office__board__code", "office__type__code", "person__email", "valid_from", "valid_to", "confirmed_at"
    )
    rows += Membership.objects.values_list("person__email", "board__code", "role", "valid_from", "valid_to")
    rows += Training.objects.values_list("person__email", "office_type__code", "completed_on", "expires_on")
    rows += Event.objects.order_by("pk").values_list("stream", "seq", "verb", "at", "actor__email")
    rows += MeetingDecision.objects.values_list("meeting__held_on", "text", "responsible__email", "done_on")
    rows += AccessRequest.objects.values_list(
        "person__email", "board__code", "state", "asked_at", "answered_at"
    )
    rows += Statement.objects.values_list(
        "assignment__board__code", "assignment__requirement__code", "assignment__year", "value", "reason"
    )
    rows += BarrierReport.objects.values_list("text", "reported_at", "answered_at")
    rows += Rsa.objects.values_list(
        "cycle__slug", "board__code", "edition", "state", "submitted_at", "reference"
    )
    rows += Risk.objects.values_list("rsa__cycle__slug", "rsa__board__code", "thread", "title", "level")
    return sorted(map(str, rows))


def test_it_is_refused_outside_the_demo(db: None, settings: object) -> None:
    settings.DEMO = False  # type: ignore[attr-defined]
    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("demodata")
    assert not User.objects.exists()


def test_it_is_refused_where_somebody_lives(db: None) -> None:
    User.objects.create_user("somebody@stad.example", "Somebody Real")
    with pytest.raises(CommandError, match="a database of its own"):
        call_command("demodata")
    assert User.objects.count() == 1


def test_the_same_day_gives_the_same_city(demo: Built) -> None:
    assert len(demo.first) > 1000
    assert demo.first == demo.second


def test_a_second_run_changes_nothing_whatever_day_it_is(demo: Built) -> None:
    before = picture()
    assert not city.build(DAY + timedelta(days=40))
    assert picture() == before


def test_it_is_built_in_few_statements(demo: Built) -> None:
    # Each organisation acknowledges each instruction by itself.
    # Five years of obligations leave one event a year at each of them, and as many follow-ups are many rows.
    assert demo.statements < 8900


def test_five_years_of_obligations_have_gaps_and_follow_the_mergers(demo: Built) -> None:
    for year in range(DAY.year - 4, DAY.year + 1):
        rows = Assignment.objects.for_year(year).binding()
        said = Statement.objects.filter(assignment__in=rows)
        assert rows.unstated().exists(), year
        assert set(said.values_list("value", flat=True)) == set(Statement.Value), year
    answered = Statement.objects.values_list("assignment__board__code", "assignment__year")
    assert {("rinkeby_kista_sdn", 2023), ("jarva_sdn", 2023), ("jarva_sdn", 2024)} <= set(answered)
    assert ("rinkeby_kista_sdn", 2024) not in set(answered)
    assert Statement.objects.filter(doubted_at__isnull=False).count() == 3
    assert Reminder.objects.exists()


def test_plans_go_on_from_year_to_year_and_over_the_merger(demo: Built) -> None:
    inherited = BoardGoal.objects.filter(board__code="jarva_sdn", year=2023, came_from__isnull=False)
    came_from = inherited.values_list("came_from__board__code", flat=True)
    assert set(came_from) == {"rinkeby_kista_sdn", "spanga_tensta_sdn"}
    last = BoardGoal.objects.filter(year=DAY.year)
    assert last.filter(mark="oforandrad", came_from__year=DAY.year - 1).count() > last.count() / 2
    assert Activity.objects.filter(came_from__isnull=False, goal__year=DAY.year).exists()


def test_merged_boards_have_goals_to_sort_out_with_what_each_may_be_the_same_as(demo: Built) -> None:
    waiting = BoardGoal.objects.filter(is_sorted=False)
    assert {goal.board.slug for goal in waiting} == {"jarva", "norra-innerstaden"}
    for board, year in {(goal.board, goal.year) for goal in waiting}:
        alike = planning.suggestions(planning.plan_of(board, year))
        assert alike
        assert all(alike.values())


def test_two_versions_have_words_that_say_themselves_that_they_are_made_up(demo: Built) -> None:
    worded = Programme.objects.filter(paragraphs__isnull=False).distinct().order_by("first_year")
    assert [programme.first_year for programme in worded] == [2018, 2020]
    for programme in worded:
        assert programme.paragraphs.first().text == "Påhittad text för demo"
        assert not Requirement.objects.filter(paragraphs__programme=programme).exists()
    pairs = compare(*worded).pairs
    assert any(pair.is_same for pair in pairs)
    assert any(piece.is_changed for pair in pairs if not pair.is_same for piece in pair.after)


def test_the_analyses_are_in_every_state_and_what_is_handed_in_is_frozen(demo: Built) -> None:
    last = Rsa.objects.of_year(DAY.year)
    assert set(last.values_list("state", flat=True)) == set(Rsa.State)
    assert RsaCycle.objects.under_way().filter(kind=RsaCycle.Kind.YEARLY, year=DAY.year).exists()
    assert set(Snapshot.objects.values_list("rsa", flat=True)) == set(
        Rsa.objects.submitted().values_list("pk", flat=True)
    )
    assert not any(gaps_of(rsa) for rsa in last.filter(state=Rsa.State.APPROVED)[:5])


def test_this_years_analysis_of_bromma_is_half_confirmed_and_the_small_company_has_not_begun(
    demo: Built,
) -> None:
    draft = Rsa.objects.of_year(DAY.year).get(board__code="bromma_sdn")
    unconfirmed = Risk.objects.filter(rsa=draft).unconfirmed().count()
    assert 0 < unconfirmed < Risk.objects.filter(rsa=draft).count()
    begun = Rsa.objects.of_year(DAY.year).values_list("board__code", flat=True)
    assert "sga_fastigheter" not in begun
    assert Rsa.objects.of_year(DAY.year - 1).in_force().filter(board__code="sga_fastigheter").exists()


def test_many_rest_on_the_same_providers_and_some_have_not_answered(demo: Built) -> None:
    analyses = list(Rsa.objects.of_year(DAY.year).values_list("pk", flat=True))
    in_force = list(Rsa.objects.of_year(DAY.year).in_force().values_list("pk", flat=True))
    for shared in ("provider", "supplier__key"):
        relying: dict[object, set[int]] = {}
        rows = Dependency.objects.filter(rsa__in=in_force).values_list(shared, "rsa__board")
        for provider, board in rows.exclude(**{shared: None}):
            relying.setdefault(provider, set()).add(board)
        assert sum(len(boards) >= 3 for boards in relying.values()) >= 4, shared
    answers = DependencyAnswer.objects.filter(dependency__rsa__in=analyses)
    assert set(answers.values_list("state", flat=True)) == set(DependencyAnswer.State)
    assert answers.filter(commitment__isnull=False).exists()
    assert Measure.objects.filter(rsa__in=analyses).overdue(DAY).exists()


def test_no_invented_supplier_has_a_number_that_could_be_somebodys() -> None:
    for _name, number, _delivers in rsa_words.SUPPLIERS.values():
        digits = [int(sign) for sign in number.replace("-", "")]
        doubled = [
            sum(divmod(digit * 2, 10)) if place % 2 == 0 else digit for place, digit in enumerate(digits)
        ]
        assert sum(doubled) % 10 != 0, number


def test_two_companies_have_not_adopted_the_programme(demo: Built) -> None:
    waiting = Assignment.objects.for_year(DAY.year).filter(awaits_adoption=True)
    assert set(waiting.values_list("board__code", flat=True)) == {
        "s_t_erik_livforsakring",
        "s_t_erik_markutveckling",
    }


def test_every_office_demanded_is_held_unless_it_is_vacant_on_purpose(demo: Built) -> None:
    kinds = list(OfficeType.objects.all())
    demanded = {
        (board.code, kind.code)
        for board in Board.objects.bound().on(DAY)
        for kind in kinds
        if kind.is_expected_of(board)
    }
    filled = set(
        OfficeHolder.objects.confirmed().on(DAY).values_list("office__board__code", "office__type__code")
    )
    assert demanded - filled == holdings.VACANT


def test_every_holding_would_be_accepted_today(demo: Built) -> None:
    for holding in OfficeHolder.objects.filter(refused_at__isnull=True).select_related("office__type"):
        holding.clean()


def test_each_role_of_the_sign_in_page_is_what_it_says(demo: Built) -> None:
    for role in ROLES:
        person = User.objects.get(email=role.email)
        assert person.name == role.name
        held = Office.objects.held_by(person, DAY).filter(type__code=role.office, board__code=role.board)
        assert held.exists() == bool(role.office)


def test_a_member_sits_on_two_boards(demo: Built) -> None:
    seats = Membership.objects.on(DAY).filter(person__email="per.sandhed@demo.example")
    assert {seat.board.code for seat in seats} == {"bromma_sdn", "kulturnamnden"}


@pytest.mark.parametrize(
    ("day", "period"),
    [
        (date(2026, 12, 31), (date(2023, 1, 1), date(2026, 12, 31))),
        (date(2027, 1, 1), (date(2027, 1, 1), date(2030, 12, 31))),
    ],
)
def test_boards_sit_four_calendar_years_after_an_election(day: date, period: tuple[date, date]) -> None:
    assert mandate_period(day) == period


def test_nobody_can_sign_in_with_a_password(demo: Built) -> None:
    assert set(User.objects.values_list("password", flat=True)) == {UNUSABLE}
    assert not User.objects.all()[0].has_usable_password()


def test_everybody_is_reached_at_an_address_and_a_number_that_lead_nowhere(demo: Built) -> None:
    for person in User.objects.all():
        assert person.email == names.email(person.name)
        assert re.fullmatch(r"(08-465 004 \d\d|070-174 06 (0[5-9]|[1-9]\d))?", person.phone), person.phone


def test_everything_happened_before_the_day(demo: Built) -> None:
    now = timezone.make_aware(datetime(DAY.year, DAY.month, DAY.day, 23))
    assert not Event.objects.filter(at__gt=now).exists()
    assert not AccessRequest.objects.filter(asked_at__gt=now).exists()
    assert not BarrierReport.objects.filter(reported_at__gt=now).exists()
    assert not User.objects.filter(created_at__gt=now).exists()


def test_the_log_reads_forwards_and_holds_together(demo: Built) -> None:
    times = list(Event.objects.order_by("pk").values_list("at", flat=True))
    assert times == sorted(times)
    assert len(times) > 80
    heads: dict[str, str] = {}
    for event in Event.objects.order_by("pk"):
        assert event.prev == heads.get(event.stream_id, "")
        assert event.hash == audit.chain_hash(event.stream_id, event.seq, event.prev, event.body)
        heads[event.stream_id] = event.hash


NOTEWORTHY: dict[str, Callable[[], bool]] = {
    "a proposal waits for an answer": lambda: OfficeHolder.objects.awaiting_approval().exists(),
    "a proposal was refused": lambda: OfficeHolder.objects.filter(refused_at__isnull=False).exists(),
    "somebody is away": lambda: StandIn.objects.on(DAY).exists(),
    "somebody will be away": lambda: StandIn.objects.coming(DAY).exists(),
    "training has expired": lambda: Training.objects.filter(expires_on__lt=DAY).exists(),
    "training soon expires": lambda: Training.objects.filter(
        expires_on__range=(DAY, DAY + timedelta(days=60))
    ).exists(),
    "a decision is overdue": lambda: MeetingDecision.objects.filter(done_on=None, due_on__lt=DAY).exists(),
    "councils meet": lambda: CouncilMeeting.objects.filter(held_on__gt=DAY - timedelta(days=60)).exists(),
    "merged boards had heads": lambda: (
        OfficeHolder.objects.over(DAY).filter(office__board__code="norrmalm_sdn").exists()
    ),
    "an office is shared for a reason": lambda: OfficeHolder.objects.exclude(shared_reason="").exists(),
    "deputies are appointed": lambda: OfficeHolder.objects.on(DAY).filter(is_deputy=True).exists(),
}


def test_the_city_has_something_to_say(demo: Built) -> None:
    assert [fact for fact, is_so in NOTEWORTHY.items() if not is_so()] == []
