"""Zip files that are looked into before anything is unpacked: Office documents and workbooks.

What the directory of the file claims is not believed: each part is unpacked and counted.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from .sealed_room import RefusedFileError

MOST_PARTS = 1000
LARGEST_UNPACKED, LARGEST_XML = 120_000_000, 40_000_000
# Text packs ten to twenty times; a bomb a thousand times.
MOST_TIMES, SMALL = 150, 1_000_000
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ACTIVE_PART = re.compile(
    r"vbaproject|vbadata|activex|/embeddings/|oleobject|/ctrlprops/|macrosheets|/customui/|\.(?:exe|dll|js|vbs|bin)$",
    re.I,
)
# Printer settings are the one binary part that Excel itself adds to nearly every workbook.
HARMLESS_PART = re.compile(r"^xl/printerSettings/printerSettings\d+\.bin$", re.I)
ACTIVE_TYPE = re.compile(rb"macroEnabled|vbaProject|activeX|oleObject", re.I)
FIELD_THAT_FETCHES = re.compile(rb"\b(?:DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE)\b|<ddeLink\b", re.I)
LINK_ADDRESS = re.compile(r"(?:https?|mailto|tel):", re.I)


@dataclass
class Packed:
    """The parts of a zip file that has been looked through, by name."""

    parts: dict[str, bytes] = field(default_factory=dict)

    def xml(self) -> Iterator[tuple[str, bytes]]:
        return ((name, part) for name, part in self.parts.items() if name.lower().endswith((".xml", ".rels")))


def unpack(content: bytes, *, largest: int = LARGEST_UNPACKED) -> Packed:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_directory(content, entries, largest)
            return _read_parts(archive, entries, largest)
    except RefusedFileError:
        raise
    except Exception as error:
        raise RefusedFileError("broken") from error


def _check_directory(content: bytes, entries: list[zipfile.ZipInfo], largest: int) -> None:
    if not content.startswith(b"PK\x03\x04") or not _ends_with_its_directory(content):
        raise RefusedFileError("two_kinds")
    if len(entries) > MOST_PARTS:
        raise RefusedFileError("too_many_parts", most=MOST_PARTS)
    names = [entry.filename for entry in entries]
    if len({name.casefold() for name in names}) != len(names) or any(_leads_out(name) for name in names):
        raise RefusedFileError("odd_names")
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise RefusedFileError("locked")
    if any(entry.compress_type not in METHODS for entry in entries):
        raise RefusedFileError("broken")
    if sum(entry.file_size for entry in entries) > largest:
        raise RefusedFileError("bomb")
    _check_that_parts_lie_apart(entries)


def _ends_with_its_directory(content: bytes) -> bool:
    """Nothing stands after the zip file's own last record, whose comment is counted in."""
    at = content.rfind(b"PK\x05\x06")
    return at >= 0 and len(content) == at + 22 + int.from_bytes(content[at + 20 : at + 22], "little")


def _leads_out(name: str) -> bool:
    odd = "\\" in name or "\0" in name or ":" in name or name.startswith("/")
    return odd or ".." in name.split("/")


def _check_that_parts_lie_apart(entries: list[zipfile.ZipInfo]) -> None:
    """Parts that share bytes are how a small file unpacks into a very large one."""
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise RefusedFileError("bomb")
        end = entry.header_offset + 30 + len(entry.filename.encode()) + entry.compress_size


def _read_parts(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], largest: int) -> Packed:
    packed, left = Packed(), largest
    for entry in entries:
        with archive.open(entry) as part:
            text = part.read(left + 1)
        left -= len(text)
        swollen = len(text) > SMALL and len(text) > MOST_TIMES * max(1, entry.compress_size)
        if left < 0 or swollen:
            raise RefusedFileError("bomb")
        packed.parts[entry.filename] = text
    return packed


def check_office(packed: Packed) -> None:
    """No macros, no programs or documents inside, nothing fetched from elsewhere, no entities."""
    for name in packed.parts:
        if ACTIVE_PART.search(f"/{name}") and not HARMLESS_PART.match(name):
            raise RefusedFileError("macros" if "vba" in name.lower() else "embedded", part=name)
    for name, part in packed.xml():
        _check_xml(name, part)


def _check_xml(name: str, part: bytes) -> None:
    if len(part) > LARGEST_XML:
        raise RefusedFileError("bomb")
    if part[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in part[:200]:
        raise RefusedFileError("odd_text", part=name)
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise RefusedFileError("entities", part=name)
    if name == "[Content_Types].xml" and ACTIVE_TYPE.search(part):
        raise RefusedFileError("macros", part=name)
    if name.lower().endswith(".rels"):
        _check_links(name, part)
    elif FIELD_THAT_FETCHES.search(part) and _asks_for_data(part):
        raise RefusedFileError("links", part=name)


def _asks_for_data(part: bytes) -> bool:
    """The word in running text is a word; in a field's instruction or a link it fetches."""
    told = re.findall(rb"<w:instrText[^>]*>([^<]*)|w:instr=\"([^\"]*)|(<ddeLink)\b", part)
    joined = b"".join(b"".join(each) for each in told)
    return bool(FIELD_THAT_FETCHES.search(joined))


def _check_links(name: str, part: bytes) -> None:
    try:
        links = list(ElementTree.fromstring(part))
    except (DefusedXmlException, ElementTree.ParseError) as error:
        raise RefusedFileError("broken") from error
    for link in links:
        if link.get("TargetMode", "").lower() == "external" and not _is_plain_link(link):
            raise RefusedFileError("links", part=name)


def _is_plain_link(link: Any) -> bool:
    """An address that a reader may press; everything else would be fetched when the file is opened."""
    is_link = link.get("Type", "").rsplit("/", 1)[-1] == "hyperlink"
    return is_link and bool(LINK_ADDRESS.match(link.get("Target", "")))
