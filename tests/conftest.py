"""The standing cast and its city: the same people in every test."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from boards import days, register
from boards.models import Board, City, Membership, Office, OfficeHolder, User
from tests import append_only, remembered_rows, remembered_schema

append_only.lift_when_a_test_empties_the_database()
LONG_AGO = date(2020, 1, 1)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """A file that is made for a test differs from worker to worker, and its bytes are no name."""
    return argname if isinstance(val, bytes) or (isinstance(val, str) and len(val) > 80) else None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The drill takes minutes: begun last, it would keep the other worker waiting."""
    items.sort(key=lambda item: "drill" not in [mark.args[0] for mark in item.iter_markers("xdist_group")])


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> Iterator[None]:
    database = remembered_schema.recall()
    yield
    if database:
        database.close()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        remembered_schema.remember()


@dataclass
class Cast:
    """Bromma and Farsta are the two boards; Norrmalm is one that has ended; the rest are people."""

    bromma: Board
    farsta: Board
    norrmalm: Board
    company: Board

    def person(self, name: str) -> User:
        email = f"{name.lower().replace(' ', '.')}@example.org"
        return User.objects.filter(email=email).first() or User.objects.create_user(email, name)

    def holder(self, name: str, office: str, board: Board | None = None) -> User:
        """Somebody who holds the office, approved by a second person."""
        person = self.person(name)
        where = board or Board.objects.get(code="kommunstyrelsen")
        held = OfficeHolder.objects.filter(person=person, office__type__code=office, office__board=where)
        if not held.exists():
            last_day = days.today().replace(month=12, day=31) if office == "revisor" else None
            self.give(Office.objects.of(where, office), person, last_day)
        return person

    def give(self, office: Office, person: User, last_day: date | None) -> None:
        """What an appointment leaves, without telling anybody: nearly every test begins with some of these."""
        holding = OfficeHolder(office=office, person=person, valid_from=LONG_AGO, valid_to=last_day)
        holding.propose(by=None)
        if holding.confirmed_at is None:
            holding.confirmed_at, holding.confirmed_by = timezone.now(), self.person("Second Person")
        holding.save()

    @property
    def coordinator(self) -> User:
        return self.holder("Karin Ek", "sakerhetssamordnare", self.bromma)

    @property
    def farsta_coordinator(self) -> User:
        return self.holder("Ali Berg", "sakerhetssamordnare", self.farsta)

    @property
    def chief(self) -> User:
        return self.holder("Maria Holm", "forvaltningschef", self.bromma)

    @property
    def case_officer(self) -> User:
        return self.holder("Sara Lind", "slk_handlaggare")

    @property
    def security_chief(self) -> User:
        return self.holder("Olof Dahl", "slk_sakerhetschef")

    @property
    def protective_chief(self) -> User:
        return self.holder("Eva Ström", "sakerhetsskyddschef")

    @property
    def administrator(self) -> User:
        return self.holder("Nils Falk", "systemforvaltare")

    @property
    def duty_officer(self) -> User:
        return self.holder("Jonas Vik", "tib")

    @property
    def auditor(self) -> User:
        return self.holder("Rut Alm", "revisor")

    @property
    def employee(self) -> User:
        return self.person("Lina Fors")

    @property
    def member(self) -> User:
        person = self.person("Per Sand")
        Membership.objects.get_or_create(person=person, board=self.bromma, valid_from=LONG_AGO)
        Office.objects.of(self.bromma, "fortroendevald")
        return person


def load_register() -> None:
    register.apply_office_types(register.read("offices"))
    register.apply_city(register.read("stockholm"))
    City.objects.get_or_create(defaults={"name": "Stockholms stad"})


def load_reference() -> None:
    """The programmes, requirements, dates and texts, beside the register that the cast lives in."""
    if not Board.objects.exists():
        remembered_rows.once("register", load_register)
    remembered_rows.once("reference", lambda: call_command("load_reference", verbosity=0))


@pytest.fixture
def cast(db: None) -> Cast:
    remembered_rows.once("register", load_register)
    board = {row.code: row for row in Board.objects.all()}
    return Cast(board["bromma_sdn"], board["farsta_sdn"], board["norrmalm_sdn"], board["stokab"])


def signed_in(person: User, *, csrf: bool = False) -> Client:
    """A browser in which the person has signed in with a second factor."""
    client = Client(enforce_csrf_checks=csrf)
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    session = client.session
    session["account_authentication_methods"] = [{"method": "password"}, {"method": "mfa", "type": "totp"}]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    return client


@pytest.fixture
def as_coordinator(cast: Cast) -> Client:
    return signed_in(cast.coordinator)


@pytest.fixture
def anyone() -> Client:
    return Client()
