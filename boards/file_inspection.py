"""Looks into a file that somebody sent: what it is by its content, and whether anything in it is active.

Runs in the sealed room (`python -m boards.file_inspection`); others call `documents.inspected`.
"""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
from PIL import Image, ImageOps

from . import packed
from .file_kinds import LARGEST
from .sealed_room import RefusedFileError, answer

MOST_PIXELS = 50_000_000
MOST_PAGES, MOST_OBJECTS, DEEPEST = 2000, 300_000, 40
MAIN_PART = {
    "word/document.xml": "word",
    "xl/workbook.xml": "excel",
    "ppt/presentation.xml": "powerpoint",
}
# What makes a PDF do something, send something or carry another file.
ACTIVE_KEYS = {
    "/JS",
    "/JavaScript",
    "/AA",
    "/EmbeddedFiles",
    "/EF",
    "/XFA",
    "/RichMedia",
    "/RichMediaContent",
    "/Launch",
}
ACTIVE_ACTIONS = {
    "/JavaScript",
    "/Launch",
    "/SubmitForm",
    "/ImportData",
    "/GoToR",
    "/GoToE",
    "/Rendition",
    "/Movie",
    "/Sound",
    "/ResetForm",
    "/Hide",
    "/SetOCGState",
    "/RichMediaExecute",
}
ACTIVE_ANNOTATIONS = {"/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"}
SAFE_ADDRESS = (b"http://", b"https://", b"mailto:", b"tel:")


def look(content: bytes) -> tuple[dict[str, Any], bytes]:
    """The kind of the file and what we keep of it, or RefusedFileError."""
    if not content:
        raise RefusedFileError("empty")
    if len(content) > LARGEST:
        raise RefusedFileError("too_large", most=LARGEST // 1_000_000)
    if content.startswith(b"%PDF-"):
        return {"kind": "pdf"}, check_pdf(content)
    if content.startswith(b"PK\x03\x04"):
        return {"kind": check_office(content)}, content
    if content.startswith(b"\xff\xd8\xff"):
        return {"kind": "jpeg"}, bare_picture(content, "JPEG")
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return {"kind": "png"}, bare_picture(content, "PNG")
    raise RefusedFileError("unknown_kind")


def check_office(content: bytes) -> str:
    parts = packed.unpack(content)
    kinds = [kind for name, kind in MAIN_PART.items() if name in parts.parts]
    if len(kinds) != 1 or "[Content_Types].xml" not in parts.parts:
        raise RefusedFileError("unknown_kind")
    packed.check_office(parts)
    return kinds[0]


def bare_picture(content: bytes, kind: str) -> bytes:
    """The picture drawn anew: place, camera, thumbnails and whatever was hidden in the file stay behind."""
    # Our own limit stands below, in words.
    Image.MAX_IMAGE_PIXELS = None
    try:
        with Image.open(io.BytesIO(content), formats=[kind]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise RefusedFileError("too_many_pixels", most=MOST_PIXELS // 1_000_000)
            upright = ImageOps.exif_transpose(picture)
            plain = upright.convert(_colours(upright, kind))
    except (OSError, SyntaxError, ValueError) as error:
        raise RefusedFileError("broken") from error
    bare = Image.frombytes(plain.mode, plain.size, plain.tobytes())
    file = io.BytesIO()
    bare.save(file, kind, **({"quality": 92} if kind == "JPEG" else {}))
    return file.getvalue()


def _colours(picture: Image.Image, kind: str) -> str:
    if kind == "JPEG":
        return "L" if picture.mode == "L" else "RGB"
    return picture.mode if picture.mode in ("L", "RGB", "RGBA") else "RGBA"


def check_pdf(content: bytes) -> bytes:
    end = content.rfind(b"%%EOF")
    if end < 0 or content[end + 5 :].strip(b"\r\n\t \0"):
        raise RefusedFileError("two_kinds")
    try:
        with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as document:
            if document.is_encrypted:
                raise RefusedFileError("locked")
            if len(document.pages) > MOST_PAGES or len(document.objects) > MOST_OBJECTS:
                raise RefusedFileError("too_many_parts", most=MOST_PAGES)
            for entry in document.objects:
                _check_entry(entry)
    except pikepdf.PasswordError as error:
        raise RefusedFileError("locked") from error
    except (pikepdf.PdfError, ValueError, RuntimeError, RecursionError) as error:
        raise RefusedFileError("broken") from error
    return content


def _check_entry(entry: pikepdf.Object) -> None:
    for found in _dictionaries(entry):
        names = set(found.keys())
        if active := names & ACTIVE_KEYS:
            carries = active & {"/EmbeddedFiles", "/EF"}
            raise RefusedFileError("embedded" if carries else "active_pdf", part=min(active))
        if "/S" in names and str(found.S) in ACTIVE_ACTIONS:
            raise RefusedFileError("active_pdf", part=str(found.S))
        if str(found.get("/Subtype", "")) in ACTIVE_ANNOTATIONS:
            raise RefusedFileError("active_pdf", part=str(found.Subtype))
        if "/URI" in names and isinstance(found.URI, pikepdf.String) and not _is_safe(found.URI):
            raise RefusedFileError("active_pdf", part="/URI")


def _is_safe(address: pikepdf.String) -> bool:
    return bytes(address).strip().lower().startswith(SAFE_ADDRESS)


def _dictionaries(entry: Any, depth: int = 0) -> Iterator[Any]:
    """The object and what stands directly in it; what it points to has its own turn."""
    if depth > DEEPEST:
        raise RefusedFileError("broken")
    if isinstance(entry, pikepdf.Dictionary | pikepdf.Stream):
        yield entry
        inside: Any = [value for _name, value in entry.items()]
    elif isinstance(entry, pikepdf.Array):
        inside = entry
    else:
        return
    for value in inside:
        if isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect:
            yield from _dictionaries(value, depth + 1)


if __name__ == "__main__":
    answer(look)
