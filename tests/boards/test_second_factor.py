"""Who holds an office that opens protected facts shows a second factor before anything else."""

import re
import time
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from boards import mandates, outbox, sealing, throttle
from boards.days import today
from boards.models import Event, StandIn, User
from tests.boards.test_sign_in import PASSWORD, is_in, sign_in
from tests.conftest import Cast, signed_in


def with_password(person: User) -> User:
    person.set_password(PASSWORD)
    person.save()
    return person


def one_factor(person: User) -> Client:
    client = Client()
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def code_now(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def steady() -> None:
    """Waits out the last moments of a half minute, or the code would change between making and showing it."""
    if time.time() % 30 > 27:
        time.sleep(30 - time.time() % 30)


@pytest.mark.parametrize(
    "role",
    ["coordinator", "chief", "case_officer", "security_chief", "protective_chief", "administrator", "duty_officer", "auditor"],
)  # fmt: skip
def test_these_offices_are_led_to_set_one_up(cast: Cast, role: str) -> None:
    client = one_factor(getattr(cast, role))
    for page in ("profile", "board_list"):
        assert client.get(reverse(page))["Location"] == reverse("mfa_index")
    answer = client.get("/api/v1/namnder/")
    assert answer.status_code == 403
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("role", ["employee", "member"])
def test_the_rest_are_not(cast: Cast, role: str) -> None:
    assert one_factor(getattr(cast, role)).get(reverse("profile")).status_code == 200


def test_the_table_of_offices_decides(cast: Cast) -> None:
    demanded = {code for code, mandate in mandates.TABLE.items() if mandate.needs_second_factor}
    assert {"sakerhetssamordnare", "forvaltningschef", "systemforvaltare"} <= demanded
    assert mandates.MEMBER not in demanded


def test_the_way_to_set_one_up_is_open(cast: Cast) -> None:
    client = one_factor(cast.coordinator)
    assert client.get(reverse("mfa_index")).status_code == 200
    assert client.get(reverse("account_logout")).status_code == 200
    assert client.get(reverse("set_language")).status_code == 200
    assert client.post(reverse("session_extend")).status_code == 204
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
    picture = client.get(reverse("totp_picture"))
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/svg+xml")


def test_who_stands_in_for_such_an_office_needs_one_on_those_days(cast: Cast) -> None:
    karin, lina = cast.coordinator, cast.employee
    stand_in = karin.let_stand_in(lina, valid_from=today(), valid_to=today())
    assert one_factor(lina).get(reverse("profile")).status_code == 200, "not before it is approved"
    stand_in.offices.get().approve(by=cast.chief)
    assert one_factor(lina).get(reverse("profile")).status_code == 302
    StandIn.objects.update(valid_from=today() + timedelta(days=1), valid_to=today() + timedelta(days=2))
    assert one_factor(lina).get(reverse("profile")).status_code == 200


def test_who_leads_a_unit_needs_one_without_the_office_of_manager(cast: Cast) -> None:
    lina = cast.employee
    assert one_factor(lina).get(reverse("profile")).status_code == 200
    cast.bromma.units.create(name="Hemtjänst", manager=lina)
    assert one_factor(lina).get(reverse("profile")).status_code == 302


def test_somebody_elses_proof_in_the_session_does_not_count(cast: Cast) -> None:
    client = signed_in(cast.coordinator)
    session = client.session
    session["account_authentication_methods_user"] = str(cast.chief.pk)
    session.save()
    assert client.get(reverse("profile")).status_code == 302


def set_up_app(client: Client) -> str:
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    key: str = re.search(r"<code[^>]*>((?:[A-Z2-7]{4} ?)+)</code>", page)[1]  # type: ignore[index]
    return key.replace(" ", "")


def test_from_password_to_app_to_the_page(cast: Cast) -> None:
    steady()
    karin, client = with_password(cast.coordinator), Client()
    sign_in(client, karin.email)
    secret = set_up_app(client)
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    assert client.get(answer["Location"]).content.count(b"<li><code") == 10
    assert client.get(reverse("profile")).status_code == 200
    assert Event.objects.filter(verb="factor.totp_added").count() == 1
    outbox.post_due()
    assert mail.outbox[-1].to == [karin.email]


def test_the_next_sign_in_asks_for_the_code_and_takes_each_code_once(cast: Cast) -> None:
    steady()
    karin, secret = with_password(cast.coordinator), generate_totp_secret()
    TOTP.activate(karin, secret)
    first, second = Client(), Client()
    assert sign_in(first, karin.email)["Location"] == reverse("mfa_authenticate")
    assert not is_in(first)
    code = code_now(secret)
    assert first.post(reverse("mfa_authenticate"), {"code": code}).status_code == 302
    assert is_in(first)
    sign_in(second, karin.email)
    cache.clear()
    answer = second.post(reverse("mfa_authenticate"), {"code": code})
    assert answer.status_code == 200, "the same code within the same half minute"
    assert not is_in(second)


def test_the_code_that_set_the_app_up_does_not_sign_in_as_well(cast: Cast) -> None:
    steady()
    karin, client, other = with_password(cast.coordinator), Client(), Client()
    sign_in(client, karin.email)
    code = code_now(set_up_app(client))
    client.post(reverse("mfa_activate_totp"), {"code": code})
    sign_in(other, karin.email)
    assert other.post(reverse("mfa_authenticate"), {"code": code}).status_code == 200


def test_a_wrong_code_is_an_event_and_many_are_slowed_down(cast: Cast) -> None:
    karin = with_password(cast.coordinator)
    TOTP.activate(karin, generate_totp_secret())
    answers = []
    for _ in range(throttle.ACCOUNT.free + 2):
        client = Client()
        sign_in(client, karin.email)
        answers.append(client.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code)
    assert answers[0] == 200
    assert answers[-1] == 429, "a right password in between forgives no wrong code"
    assert '"what":"totp"' in Event.objects.filter(verb="sign_in.refused").latest_first()[0].body


def test_a_recovery_code_works_once(cast: Cast) -> None:
    karin = with_password(cast.coordinator)
    TOTP.activate(karin, generate_totp_secret())
    code = RecoveryCodes.activate(karin).generate_codes()[0]
    for expected in (302, 200):
        client = Client()
        sign_in(client, karin.email)
        assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code == expected


def test_seeds_lie_sealed_in_the_database_and_in_the_session(cast: Cast) -> None:
    steady()
    karin, client = with_password(cast.coordinator), Client()
    sign_in(client, karin.email)
    secret = set_up_app(client)
    assert secret not in str(dict(client.session))
    client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})
    stored = str([factor.data for factor in Authenticator.objects.filter(user=karin)])
    assert secret not in stored
    assert "derived." in stored


def test_a_key_can_be_replaced_while_what_it_sealed_stays_readable(settings: Any) -> None:
    old = sealing.seal("seed", "purpose")
    settings.FIELD_KEYS = ["2026:" + "A" * 43]
    new = sealing.seal("seed", "purpose")
    assert new.startswith("2026.")
    assert [sealing.unseal(each, "purpose") for each in (old, new)] == ["seed", "seed"]
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another"
    assert sealing.unseal(old, "purpose") == "seed"


@pytest.mark.parametrize("spoil", [lambda s: s[:-6] + "AAAAA=", lambda s: "x" + s, lambda s: ""])
def test_what_was_changed_or_moved_does_not_open(spoil: Any) -> None:
    with pytest.raises(sealing.BrokenSealError):
        sealing.unseal(spoil(sealing.seal("seed", "purpose")), "purpose")
    with pytest.raises(sealing.BrokenSealError):
        sealing.unseal(sealing.seal("seed", "purpose"), "another purpose")


def test_the_last_factor_cannot_be_removed_while_an_office_demands_one(cast: Cast) -> None:
    karin = cast.coordinator
    TOTP.activate(karin, generate_totp_secret())
    client = signed_in(karin)
    session = client.session
    session["account_authentication_methods"][1].update(reauthenticated=True, at=time.time())
    session.save()
    assert client.post(reverse("mfa_deactivate_totp")).status_code == 200
    assert Authenticator.objects.filter(user=karin).exists()


def test_a_forgotten_password_does_not_remove_the_second_factor(cast: Cast) -> None:
    karin = with_password(cast.coordinator)
    TOTP.activate(karin, generate_totp_secret())
    karin.change_password("helt andra ord an forr")
    client = Client()
    assert sign_in(client, karin.email, "helt andra ord an forr")["Location"] == reverse("mfa_authenticate")


# A lost phone


def test_a_passkey_can_be_renamed_and_that_is_an_event(cast: Cast) -> None:
    lina = cast.employee
    data = {"name": "Min nyckel", "credential": {}}
    passkey = Authenticator.objects.create(user=lina, type="webauthn", data=data)
    client = signed_in(lina)
    session = client.session
    session["account_authentication_methods"][1].update(reauthenticated=True, at=time.time())
    session.save()
    answer = client.post(reverse("mfa_edit_webauthn", args=[passkey.pk]), {"name": "Jobbtelefonen"})
    assert answer.status_code == 302
    passkey.refresh_from_db()
    assert passkey.data["name"] == "Jobbtelefonen"
    assert Event.objects.filter(verb="factor.passkey_renamed").count() == 1
