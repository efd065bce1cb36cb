"""One table component: closed lists in the address, pages by keyset, counts that stay cheap."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from boards import keyset, tables
from boards.models import Area, Board, Unit, User
from tests.conftest import Cast

NAMES = st.sampled_from(["Åsa", "åsa", "Asa", "Ärla", "Örjan", "Zita", "S:t Erik", "Stockholm", "a b", "a-b"])


class AreaTable(tables.Table):
    caption = "Områden, alla"
    noun = "områden"
    level = "K0"
    columns = [
        tables.Column("namn", "Namn", lambda area: area.name, sort="namn", link=lambda area: f"/{area.pk}/"),
        tables.Column("till", "Till", lambda area: area.valid_to, sort="till"),
        tables.Column("tal", "Tal", lambda area: area.pk, numeric=True),
    ]
    filters = [
        tables.Choice(
            "bokstav",
            "Bokstav",
            lambda: [("a", "A"), ("b", "B")],
            lambda value: Q(name__istartswith=value),
        ),
        tables.Flag("gamla", "Även gamla", unless=lambda: Q(valid_to__isnull=True)),
    ]
    sorts = [tables.Sort("namn", ("name",)), tables.Sort("till", ("valid_to", "name"))]


class Noun:
    def __mod__(self, count: int) -> str:
        return "områden"


AreaTable.noun = Noun()


def table(address: str = "", rows: QuerySet | None = None) -> tables.Table:
    request = RequestFactory().get(f"/omraden/{address}")
    request.user = User(name="Karin Ek")
    return AreaTable(request, Area.objects.all() if rows is None else rows)


@pytest.fixture
def boards(db: None) -> list[Board]:
    Board.objects.all().delete()
    return [
        Board.objects.create(code=code, slug=code, name=name, kind="stadsdelsnamnd", valid_to=last)
        for code, name, last in [("x", "Åby", None), ("y", "Ärla", date(2023, 6, 30)), ("z", "Zeta", None)]
    ]


def many(boards: list[Board], number: int) -> None:
    Area.objects.bulk_create(
        Area(name=f"A{place:05}", board=boards[place % 3], valid_from=date(2020, 1, 1))
        for place in range(number)
    )


def walk(rows: QuerySet, order: keyset.Order, size: int) -> Iterator[keyset.Page]:
    page = keyset.page(rows, order, size)
    yield page
    while page.next:
        page = keyset.page(rows, order, size, after=page.next)
        yield page


people = st.lists(st.tuples(NAMES, st.none() | st.integers(0, 3)), max_size=14)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=people,
    order=st.sampled_from(
        [
            ("name",),
            ("-name",),
            ("unit__name", "name"),
            ("-unit__name", "title"),
            ("directory_id",),
            ("-directory_id", "name"),
            ("title", "-directory_id"),
            ("-created_at",),
        ]
    ),
    size=st.integers(1, 5),
)
def test_walking_visits_each_row_once_in_order_and_back_again(
    db: None, rows: list[tuple[str, int | None]], order: tuple[str, ...], size: int
) -> None:
    """Ties, empty values, columns across a relation and Swedish letters, in both directions."""
    User.objects.all().delete()
    Unit.objects.all().delete()
    board, _made = Board.objects.get_or_create(code="b", slug="b", name="B", kind="facknamnd")
    units = [Unit.objects.create(board=board, name=name) for name in ("Åby", "Ö", "A")]
    for place, (name, number) in enumerate(rows):
        User.objects.create(
            email=f"{place}@example.org",
            name=name,
            title=name[:1],
            unit=units[number] if number is not None and number < 3 else None,
            directory_id=f"id-{place}" if number else None,
        )
    everyone = User.objects.select_related("unit")
    whole = keyset.Order(everyone, *order)
    expected = [person.pk for person in whole.first(everyone)]
    pages = list(walk(everyone, whole, size))
    assert [person.pk for page in pages for person in page.rows] == expected
    assert not pages[0].previous
    assert all(len(page.rows) == size for page in pages[:-1])
    back = pages[-1]
    for earlier in reversed(pages[:-1]):
        back = keyset.page(everyone, whole, size, before=back.previous)
        assert back.rows == earlier.rows
    assert not back.previous


def test_empty_values_come_last_in_both_directions(boards: list[Board]) -> None:
    rows = Board.objects.all()
    for order in ("valid_to", "-valid_to"):
        found = [board.code for board in keyset.Order(rows, order).first(rows)]
        assert found[0] == "y"


def test_rows_that_come_and_go_move_no_others(boards: list[Board]) -> None:
    many(boards, 120)
    first = table()
    Area.objects.create(name="A00000 ny", board=boards[0])
    Area.objects.filter(name="A00003").delete()
    second = table(f"?{tables.AFTER}={first.page.next}")
    assert [area.name for area in second.page.rows][:2] == ["A00050", "A00051"]


def test_no_page_counts_past_rows(boards: list[Board]) -> None:
    many(boards, 120)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        for page in walk(Area.objects.all(), keyset.Order(Area.objects.all(), "name"), 50):
            assert page.rows
    assert not any("OFFSET" in query["sql"] for query in queries)


def test_a_page_takes_as_many_queries_however_many_rows(boards: list[Board]) -> None:
    counts = []
    for _round in range(2):
        many_before = Area.objects.count()
        Area.objects.bulk_create(
            Area(name=f"B{many_before + place:05}", board=boards[0]) for place in range(80)
        )
        with CaptureQueriesContext(connection) as queries:
            shown = table()
            assert shown.count
            assert shown.groups
        counts.append(len(queries))
    assert counts == [2, 2]


def test_counting_is_exact_to_a_thousand_and_then_stops(boards: list[Board]) -> None:
    many(boards, 1000)
    assert table().count == "1\xa0000 områden"
    many_more = [Area(name=f"C{place}", board=boards[0]) for place in range(5)]
    Area.objects.bulk_create(many_more)
    assert table().count == "fler än 1\xa0000 områden"
    with CaptureQueriesContext(connection) as queries:
        assert table().counted == 1001
    assert "LIMIT 1001" in queries[0]["sql"]


@pytest.mark.parametrize(
    "address",
    ["?ordning=hemligt", "?bokstav=%00", "?gamla=ja", "?efter=skräp", "?fore=skräp", "?bokstav=x&bokstav=y"],
)
def test_what_the_address_gets_wrong_is_told_and_never_an_error(boards: list[Board], address: str) -> None:
    many(boards, 3)
    shown = table(address)
    assert len(shown.page.rows) == 3
    assert len(shown.notes) == 1


def test_what_the_table_does_not_know_is_not_carried_along(boards: list[Board]) -> None:
    shown = table("?bokstav=a&utm=x&ordning=-till")
    assert shown.url() == "/omraden/?bokstav=a&ordning=-till"
    assert shown.chips == [{"text": "Bokstav: A", "url": "/omraden/?ordning=-till"}]


def test_a_cursor_of_another_order_or_a_forged_one_starts_from_the_beginning(boards: list[Board]) -> None:
    many(boards, 60)
    cursor = table().page.next
    for address in (f"?ordning=till&efter={cursor}", f"?efter={cursor[:-1]}x"):
        shown = table(address)
        assert shown.page.rows[0].name == "A00000"
        assert len(shown.notes) == 1


def test_the_filter_that_leaves_things_out_says_so_by_being_off(boards: list[Board]) -> None:
    many(boards, 2)
    Area.objects.create(name="Förr", board=boards[0], valid_to=date(2020, 1, 1))
    assert table().counted == 2
    assert table("?gamla=1").counted == 3


def test_headings_tell_how_the_rows_are_sorted(boards: list[Board]) -> None:
    name, until, number = table("?ordning=-till").headings
    assert (name["aria"], until["aria"]) == ("", "descending")
    assert until["url"].endswith("?ordning=till")
    assert "url" not in number


def test_a_list_with_the_newest_first_says_that_it_descends(boards: list[Board]) -> None:
    class Newest(AreaTable):
        sorts = [tables.Sort("till", ("-valid_to",))]

    request = RequestFactory().get("/omraden/")
    request.user = User(name="Karin Ek")
    assert Newest(request, Area.objects.all()).headings[1]["aria"] == "descending"


def test_a_list_that_emptied_behind_the_cursor_leads_back(boards: list[Board]) -> None:
    many(boards, 60)
    cursor = table().page.next
    Area.objects.filter(name__gte="A00050").delete()
    assert table(f"?efter={cursor}").is_past_the_end


def test_on_a_phone_an_empty_cell_is_left_out_and_a_sentence_goes_without_its_heading(
    boards: list[Board], monkeypatch: pytest.MonkeyPatch
) -> None:
    name, till, number = AreaTable.columns
    monkeypatch.setattr(AreaTable, "columns", [name, till, replace(number, labelled=False)])
    area = Area.objects.create(pk=900, name="Alvik", board=boards[0])
    listed = render_to_string("components/_table.html", {"table": table()})
    cells = re.sub(r"\s*([<>])\s*", r"\1", listed)
    assert '<td data-label="Till"class="none">–</td>' in cells.replace('" class', '"class')
    assert f'<td class="num">{area.pk}</td>' in cells


def test_a_table_of_the_house_is_a_table_to_a_screen_reader(cast: Cast, as_coordinator: Any) -> None:
    page = as_coordinator.get("/namnder/?ordning=namn").content.decode()
    for part in ('<caption id="table-caption"', 'aria-sort="ascending"', 'scope="row"', 'tabindex="0"'):
        assert part in page, part
