"""An account becomes somebody's by a one-time link; nobody sets a password for somebody else."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from boards import outbox, register
from boards.accounts import invitations
from boards.models import Event, Invitation, OfficeHolder, User
from tests.boards.moment import later
from tests.boards.test_sign_in import PASSWORD, sign_in
from tests.conftest import Cast, signed_in

NEW = {"name": "Ny Person", "password1": PASSWORD}


@pytest.fixture
def link(cast: Cast) -> str:
    return invitations.invite("ny@example.org", "Ny", by=cast.administrator).removeprefix(settings.PUBLIC_URL)


def test_the_link_leads_to_a_clean_address_and_makes_the_account(link: str) -> None:
    client = Client()
    assert client.get(link)["Location"] == reverse("invitation")
    assert client.post(reverse("invitation"), NEW)["Location"] == reverse("account_login")
    person = User.objects.get(email="ny@example.org")
    assert person.name == "Ny Person"
    assert sign_in(client, person.email).status_code == 302
    assert Event.objects.filter(verb="invitation.accepted").count() == 1


def test_it_works_once(link: str) -> None:
    first, second = Client(), Client()
    first.get(link)
    second.get(link)
    first.post(reverse("invitation"), NEW)
    late = second.post(reverse("invitation"), {**NEW, "password1": "helt andra ord an forr"})
    assert late.status_code == 410
    assert sign_in(Client(), "ny@example.org", "helt andra ord an forr").status_code == 200


def test_opening_it_uses_nothing_up(link: str) -> None:
    for _ in range(3):
        Client().get(link, follow=True)
    assert Invitation.objects.get().used_at is None


def test_after_a_week_it_is_over(link: str, monkeypatch: Any) -> None:
    later(monkeypatch, days=7, minutes=1)
    assert Client().get(link, follow=True).status_code == 410


def test_the_token_is_not_in_the_database(link: str) -> None:
    token = link.strip("/").rpartition("/")[2]
    assert len(token) >= 43, "256 bits"
    assert token not in Invitation.objects.get().token_hash


def test_a_new_invitation_replaces_the_earlier_one(link: str, cast: Cast) -> None:
    invitations.invite("ny@example.org", "Ny", by=cast.administrator)
    assert Client().get(link, follow=True).status_code == 410


def test_a_leaked_password_is_refused_here_too(link: str) -> None:
    client = Client()
    client.get(link)
    answer = client.post(reverse("invitation"), {**NEW, "password1": "Password123456"})
    assert answer.status_code == 200
    assert "läcka" in answer.content.decode()


def test_somebody_who_has_a_password_is_not_invited_again(cast: Cast) -> None:
    cast.person("Lina Fors").change_password(PASSWORD)
    with pytest.raises(ValidationError):
        invitations.invite("lina.fors@example.org", "Lina", by=cast.administrator)


def test_an_administrator_invites_by_mail(cast: Cast) -> None:
    answer = signed_in(cast.administrator).post(
        reverse("account_invite"), {"email": "ny@example.org", "name": "Ny Person"}
    )
    assert answer.status_code == 302
    outbox.post_due()
    assert mail.outbox[0].to == ["ny@example.org"]
    assert re.search(r"/konto/inbjudan/\S{43}/", mail.outbox[0].body)


def test_nobody_else_does(cast: Cast) -> None:
    for person in (cast.employee, cast.coordinator, cast.chief, cast.case_officer):
        assert signed_in(person).post(reverse("account_invite"), {}).status_code == 403
        assert signed_in(person).get(reverse("account_list")).status_code == 403


# The first two administrators


@pytest.fixture
def empty(db: None) -> None:
    register.apply_office_types(register.read("offices"))


def printed(capsys: Any, *emails: str) -> str:
    call_command("invite_administrators", *emails)
    return capsys.readouterr().out


def test_an_empty_installation_gets_two_administrators_by_links(empty: None, capsys: Any) -> None:
    links = re.findall(r"http\S+/konto/inbjudan/\S+", printed(capsys, "a@example.org", "b@example.org"))
    assert len(links) == 2
    held = OfficeHolder.objects.confirmed().filter(office__type__code="systemforvaltare")
    assert {h.person.email: h.confirmed_by.email for h in held} == {
        "a@example.org": "b@example.org",
        "b@example.org": "a@example.org",
    }
    client = Client()
    client.get(links[0].removeprefix(settings.PUBLIC_URL))
    client.post(reverse("invitation"), NEW)
    sign_in(client, "a@example.org")
    assert client.get(reverse("profile"))["Location"] == reverse("mfa_index"), (
        "and first of all a second factor"
    )
    assert User.objects.get(email="a@example.org").has_perm("manage_accounts")


def test_the_command_without_addresses_works_for_a_first_look(empty: None, capsys: Any) -> None:
    assert printed(capsys).count("/konto/inbjudan/") == 2


def test_a_second_time_it_prints_no_links(empty: None, capsys: Any) -> None:
    printed(capsys, "a@example.org", "b@example.org")
    assert "/konto/inbjudan/" not in printed(capsys, "c@example.org", "d@example.org")
    assert not User.objects.filter(email="c@example.org").exists()


def test_links_that_are_not_used_are_made_anew_and_the_old_ones_end(empty: None, capsys: Any) -> None:
    old = re.findall(r"http\S+/konto/inbjudan/\S+", printed(capsys, "a@example.org", "b@example.org"))
    client = Client()
    client.get(old[0].removeprefix(settings.PUBLIC_URL))
    client.post(reverse("invitation"), NEW)
    told = printed(capsys, "a@example.org", "b@example.org")
    assert "--renew" in told
    assert "b@example.org" in told
    assert "a@example.org" not in told, "who has an account needs no link"
    (new,) = re.findall(r"http\S+/konto/inbjudan/(\S+)/", printed(capsys, "--renew"))
    assert invitations.find(new).person.email == "b@example.org"
    assert invitations.find(old[1].rstrip("/").rsplit("/", 1)[1]) is None


def test_one_person_cannot_be_both(empty: None) -> None:
    with pytest.raises(CommandError):
        call_command("invite_administrators", "a@example.org", "A@example.org")
