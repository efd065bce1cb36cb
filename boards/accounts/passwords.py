"""A password that has leaked somewhere, or is a leaked one dressed up, is not accepted."""

import gzip
import re
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..models import City

LEAKED = Path(__file__).parents[1] / "reference" / "leaked_passwords.txt.gz"
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


def letters_of(password: str) -> str:
    """Without the digits and signs around it, in plain letters."""
    bare = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", password.casefold())
    return re.sub(r"[^a-z]", "", bare.translate(LEET))


def undressed(password: str) -> str:
    """The word inside, said once: P@ssw0rd2026! is password, and so is passwordpassword."""
    return said_once(letters_of(password))


def said_once(text: str) -> str:
    whole = REPEATED.fullmatch(text)
    return whole[1] if whole else text


def is_known(password: str, personal: frozenset[str] = frozenset()) -> bool:
    given = password.casefold().strip()
    if given in leaked() or said_once(given) in leaked() or len(set(given)) < FEWEST_SIGNS:
        return True
    word, dress = undressed(given), len(given) - len(letters_of(given))
    return dress <= DRESS and (word in leaked_words() or word in personal)


class BreachedPassword:
    def validate(self, password: str, user: Any = None) -> None:
        if is_known(password, self.personal_words(user)):
            raise ValidationError(self.get_error_message(), code="breached")

    def personal_words(self, user: Any) -> frozenset[str]:
        """Of the city, the name and the mail address: each word, and all of them together."""
        texts = [
            City.objects.here().name,
            getattr(user, "name", ""),
            getattr(user, "email", "").partition("@")[0],
        ]
        parts = [part for text in texts for part in (text, *re.split(r"[^\wåäöÅÄÖ]+", text or ""))]
        return frozenset(word for part in parts if len(word := undressed(part)) >= 3)

    def get_error_message(self) -> str:
        return _(
            "This password is known from a leak. Choose another, for example four words that do not belong together."
        )

    def get_help_text(self) -> str:
        return _("At least 12 characters. Four words that do not belong together are easy to remember.")
