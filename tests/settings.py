"""The product's own settings, in the demo's plain-http dress, with quick password hashes."""

import atexit
import os
import shutil
import tempfile

os.environ.setdefault("DEMO", "1")
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the browser driver runs a loop of its own

from security_program.settings import *  # noqa: F403
from security_program.settings import KEY_STORE, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# A key store of each test process's own.
KEY_STORE_FOLDER = tempfile.mkdtemp(prefix="key-store-")
atexit.register(shutil.rmtree, KEY_STORE_FOLDER, ignore_errors=True)
if KEY_STORE["ENGINE"].endswith("sqlite3"):
    KEY_STORE = {**KEY_STORE, "NAME": f"{KEY_STORE_FOLDER}/keys.sqlite3"}
WATCH_VERBS = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES["documents"] = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
