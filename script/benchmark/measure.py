"""Times pages beside the bare one, turn by turn, so that both meet the same noise.

python -m script.benchmark APPLICATION BARE --volume small --repeat 30 --json FILE
"""

import argparse
import http.client
import json
import statistics
import time
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.urls import reverse

from boards.models import User
from security_program.demo.roles import BY_KEY

from .pages import PAGES, Page
from .queries import HEADER

WARM_UP = 3
MOST_REPEATS = 500


class Browser:
    """One kept-open connection with its cookies: what is timed is the page, not the handshake."""

    def __init__(self, address: str) -> None:
        site = urlsplit(address)
        if site.hostname not in {"localhost", "127.0.0.1", "::1"}:
            raise SystemExit(f"{address} is not this machine; only loopback is measured")
        self.connection = http.client.HTTPConnection(site.hostname, site.port, timeout=120)
        self.cookies: dict[str, str] = {}
        self.headers: dict[str, str] = {}

    def request(
        self, method: str, path: str, form: dict[str, str] | None = None
    ) -> tuple[http.client.HTTPResponse, bytes]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {**self.headers, "Cookie": cookies}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, urlencode(form) if form else None, headers)
        answer = self.connection.getresponse()
        body = answer.read()
        for line in answer.headers.get_all("Set-Cookie") or []:
            self.cookies.update({name: crumb.value for name, crumb in SimpleCookie(line).items()})
        return answer, body

    def sign_in(self, role: str) -> None:
        """One press, as on the sign-in page of the demo city."""
        self.request("GET", reverse("account_login"))
        person = User.objects.get(email=BY_KEY[role].email)
        form = {"person": str(person.pk), "csrfmiddlewaretoken": self.cookies[settings.CSRF_COOKIE_NAME]}
        answer, _body = self.request("POST", reverse("demo_sign_in"), form)
        if answer.status != http.HTTPStatus.FOUND:
            raise SystemExit(f"could not sign in as {role}: {answer.status}")

    def time(self, path: str) -> tuple[float, http.client.HTTPResponse, bytes]:
        began = time.perf_counter()
        answer, body = self.request("GET", path)
        taken = (time.perf_counter() - began) * 1000
        if answer.status != http.HTTPStatus.OK:
            raise SystemExit(f"{path} answered {answer.status}")
        return taken, answer, body


def measure(page: Page, browser: Browser, bare: Browser, repeat: int) -> dict:
    # A connection that has been silent while others were measured may be closed at the other end.
    browser.connection.close()
    bare.connection.close()
    for _ in range(WARM_UP):
        browser.time(page.path)
        bare.time("/")
    pairs = [(browser.time(page.path), bare.time("/")[0]) for _ in range(repeat)]
    _taken, answer, body = pairs[-1][0]
    median = statistics.median(own[0] for own, _bare in pairs)
    yardstick = statistics.median(bare_taken for _own, bare_taken in pairs)
    return {
        "page": page.name,
        "path": page.path,
        "role": page.role,
        "median_ms": round(median, 2),
        "p95_ms": round(sorted(own[0] for own, _bare in pairs)[int(repeat * 0.95)], 2),
        "bare_ms": round(yardstick, 2),
        "ratio": round(median / yardstick, 2),
        "queries": int(answer.headers[HEADER]),
        "bytes": len(body),
    }


HEADING = f"{'page':<32} {'median ms':>10} {'p95 ms':>8} {'bare ms':>8} {'ratio':>6} {'queries':>8} {'kB':>7}"


def line(row: dict) -> str:
    return (
        f"{row['page']:<32} {row['median_ms']:>10.2f} {row['p95_ms']:>8.2f} {row['bare_ms']:>8.2f}"
        f" {row['ratio']:>6.2f} {row['queries']:>8} {row['bytes'] / 1000:>7.1f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("application")
    parser.add_argument("bare")
    parser.add_argument("--volume", default="small")
    parser.add_argument("--repeat", type=int, default=30)
    parser.add_argument("--json", type=Path, required=True)
    options = parser.parse_args()
    repeat = min(max(options.repeat, 2), MOST_REPEATS)

    bare, browsers, rows = Browser(options.bare), {}, []
    print(HEADING)
    for page in PAGES:
        if page.role not in browsers:
            browsers[page.role] = Browser(options.application)
            if page.role:
                browsers[page.role].sign_in(page.role)
        rows.append(measure(page, browsers[page.role], bare, repeat))
        print(line(rows[-1]), flush=True)
    options.json.write_text(
        json.dumps({"volume": options.volume, "repeat": repeat, "pages": rows}, indent=2) + "\n"
    )
