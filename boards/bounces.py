"""Mail that came back: read from the mailbox that the envelope's sender leads to, and shown where accounts are.

The mailbox is a Maildir that the city's mail server (or a program such as fetchmail or getmail) delivers into.
A report counts only when it names the reference of a mail of ours, which nobody else can guess.
"""

import email
import email.policy
import logging
import mailbox
import re
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

from .models import Dispatch

log = logging.getLogger(__name__)

REFERENCE = re.compile(r"[0-9a-f]{32}")
PERMANENT = re.compile(r"5\.\d{1,3}\.\d{1,3}")
AT_A_TIME = 500
LARGEST = 1_000_000


def read_new(folder: str) -> int:
    """Each report is taken out once it is noted; what is none of ours is left, marked as seen."""
    box = mailbox.Maildir(folder, factory=None, create=False)
    noted = 0
    for key in [key for key in box.iterkeys() if _is_new(box, key)][:AT_A_TIME]:
        if _size(box, key) <= LARGEST and _note(email.message_from_bytes(box.get_bytes(key))):
            box.remove(key)
            noted += 1
        else:
            _leave(box, key)
    box.close()
    return noted


def _is_new(box: mailbox.Maildir, key: str) -> bool:
    return box.get_message(key).get_subdir() == "new"


def _size(box: mailbox.Maildir, key: str) -> int:
    return Path(box._path, box._lookup(key)).stat().st_size


def _leave(box: mailbox.Maildir, key: str) -> None:
    message = box.get_message(key)
    message.set_subdir("cur")
    message.add_flag("S")
    box[key] = message


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
