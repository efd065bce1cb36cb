"""Builds the demo city, once: its chapters in order, all of them or nothing."""

from datetime import date
from random import Random

from django.conf import settings
from django.db import connection, transaction

from boards.models import Board, City, User
from boards.models.boards import Kind
from security_program import first_run

from . import (
    analyses,
    follow_ups,
    guidelines,
    holdings,
    meetings,
    numbers,
    obligations,
    offices,
    programme,
    questions,
    seats,
    sectors,
    wordings,
)
from .clock import clock_at, live_through, moment
from .people import Town, settle
from .roles import ROLES

SEED = 1252


class NotTheDemoError(Exception):
    """The demo is refused here, for the reason the text gives."""


def is_built() -> bool:
    return User.objects.filter(email=ROLES[0].email).exists()


def build(today: date) -> bool:
    """False if the city is there already; then nothing is touched, whatever day it is."""
    if not settings.DEMO:
        raise NotTheDemoError("The demo city is built only where DEMO=1.")
    if is_built():
        return False
    if User.objects.exists():
        raise NotTheDemoError("There are people in this database. The demo city wants a database of its own.")
    with transaction.atomic():
        _build(today, Random(SEED))
    return True


def _build(today: date, chance: Random) -> None:
    begun = moment(holdings.begun(today))
    with clock_at(begun):
        town = settle(chance)
        _found_city(town, today)
        programme.keep(town)
        wordings.word(town)
        sectors.cut_across(town)
        offices.found(town)
        offices.enter(town, today, chance)
        seats.elect(town, today)
        obligations.begin(town, today)
    _let_the_database_count()
    chapters = (offices, meetings, questions, guidelines, obligations)
    live_through(act for chapter in chapters for act in chapter.acts(town, today))
    with clock_at(moment(today)):
        seats.go_on_leave(town, today)
        seats.train(today, chance)
        _let_the_database_count()
        follow_ups.load(town, today, chance)
        analyses.load(town, today)


def _let_the_database_count() -> None:
    """PostgreSQL goes by what it has counted, and of a transaction that is not over it has counted nothing."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _found_city(town: Town, today: date) -> None:
    City.objects.create(
        name="Stockholms stad",
        environment=City.Environment.PRODUCTION,
        crisis_support_phone=numbers.CRISIS_SUPPORT,
        guard_phone=numbers.GUARDS,
        it_support_phone=numbers.IT_SUPPORT,
        protective_security_phone=numbers.PROTECTIVE_SECURITY,
        support_email="forvaltning@demo.example",
        answered_parts=first_run.SLUGS,
        set_up_at=moment(holdings.begun(today)),
    )
    desks, support = numbers.desk_numbers(), numbers.support_numbers()
    for board in town.bound():
        board.email = f"{board.slug}@demo.example"
        board.phone = next(desks)
        board.crisis_support_phone = next(support) if board.kind == Kind.DISTRICT else ""
        board.has_local_council = board.code in meetings.LOCAL_COUNCILS
    Board.objects.bulk_update(
        town.bound(),
        ["email", "phone", "crisis_support_phone", "has_local_council"],
        batch_size=100,
    )
