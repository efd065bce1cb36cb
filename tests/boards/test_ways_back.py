"""Where a door leads afterwards is an address of ours, whatever somebody has put into the link."""

from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from boards.models import User
from tests.conftest import Cast, signed_in

PASSWORD = "fyra ord som inte hor ihop"
HERE = "http://testserver"
ELSEWHERE = [
    "//evil.example", "/\\evil.example", "https:evil.example", "https://evil.example/", "http:///evil.example",
    "javascript:alert(1)", "\\\\evil.example", "///evil.example", "/\t/evil.example", "https://testserver@evil.example",
    "data:text/html,x", " //evil.example", "\t//evil.example", "http://testserver.evil.example",
    "//evil.example/min-sida/", "/\n/evil.example", "\x00//evil.example", "https:/evil.example", "evil.example",
    "ht\ntps://evil.example", "//testserver:80@evil.example", "my page", "9" * 30,
]  # fmt: skip


@pytest.fixture
def lina(cast: Cast) -> User:
    person = cast.employee
    person.set_password(PASSWORD)
    person.save()
    return person


def leads_to_us(location: str, door: str) -> bool:
    """As a browser reads it: backslashes are slashes, tabs and line ends are nothing."""
    read = location.replace("\\", "/").translate({9: None, 10: None, 13: None}).strip()
    there = urlsplit(urljoin(HERE + door, read))
    return f"{there.scheme}://{there.netloc}" == HERE and ".example" not in there.netloc


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_sign_in_leads_nowhere_but_here(lina: User, wanted: str) -> None:
    door = reverse("account_login")
    answer = Client().post(door, {"login": lina.email, "password": PASSWORD, "next": wanted})
    assert answer.status_code == 302
    assert leads_to_us(answer["Location"], door)


@pytest.mark.parametrize("wanted", ELSEWHERE)
@pytest.mark.parametrize("door", ["/sprak/", "/konto/logga-ut/"])
def test_neither_does_the_language_switch_nor_signing_out(lina: User, door: str, wanted: str) -> None:
    answer = signed_in(lina).post(door, {"language": "en", "next": wanted})
    assert answer["Location"] == "/"


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_nor_does_showing_who_one_is_once_more(lina: User, wanted: str) -> None:
    door = reverse("account_reauthenticate")
    answer = signed_in(lina).post(door, {"password": PASSWORD, "next": wanted})
    assert answer.status_code == 302
    assert leads_to_us(answer["Location"], door)


@pytest.mark.parametrize("wanted", ["/namnder/?ordning=namn", "/min-sida/"])
@pytest.mark.parametrize("door", ["/sprak/", "/konto/logga-ut/"])
def test_an_address_of_ours_is_where_one_is_led(lina: User, door: str, wanted: str) -> None:
    assert signed_in(lina).post(door, {"language": "en", "next": wanted})["Location"] == wanted
