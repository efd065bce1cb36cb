"""A real Chromium, and the house on a server of its own."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page

AXE = Path(settings.BASE_DIR) / "tests/vendor/axe.min.js"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
WIDE, NARROW, NARROWEST = ({"width": width, "height": 844} for width in (1280, 390, 320))


def chromium() -> str | None:
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    return {**browser_type_launch_args, "executable_path": chromium(), "args": QUIET}


@dataclass
class House:
    """Where the house is served, and a browser context for each role that is asked for, opened once."""

    browser: Browser
    port: int
    addresses: dict[str, dict[str, str]]
    cookies: dict[str, dict[str, str]]
    employee: str
    opened: dict[tuple[str, str], Page] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def page(self, role: str, language: str = "sv") -> Page:
        if (role, language) not in self.opened:
            self.opened[role, language] = self.context(role, language).new_page()
        return self.opened[role, language]

    def context(self, role: str, language: str = "sv") -> BrowserContext:
        context = self.browser.new_context(viewport=WIDE)
        context.add_init_script(path=AXE)
        told = {**self.cookies[role], settings.LANGUAGE_COOKIE_NAME: language}
        context.add_cookies([{"name": name, "value": value, "url": self.url} for name, value in told.items()])
        return context


@pytest.fixture(scope="session")
def house(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    command = [sys.executable, "-m", "tests.browser.house_server", str(tmp_path_factory.mktemp("house"))]
    server = subprocess.Popen(command, cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True)
    assert server.stdout
    try:
        yield House(browser, **json.loads(server.stdout.readline()))
    finally:
        server.terminate()
        server.wait(10)
