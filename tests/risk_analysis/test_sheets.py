"""An analysis goes out to Excel and comes back: by number or by words, every difference shown first, and undone."""

import io
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from boards import imports
from boards.models import Event, Import
from risk_analysis.import_sheets import KINDS
from risk_analysis.models import Commitment, Dependency, Measure, Risk, Rsa
from risk_analysis.sheets import address
from tests.conftest import Cast, signed_in

from . import analyses

RISK = "Nummer;Analys;Risk;Åtagande;Sannolikhet;Konsekvens;Drabbar hårdast;Varför bedömer ni så?;Typ"
PLAIN = "Nummer;Analys;Risk;Åtagande;Sannolikhet"


@pytest.fixture
def rsa(cast: Cast) -> Rsa:
    return analyses.filled(cast, analyses.begun(cast))


def read(model: Any, by: Any, *lines: str) -> Import:
    return imports.read(KINDS[model], "\n".join(lines).encode(), "rsa.csv", by=by)


def plan_of(reading: Import) -> imports.Plan:
    return imports.plan_of(reading, by=reading.asked_by)


def carry_out(reading: Import) -> imports.Plan:
    return imports.carry_out(reading, by=reading.asked_by, mark=plan_of(reading).mark)


def everything() -> list[Any]:
    rows = []
    for model in (Commitment, Risk, Dependency, Measure):
        rows.append(
            [
                {k: v for k, v in row.items() if k != "version"}
                for row in model.objects.order_by("pk").values()
            ]
        )
    return [*rows, sorted(Measure.risks.through.objects.values_list("measure", "risk"))]


def test_risks_are_added_and_changed_with_their_levels_and_the_whole_is_undone(cast: Cast, rsa: Rsa) -> None:
    before = everything()
    snow = Risk.objects.get(rsa=rsa, title__startswith="Snö")
    reading = read(
        Risk,
        cast.coordinator,
        PLAIN,
        f"{snow.pk};{address(rsa)};{snow.title};Hemtjänst;5",
        f";{address(rsa)};Smitta på boendet;hemtjänst;2",
    )
    plan = plan_of(reading)
    assert plan.counts == {"new": 1, "changed": 1, "ended": 0, "same": 0}
    assert plan.of("changed")[0].lines == (("Sannolikhet", "4", "5"),)
    carry_out(reading)
    snow.refresh_from_db()
    assert (snow.likelihood, snow.level, snow.is_confirmed) == (5, rsa.method.level(5, 4), True)
    assert Risk.objects.get(title="Smitta på boendet").commitment == snow.commitment
    verbs = set(
        Event.objects.filter(board=rsa.board, verb__startswith="rsa.items").values_list("verb", flat=True)
    )
    assert verbs == {"rsa.items_added", "rsa.items_corrected"}
    imports.undo(reading, by=cast.coordinator)
    assert everything() == before


@pytest.mark.parametrize("what", ["ataganden", "risker", "beroenden", "atgarder"])
def test_what_is_downloaded_and_read_back_changes_nothing(cast: Cast, rsa: Rsa, what: str) -> None:
    page = signed_in(cast.coordinator).get(f"/rsa/{rsa.cycle.slug}/{rsa.slug}/tabell/{what}/?format=xlsx")
    content = b"".join(page.streaming_content)
    sheet = load_workbook(io.BytesIO(content)).worksheets[1]
    assert sheet.max_row > 1
    reading = imports.read(imports.KINDS[f"rsa-{what}"], content, "rsa.xlsx", by=cast.coordinator)
    plan = plan_of(reading)
    assert (plan.problems, plan.writes) == ([], 0)


def test_what_is_wrong_is_told_with_its_cell_and_nothing_is_written(cast: Cast, rsa: Rsa) -> None:
    here = address(rsa)
    reading = read(
        Risk,
        cast.coordinator,
        RISK,
        f";{here};Brand;Skola;2;2;;Så;",
        f";{here};Brand;Hemtjänst;ofta;2;;Så;",
        f";{here};Brand;Hemtjänst;7;2;;Så;",
        f";{here};Brand;Hemtjänst;2;2;;Så;Fantasi",
        f"999999;{here};Brand;Hemtjänst;2;2;;Så;",
        ";1999/ingen;Brand;Hemtjänst;2;2;;Så;",
    )
    problems = plan_of(reading).problems
    assert [problem.split(":")[0].split(" ")[-1].strip(",") for problem in problems] == [
        "D2",
        "E3",
        "E4",
        "I5",
        "A6",
        "B7",
    ]
    with pytest.raises(ValidationError):
        imports.carry_out(reading, by=cast.coordinator, mark=plan_of(reading).mark)
    assert Risk.objects.filter(rsa=rsa).count() == 2


def test_dependencies_name_their_provider_and_measures_their_risks(cast: Cast, rsa: Rsa) -> None:
    here, snow = address(rsa), Risk.objects.get(rsa=rsa, title__startswith="Snö")
    carry_out(
        read(
            Dependency,
            cast.coordinator,
            ";".join(
                str(imports.KINDS["rsa-beroenden"].headings()[n].words[0]) for n in (1, 2, 3, 4, 5, 7, 8)
            ),
            f"{here};Hemtjänst;El;Reservel;Stokab;2;Saknas",
        )
    )
    made = Dependency.objects.get(name="Reservel")
    assert (made.provider, made.tolerance_hours, made.is_critical) == (cast.company, 2, True)
    reading = read(
        Measure,
        cast.coordinator,
        "Analys;Åtgärd;Risker",
        f"{here};Salta gångvägarna;{snow.title} | Hot mot personal",
    )
    carry_out(reading)
    assert Measure.objects.get(text="Salta gångvägarna").risks.count() == 2
    imports.undo(reading, by=cast.coordinator)
    assert not Measure.objects.filter(text="Salta gångvägarna").exists()


def test_nobody_reads_in_what_is_not_theirs_or_is_no_longer_a_draft(cast: Cast, rsa: Rsa) -> None:
    line = f";{address(rsa)};Brand;Hemtjänst;2"
    assert plan_of(read(Risk, cast.farsta_coordinator, PLAIN, line)).problems
    with pytest.raises(PermissionDenied):
        read(Risk, cast.employee, PLAIN, line)
    reading = read(Risk, cast.coordinator, PLAIN, line)
    mark = plan_of(reading).mark
    rsa.send_to_chief(by=cast.coordinator)
    with pytest.raises(ValidationError):
        imports.carry_out(reading, by=cast.coordinator, mark=mark)
    assert Risk.objects.filter(rsa=rsa).count() == 2


def test_an_import_is_not_undone_when_something_has_been_built_on_it(cast: Cast, rsa: Rsa) -> None:
    reading = read(Commitment, cast.coordinator, "Analys;Åtagande", f"{address(rsa)};Skola")
    carry_out(reading)
    Risk.objects.add(
        rsa, by=cast.coordinator, commitment=Commitment.objects.get(title="Skola"), title="Brand"
    )
    with pytest.raises(ValidationError):
        imports.undo(reading, by=cast.coordinator)


def test_many_risks_take_as_many_statements_as_a_few(cast: Cast, rsa: Rsa) -> None:
    def statements(first: int, number: int) -> int:
        lines = [f";{address(rsa)};Risk {n};Hemtjänst;2" for n in range(first, first + number)]
        reading = read(Risk, cast.coordinator, PLAIN, *lines)
        mark = plan_of(reading).mark
        with CaptureQueriesContext(connection) as asked:
            imports.carry_out(reading, by=cast.coordinator, mark=mark)
        return len(asked)

    few = statements(0, 2)
    # SQLite takes so few values in one statement that sixty rows need some more.
    assert statements(10, 60) <= few + 8
