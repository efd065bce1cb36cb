"""A real mail server and a real gateway for text messages, on this machine, that can be told to misbehave."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller


class Post:
    """Takes mail, and answers each recipient as it is told to."""

    def __init__(self) -> None:
        self.taken: list[Any] = []
        self.answers: dict[str, str] = {}

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        answer = self.answers.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.taken.append(envelope)
        return self.answers.get("DATA", "250 OK")


@contextmanager
def mail_server(settings: Any) -> Iterator[Post]:
    post = Post()
    controller = Controller(post, hostname="127.0.0.1", port=free_port())
    controller.start()
    point_to(settings, controller.port)
    try:
        yield post
    finally:
        controller.stop()


@contextmanager
def hung_server(settings: Any) -> Iterator[None]:
    """Takes the connection and never says a word."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        point_to(settings, server.getsockname()[1])
        yield


def point_to(settings: Any, port: int) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 0.5


def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        return server.getsockname()[1]


class Gateway(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Counter)
        self.taken: list[tuple[str, dict[str, str]]] = []
        self.status = 202
        self.hangs = threading.Event()
        self.over = threading.Event()


class Counter(BaseHTTPRequestHandler):
    server: Gateway

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.taken.append((self.headers["Authorization"], body))
        if self.server.hangs.is_set():
            self.server.over.wait(10)
        self.send_response(self.server.status)
        if self.server.status == 302:
            self.send_header("Location", "/elsewhere")
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        pass


@contextmanager
def sms_gateway(settings: Any) -> Iterator[Gateway]:
    gateway = Gateway()
    thread = threading.Thread(target=gateway.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    settings.SMS_URL = f"http://127.0.0.1:{gateway.server_port}/send"
    settings.SMS_TOKEN, settings.SMS_TIMEOUT = "token-of-the-gateway", 0.5
    try:
        yield gateway
    finally:
        gateway.over.set()
        gateway.shutdown()
        gateway.server_close()
        thread.join()
