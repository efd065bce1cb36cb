"""People who enter meetings through the pages, and one who asks for jobs. Each keeps an account that no server sees."""

import http.client
import json
import threading
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import close_old_connections, connection
from django.urls import reverse

from boards.days import today
from boards.models import Board, Job, Office, User
from script.benchmark.measure import Browser
from security_program.demo.roles import BY_KEY

from .work import KIND

GONE = "without the text"


@dataclass
class Sent:
    """One thing that was asked for: when, whether it was acknowledged, and what answer there was."""

    key: str
    at: float
    acknowledged_at: float | None = None
    answer: str = ""


class Client(threading.Thread):
    def __init__(self, name: str, pause: float, folder: Path) -> None:
        super().__init__(name=name, daemon=True)
        self.pause, self.over = pause, threading.Event()
        self.sent: list[Sent] = []
        self.file = (folder / f"{name}.acks").open("a")

    def run(self) -> None:
        number = 0
        while not self.over.wait(self.pause):
            one = Sent(f"{self.name}-{number}", time.time())
            self.sent.append(one)
            self.ask(one)
            self.file.write(json.dumps([one.key, one.at, one.acknowledged_at, one.answer]) + "\n")
            self.file.flush()
            number += 1
        self.file.close()

    def ask(self, one: Sent) -> None:
        raise NotImplementedError


class Person(Client):
    """Each text is sent once: what comes twice was doubled by the system."""

    def __init__(self, name: str, pause: float, folder: Path, browser: Browser) -> None:
        super().__init__(name, pause, folder)
        self.browser = browser
        self.path = reverse("council_new", args=["bromma"])

    def ask(self, one: Sent) -> None:
        form = {
            "kind": "lokalt_riskhanteringsrad",
            "held_on": today().isoformat(),
            "agenda": one.key,
            "csrfmiddlewaretoken": self.browser.cookies[settings.CSRF_COOKIE_NAME],
        }
        try:
            answer, body = self.browser.request("POST", self.path, form)
        except (OSError, http.client.HTTPException) as error:
            self.browser.connection.close()
            one.answer = type(error).__name__
            return
        one.answer = self.meaning(one, answer, body.decode(errors="replace"))
        if one.answer == "accepted":
            one.acknowledged_at = time.time()

    def meaning(self, one: Sent, answer: http.client.HTTPResponse, body: str) -> str:
        where = answer.headers.get("Location", "")
        if answer.status == http.HTTPStatus.FOUND:
            return "accepted" if where.startswith("/namnder/") else "signed out"
        if answer.status >= 500:
            return f"{answer.status} {self.what_became_of_the_text(one, body)}"
        return str(answer.status)

    def what_became_of_the_text(self, one: Sent, body: str) -> str:
        """It is on the page, or the page says that it is kept and there it is; else it is gone."""
        if one.key in body:
            return "with the text"
        where = reverse("kept_text")
        for _attempt in range(20 if f'href="{where}"' in body else 0):
            answer, kept = self.browser.request("GET", where)
            if answer.status == http.HTTPStatus.OK:
                return "with the text kept" if one.key in kept.decode(errors="replace") else GONE
            time.sleep(0.5)
        return GONE


class Asker(Client):
    def ask(self, one: Sent) -> None:
        try:
            close_old_connections()
            Job.objects.ask(KIND, key=one.key)
        except DatabaseError as error:
            one.answer = type(error).__name__
            connection.close()
        else:
            one.answer, one.acknowledged_at = "accepted", time.time()


def hold(clients: list[Client]) -> None:
    for client in clients:
        client.over.set()
    for client in clients:
        client.join(60)


def all_sent(clients: list[Client]) -> list[Sent]:
    return [one for client in clients for one in client.sent]


def coordinator_at_work() -> None:
    """Where the demo city was not built, the one person of it who is needed."""
    role, head = BY_KEY["coordinator"], BY_KEY["head"]
    if User.objects.filter(email=role.email).exists():
        return
    person, second = (User.objects.create_user(each.email, each.name) for each in (role, head))
    office = Office.objects.of(Board.objects.get(code=role.board), role.office)
    office.appoint(person, by=None, valid_from=today()).approve(by=second)


def answers(clients: list[Client]) -> dict[str, int]:
    return dict(Counter(one.answer for one in all_sent(clients)))


def signed_in(address: str) -> Browser:
    """Once for the whole run: nobody is to be signed out by what happens."""
    browser = Browser(address)
    browser.connection.timeout = 30
    browser.sign_in("coordinator")
    # What a browser says of a page's own form.
    browser.headers["Sec-Fetch-Site"] = "same-origin"
    return browser


def load(folder: Path, round_name: str, browsers: list[Browser]) -> list[Client]:
    people = [Person(f"post-{round_name}-{n}", 0.25, folder, each) for n, each in enumerate(browsers)]
    return [*people, Asker(f"job-{round_name}", 1.5, folder)]


def have_recovered(clients: list[Client], since: float) -> bool:
    """Something new has been accepted on a page, and something new been asked for and done."""
    new = [one for one in all_sent(clients) if one.at > since and one.acknowledged_at]
    jobs = [one.key for one in new if one.key.startswith("job-")]
    done = Job.objects.filter(key__in=jobs, state=Job.State.DONE).exists()
    return done and any(one.key.startswith("post-") for one in new)
