"""The shared walk through the house, and the town it goes through."""

import logging
import os
from dataclasses import dataclass

import pytest
from django.db import transaction
from django.utils import timezone

from boards.models import Board, City
from tests.conftest import Cast, load_reference
from tests.house import crawl, html
from tests.house.crawl import SharedWalk, Visit
from tests.house.town import ROLES, Town


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-matrix", action="store_true", help="write tests/access_matrix.csv anew")
    parser.addoption("--update-queries", action="store_true", help="write tests/query_counts.json anew")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """pytest-django makes a database only where a test says that it wants one; pages are read by one worker."""
    for item in items:
        if "walk" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.django_db)
        if "pages" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("pages"))


def settle() -> Town:
    load_reference()
    City.objects.update(set_up_at=timezone.now())
    board = {row.code: row for row in Board.objects.all()}
    return Town(Cast(board["bromma_sdn"], board["farsta_sdn"], board["norrmalm_sdn"], board["stokab"]))


@pytest.fixture(scope="session")
def walk(django_db_setup: None, django_db_blocker, tmp_path_factory) -> list[Visit]:
    """Every address as every role. It leaves nothing behind in the database."""
    shared = SharedWalk(tmp_path_factory.getbasetemp().parent / f"walk-{crawl_key(tmp_path_factory)}")
    with django_db_blocker.unblock(), transaction.atomic():
        town = settle()
        logging.disable(logging.CRITICAL)
        for role in ROLES:
            if shared.take(role):
                shared.keep(role, crawl.part(town, role))
        logging.disable(logging.NOTSET)
        transaction.set_rollback(True)
    return shared.read_all()


def crawl_key(tmp_path_factory: pytest.TempPathFactory) -> str:
    """One walk per run: the workers of a run share the folder above their own."""
    return os.environ.get("PYTEST_XDIST_TESTRUNUID") or tmp_path_factory.getbasetemp().name


@pytest.fixture
def town(db: None) -> Town:
    return settle()


@dataclass
class Page:
    visit: Visit
    root: html.Node
    faults: list[str]


@pytest.fixture(scope="session")
def pages(walk: list[Visit]) -> list[Page]:
    """Every page that differs from the others, read into a tree once."""
    distinct: dict[str, Visit] = {}
    for visit in walk:
        if visit.is_html and visit.method == "GET" and "<html" in visit.body:
            distinct.setdefault(
                f"{visit.route} {visit.language} {visit.nameless.replace(visit.name, 'NAME')}", visit
            )
    return [Page(visit, *html.read(visit.body)) for visit in distinct.values()]
