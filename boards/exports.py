"""Writes a table as Excel or CSV that opens rightly in Swedish Excel and in which nothing is a formula."""

import csv
import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

from django.http import FileResponse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from . import classes, logs, sealed_fields

EXCEL, CSV = "xlsx", "csv"
MEDIA_TYPES = {
    EXCEL: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    CSV: "text/csv; charset=utf-8",
}
# A spreadsheet reads a cell that begins so as a formula, also after spaces and in full-width letters.
FORMULA = re.compile(r"[\s\ufeff]*[=+\-@＝＋－＠]|[\t\r\n]")
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True)
class Sheet:
    """A table with what a reader of the file must know about it."""

    title: str
    headings: list[str]
    rows: Iterable[list[Any]]
    about: list[tuple[str, str]] = field(default_factory=list)
    name: str = ""

    def file_name(self, kind: str) -> str:
        return f"{slugify(self.name or self.title)}-{timezone.localdate().isoformat()}.{kind}"


def download(sheet: Sheet, kind: str) -> FileResponse:
    file = tempfile.SpooledTemporaryFile(max_size=2_000_000)  # noqa: SIM115 (the response closes it)
    with sealed_fields.writing_for(classes.Place.EXPORT):
        WRITERS[kind](sheet, file)
    file.seek(0)
    logs.note("exported", what=slugify(sheet.name or sheet.title), kind=kind)
    return FileResponse(
        file, as_attachment=True, filename=sheet.file_name(kind), content_type=MEDIA_TYPES[kind]
    )


def write_excel(sheet: Sheet, file: IO[bytes]) -> None:
    # Takes most of a second to load, which each process would wait for at its start.
    from . import workbooks

    workbooks.write(sheet, file)


def write_csv(sheet: Sheet, file: IO[bytes]) -> None:
    """UTF-8 with BOM, semicolons and decimal comma: what Swedish Excel opens with a double click."""
    file.write("\ufeff".encode())
    lines = csv.writer(_Utf8(file), delimiter=";", lineterminator="\r\n")
    lines.writerow([harmless(heading) for heading in sheet.headings])
    lines.writerows([_csv_value(value) for value in row] for row in sheet.rows)


WRITERS = {EXCEL: write_excel, CSV: write_csv}


def plain(value: Any) -> Any:
    """Numbers and days stay what they are; everything else becomes a text that a file can hold."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return timezone.make_naive(value) if timezone.is_aware(value) else value
    if isinstance(value, int | float | Decimal | date):
        return value
    return UNWRITABLE.sub("", str(value))


def harmless(text: str) -> str:
    """With an apostrophe first a spreadsheet shows the text as it is, instead of working it out."""
    text = UNWRITABLE.sub("", text)
    return f"'{text}" if FORMULA.match(text) else text


def _csv_value(value: Any) -> str:
    value = plain(value)
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float | Decimal):
        return f"{value:f}".replace(".", ",") if isinstance(value, Decimal) else str(value).replace(".", ",")
    return harmless(value)


class _Utf8:
    def __init__(self, file: IO[bytes]) -> None:
        self.file = file

    def write(self, text: str) -> int:
        return self.file.write(text.encode("utf-8", "replace"))


def in_chunks(rows: Any, size: int = 500) -> Iterator[list[Any]]:
    chunk: list[Any] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
