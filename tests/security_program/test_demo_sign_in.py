"""One press makes you somebody in the demo city: only there, and only from the machine itself."""

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from boards.models import User
from security_program.demo.roles import ROLES
from tests.conftest import Cast


@pytest.fixture
def somebody(cast: Cast) -> User:
    role = ROLES[0]
    person = User.objects.create_user(role.email, role.name)
    cast.holder("Karin Ek", "sakerhetssamordnare", cast.bromma)
    return person


def press(client: Client, person: User, **extra: Any) -> Any:
    return client.post(reverse("demo_sign_in"), {"person": person.pk}, **extra)


def test_one_press_signs_in_with_a_second_factor_done(somebody: User) -> None:
    client = Client()
    assert press(client, somebody).status_code == 302
    assert client.get(reverse("profile")).status_code == 200
    assert client.session["account_authentication_methods"][0]["type"] == "demo"


def test_the_next_press_makes_one_somebody_else(somebody: User) -> None:
    other = User.objects.create_user(ROLES[1].email, ROLES[1].name)
    client = Client()
    press(client, somebody)
    press(client, other)
    assert client.session["_auth_user_id"] == str(other.pk)


def test_the_page_has_a_button_for_each_role(somebody: User) -> None:
    page = Client().get(reverse("account_login")).content.decode()
    assert f'name="person" value="{somebody.pk}"' in page


@pytest.mark.parametrize(
    "extra",
    [{"REMOTE_ADDR": "192.0.2.7"}, {"REMOTE_ADDR": ""}, {"headers": {"X-Forwarded-For": "127.0.0.1"}}],
)
def test_from_elsewhere_there_is_no_such_page(somebody: User, extra: Any) -> None:
    client = Client()
    assert press(client, somebody, **extra).status_code == 404
    assert 'name="person"' not in client.get(reverse("account_login"), **extra).content.decode()


def test_outside_the_demo_there_is_no_such_page(somebody: User, settings: Any, capsys: Any) -> None:
    settings.DEMO = False
    assert press(Client(), somebody).status_code == 404
    assert "demo" not in Client().get(reverse("account_login")).content.decode()
    call_command("demo_accounts")
    assert capsys.readouterr().out == ""


def test_nobody_but_the_demos_own_people_can_be_chosen(somebody: User, cast: Cast) -> None:
    assert press(Client(), cast.administrator).status_code == 404


def test_it_takes_a_post_with_the_forms_token(somebody: User) -> None:
    assert Client().get(reverse("demo_sign_in")).status_code == 405
    assert press(Client(enforce_csrf_checks=True), somebody).status_code == 403


def test_the_accounts_are_printed(somebody: User, capsys: Any) -> None:
    call_command("demo_accounts")
    assert somebody.name in capsys.readouterr().out
