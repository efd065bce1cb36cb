"""What a person in the generated town has of their own: a deputy, a passkey, sessions, a lost phone."""

import hashlib
import time
from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.mfa.webauthn.internal.auth import WebAuthn
from allauth.usersessions.models import UserSession
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.core import signing
from django.test import Client
from django.utils import timezone
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

from boards.accounts import invitation_views, invitations
from boards.accounts import views as account_views
from boards.days import today
from boards.models import ApiToken, Draft, FactorReset, Job, Office, StandIn, StandInOffice, User

SIGNED_IN = [{"method": "password"}, {"method": "mfa", "type": "totp"}]


def furnish(person: User, deputy: User) -> dict[str, Any]:
    return {
        "stand_in": stand_in(person, deputy),
        "passkey": passkey(person),
        "session": session(person),
        "reset": reset(person, asked_by=deputy),
        "job": failed_job(person),
        "token": token(person),
        "draft": draft(person, "/profil/ersattare/"),
        "discarded": draft(person, "/profil/", discarded=True),
    }


def stand_in(person: User, deputy: User) -> StandIn:
    next_week = today() + timedelta(days=7)
    return person.stand_ins.first() or person.stand_ins.create(
        deputy=deputy, valid_from=next_week, valid_to=next_week
    )


def acting(person: User, deputy: User, office: Office) -> StandInOffice:
    """A deputy who waits for a second person's approval at the board."""
    return StandInOffice.objects.create(stand_in=stand_in(person, deputy), office=office)


def passkey(person: User) -> Authenticator:
    keys = Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN)
    return keys.first() or WebAuthn.add(person, "Epsilon", credential(person)).instance


def credential(person: User) -> dict[str, Any]:
    """What a browser would have sent when the passkey was made."""
    public_key = ES256.from_cryptography_key(ec.derive_private_key(1, ec.SECP256R1()).public_key())
    key_id = person.pk.to_bytes(16, "big")
    attested = AttestedCredentialData.create(bytes(16), key_id, public_key)
    rp_hash = hashlib.sha256(b"testserver").digest()
    said = AuthenticatorData.create(rp_hash, AuthenticatorData.FLAG.AT, 0, attested)
    data = CollectedClientData.create("webauthn.create", b"challenge", "http://testserver")
    answer = {
        "clientDataJSON": data.b64,
        "attestationObject": websafe_encode(AttestationObject.create("none", said, {})),
    }
    return {
        "id": websafe_encode(key_id),
        "rawId": websafe_encode(key_id),
        "type": "public-key",
        "response": answer,
        "clientExtensionResults": {"credProps": {"rk": True}},
    }


def session(person: User) -> UserSession:
    key = f"elsewhere{person.pk}"
    found, _made = UserSession.objects.get_or_create(
        session_key=key, defaults={"user": person, "ip": "127.0.0.1", "user_agent": "Another browser"}
    )
    return found


def reset(person: User, asked_by: User) -> FactorReset:
    waiting = FactorReset.objects.filter(person=person).first()
    return waiting or FactorReset.objects.create(person=person, asked_by=asked_by, reason="Delta")


def failed_job(person: User) -> Job:
    """Fails anew each time it is asked for, so that it can be retried again and again."""
    job = Job.objects.ask("directory", key=f"directory of {person.pk}", by=person)
    Job.objects.filter(pk=job.pk).update(state=Job.State.FAILED, reason="missing", step="read", attempt=1)
    return job


def token(person: User) -> ApiToken:
    digest = hashlib.sha256(f"token of {person.pk}".encode()).hexdigest()
    facts = {"name": "Zeta", "valid_to": today(), "session_epoch": 0, "ended_offices": 0, "person": person}
    return ApiToken.objects.get_or_create(token_hash=digest, defaults=facts)[0]


def draft(person: User, path: str, *, discarded: bool = False) -> Draft:
    facts = {"sealed": Draft.seal(path, "Eta", {"note": ["Theta"]})}
    if discarded:
        facts |= {"discarded_at": timezone.now(), "discarded_by": person}
    return Draft.with_discarded.get_or_create(person=person, path=path, defaults=facts)[0]


def phone_and_codes(person: User) -> None:
    """A phone app and recovery codes, for the pages that ask for them."""
    if not Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists():
        TOTP.activate(person, generate_totp_secret())
        RecoveryCodes.activate(person)


def just_signed_in(client: Client, person: User, *, factors: int) -> None:
    """So recently that no page asks anew; with one factor or with both."""
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    methods = [{**way, "at": time.time(), "reauthenticated": True} for way in SIGNED_IN[:factors]]
    link = signing.dumps([person.pk, person.email, "new@example.org"], salt=account_views.EMAIL_LINK)
    remember(
        client,
        account_authentication_methods=methods,
        account_authentication_methods_user=str(person.pk),
        **{account_views.EMAIL_LINK: link},
    )


def has_opened_an_invitation(client: Client) -> None:
    link = invitations.invite("invited@example.org", "Ida Ny", by=None)
    remember(client, **{invitation_views.TOKEN: link.rstrip("/").rsplit("/", 1)[1]})


def remember(client: Client, **facts: Any) -> None:
    session = client.session
    session.update(facts)
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
