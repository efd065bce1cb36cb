"""Who is told when an analysis takes a step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from boards import notices

if TYPE_CHECKING:
    from .models import Rsa

WRITES, DECIDES, REGISTERS = "edit_protected", "approve", "register"
TOLD = {
    "hos_chef": ("rsa_with_chief", (DECIDES,)),
    "utkast": ("rsa_given_back", (WRITES,)),
    "faststalld": ("rsa_fixed", (WRITES,)),
    "inlamnad": ("rsa_to_register", (REGISTERS,)),
    "kompletteras": ("rsa_answered", (WRITES, DECIDES)),
    "godkand": ("rsa_answered", (WRITES, DECIDES)),
}


def tell(rsa: Rsa, after: str, by: Any) -> None:
    """Everybody at the organisation whose turn it is, but for the one who took the step."""
    if after not in TOLD:
        return
    kind, words = TOLD[after]
    people = {person for word in words for person in notices.those_who(word, rsa.board)} - {by}
    notices.give(kind, people, about=rsa, link=rsa.get_absolute_url(), board=rsa.board)
