"""Why a file that somebody sent is not taken, in words."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .sealed_room import RefusedFileError

REASONS = {
    "empty": _("The file is empty."),
    "too_large": _("The file is larger than %(most)s MB."),
    "unknown_kind": _(
        "The file is of a kind we do not take. We take PDF, Word, Excel, PowerPoint, JPEG and PNG."
    ),
    "broken": _("The file is damaged or not what it says it is."),
    "two_kinds": _("The file holds something before or after its own content. Save it anew and try again."),
    "too_many_parts": _("The file has too many parts or pages (at most %(most)s)."),
    "odd_names": _("The file holds parts whose names lead out of it."),
    "locked": _("The file is locked with a password. Save it without one."),
    "bomb": _("The file is too large when it is unpacked."),
    "macros": _("The file holds macros. Save it without them."),
    "embedded": _("Another file lies inside this one. Take it out and file it by itself."),
    "entities": _("The file holds definitions (%(part)s) that we do not read."),
    "odd_text": _("The file is written in a way that we do not read (%(part)s)."),
    "links": _(
        "The file fetches content from elsewhere when it is opened. Break the links and save it anew."
    ),
    "active_pdf": _("The PDF can run or send something (%(part)s). Print it to a new PDF and file that."),
    "too_many_pixels": _("The picture is larger than %(most)s million pixels."),
    "too_demanding": _("The file takes too much time or memory to read."),
    "infected": _("The virus scanner stopped the file."),
    "not_scanned": _("The virus scanner does not answer. Nothing was filed; try again later."),
    "too_many_rows": _("The file has more than %(most)s rows."),
    "long_cell": _("Cell %(cell)s holds more than %(most)s characters."),
    "no_table": _("The file could not be read. It has to be Excel (xlsx) or CSV."),
}


def in_words(refused: RefusedFileError) -> ValidationError:
    return ValidationError(REASONS[refused.code], code=refused.code, params=refused.facts)
