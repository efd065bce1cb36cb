"""Markings of protective security: what carries one is never stored, whatever door it came by.

A marking is how a classified document looks, not a word of the language: levels in capitals, a level after
"säkerhetsskyddsklass:", a level alone on its line, a secrecy stamp, the number of a secret diary. That
something is "hemlig" or "konfidentiell" in an ordinary sentence is nobody's marking.
"""

import re
import unicodedata
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from . import logs

LEVEL = r"(?:kvalificera[dt]\s+hemlig|begränsa[dt]\s+hemlig|hemlig|konfidentiell)"
CAPITALS = (
    r"\b(?:KVALIFICERA[DT]\s+HEMLIG|BEGRÄNSA[DT]\s+HEMLIG|HEMLIG|KONFIDENTIELL)\b",
    r"\bH\s?E\s?M\s?L\s?I\s?G\b",
    r"\bSÄKERHETSSKYDDSKLASSIFICERA(?:D|T|DE)\b",
    r"\b(?:COSMIC\s+)?TOP\s+SECRET\b|\b(?:NATO|EU|UE)\s+(?:SECRET|CONFIDENTIAL|RESTRICTED)\b",
    r"\bRESTREINT\s+UE\b|\bCONFIDENTIEL\s+UE\b|\bSECRET\s+UE\b",
)
ANY_CASE = (
    rf"\bsäkerhetsskyddsklass(?:en|ificerad|ificering)?\s*[:=–-]\s*{LEVEL}\b",
    rf"^\W*(?:{LEVEL}|säkerhetsskyddsklassificera(?:d|t|de)(?:\s+(?:handling|uppgift|uppgifter))?)\W*$",
    rf"[(\[/]\s*{LEVEL}\s*[)\]/]",
    rf"\b(?:{LEVEL}|sekretess\w*)\s+enligt\s+15\s*(?:kap\.?|:)\s*[12]\b",
    # The secret diary keeps numbers of its own, with a letter before: H dnr 12/2026, KH-dnr 2026-7.
    r"\b(?:KH|BH|H|K|hemlig\w*)[ -]?(?:dnr|diarienr|diarienummer)\b[ .:]*[A-ZÅÄÖ]*[ -]?\d",
)
PATTERNS = [*(re.compile(each) for each in CAPITALS), *(re.compile(each, re.I | re.M) for each in ANY_CASE)]


def find(text: str) -> str:
    """The first marking in the text as it stands there; nothing when there is none."""
    plain = "".join(
        sign for sign in unicodedata.normalize("NFKC", text) if unicodedata.category(sign) != "Cf"
    )
    own = (re.compile(each) for each in settings.PROTECTED_DIARY_PATTERNS)
    found = (match for pattern in (*PATTERNS, *own) if (match := pattern.search(plain)))
    first = next(found, None)
    return " ".join(first.group().split()) if first else ""


def refuse(text: Any) -> None:
    """Stops a marked text before anything is stored; the message says whom to call."""
    if isinstance(text, str) and (marking := find(text)):
        logs.note("marking_stopped")
        raise ValidationError(message(marking), code="marking")


def message(marking: str) -> str:
    said = _(
        "The text looks like something that is classified under the Protective Security Act (“%(marking)s”). "
        "Nothing has been saved. Such information must not be written here: clear the field."
    ) % {"marking": marking}
    return f"{said} {_whom_to_call()}"


def _whom_to_call() -> str:
    city = apps.get_model("boards", "City").objects.here()
    if city.protective_security_phone:
        return _("Call the head of protective security: %(phone)s.") % {
            "phone": city.protective_security_phone
        }
    return _("Talk to the head of protective security in person.")
