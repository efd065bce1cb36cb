"""A city in which the obligations of this year are worked out, settled once for each file of tests."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from boards import register
from boards.days import today
from boards.models import User
from security_program.deriving import derive
from security_program.models import Programme
from tests.conftest import Cast


@pytest.fixture(scope="module")
def settled(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """What a test changes in it is gone in the next: the tests' own transactions lie within this one."""
    with django_db_blocker.unblock(), transaction.atomic():
        register.apply_office_types(register.read("offices"))
        register.apply_city(register.read("stockholm"))
        call_command("load_reference", verbosity=0)
        by, _new = User.objects.get_or_create(email="olof.dahl@stad.test", defaults={"name": "Olof Dahl"})
        Programme.objects.get(slug="sakerhetsprogram-2020-2023").keep_in_force(
            by=by, decided_on=date(2023, 11, 20), diary_number="KS 1", paragraph="§ 1"
        )
        derive(today().year)
        with django_db_blocker.block():
            yield
        transaction.set_rollback(True)


@pytest.fixture
def city(settled: None, cast: Cast) -> Cast:
    """The version of 2020 is kept in force by a decision, and this year's obligations are there."""
    assert cast.coordinator
    return cast
