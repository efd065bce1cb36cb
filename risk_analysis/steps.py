"""Which steps an analysis may take now, and which of them this person may take; the verbs on the model judge."""

from typing import Any

from boards.access import may

from .models import Rsa

State = Rsa.State
# The route, the right at the board, and the states it goes from.
STEPS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("rsa_to_chief", "edit_protected", (State.DRAFT,)),
    ("rsa_submitted", "edit_protected", (State.FIXED,)),
    ("rsa_submitted", "approve", (State.FIXED,)),
    ("rsa_recalled", "edit_protected", (State.SUBMITTED, State.REVIEWED, State.APPROVED)),
    ("rsa_noted", "edit_protected", (State.FIXED, *Rsa.SUBMITTED)),
    ("rsa_numbered", "register", Rsa.SUBMITTED),
)


def open_steps(rsa: Rsa, user: Any) -> set[str]:
    found = {name for name, word, states in STEPS if rsa.state in states and may(user, word, rsa.board)}
    if rsa.state == State.WITH_CHIEF and rsa.may_be_fixed_by(user):
        found |= {"rsa_fixed", "rsa_given_back"}
    if rsa.state == State.FIXED and rsa.may_be_fixed_by(user):
        found |= {"rsa_given_back"}
    return found
