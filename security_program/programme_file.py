"""The decided wording out of the city's own document: DOCX, Markdown or plain text, read as paragraphs.

Nothing in the file is followed or run: of a DOCX one part is read, as text, with its size known beforehand.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LARGEST = 10_000_000
LARGEST_PART = 20_000_000
MOST_PARTS = 2000
# A part of text that unpacks to more than this many times its size was made to fill the memory.
MOST_TIMES = 200
MOST_PARAGRAPHS = 2000
LONGEST = 8000
DOCUMENT = "word/document.xml"
STYLES = "word/styles.xml"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Word names its heading styles after the language of the program that made the file.
HEADING = re.compile(r"^(?:heading|rubrik|überschrift|titre)\s*(\d)", re.IGNORECASE)
TITLES = ("title", "rubrik", "titel")
MARKDOWN_HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*#*$")
SETEXT = {"=": 1, "-": 2}
EMPHASIS = re.compile(r"(\*\*|__|\*|(?<!\w)_|_(?!\w)|`)")
LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")


class UnreadableFileError(ValidationError):
    pass


@dataclass(frozen=True)
class Line:
    """A paragraph as the document has it; level 0 is running text, 1 the highest heading."""

    text: str
    level: int = 0


def read(content: bytes, name: str) -> list[Line]:
    if len(content) > LARGEST:
        raise UnreadableFileError(_("The file is larger than 10 MB."))
    reader = READERS.get(PurePath(name).suffix.lower())
    if reader is None:
        raise UnreadableFileError(_("The file has to be Word (docx), Markdown (md) or plain text (txt)."))
    lines = [line for line in reader(content) if line.text]
    _refuse_odd(lines)
    return lines


def _refuse_odd(lines: list[Line]) -> None:
    if not lines:
        raise UnreadableFileError(_("There is no text in the file."))
    if len(lines) > MOST_PARAGRAPHS:
        raise UnreadableFileError(_("There are more than 2,000 paragraphs in the file."))
    if any(len(line.text) > LONGEST for line in lines):
        raise UnreadableFileError(_("A paragraph in the file is longer than 8,000 characters."))


# DOCX


def _docx(content: bytes) -> Iterator[Line]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            body = _part(archive, DOCUMENT)
            levels = _levels(_part(archive, STYLES)) if STYLES in archive.namelist() else {}
    except UnreadableFileError:
        raise
    except (zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError, OSError, EOFError) as error:
        raise UnreadableFileError(_("The file could not be read as a Word document.")) from error
    for paragraph in body.iter(f"{W}p"):
        yield Line(_words("".join(_texts(paragraph))), levels.get(_style(paragraph), 0))


def _part(archive: zipfile.ZipFile, name: str) -> Any:
    if len(archive.infolist()) > MOST_PARTS:
        raise UnreadableFileError(_("The file could not be read as a Word document."))
    about = archive.getinfo(name)
    if about.file_size > LARGEST_PART or about.file_size > MOST_TIMES * max(about.compress_size, 1):
        raise UnreadableFileError(_("The file is too large when it is unpacked."))
    with archive.open(name) as part:
        # What the table of contents says of the size is the sender's word; what is read is counted.
        content = part.read(LARGEST_PART + 1)
    if len(content) > LARGEST_PART:
        raise UnreadableFileError(_("The file is too large when it is unpacked."))
    try:
        return ElementTree.fromstring(content, forbid_dtd=True)
    except (ElementTree.ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise UnreadableFileError(_("The file could not be read as a Word document.")) from error


def _levels(styles: Any) -> dict[str, int]:
    """Which styles are headings, by their name or their outline level."""
    found = {}
    for style in styles.iter(f"{W}style"):
        name = style.find(f"{W}name")
        called = name.get(f"{W}val", "") if name is not None else ""
        outline = style.find(f"{W}pPr/{W}outlineLvl")
        if match := HEADING.match(called):
            level = int(match[1])
        elif called.lower() in TITLES:
            level = 1
        elif outline is not None and outline.get(f"{W}val", "9").isdigit():
            level = int(outline.get(f"{W}val", "9")) + 1
        else:
            continue
        if 1 <= level <= 6:
            found[style.get(f"{W}styleId", "")] = level
    return found


def _style(paragraph: Any) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return style.get(f"{W}val", "") if style is not None else ""


def _texts(paragraph: Any) -> Iterator[str]:
    """What stands in the paragraph today: text that was struck out while it was written is not read."""
    for part in paragraph.iter():
        if part.tag == f"{W}t":
            yield part.text or ""
        elif part.tag in (f"{W}tab", f"{W}br", f"{W}cr"):
            yield " "


# Markdown and text


def _text(content: bytes) -> Iterator[Line]:
    for block in re.split(r"\n\s*\n", _decoded(content)):
        yield Line(_words(block))


def _markdown(content: bytes) -> Iterator[Line]:
    for block in re.split(r"\n\s*\n", _decoded(content)):
        gathered: list[str] = []
        for line in block.splitlines():
            if match := MARKDOWN_HEADING.match(line.strip()):
                yield _plain(gathered)
                gathered = []
                yield Line(_words(_unmarked(match[2])), len(match[1]))
            elif gathered and (level := _underlines(line)):
                yield Line(_plain(gathered).text, level)
                gathered = []
            elif re.match(r"\s*([-*+]|\d+[.)])\s+", line):
                yield _plain(gathered)
                gathered = [re.sub(r"^\s*([-*+]|\d+[.)])\s+", "", line)]
            else:
                gathered.append(line)
        yield _plain(gathered)


def _underlines(line: str) -> int:
    """A heading may be underlined instead of marked in front."""
    marks = set(line.strip())
    return SETEXT.get(marks.pop(), 0) if len(marks) == 1 and len(line.strip()) > 2 else 0


def _plain(lines: list[str]) -> Line:
    return Line(_words(_unmarked(" ".join(lines))))


def _unmarked(text: str) -> str:
    return EMPHASIS.sub("", LINK.sub(r"\1", text))


def _decoded(content: bytes) -> str:
    """UTF-8, or what Windows wrote before it."""
    if b"\0" in content:
        raise UnreadableFileError(_("The file is not text."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _words(text: str) -> str:
    return " ".join(text.split())


READERS = {".docx": _docx, ".md": _markdown, ".markdown": _markdown, ".txt": _text}
