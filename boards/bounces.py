"""Mail that came back: read from the mailbox that the envelope's sender leads to, and shown where accounts are.

A report counts only when it names the reference of a mail of ours, which nobody else can guess.
"""

import email
import email.policy
import logging
import re
from collections.abc import Iterator
from email.message import Message
from itertools import islice

from . import mailboxes
from .models import Dispatch

log = logging.getLogger(__name__)

REFERENCE = re.compile(r"[0-9a-f]{32}")
PERMANENT = re.compile(r"5\.\d{1,3}\.\d{1,3}")
AT_A_TIME = 500


def read_new(address: str) -> int:
    """Each report is taken out once it is noted; what is none of ours is left for a person."""
    noted = 0
    with mailboxes.opened(address) as box:
        for key in islice(box.new(), AT_A_TIME):
            if _note(email.message_from_bytes(box.read(key))):
                box.remove(key)
                noted += 1
            else:
                box.leave(key)
    return noted


def _note(report: Message) -> bool:
    status = _failed_with(report)
    if not status:
        return False
    references = set(_references(report))
    return (
        sum(dispatch.came_back(status) for dispatch in Dispatch.objects.filter(reference__in=references)) > 0
    )


def _failed_with(report: Message) -> str:
    """The status of a delivery that has failed for good; a delay is not told."""
    for part in report.walk():
        if part.get_content_type() == "message/delivery-status":
            for block in part.walk():
                status = PERMANENT.search(block.get("Status", ""))
                if status and block.get("Action", "").strip().lower() == "failed":
                    return status[0]
    return ""


def _references(report: Message) -> Iterator[str]:
    """In the address that the report came to, and in the headers of the mail that it returns."""
    yield from REFERENCE.findall(" ".join(report.get_all("To", []) + report.get_all("Delivered-To", [])))
    for part in report.walk():
        yield from REFERENCE.findall(part.get("Message-ID", ""))
        if part.get_content_type() == "text/rfc822-headers":
            yield from REFERENCE.findall(str(part.get_payload()))
