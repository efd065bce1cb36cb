"""Mail servers for one mailbox, over POP3 and IMAP: as much of each as a reader of returned mail asks for."""

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

NAME, PASSWORD = "studs@stad.example", "hemligt ord/1"


@dataclass
class Box:
    """Messages by number, and which of them have been seen."""

    messages: dict[int, bytes] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)
    deleted: set[int] = field(default_factory=set)

    def add(self, message: bytes) -> None:
        self.messages[len(self.messages) + 1] = re.sub(rb"\r?\n", b"\r\n", message)

    def empty(self) -> None:
        for number in self.deleted:
            self.messages.pop(number)
        self.deleted.clear()


class Talk(socketserver.StreamRequestHandler):
    box: Box

    def say(self, line: str, body: bytes = b"") -> None:
        self.wfile.write(line.encode() + b"\r\n" + body)

    def lines(self) -> Iterator[str]:
        while line := self.rfile.readline():
            yield line.decode().strip()


class Pop(Talk):
    def handle(self) -> None:
        self.say("+OK ready")
        for line in self.lines():
            word, _space, rest = line.partition(" ")
            if word == "QUIT":
                self.box.empty()
                return self.say("+OK bye")
            getattr(self, f"do_{word.lower()}")(rest)
        return None

    def do_user(self, name: str) -> None:
        self.say("+OK" if name == NAME else "-ERR")

    def do_pass(self, password: str) -> None:
        self.say("+OK" if password == PASSWORD else "-ERR no")

    def do_list(self, _rest: str) -> None:
        sizes = "".join(f"{number} {len(each)}\r\n" for number, each in self.box.messages.items())
        self.say("+OK", f"{sizes}.\r\n".encode())

    def do_retr(self, number: str) -> None:
        body = re.sub(rb"(?m)^\.", b"..", self.box.messages[int(number)])
        self.say("+OK", body + b"\r\n.\r\n")

    def do_dele(self, number: str) -> None:
        self.box.deleted.add(int(number))
        self.say("+OK")


class Imap(Talk):
    def handle(self) -> None:
        self.say("* OK ready")
        for line in self.lines():
            tag, _space, asked = line.partition(" ")
            result = self.answer(asked)
            self.say(f"{tag} {result}")
            if asked == "LOGOUT":
                return

    def answer(self, asked: str) -> str:
        number = int(found[1]) if (found := re.match(r"UID (?:FETCH|STORE) (\d+) ", asked)) else 0
        message = self.box.messages.get(number, b"")
        if asked == "CAPABILITY":
            self.say("* CAPABILITY IMAP4REV1")
        elif asked.startswith("LOGIN"):
            return "OK done" if asked == f'LOGIN {NAME} "{PASSWORD}"' else "NO refused"
        elif asked.startswith("SELECT"):
            self.say(f"* {len(self.box.messages)} EXISTS")
        elif asked == "UID SEARCH UNSEEN":
            self.say(
                "* SEARCH " + " ".join(str(one) for one in self.box.messages if one not in self.box.seen)
            )
        elif asked.endswith("(RFC822.SIZE)"):
            self.say(f"* {number} FETCH (UID {number} RFC822.SIZE {len(message)})")
        elif asked.endswith("(BODY.PEEK[])"):
            self.say(f"* {number} FETCH (UID {number} BODY[] {{{len(message)}}}", message + b")\r\n")
        elif asked.endswith(r"(\Deleted)"):
            self.box.deleted.add(number)
        elif asked.endswith(r"(\Seen)"):
            self.box.seen.add(number)
        elif asked == "EXPUNGE":
            self.box.empty()
        elif asked == "LOGOUT":
            self.say("* BYE")
        return "OK done"


@contextmanager
def running(kind: type[Talk]) -> Iterator[tuple[int, Box]]:
    """The server's port and its one mailbox."""
    box = Box()
    handler = type(kind.__name__, (kind,), {"box": box})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server.server_address[1], box
        server.shutdown()
