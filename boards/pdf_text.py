"""What a PDF says, as far as its fonts tell which letters its glyphs stand for.

Enough to find words in the papers that we print and in most that are filed; a scanned page is a picture and says
nothing here.
"""

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf

SHOWING = {"Tj", "TJ", "'", '"'}
ONE_TO_ONE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]+)>|\[(.*?)\])", re.DOTALL)
# Forms within forms: deeper than this nobody writes.
DEEPEST = 8


class UnreadableError(Exception):
    """It is no PDF, or it is locked."""


def read(pdf: bytes) -> str:
    try:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            about = " ".join(str(value) for value in document.docinfo.values())
            pages = [" ".join(_shown(page.obj, page.obj.get("/Resources"))) for page in document.pages]
            inside = [
                each.get_file().read_bytes().decode("utf-8", "ignore")
                for each in document.attachments.values()
            ]
            return "\n".join([about, *pages, *inside])
    except pikepdf.PdfError as error:
        raise UnreadableError from error


def _shown(stream: Any, resources: Any, depth: int = 0) -> Iterator[str]:
    """The texts that a page, or a form drawn on it, shows."""
    fonts = dict((resources or {}).get("/Font", {}).items())
    forms = dict((resources or {}).get("/XObject", {}).items())
    letters = {name: _Letters(font) for name, font in fonts.items()}
    font = None
    for operands, operator in pikepdf.parse_content_stream(stream):
        word = str(operator)
        if word == "Tf":
            font = letters.get(str(operands[0]))
        elif word in SHOWING and font:
            yield "".join(font.text(bytes(part)) for part in _strings(operands))
        elif word == "Do" and depth < DEEPEST:
            form = forms.get(str(operands[0]))
            if form is not None and form.get("/Subtype") == "/Form":
                yield from _shown(form, form.get("/Resources", resources), depth + 1)


def _strings(operands: Any) -> Iterator[Any]:
    for each in operands:
        if isinstance(each, pikepdf.Array):
            yield from _strings(each)
        elif isinstance(each, pikepdf.String):
            yield each


class _Letters:
    """Which letters the codes of a font stand for."""

    def __init__(self, font: Any) -> None:
        self.width = 2 if font.get("/Subtype") == "/Type0" else 1
        self.known = dict(_mapped(font["/ToUnicode"].read_bytes())) if "/ToUnicode" in font else {}

    def text(self, codes: bytes) -> str:
        numbers = [
            int.from_bytes(codes[at : at + self.width], "big") for at in range(0, len(codes), self.width)
        ]
        return "".join(self.known.get(number) or self._as_written(number) for number in numbers)

    def _as_written(self, number: int) -> str:
        return bytes([number]).decode("cp1252", "ignore") if self.width == 1 else ""


def _mapped(table: bytes) -> Iterator[tuple[int, str]]:
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, letters in ONE_TO_ONE.findall(block):
            yield int(code, 16), _letters(letters)
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, start, each in RANGE.findall(block):
            listed = re.findall(rb"<([0-9A-Fa-f]+)>", each)
            for place, code in enumerate(range(int(first, 16), int(last, 16) + 1)):
                if start:
                    text = _letters(start)
                    yield code, text[:-1] + chr(ord(text[-1]) + place)
                elif place < len(listed):
                    yield code, _letters(listed[place])


def _letters(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be", "replace")
