"""A leaked password is refused, and so is a leaked one that has dressed up."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from boards.accounts.passwords import leaked
from boards.models import User
from tests.conftest import Cast

REFUSED = [
    "qwertyuiop123", "1qaz2wsx3edc4rfv", "Password123456", "P@ssw0rd2026!!", "passwordpassword", "PASSWORDPASSWORD1",
    "aaaaaaaaaaaa", "123456789012", "Sommar2026!!!", "sommarsommarsommar", "L0senord123456", "lösenord2026!!",
    "abcabcabcabc", "Stockholm2026!", "välkommen12345", "2026sommar2026", "!!!dragon!!!!!", "lina.fors2026!", "LinaFors12345",
]  # fmt: skip
ACCEPTED = [
    "korrekt hast batteri haftapparat", "fyra ord som inte hor ihop", "tegel-vindruva-sextant-moln",
    "Vq7#mZ2!rT9wXb", "en katt i varje hiss pa torsdagar", "x" * 3 + "yrsel pa rullande sten " * 4,
]  # fmt: skip


@pytest.fixture
def lina(cast: Cast) -> User:
    return cast.employee


@pytest.mark.parametrize("password", REFUSED)
def test_a_known_or_personal_password_is_refused(lina: User, password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password, lina)


@pytest.mark.parametrize("password", ACCEPTED)
def test_a_password_of_ones_own_is_accepted(lina: User, password: str) -> None:
    validate_password(password, lina)


def test_eleven_characters_are_too_few(lina: User) -> None:
    with pytest.raises(ValidationError):
        validate_password("tegelvindru", lina)


def test_the_list_is_shipped_and_long() -> None:
    assert len(leaked()) > 50_000
