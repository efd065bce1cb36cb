"""What we demand of a PDF's structure before it may call itself accessible and archivable.

Our own rules, read from the file itself; not a certificate (docs/operations.md tells how to run veraPDF).
"""

import io
import itertools
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf

BUNDLED_FONT = "Source-Sans-3"
HEADINGS = {f"/H{level}": level for level in range(1, 7)}


@dataclass(frozen=True)
class Tag:
    kind: str
    element: pikepdf.Dictionary
    depth: int


def faults(pdf: bytes) -> list[str]:
    """Everything that is wrong, in words; empty when the file stands."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        tags = list(_tags(document.Root.get("/StructTreeRoot")))
        return [
            *_about_the_document(document),
            *_about_headings(tags),
            *_about_figures(tags),
            *_about_tables(tags),
            *_about_links(tags),
            *_about_fonts(document),
        ]


def _tags(node: Any, depth: int = 0) -> Iterator[Tag]:
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _tags(child, depth)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield Tag(str(node.S), node, depth)
        if "/K" in node:
            yield from _tags(node.K, depth + 1)


def _about_the_document(document: pikepdf.Pdf) -> Iterator[str]:
    root = document.Root
    if "/Lang" not in root:
        yield "the document has no language"
    if not str(document.docinfo.get("/Title", "")).strip():
        yield "the document has no title"
    if not _flag(root, "/MarkInfo", "/Marked"):
        yield "the document is not tagged"
    if not _flag(root, "/ViewerPreferences", "/DisplayDocTitle"):
        yield "the window does not show the title"
    for number, page in enumerate(document.pages, 1):
        if "/StructParents" not in page:
            yield f"page {number} does not lead to its tags"


def _flag(root: Any, place: str, name: str) -> bool:
    return place in root and bool(root[place].get(name, False))


def _about_headings(tags: list[Tag]) -> Iterator[str]:
    levels = [HEADINGS[tag.kind] for tag in tags if tag.kind in HEADINGS]
    if levels[:1] != [1]:
        yield "the first heading is not of level 1"
    for before, after in itertools.pairwise(levels):
        if after > before + 1:
            yield f"a heading of level {after} follows one of level {before}"


def _about_figures(tags: list[Tag]) -> Iterator[str]:
    for tag in tags:
        if tag.kind == "/Figure" and not str(tag.element.get("/Alt", "")).strip():
            yield "a figure has no alternative text"


def _about_tables(tags: list[Tag]) -> Iterator[str]:
    for table in (tag for tag in tags if tag.kind == "/Table"):
        cells = [tag for tag in _tags(table.element.K) if tag.kind in ("/TH", "/TD")]
        if not any(cell.kind == "/TH" for cell in cells):
            yield "a table has no header cell"
        if any(cell.kind == "/TD" and not _attribute(cell.element, "/Headers") for cell in cells) and not any(
            _attribute(cell.element, "/Scope") for cell in cells
        ):
            yield "a table's cells do not name their headers"


def _attribute(element: pikepdf.Dictionary, name: str) -> Any:
    attributes = element.get("/A")
    rows = attributes if isinstance(attributes, pikepdf.Array) else [attributes]
    return next((row[name] for row in rows if isinstance(row, pikepdf.Dictionary) and name in row), None)


def _about_links(tags: list[Tag]) -> Iterator[str]:
    for tag in tags:
        if tag.kind == "/Link" and "/K" not in tag.element:
            yield "a link has no content"


def _about_fonts(document: pikepdf.Pdf) -> Iterator[str]:
    for entry in document.objects:
        if isinstance(entry, pikepdf.Dictionary) and entry.get("/Type") == "/FontDescriptor":
            name = str(entry.get("/FontName", ""))
            if not any(key in entry for key in ("/FontFile", "/FontFile2", "/FontFile3")):
                yield f"the font {name} is not embedded"
            if BUNDLED_FONT not in name:
                yield f"the font {name} is not the one we bundle"


def main(names: list[str]) -> int:
    found = [(name, fault) for name in names for fault in faults(Path(name).read_bytes())]
    for name, fault in found:
        print(f"{name}: {fault}")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
