"""The city's single sign-on: OIDC against a real provider process, SAML against statements signed here."""

import base64
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import reverse

from boards.accounts import identity_providers
from boards.models import Event, Unit, User
from tests.boards.identity_provider import ENTITY, SIGN_ON, SamlProvider
from tests.boards.test_sign_in import is_in
from tests.conftest import Cast

HOST = "testserver"


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(150):
            try:
                requests.get(f"{address}/.well-known/openid-configuration", timeout=2)
                break
            except requests.ConnectionError:
                time.sleep(0.2)
        yield address
    finally:
        process.terminate()
        process.wait(10)


def application(address: str, name: str = "staden", **own: Any) -> dict[str, Any]:
    settings = {"server_url": address, **own}
    return {
        "provider_id": name,
        "name": name.title(),
        "client_id": "us",
        "secret": "shh",
        "settings": settings,
    }


def use(settings: Any, **providers: Any) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = identity_providers.apps(providers)


def sign_on(address: str, sub: str, at: str = "staden", **claims: Any) -> tuple[Client, Any]:
    """The whole code flow: our page, the provider's form, and back to us with a code."""
    requests.put(f"{address}/users/{sub}", json=claims, timeout=10).raise_for_status()
    client = Client()
    question = client.post(reverse("openid_connect_login", args=[at]))
    assert question.status_code == 302
    assert question["Location"].startswith(address)
    consent = requests.post(question["Location"], data={"sub": sub}, allow_redirects=False, timeout=10)
    back = consent.headers["Location"]
    assert back.startswith(f"http://{HOST}{reverse('openid_connect_callback', args=[at])}")
    return client, client.get(back.removeprefix(f"http://{HOST}"))


LINA = {"email": "lina.ny@example.org", "name": "Lina Ny", "email_verified": True}


def test_an_employee_appears_at_the_first_sign_on_without_approval(
    cast: Cast, provider: str, settings: Any
) -> None:
    use(settings, oidc=[application(provider)])
    client, answer = sign_on(provider, "lina", **LINA)
    assert answer["Location"] == reverse("my_page")
    assert is_in(client)
    lina = User.objects.get(email="lina.ny@example.org")
    assert lina.name == "Lina Ny"
    assert not lina.has_usable_password()
    assert not lina.office_holdings.exists()
    assert Event.objects.filter(verb="account.appeared", object_id=str(lina.pk)).count() == 1


def test_the_second_time_it_is_the_same_person(cast: Cast, provider: str, settings: Any) -> None:
    use(settings, oidc=[application(provider)])
    sign_on(provider, "lina", **LINA)
    sign_on(provider, "lina", **LINA)
    assert User.objects.filter(email="lina.ny@example.org").count() == 1


def test_claims_are_read_by_the_names_of_the_settings(cast: Cast, provider: str, settings: Any) -> None:
    unit = Unit.objects.create(board=cast.bromma, name="Stab", directory_id="u17")
    names = {"mail": "upn", "name": "displayName", "directory_id": "employeeNumber", "unit": "department"}
    use(settings, oidc=[application(provider, claims=names)])
    sign_on(
        provider,
        "lina",
        upn="lina@example.org",
        displayName="Lina L",
        employeeNumber="4711",
        department="u17",
    )
    lina = User.objects.get(directory_id="4711")
    assert (lina.email, lina.name, lina.unit) == ("lina@example.org", "Lina L", unit)


def test_somebody_in_the_directory_is_known_by_its_id(cast: Cast, provider: str, settings: Any) -> None:
    karin = cast.coordinator
    User.objects.filter(pk=karin.pk).update(directory_id="karin")
    use(settings, oidc=[application(provider, claims={"directory_id": "sub"})])
    client, _answer = sign_on(provider, "karin", email="another@example.org")
    assert client.session["_auth_user_id"] == str(karin.pk)


@pytest.mark.parametrize("trusted", [True, False])
def test_a_mail_address_is_believed_only_from_a_trusted_provider(
    cast: Cast, provider: str, settings: Any, trusted: bool
) -> None:
    karin = cast.coordinator
    use(settings, oidc=[application(provider, trusted_for_mail=trusted)])
    client, answer = sign_on(provider, f"somebody-{trusted}", email=karin.email)
    assert is_in(client) is trusted
    if not trusted:
        assert answer["Location"] == reverse("socialaccount_login_error")
        assert User.objects.filter(email=karin.email).count() == 1


def test_a_mail_address_does_not_outweigh_another_directory_id(
    cast: Cast, provider: str, settings: Any
) -> None:
    karin = cast.coordinator
    User.objects.filter(pk=karin.pk).update(directory_id="karin")
    use(settings, oidc=[application(provider, trusted_for_mail=True, claims={"directory_id": "sub"})])
    client, _answer = sign_on(provider, "somebody-else", email=karin.email)
    assert not is_in(client)


def test_a_leaver_is_refused(cast: Cast, provider: str, settings: Any) -> None:
    use(settings, oidc=[application(provider)])
    sign_on(provider, "lina", **LINA)
    User.objects.get(email="lina.ny@example.org").deactivate(by=None)
    client, answer = sign_on(provider, "lina", **LINA)
    assert answer["Location"] == reverse("account_inactive")
    assert not is_in(client)


def test_without_a_mail_address_nobody_appears(cast: Cast, provider: str, settings: Any) -> None:
    use(settings, oidc=[application(provider)])
    _client, answer = sign_on(provider, "nameless", name="No Mail", email="")
    assert answer["Location"] == reverse("socialaccount_login_error")


def coordinator_known_as(cast: Cast, sub: str) -> User:
    karin = cast.coordinator
    User.objects.filter(pk=karin.pk).update(directory_id=sub)
    return karin


RULE = {"second_factor": {"claim": "amr", "values": ["mfa"]}, "claims": {"directory_id": "sub"}}


def test_a_second_factor_at_the_provider_counts_where_the_settings_say_so(
    cast: Cast, provider: str, settings: Any
) -> None:
    coordinator_known_as(cast, "karin-mfa")
    use(settings, oidc=[application(provider, **RULE)])
    client, _answer = sign_on(provider, "karin-mfa", email="k@example.org", amr=["pwd", "mfa"])
    assert client.get(reverse("profile")).status_code == 200


@pytest.mark.parametrize(("rule", "amr"), [(RULE, ["pwd"]), ({"claims": {"directory_id": "sub"}}, ["mfa"])])
def test_without_the_claim_or_the_trust_our_own_is_asked_for(
    cast: Cast, provider: str, settings: Any, rule: Any, amr: list[str]
) -> None:
    coordinator_known_as(cast, "karin-pwd")
    use(settings, oidc=[application(provider, **rule)])
    client, _answer = sign_on(provider, "karin-pwd", email="k@example.org", amr=amr)
    assert client.get(reverse("profile"))["Location"] == reverse("mfa_index")


def test_who_has_set_up_our_own_is_asked_for_it_after_the_provider(
    cast: Cast, provider: str, settings: Any
) -> None:
    karin = coordinator_known_as(cast, "karin-totp")
    TOTP.activate(karin, generate_totp_secret())
    use(settings, oidc=[application(provider, **RULE)])
    client, answer = sign_on(provider, "karin-totp", email="k@example.org", amr=["pwd"])
    assert answer["Location"] == reverse("mfa_authenticate")
    assert not is_in(client)


def test_several_providers_stand_side_by_side(cast: Cast, provider: str, settings: Any) -> None:
    use(
        settings,
        oidc=[application(provider), application(provider, "bolagen")],
        saml=[SamlProvider().application()],
    )
    page = Client().get(reverse("account_login")).content.decode()
    assert page.count("/konto/sso/") == 3
    sign_on(provider, "lina", **LINA)
    client, _answer = sign_on(provider, "elin", "bolagen", email="elin@bolag.example.org", name="Elin")
    assert is_in(client)
    assert Client().post(reverse("openid_connect_login", args=["okand"])).status_code == 404


def test_an_answer_that_nobody_asked_for_is_refused(cast: Cast, provider: str, settings: Any) -> None:
    use(settings, oidc=[application(provider)])
    client = Client()
    answer = client.get(reverse("openid_connect_callback", args=["staden"]), {"code": "x", "state": "forged"})
    assert not is_in(client)
    assert answer.status_code in (200, 302, 401)


def test_a_get_starts_no_sign_on(cast: Cast, provider: str, settings: Any) -> None:
    use(settings, oidc=[application(provider)])
    assert Client().get(reverse("openid_connect_login", args=["staden"])).status_code == 200


def test_the_content_policy_names_where_signing_in_leads() -> None:
    providers = {
        "oidc": [application("https://login.example.org/tenant/v2.0", origins=["https://mfa.example.org/x"])],
        "saml": [SamlProvider().application()],
    }
    assert identity_providers.origins(providers) == [
        "https://idp.example.org",
        "https://login.example.org",
        "https://mfa.example.org",
    ]
    assert identity_providers.origins({}) == []


# SAML

WHO = {"employee": "4711", "mail": "sara.saml@example.org", "name": "Sara Saml"}
NAMES = {"claims": {"mail": "mail", "name": "name", "directory_id": "employee"}}


@pytest.fixture
def saml(settings: Any) -> SamlProvider:
    found = SamlProvider()
    settings.ALLOWED_HOSTS = [CITY]
    use(settings, saml=[found.application(**NAMES)])
    return found


def ask(client: Client) -> str:
    answer = client.post(reverse("saml_login", args=["staden"]))
    assert answer["Location"].startswith(SIGN_ON)
    return str(answer["Location"])


def deliver(client: Client, statement: str) -> Any:
    """The provider's page posts it to us across sites; we take it up again in a request of our own."""
    posted = client.post(reverse("saml_acs", args=["staden"]), {"SAMLResponse": statement})
    return client.get(posted["Location"])


CITY = "sakerhet.example.org"
ADDRESS = f"http://{CITY}/konto/sso/saml/staden/svar/"


def browser() -> Client:
    return Client(headers={"Host": CITY})


def test_a_signed_statement_opens(cast: Cast, saml: SamlProvider) -> None:
    client = browser()
    answer = deliver(client, saml.answer(ask(client), ADDRESS, **WHO))
    assert answer["Location"] == reverse("my_page")
    assert is_in(client)
    sara = User.objects.get(directory_id="4711")
    assert (sara.email, sara.name) == ("sara.saml@example.org", "Sara Saml")


def refused(client: Client, statement: str) -> bool:
    answer = deliver(client, statement)
    return not is_in(client) and answer.status_code in (200, 401, 403)


def test_a_statement_that_was_changed_is_refused(cast: Cast, saml: SamlProvider) -> None:
    client = browser()
    statement = base64.b64decode(saml.answer(ask(client), ADDRESS, **WHO)).decode()
    forged = statement.replace("4711", "4712").replace("sara.saml@", "karin.ek@")
    assert refused(client, base64.b64encode(forged.encode()).decode())
    assert not User.objects.filter(directory_id="4712").exists()


def test_a_statement_without_a_signature_is_refused(cast: Cast, saml: SamlProvider) -> None:
    client = browser()
    assert refused(client, saml.answer(ask(client), ADDRESS, signed=False, **WHO))


def test_a_statement_signed_by_somebody_else_is_refused(cast: Cast, saml: SamlProvider) -> None:
    client = browser()
    assert refused(client, SamlProvider().answer(ask(client), ADDRESS, **WHO))


def test_a_statement_for_somebody_elses_question_is_refused(cast: Cast, saml: SamlProvider) -> None:
    other, client = browser(), browser()
    assert refused(client, saml.answer(ask(other), ADDRESS, **WHO))


def test_a_statement_is_good_once(cast: Cast, saml: SamlProvider) -> None:
    client = browser()
    statement = saml.answer(ask(client), ADDRESS, **WHO)
    deliver(client, statement)
    client.session.flush()
    assert refused(client, statement)


def test_a_statement_meant_for_another_site_is_refused(cast: Cast, saml: SamlProvider) -> None:
    client = browser()
    assert refused(client, saml.answer(ask(client), "https://elsewhere.example/acs/", **WHO))


def test_nonsense_is_refused(cast: Cast, saml: SamlProvider) -> None:
    client = browser()
    ask(client)
    assert refused(client, "not base64 at all")
    assert refused(client, base64.b64encode(b"<a/>").decode())


def test_our_metadata_say_who_we_are(cast: Cast, saml: SamlProvider) -> None:
    answer = browser().get(reverse("saml_metadata", args=["staden"]))
    assert answer["Content-Type"].startswith("text/xml")
    assert b"konto/sso/saml/staden/svar/" in answer.content
    assert ENTITY.encode() not in answer.content
