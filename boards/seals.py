"""Sealing the log: what finds a tail that was cut off, or a log written anew from its first line.

The private key is a file that only the process that seals can read (SEAL_KEY_FILE). Whoever verifies needs the
public halves alone (SEAL_PUBLIC_KEY_FILES), of the key in use and of those before it.
"""

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils import timezone

from .models import Event, Seal, Stream


@transaction.atomic
def seal_now() -> Seal | None:
    """Seals all heads as they stand; nothing is written when nothing has happened since the last time."""
    former, heads = Seal.objects.latest_one(), heads_now()
    if not heads or (former and former.heads == heads):
        return None
    key, at, prev = private_key(), timezone.now(), former.digest if former else ""
    digest = digest_of(at.isoformat(), prev, heads)
    return Seal.objects.create(
        at=at,
        heads=heads,
        prev=prev,
        digest=digest,
        signature=key.sign(bytes.fromhex(digest)).hex(),
        key_id=key_id(key.public_key()),
    )


def heads_now() -> str:
    rows = Stream.objects.filter(seq__gt=0).order_by("name").values_list("name", "seq", "head")
    return "".join(f"{name} {seq} {head}\n" for name, seq, head in sorted(rows))


def digest_of(at: str, prev: str, heads: str) -> str:
    """Begins with another byte than an event's hash, so that one can never be passed off as the other."""
    return hashlib.sha256(f"\1{at}\0{prev}\0{heads}".encode()).hexdigest()


def first_fault() -> tuple[Seal, str] | None:
    """The first seal out of its chain or falsely signed, or what the last one sealed and is no longer so."""
    prev, last, keys = "", None, {key_id(key): key for key in public_keys()}
    for seal in Seal.objects.order_by("pk").iterator():
        if fault := _fault_of(seal, prev, keys):
            return seal, fault
        prev, last = seal.digest, seal
    # The chain binds every earlier event to the head, so the last seal's heads speak for all before it.
    for name in _streams_that_differ(last) if last else ():
        assert last
        return last, f"stream {name} is not what was sealed"
    return None


def _fault_of(seal: Seal, prev: str, keys: dict[str, Ed25519PublicKey]) -> str:
    if seal.prev != prev:
        return "the seal before it is gone"
    if seal.digest != digest_of(seal.at.isoformat(), seal.prev, seal.heads):
        return "the seal was altered"
    if seal.key_id not in keys:
        return "signed with a key that we do not know"
    try:
        keys[seal.key_id].verify(bytes.fromhex(seal.signature), bytes.fromhex(seal.digest))
    except (InvalidSignature, ValueError):
        return "the signature is false"
    return ""


def _streams_that_differ(seal: Seal) -> Iterator[str]:
    for name, (seq, head) in seal.sealed().items():
        if not Event.objects.filter(stream_id=name, seq=seq, hash=head).exists():
            yield name


# --- keys ---


def private_key() -> Ed25519PrivateKey:
    if not settings.SEAL_KEY_FILE:
        raise ImproperlyConfigured("SEAL_KEY_FILE names no key: nothing is sealed.")
    file = Path(settings.SEAL_KEY_FILE)
    if settings.DEMO and not file.exists():
        make_key(file)
    key = serialization.load_pem_private_key(file.read_bytes(), password=None)
    assert isinstance(key, Ed25519PrivateKey)
    return key


def make_key(file: Path) -> Ed25519PublicKey:
    """Writes a new key that only its owner can read; never over an old one."""
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(mode=0o600, exist_ok=False)
    file.write_bytes(pem)
    return key.public_key()


def public_pem(key: Ed25519PublicKey) -> str:
    return key.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    ).decode()


def public_keys() -> Iterator[Ed25519PublicKey]:
    for name in settings.SEAL_PUBLIC_KEY_FILES:
        yield _read_public(name)
    if settings.SEAL_KEY_FILE and Path(settings.SEAL_KEY_FILE).exists():
        yield private_key().public_key()


@cache
def _read_public(name: str) -> Ed25519PublicKey:
    key = serialization.load_pem_public_key(Path(name).read_bytes())
    assert isinstance(key, Ed25519PublicKey)
    return key


def key_id(key: Ed25519PublicKey) -> str:
    raw = key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return hashlib.sha256(raw).hexdigest()[:16]
