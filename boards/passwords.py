"""A password that has leaked somewhere, or is a leaked one dressed up, is not accepted."""

import gzip
import re
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .models import City

LEAKED = Path(__file__).parent / "reference" / "leaked_passwords.txt.gz"
LEET = str.maketrans("013457@$!åäöé", "oieastasiaaoe")
REPEATED = re.compile(r"(.+?)\1+")
FEWEST_SIGNS = 5
# A known word with at most this much beside it is that word in other clothes.
DRESS = 8


@cache
def leaked() -> frozenset[str]:
    own = gzip.decompress(LEAKED.read_bytes()).decode().splitlines()[1:]
    return frozenset(own) | CommonPasswordValidator().passwords


@cache
def leaked_words() -> frozenset[str]:
    """The listed words in plain letters, long enough to be what a password is built on."""
    return frozenset(plain for word in leaked() if len(plain := undressed(word)) >= 4)


def undressed(password: str) -> str:
    """Without the digits and signs around it, in plain letters, said once: P@ssw0rd2026! is password."""
    bare = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", password.casefold())
    plain = re.sub(r"[^a-z]", "", bare.translate(LEET))
    return said_once(plain)


def said_once(text: str) -> str:
    whole = REPEATED.fullmatch(text)
    return whole[1] if whole else text


def is_known(password: str, personal: frozenset[str] = frozenset()) -> bool:
    given = password.casefold().strip()
    once = said_once(given)
    if given in leaked() or once in leaked() or len(set(given)) < FEWEST_SIGNS:
        return True
    word = undressed(given)
    dressed = len(once) - len(word) <= DRESS or len(word) >= len(once) / 2
    return dressed and (word in leaked_words() or word in personal)


class BreachedPassword:
    def validate(self, password: str, user: Any = None) -> None:
        if is_known(password, self.personal_words(user)):
            raise ValidationError(self.get_error_message(), code="breached")

    def personal_words(self, user: Any) -> frozenset[str]:
        texts = [City.objects.here().name]
        if user is not None:
            texts += [getattr(user, "name", ""), getattr(user, "email", "")]
        parts = [undressed(part) for text in texts for part in re.split(r"[^\wåäöÅÄÖ]+", text or "")]
        return frozenset(part for part in parts if len(part) >= 3)

    def get_error_message(self) -> str:
        return _(
            "This password is known from a leak. Choose another, for example four words that do not belong together."
        )

    def get_help_text(self) -> str:
        return _("At least 12 characters. Four words that do not belong together are easy to remember.")
