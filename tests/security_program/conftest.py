"""A city in which the obligations of this year are worked out."""

from datetime import date

import pytest

from boards.days import today
from security_program.deriving import derive
from security_program.models import Programme
from tests import remembered_rows
from tests.conftest import Cast, load_reference


@pytest.fixture
def city(cast: Cast) -> Cast:
    """The version of 2020 is kept in force by a decision, and this year's obligations are there."""
    load_reference()
    Programme.objects.get(slug="sakerhetsprogram-2020-2023").keep_in_force(
        by=cast.security_chief, decided_on=date(2023, 11, 20), diary_number="KS 1", paragraph="§ 1"
    )
    year = today().year
    remembered_rows.alone(f"obligations of {year}", "security_program_assignment", lambda: derive(year))
    assert cast.coordinator
    return cast
