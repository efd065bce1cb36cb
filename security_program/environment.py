"""What everything else in the settings follows from: where the installation is, and what kind it is."""

from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

VAR_DIR = Path(env("VAR_DIR", default=str(BASE_DIR / "var")))
DEBUG = env.bool("DEBUG", default=False)
# The demo city: invented people who can be signed in as with one press, from this machine only.
DEMO = env.bool("DEMO", default=False)
PUBLIC_URL = env("PUBLIC_URL", default="http://localhost:8000").rstrip("/")
PLAIN_HTTP = PUBLIC_URL.startswith("http://")
# Over plain http a browser refuses Secure and __Host- cookies; they give way in demo and debug alone.
COOKIES_IN_CLEAR = PLAIN_HTTP and (DEMO or DEBUG)
