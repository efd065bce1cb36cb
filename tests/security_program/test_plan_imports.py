"""A plan goes out to Excel and comes back: by number or by words, with every difference shown first, and undone."""

import io
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from openpyxl import load_workbook

from boards import exports, imports, spreadsheets
from boards.models import Import, User
from security_program.import_plans import number_of
from security_program.models import Activity, BoardGoal, Indicator, IndicatorValue
from tests.conftest import Cast, signed_in
from tests.security_program import year
from tests.security_program.year import YEAR

GOALS, ACTIVITIES, INDICATORS = (imports.KINDS[code] for code in ("mal", "aktiviteter", "indikatorer"))
GOAL = "Nummer;Nämnd;År;Fokusområde;Mål;Mål i programmet"
ACTIVITY = "Nummer;Nämnd;År;Mål;Aktivitet;Ansvarig;Klart senast"
INDICATOR = "Nummer;Nämnd;År;Mål;Indikator;Målvärde;Enhet;Källa;T1;T2"


@pytest.fixture
def city(cast: Cast) -> Cast:
    year.begin(cast)
    return cast


def read(kind: imports.ImportKind, by: Any, *lines: str) -> Import:
    return imports.read(kind, "\n".join(lines).encode(), "plan.csv", by=by)


def plan_of(reading: Import) -> imports.Plan:
    return imports.plan_of(reading, by=reading.asked_by)


def carry_out(reading: Import) -> imports.Plan:
    return imports.carry_out(reading, by=reading.asked_by, mark=plan_of(reading).mark)


def everything(*models: Any) -> list[Any]:
    return [list(model.objects.order_by("pk").values()) for model in models]


def without_versions(rows: list[Any]) -> list[Any]:
    return [
        [{key: row[key] for key in row if key not in ("version", "noted_at")} for row in each]
        for each in rows
    ]


def test_goals_are_read_in_once_and_changed_by_their_number(city: Cast) -> None:
    area = year.area(1).name
    line = f";Bromma;{YEAR};{area};Alla chefer övar;"
    assert carry_out(read(GOALS, city.coordinator, GOAL, line)).counts["new"] == 1
    assert plan_of(read(GOALS, city.coordinator, GOAL, line)).counts == {
        "new": 0,
        "changed": 0,
        "ended": 0,
        "same": 1,
    }
    goal = BoardGoal.objects.get()
    reading = read(
        GOALS, city.coordinator, GOAL, f"{goal.pk};Bromma;{YEAR};{area};Alla chefer övar två gånger;"
    )
    assert plan_of(reading).items[0].lines == (("Mål", "Alla chefer övar", "Alla chefer övar två gånger"),)
    carry_out(reading)
    goal.refresh_from_db()
    assert (goal.text, goal.focus_area) == ("Alla chefer övar två gånger", year.area(1))
    imports.undo(reading, by=city.coordinator)
    goal.refresh_from_db()
    assert goal.text == "Alla chefer övar"


def test_activities_come_under_their_goals_with_who_and_when(city: Cast) -> None:
    goal = year.goal(city.bromma)
    line = f";Bromma;{YEAR};alla  ÖVAR;Öva staben;{city.chief.email};{YEAR}-06-15"
    reading = read(ACTIVITIES, city.coordinator, ACTIVITY, line)
    carry_out(reading)
    made = Activity.objects.get()
    assert (made.goal, made.responsible, made.due_on) == (goal, city.chief, date(YEAR, 6, 15))
    assert plan_of(read(ACTIVITIES, city.coordinator, ACTIVITY, line)).writes == 0
    imports.undo(reading, by=city.coordinator)
    assert not Activity.objects.exists()


def test_a_column_that_is_left_out_changes_nothing_and_an_empty_cell_empties(city: Cast) -> None:
    planned = year.activity(city.bromma)
    planned.correct(by=None, responsible=city.chief, due_on=date(YEAR, 6, 1))
    short = read(
        ACTIVITIES, city.coordinator, "Nämnd;År;Mål;Aktivitet", f"Bromma;{YEAR};Alla övar;Öva staben"
    )
    assert plan_of(short).writes == 0
    line = f"{planned.pk};Bromma;{YEAR};Alla övar;Öva staben;;{YEAR}-06-01"
    carry_out(read(ACTIVITIES, city.coordinator, ACTIVITY, line))
    planned.refresh_from_db()
    assert (planned.responsible, planned.due_on) == (None, date(YEAR, 6, 1))


def test_indicators_and_their_values_are_read_in_and_put_back(city: Cast) -> None:
    goal = year.goal(city.bromma)
    old = Indicator.objects.add(goal, by=None, name="Övningar", target=2, source="Listan")
    old.note("t1", Decimal(1), by=None)
    before = without_versions(everything(Indicator, IndicatorValue))
    lines = [
        f"{old.pk};Bromma;{YEAR};Alla övar;Övningar;3;;Listan;1;2,5",
        f";Bromma;{YEAR};Alla övar;Andel;1 000,5;procent;Enkäten;7;",
    ]
    reading = read(INDICATORS, city.coordinator, INDICATOR, *lines)
    carry_out(reading)
    old.refresh_from_db()
    assert (old.target, dict(old.noted)) == (3, {"T1": "1", "T2": "2,5"})
    assert Indicator.objects.get(name="Andel").target == Decimal("1000.5")
    assert plan_of(read(INDICATORS, city.coordinator, INDICATOR, *lines)).writes == 0
    imports.undo(reading, by=city.coordinator)
    assert without_versions(everything(Indicator, IndicatorValue)) == before


def test_what_is_handed_in_is_not_changed_by_a_file_nor_undone_past_it(city: Cast) -> None:
    goal = year.goal(city.bromma)
    line = f";Bromma;{YEAR};Alla övar;Andel;9;;Listan;{{}};"
    reading = read(INDICATORS, city.coordinator, INDICATOR, line.format(5))
    carry_out(reading)
    report = year.of(city.bromma, year.opened())
    report.hand_to_chief(by=city.coordinator)
    assert "Cell I2" in plan_of(read(INDICATORS, city.coordinator, INDICATOR, line.format(6))).problems[0]
    with pytest.raises(ValidationError):
        goal.indicators.get().note("t1", Decimal(6), by=None)
    with pytest.raises(ValidationError):
        imports.undo(reading, by=city.coordinator)
    assert goal.indicators.get().noted == [("T1", "5")]


WRONG = [
    (
        GOALS,
        GOAL,
        {
            ";Okänd;{year};{area};Mål;": "B",
            ";Farsta;{year};{area};Mål;": "B",
            ";Bromma;1999;{area};Mål;": "C",
            ";Bromma;{year};Rymden;Mål;": "D",
            ";Bromma;{year};{area};;": "E",
            ";Bromma;{year};{area};Mål;Inget sådant": "F",
            "999999;Bromma;{year};{area};Mål;": "A",
        },
    ),
    (
        ACTIVITIES,
        ACTIVITY,
        {
            ";Bromma;{year};Inget mål;Öva;;": "D",
            ";Bromma;{year};Alla övar;Öva;ingen@example.org;": "F",
            ";Bromma;{year};Alla övar;Öva;;i juni": "G",
        },
    ),
    (
        INDICATORS,
        INDICATOR,
        {
            ";Bromma;{year};Alla övar;Andel;många;;Listan;;": "F",
            ";Bromma;{year};Alla övar;Andel;1;;Listan;0,001;": "I",
        },
    ),
]


@pytest.mark.parametrize(("kind", "headings", "lines"), WRONG, ids=lambda value: getattr(value, "code", ""))
def test_what_is_wrong_is_told_by_its_cell(
    city: Cast, kind: imports.ImportKind, headings: str, lines: dict[str, str]
) -> None:
    year.goal(city.bromma)
    filled = [line.format(year=YEAR, area=year.area().name) for line in lines]
    reading = read(kind, city.coordinator, headings, *filled)
    told = [problem.split(":")[0] for problem in plan_of(reading).problems]
    assert told == [f"Cell {column}{number}" for number, column in enumerate(lines.values(), 2)]
    with pytest.raises(ValidationError):
        carry_out(reading)


def test_the_same_twice_in_a_file_is_told(city: Cast) -> None:
    line = f";Bromma;{YEAR};{year.area().name};Mål;"
    assert "Cell E3" in plan_of(read(GOALS, city.coordinator, GOAL, line, line)).problems[0]


@pytest.mark.parametrize("kind", [GOALS, ACTIVITIES, INDICATORS])
def test_nobody_plans_elsewhere_and_the_register_is_not_the_plan(
    city: Cast, kind: imports.ImportKind
) -> None:
    for person in (city.employee, city.administrator, city.security_chief, city.chief):
        with pytest.raises(PermissionDenied):
            read(kind, person, "a", "b")


def test_a_file_for_a_plan_is_seen_by_whoever_sent_it_alone(city: Cast) -> None:
    reading = read(GOALS, city.coordinator, GOAL, f";Bromma;{YEAR};{year.area().name};Mål;")
    for person in (city.administrator, city.security_chief, city.farsta_coordinator):
        assert signed_in(person).get(reading.get_absolute_url()).status_code == 404
    assert signed_in(city.coordinator).get(reading.get_absolute_url()).status_code == 200


def test_what_has_been_built_on_stays(city: Cast) -> None:
    reading = read(GOALS, city.coordinator, GOAL, f";Bromma;{YEAR};{year.area().name};Mål;")
    carry_out(reading)
    Activity.objects.plan(BoardGoal.objects.get(), by=None, what="Öva")
    with pytest.raises(ValidationError, match="byggt på"):
        imports.undo(reading, by=city.coordinator)


def test_whoever_no_longer_plans_there_does_not_undo_it(city: Cast) -> None:
    reading = read(GOALS, city.coordinator, GOAL, f";Bromma;{YEAR};{year.area().name};Mål;")
    carry_out(reading)
    person = reading.asked_by
    person.office_holdings.update(valid_to=date(2021, 1, 1))
    city.holder(person.name, "informationssakerhetssamordnare", city.farsta)
    with pytest.raises(PermissionDenied):
        imports.undo(reading, by=User.objects.get(pk=person.pk))


def planned_fully(city: Cast) -> None:
    planned = year.activity(city.bromma, "=Öva; staben")
    planned.correct(by=None, responsible=city.chief, due_on=date(YEAR, 6, 1))
    indicator = Indicator.objects.add(
        planned.goal, by=None, name="Andel", target="90.5", unit="%", source="Listan"
    )
    indicator.note("t1", Decimal("1234.5"), by=None)


def downloaded(browser: Client, city: Cast, code: str, kind: str) -> bytes:
    answer = browser.get(f"/namnder/{city.bromma.slug}/mal/{YEAR}/tabell/{code}/?format={kind}")
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_what_goes_out_comes_back_without_a_difference(city: Cast, language: str) -> None:
    planned_fully(city)
    browser = signed_in(city.coordinator)
    browser.cookies["django_language"] = language
    for kind, format_ in product((GOALS, ACTIVITIES, INDICATORS), (exports.EXCEL, exports.CSV)):
        content = downloaded(browser, city, kind.code, format_)
        plan = plan_of(imports.read(kind, content, "plan", by=city.coordinator))
        assert (plan.problems, plan.counts["same"], plan.writes) == ([], 1, 0)


def test_what_was_changed_in_excel_is_shown_and_read_in(city: Cast) -> None:
    planned_fully(city)
    browser = signed_in(city.coordinator)
    content = downloaded(browser, city, "aktiviteter", exports.EXCEL)
    book = load_workbook(io.BytesIO(content))
    sheet = next(each for each in book.worksheets if each.title not in spreadsheets.READ_ME)
    column = next(cell.column for cell in sheet[1] if cell.value == "Aktivitet")
    sheet.cell(2, column).value = "Öva staben och larmlistan"
    changed = io.BytesIO()
    book.save(changed)
    changed.seek(0)
    changed.name = "plan.xlsx"
    page = browser.post("/import/ny/aktiviteter/", {"file": changed}, follow=True)
    assert "Öva staben och larmlistan" in page.content.decode()
    reading = Import.objects.get()
    browser.post(f"{reading.get_absolute_url()}genomford/", {"mark": page.context["plan"].mark})
    assert Activity.objects.get().what == "Öva staben och larmlistan"
    browser.post(f"{reading.get_absolute_url()}angrad/")
    assert Activity.objects.get().what == "=Öva; staben"


@pytest.mark.parametrize(
    ("text", "number"),
    [("1 000,5", "1000.5"), ("90.5", "90.5"), ("-3", "-3"), ("nan", None), ("1,234", None), ("tio", None)],
)
def test_numbers_are_read_as_people_write_them(text: str, number: str | None) -> None:
    assert number_of(text) == (Decimal(number) if number else None)
