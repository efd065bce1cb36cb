"""An analysis on paper: its matrix, its risks by weight, its parts, its plans and its measures; and the work sheet.

`gather` reads the frozen text of what is handed in, and a draft as it stands; the template only shows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boards import audit, documents, pdf
from boards.models import Document, Job
from boards.models.documents import Level
from boards.verbs import verb

from . import matrix
from .comparison import as_handed_in, before
from .contents import Contents, Row
from .levels import NAMES
from .matrix import Cell, Step
from .models import (
    Considered,
    ContinuityPlan,
    Dependency,
    Measure,
    Risk,
    Rsa,
    RsaPaper,
    Vulnerability,
)

TEMPLATES = {RsaPaper.What.ANALYSIS: "pdf/rsa.html", RsaPaper.What.WORK_SHEET: "pdf/rsa_work_sheet.html"}
# A work sheet has room for what a workshop finds beyond what stands there.
ROWS_ON_A_SHEET = 12


@dataclass(frozen=True)
class Placed:
    """One of the 25 cells with the risks that stand there, by the names they have on the paper."""

    cell: Cell
    names: list[str]


@dataclass(frozen=True)
class Ranked:
    name: str
    row: Row
    commitment: str
    level: str
    was: str
    measures: list[str]


@dataclass(frozen=True)
class Printed:
    rsa: Rsa
    cut_off: datetime
    matrix: list[tuple[Step, list[Placed]]]
    likelihoods: list[Step]
    risks: list[Ranked]
    commitments: list[Row]
    dependencies: list[Row]
    plans: list[Row]
    measures: list[Row]
    vulnerabilities: list[Row]
    considered: list[Considered]
    level: Level = Level.PROTECTED
    blank: range = field(default_factory=lambda: range(0))

    @property
    def is_draft(self) -> bool:
        return not self.rsa.is_submitted


@pdf.on_paper
def gather(rsa: Rsa) -> Printed:
    contents = as_handed_in(rsa)
    risks = _ranked(rsa, contents)
    places: dict[tuple[Any, Any], list[str]] = {}
    for risk in risks:
        places.setdefault((risk.row["likelihood"], risk.row["consequence"]), []).append(risk.name)
    titles = _titles(contents)
    return Printed(
        rsa=rsa,
        cut_off=timezone.localtime(),
        matrix=[
            (step, [Placed(cell, places.get((cell.likelihood, cell.consequence), [])) for cell in cells])
            for step, cells in matrix.rows(rsa.method)
        ],
        likelihoods=matrix.steps(rsa.method.likelihoods),
        risks=risks,
        commitments=_by(contents["commitments"], lambda row: (-row["criticality"], row["title"])),
        dependencies=_in_words(contents["dependencies"], Dependency, titles, "commitment"),
        plans=_in_words(contents["plans"], ContinuityPlan, titles, "dependency"),
        measures=_measures(contents, {risk.row["thread"]: risk.name for risk in risks}),
        vulnerabilities=_in_words(contents["vulnerabilities"], Vulnerability, titles, "risk"),
        considered=list(rsa.considered.order_by("what")),
        blank=range(max(6, ROWS_ON_A_SHEET - len(risks))),
    )


def _by(rows: list[Row], key: Any) -> list[Row]:
    return sorted(rows, key=key)


def _titles(contents: Contents) -> dict[str, str]:
    return {
        row["thread"]: row.get("title") or row.get("name") or row.get("text", "")
        for rows in contents.values()
        for row in rows
    }


def _ranked(rsa: Rsa, contents: Contents) -> list[Ranked]:
    """The gravest consequence first, then the likeliest: R1 is the one to read first."""
    titles, earlier = _titles(contents), {row["thread"]: row for row in before(rsa)["risks"]}
    return [
        Ranked(
            f"R{number}",
            {**row, "kind": _word(Risk, "kind", row["kind"])},
            titles.get(row["commitment"], ""),
            _level(row),
            _moved(row, earlier.get(row["thread"])),
            [each["text"] for each in contents["measures"] if row["thread"] in each["risks"]],
        )
        for number, row in enumerate(sorted(contents["risks"], key=_weight), 1)
    ]


def _weight(row: Row) -> Any:
    return (-(row["consequence"] or 0), -(row["likelihood"] or 0), row["title"])


def _level(row: Row) -> str:
    return str(NAMES.get(row["level"], _("Not assessed")))


def _moved(row: Row, was: Row | None) -> str:
    if was is None or was["level"] == row["level"] or not was["level"]:
        return ""
    up = row["level"] > was["level"]
    return (_("Up from %(level)s") if up else _("Down from %(level)s")) % {"level": _level(was)}


def _word(model: Any, name: str, value: Any) -> str:
    return str(dict(model._meta.get_field(name).flatchoices).get(value, value or ""))


def _coded(row: Row, model: Any) -> Row:
    """Its codes as words."""
    coded = [each.name for each in model._meta.concrete_fields if each.choices and each.name in model.WRITTEN]
    return {**row, **{name: _word(model, name, row[name]) for name in coded}}


def _in_words(rows: list[Row], model: Any, titles: dict[str, str], leads: str) -> list[Row]:
    """In the order of what they are about, by its title."""
    shown = []
    for row in rows:
        by = row.get("provider") or titles.get(row.get("supplier") or "", "")
        shown.append({**_coded(row, model), leads: titles.get(row[leads] or "", ""), "by": by})
    return _by(shown, lambda row: row[leads])


def _measures(contents: Contents, names: dict[str, str]) -> list[Row]:
    rows = [
        {**_coded(row, Measure), "about": [names[each] for each in row["risks"] if each in names]}
        for row in contents["measures"]
    ]
    return _by(rows, lambda row: (row["due_on"] or "9999", row["text"]))


def html(rsa: Rsa, what: str, language: str) -> str:
    with translation.override(language):
        printed = gather(rsa)
        context: dict[str, Any] = {
            "printed": printed,
            "rsa": rsa,
            "language": language,
            "title": _title(rsa, what),
        }
        return pdf.fill_in(TEMPLATES[RsaPaper.What(what)], context)


def _named(rsa: Rsa) -> str:
    return f"{rsa} – {rsa.board.name}"


def _title(rsa: Rsa, what: str) -> str:
    if what == RsaPaper.What.WORK_SHEET:
        return _("Work sheet: %(rsa)s") % {"rsa": _named(rsa)}
    return _named(rsa) if rsa.is_submitted else _("%(rsa)s (working material)") % {"rsa": _named(rsa)}


def print_paper(job: Job) -> None:
    along = ("rsa__board", "rsa__cycle", "rsa__method", "rsa__unit", "asked_by")
    paper = RsaPaper.objects.select_related(*along).get(pk=job.subject_id)
    job.begin_step("gather")
    page = html(paper.rsa, paper.what, paper.language)
    job.begin_step("print")
    printed = pdf.print_pdf(page)
    job.begin_step("publish")
    with job.publication(), translation.override(paper.language):
        publish(paper, printed.content)


@verb("rsa_paper.printed", gettext_lazy("%(rsa)s at %(board)s was printed"))
def publish(paper: RsaPaper, content: bytes) -> None:
    rsa = paper.rsa
    paper.version = documents.publish(
        rsa.board,
        content,
        f"rsa-{rsa.cycle.slug}-{rsa.slug}-{rsa.edition}-{paper.what}.pdf",
        by=paper.asked_by,
        title=_title(rsa, paper.what)[:160],
        kind=Document.Kind.OTHER,
        level=Level.PROTECTED,
        registry_number=rsa.sender_number,
    )
    paper.save(update_fields=["version"])
    audit.record("rsa_paper.printed", paper, by=paper.asked_by, rsa=str(rsa))


def where(job: Job) -> str:
    return RsaPaper.objects.select_related("rsa__cycle").get(pk=job.subject_id).get_absolute_url()
