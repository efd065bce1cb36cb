"""The mailbox that returned mail lies in: a folder (Maildir), or a mail server's over IMAP or POP3.

    /var/mail/bounces    imaps://name:password@mail.example.org/INBOX    pop3s://name:password@mail.example.org

Each gives new messages one at a time; whoever reads them says of each whether it is done with or left.
"""

import imaplib
import mailbox
import poplib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from ssl import create_default_context
from typing import Any, Protocol
from urllib.parse import SplitResult, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TIMEOUT = 30
LARGEST = 1_000_000
ITSELF = ("localhost", "127.0.0.1", "::1")


class UnreachableError(Exception):
    """The mailbox is not there, does not answer or does not let us in."""


class Mailbox(Protocol):
    def new(self) -> Iterator[Any]:
        """The keys of messages that have not been read."""

    def read(self, key: Any) -> bytes:
        """The message, or nothing when it is larger than any report."""

    def remove(self, key: Any) -> None: ...

    def leave(self, key: Any) -> None:
        """For a person to read, and not to be read by us again."""

    def close(self) -> None: ...


@contextmanager
def opened(address: str) -> Iterator[Mailbox]:
    try:
        box = _open(address)
        try:
            yield box
        finally:
            box.close()
    except (OSError, EOFError, mailbox.Error, imaplib.IMAP4.error, poplib.error_proto) as error:
        raise UnreachableError(str(error)) from error


def _open(address: str) -> Mailbox:
    place = urlsplit(address)
    if place.scheme in ("", "file"):
        return Folder(place.path)
    if place.scheme not in SERVERS:
        raise ImproperlyConfigured(f"BOUNCE_MAILBOX: we do not read {place.scheme}.")
    if place.scheme in ("imap", "pop3") and place.hostname not in ITSELF:
        raise ImproperlyConfigured(
            f"BOUNCE_MAILBOX: use {place.scheme}s, so that the password is not sent in clear."
        )
    return SERVERS[place.scheme](place)


class Folder:
    """A Maildir that the city's mail server, or a program such as fetchmail, delivers into."""

    def __init__(self, path: str) -> None:
        self.box = mailbox.Maildir(path, factory=None, create=False)

    def new(self) -> Iterator[str]:
        yield from [key for key in self.box.iterkeys() if self.box.get_message(key).get_subdir() == "new"]

    def read(self, key: str) -> bytes:
        size = Path(self.box._path, self.box._lookup(key)).stat().st_size  # type: ignore[attr-defined]
        return self.box.get_bytes(key) if size <= LARGEST else b""

    def remove(self, key: str) -> None:
        self.box.remove(key)

    def leave(self, key: str) -> None:
        message = self.box.get_message(key)
        message.set_subdir("cur")
        message.add_flag("S")
        self.box[key] = message

    def close(self) -> None:
        self.box.close()


class Imap:
    """What is not done with is marked as seen."""

    def __init__(self, place: SplitResult) -> None:
        host = str(place.hostname)
        if place.scheme == "imaps":
            port, context = place.port or imaplib.IMAP4_SSL_PORT, create_default_context()
            self.server: imaplib.IMAP4 = imaplib.IMAP4_SSL(host, port, timeout=TIMEOUT, ssl_context=context)
        else:
            self.server = imaplib.IMAP4(host, place.port or imaplib.IMAP4_PORT, timeout=TIMEOUT)
        self.server.login(unquote(place.username or ""), unquote(place.password or ""))
        self._asked(self.server.select(unquote(place.path.strip("/")) or "INBOX"))

    def new(self) -> Iterator[str]:
        yield from (self._asked(self.server.uid("SEARCH", "UNSEEN"))[0] or b"").decode().split()

    def read(self, key: str) -> bytes:
        said = self._asked(self.server.uid("FETCH", key, "(RFC822.SIZE)"))[0] or b""
        size = re.search(rb"RFC822\.SIZE (\d+)", said)
        if size is None or int(size[1]) > LARGEST:
            return b""
        found = self._asked(self.server.uid("FETCH", key, "(BODY.PEEK[])"))[0]
        return bytes(found[1]) if isinstance(found, tuple) else b""

    def remove(self, key: str) -> None:
        self._asked(self.server.uid("STORE", key, "+FLAGS", r"(\Deleted)"))

    def leave(self, key: str) -> None:
        self._asked(self.server.uid("STORE", key, "+FLAGS", r"(\Seen)"))

    def close(self) -> None:
        self.server.expunge()
        self.server.logout()

    @staticmethod
    def _asked(answer: tuple[str, list[Any]]) -> list[Any]:
        if answer[0] != "OK":
            raise imaplib.IMAP4.error(f"the server answered {answer}")
        return answer[1]


class Pop:
    """POP3 knows no marks: what is left is read again, so the newest come first."""

    def __init__(self, place: SplitResult) -> None:
        if place.scheme == "pop3s":
            port, context = place.port or poplib.POP3_SSL_PORT, create_default_context()
            self.server: poplib.POP3 = poplib.POP3_SSL(
                str(place.hostname), port, timeout=TIMEOUT, context=context
            )
        else:
            self.server = poplib.POP3(str(place.hostname), place.port or poplib.POP3_PORT, timeout=TIMEOUT)
        self.server.user(unquote(place.username or ""))
        self.server.pass_(unquote(place.password or ""))
        self.sizes = dict(line.decode().split()[:2] for line in self.server.list()[1])

    def new(self) -> Iterator[str]:
        yield from sorted(self.sizes, key=int, reverse=True)

    def read(self, key: str) -> bytes:
        return b"\r\n".join(self.server.retr(int(key))[1]) if int(self.sizes[key]) <= LARGEST else b""

    def remove(self, key: str) -> None:
        self.server.dele(int(key))

    def leave(self, key: str) -> None:
        pass

    def close(self) -> None:
        # What was removed goes only now.
        self.server.quit()


SERVERS: dict[str, Any] = {"imap": Imap, "imaps": Imap, "pop3": Pop, "pop3s": Pop}
