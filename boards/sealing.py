"""Seals what the database must not show: AES-256-GCM, the key's name in front and the purpose bound in.

FIELD_KEYS holds `name:key` pairs, the one in use first. Without it a key is derived from Django's secret key,
and the fallbacks of that one still open what was sealed before.
"""

import base64
import hashlib
import secrets
from collections.abc import Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

DERIVED = "derived"
NONCE = 12


class BrokenSealError(ValueError):
    """Sealed with another key, for another purpose, or changed since."""


def keys() -> Iterator[tuple[str, bytes]]:
    for pair in settings.FIELD_KEYS:
        name, _colon, key = pair.partition(":")
        yield name, base64.urlsafe_b64decode(key + "=" * (-len(key) % 4))
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        yield DERIVED, hashlib.sha256(b"boards.sealing\0" + secret.encode()).digest()


def name_in_use() -> str:
    return next(keys())[0]


def is_up_to_date(sealed: str) -> bool:
    return sealed.startswith(f"{name_in_use()}.")


def seal(text: str, purpose: str) -> str:
    name, key = next(keys())
    return f"{name}.{seal_with(key, text, purpose)}"


def unseal(sealed: str, purpose: str) -> str:
    name, _dot, body = sealed.partition(".")
    for known, key in keys():
        if known == name:
            try:
                return unseal_with(key, body, purpose)
            except BrokenSealError:
                continue
    raise BrokenSealError(purpose)


def seal_with(key: bytes, text: str, purpose: str) -> str:
    nonce = secrets.token_bytes(NONCE)
    return base64.urlsafe_b64encode(
        nonce + AESGCM(key).encrypt(nonce, text.encode(), purpose.encode())
    ).decode()


def unseal_with(key: bytes, body: str, purpose: str) -> str:
    try:
        raw = base64.urlsafe_b64decode(body)
        return AESGCM(key).decrypt(raw[:NONCE], raw[NONCE:], purpose.encode()).decode()
    except (InvalidTag, ValueError) as error:
        raise BrokenSealError(purpose) from error
