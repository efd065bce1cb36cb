"""The product's own settings, in the demo's plain-http dress, with quick password hashes."""

import os

os.environ.setdefault("DEMO", "1")
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the browser driver runs a loop of its own

from security_program.settings import *  # noqa: F403
from security_program.settings import STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
