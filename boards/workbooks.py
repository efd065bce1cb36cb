"""Writes a sheet as an Excel workbook, row by row, with a page first that says what it is."""

import re
from typing import IO, Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from .exports import FORMULA, Sheet, plain

LONGEST_TEXT = 32_767


def write(sheet: Sheet, file: IO[bytes]) -> None:
    book = Workbook(write_only=True)
    _read_me(book, sheet)
    data = book.create_sheet(_sheet_name(sheet.title))
    data.freeze_panes = "A2"
    for place, heading in enumerate(sheet.headings, start=1):
        data.column_dimensions[get_column_letter(place)].width = min(48, max(14, len(heading) + 4))
    data.append([_bold(data, heading) for heading in sheet.headings])
    for row in sheet.rows:
        data.append([_cell(data, value) for value in row])
    book.save(file)


def _cell(worksheet: Any, value: Any) -> Cell:
    value = plain(value)
    if not isinstance(value, str):
        return WriteOnlyCell(worksheet, value=value)
    cell = WriteOnlyCell(worksheet, value=value[:LONGEST_TEXT])
    # Forced: openpyxl would otherwise make formulas and error codes of texts that look like them.
    cell.data_type = "s"
    cell.quotePrefix = bool(FORMULA.match(value))
    cell.alignment = Alignment(wrap_text="\n" in value, vertical="top")
    return cell


def _bold(worksheet: Any, text: str) -> Cell:
    cell = _cell(worksheet, text)
    cell.font = Font(bold=True)
    return cell


def _read_me(book: Workbook, sheet: Sheet) -> None:
    page = book.create_sheet(_("Read me"))
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 24, 90
    page.append([_bold(page, sheet.title)])
    for label, text in [*sheet.about, (_("Made"), date_format(timezone.localtime(), "DATETIME_FORMAT"))]:
        page.append([_bold(page, label), _cell(page, text)])


def _sheet_name(title: str) -> str:
    return re.sub(r"[\[\]:*?/\\']", " ", title)[:31].strip() or "1"
