"""The product's own settings, with the one addition that every answer says how many queries it took."""

from security_program.settings import *  # noqa: F403
from security_program.settings import MIDDLEWARE

MIDDLEWARE = ["script.benchmark.queries.CountQueries", *MIDDLEWARE]
