"""A lost phone: the second factor is taken away by two people, neither of whom is the one it is about."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from boards import outbox
from boards.models import Event, FactorReset, User
from tests.conftest import Cast, signed_in


def reset_by(client: Client, person: User) -> FactorReset:
    client.post(reverse("factor_reset_ask", args=[person.pk]), {"reason": "visade legitimation"})
    return FactorReset.objects.get(person=person)


@pytest.fixture
def lost(cast: Cast) -> User:
    karin = cast.coordinator
    karin.manager = cast.chief
    karin.save()
    TOTP.activate(karin, generate_totp_secret())
    return karin


def test_the_manager_asks_and_an_administrator_agrees(cast: Cast, lost: User) -> None:
    session = signed_in(lost)
    reset = reset_by(signed_in(cast.chief), lost)
    answer = signed_in(cast.administrator).post(
        reverse("factor_reset_decide", args=[reset.pk]), {"decision": "approve"}
    )
    assert answer.status_code == 302
    assert not Authenticator.objects.filter(user=lost).exists()
    assert session.get(reverse("profile")).status_code == 302, "all sessions end"
    outbox.post_due()
    assert mail.outbox[-1].to == [lost.email]
    assert Event.objects.filter(verb="factor.reset", object_id=str(lost.pk)).count() == 1


def test_an_administrator_who_asked_cannot_also_agree(cast: Cast, lost: User) -> None:
    admin = signed_in(cast.administrator)
    reset = reset_by(admin, lost)
    admin.post(reverse("factor_reset_decide", args=[reset.pk]), {"decision": "approve"})
    assert Authenticator.objects.filter(user=lost).exists()


def test_nobody_asks_for_their_own(cast: Cast) -> None:
    admin = cast.administrator
    signed_in(admin).post(reverse("factor_reset_ask", args=[admin.pk]), {"reason": "jag ar jag"})
    assert not FactorReset.objects.exists()


def test_the_database_itself_demands_the_second_person(cast: Cast, lost: User) -> None:
    reset = FactorReset.ask(lost, by=cast.chief, reason="x")
    with pytest.raises(ValidationError):
        reset.approve(by=cast.chief)
    with pytest.raises(ValidationError):
        reset.approve(by=lost)


def test_somebody_elses_manager_finds_nobody(cast: Cast, lost: User) -> None:
    stranger = signed_in(cast.farsta_coordinator)
    assert stranger.get(reverse("factor_reset_ask", args=[lost.pk])).status_code == 404
    assert stranger.get(reverse("account_detail", args=[lost.pk])).status_code == 404


def test_a_request_is_decided_once(cast: Cast, lost: User) -> None:
    reset = FactorReset.ask(lost, by=cast.chief, reason="x")
    reset.refuse(by=cast.administrator)
    with pytest.raises(ValidationError):
        reset.approve(by=cast.administrator)


def test_an_administrator_has_no_way_to_set_a_password(cast: Cast, lost: User) -> None:
    page = signed_in(cast.administrator).get(reverse("account_detail", args=[lost.pk])).content.decode()
    assert 'type="password"' not in page
