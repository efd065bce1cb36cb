"""What a browser is told of the cookies follows from where the installation is, and gives way in the demo alone."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ASK = """
from security_program import settings_browser as told
print(told.SESSION_COOKIE_NAME, told.CSRF_COOKIE_NAME, told.SESSION_COOKIE_SECURE, told.SECURE_HSTS_SECONDS > 0)
"""
SAFE = "__Host-session __Host-csrf True"
IN_CLEAR = "session csrf False"
pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"DEMO": "1", "PUBLIC_URL": "http://stad.example"}, f"{IN_CLEAR} False"),
        ({"DEMO": "0", "PUBLIC_URL": "http://stad.example"}, f"{SAFE} False"),
        ({"DEMO": "1", "PUBLIC_URL": "https://stad.example"}, f"{SAFE} True"),
        ({"DEMO": "0", "PUBLIC_URL": "https://stad.example"}, f"{SAFE} True"),
    ],
)
def test_cookies_go_in_clear_over_plain_http_in_the_demo_alone(settings: dict[str, str], told: str) -> None:
    environment = {"PATH": os.environ["PATH"], "DEBUG": "0", **settings}
    command = [sys.executable, "-c", ASK]
    answer = subprocess.run(command, check=True, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert answer.stdout.strip() == told
