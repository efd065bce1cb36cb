"""Which files we take, judged by what is in them and never by their names (boards.file_inspection)."""

from dataclasses import dataclass

LARGEST = 20_000_000
OFFICE = "application/vnd.openxmlformats-officedocument."


@dataclass(frozen=True)
class FileKind:
    code: str
    media_type: str
    ending: str


KINDS = {
    kind.code: kind
    for kind in (
        FileKind("pdf", "application/pdf", "pdf"),
        FileKind("word", f"{OFFICE}wordprocessingml.document", "docx"),
        FileKind("excel", f"{OFFICE}spreadsheetml.sheet", "xlsx"),
        FileKind("powerpoint", f"{OFFICE}presentationml.presentation", "pptx"),
        FileKind("jpeg", "image/jpeg", "jpg"),
        FileKind("png", "image/png", "png"),
    )
}
