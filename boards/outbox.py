"""Everything that leaves the house lies here first: a request never waits for a mail server, and none is lost
when it is down. A message to nobody is written as well, and thrown away by the worker, so that asking about an
unknown address costs exactly as much as about a known one.
"""

import json
import logging
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import transaction

from . import sealing
from .channels import MAIL, Channel, DownError, NotSentError, RefusedError, all_channels

if TYPE_CHECKING:
    from .models import Dispatch, User

log = logging.getLogger(__name__)

PURPOSE = "letter"
AT_A_TIME = 200


def _model(name: str) -> Any:
    return apps.get_model("boards", name)


@transaction.atomic
def write(
    kind: str,
    to: "User | None",
    *,
    address: str = "",
    channels: tuple[str, ...] = (MAIL,),
    key: str | None = None,
    **content: str,
) -> "Dispatch | None":
    """In the caller's transaction; None if something with that key is written already.

    `content` is subject and body, and for a text message text. With an address it goes there.
    """
    if key and _model("Dispatch").objects.filter(key=key).exists():
        return None
    where = {"to": address or (to.email if to else ""), "phone": to.phone if to else ""}
    sealed = sealing.seal(json.dumps({**where, **content}), PURPOSE)
    dispatch = _model("Dispatch").objects.create(
        person=to, kind=kind, key=key, channels=" ".join(channels), sealed=sealed
    )
    _model("Job").objects.ask("letters", key=f"letter:{dispatch.pk}")
    return dispatch


def post_due() -> int:
    """Sends what is due. A message whose sending failed stays and comes again; at worst it arrives twice."""
    ways = all_channels()
    try:
        return _post_due(ways)
    finally:
        for way in ways.values():
            way.close()


def _post_due(ways: dict[str, Channel]) -> int:
    sent = 0
    down: set[str] = set()
    for dispatch in _model("Dispatch").objects.due()[:AT_A_TIME]:
        open_ways = [name for name in dispatch.channels.split() if name not in down]
        # What could only go by a channel that is down waits for its turn without using up an attempt.
        if open_ways and dispatch.claim():
            sent += _send(dispatch, open_ways, ways, down)
    return sent


def _send(dispatch: "Dispatch", open_ways: list[str], ways: dict[str, Channel], down: set[str]) -> bool:
    content = json.loads(sealing.unseal(dispatch.sealed, PURPOSE))
    if dispatch.person_id is None and not content["to"]:
        dispatch.delete()
        return False
    refusals: list[NotSentError] = []
    for name in open_ways:
        try:
            ways[name].send(content, dispatch.reference)
        except NotSentError as refusal:
            refusals.append(refusal)
            down |= {name} if isinstance(refusal, DownError) else set()
        else:
            dispatch.sent(name)
            return True
    _give_back(dispatch, refusals, open_ways)
    return False


def _give_back(dispatch: "Dispatch", refusals: list[NotSentError], tried: list[str]) -> None:
    log.warning("dispatch %s (%s) not sent: %s", dispatch.pk, dispatch.kind, refusals[-1].code)
    all_tried = len(tried) == len(dispatch.channels.split())
    if all_tried and all(isinstance(refusal, RefusedError) for refusal in refusals):
        dispatch.refused(refusals[-1].code, tried[-1])
    else:
        dispatch.postponed(refusals[-1].code)
