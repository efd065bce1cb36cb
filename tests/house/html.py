"""A small strict reader of HTML: a tree, and what is not closed as it was opened."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
# Where text is no text of ours for a reader: code, and what somebody is writing.
SILENT = frozenset({"script", "style", "template", "textarea"})


class Node:
    __slots__ = ("attrs", "children", "parent", "tag")

    def __init__(self, tag: str, attrs: dict[str, str | None], parent: Node | None) -> None:
        self.tag, self.attrs, self.parent = tag, attrs, parent
        self.children: list[Node | str] = []

    def walk(self) -> Iterator[Node]:
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()

    def all(self, *tags: str) -> list[Node]:
        return [node for node in self.walk() if node.tag in tags]

    def get(self, name: str) -> str:
        return self.attrs.get(name) or ""

    @property
    def text(self) -> str:
        said = (child if isinstance(child, str) else child.text for child in self.children)
        return " ".join("".join(said).split())

    @property
    def lang(self) -> str:
        node: Node | None = self
        while node is not None:
            if node.get("lang"):
                return node.get("lang")
            node = node.parent
        return ""

    def inside(self, *tags: str) -> bool:
        return self.tag in tags or (self.parent is not None and self.parent.inside(*tags))


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.here = Node("", {}, None)
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _value in attrs]
        if len(names) != len(set(names)):
            self.faults.append(f"<{tag}> has the same attribute twice: {names}")
        node = Node(tag, dict(attrs), self.here)
        self.here.children.append(node)
        if tag not in VOID:
            self.here = node

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.here = self.here.parent or self.root

    def handle_endtag(self, tag: str) -> None:
        if self.here.tag == tag:
            self.here = self.here.parent or self.root
        elif tag not in VOID:
            self.faults.append(f"</{tag}> closes <{self.here.tag}>")

    def handle_data(self, data: str) -> None:
        self.here.children.append(data)


def read(html: str) -> tuple[Node, list[str]]:
    reader = Reader()
    reader.feed(html)
    reader.close()
    if reader.here is not reader.root:
        reader.faults.append(f"<{reader.here.tag}> is never closed")
    return reader.root, reader.faults


def texts(root: Node) -> Iterator[tuple[str, str]]:
    """Each text a reader meets, with its language: words between tags, and names in attributes."""
    for node in root.walk():
        if node.tag in SILENT or node.get("translate") == "no":
            continue
        for said in ("aria-label", "placeholder", "alt", "title", "aria-description"):
            if node.get(said).strip():
                yield node.lang, " ".join(node.get(said).split())
        if node.tag == "input" and node.get("type") in ("submit", "button") and node.get("value"):
            yield node.lang, node.get("value")
        for child in node.children:
            if isinstance(child, str) and child.strip():
                yield node.lang, " ".join(child.split())
