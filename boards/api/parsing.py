"""JSON as it is taken in: so large, so deep, each name once, and nothing that a database cannot hold."""

import json
from math import isinf
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import JSONParser

LARGEST = 256 * 1024
DEEPEST = 16


class TooLarge(APIException):
    status_code = 413
    default_detail = _("What you sent is too large.")


class LimitedJSONParser(JSONParser):
    largest = LARGEST

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        body = stream.read(self.largest + 1)
        if len(body) > self.largest:
            raise TooLarge
        try:
            text = body.decode()
            check_depth(text)
            found = json.loads(text, object_pairs_hook=each_once, parse_constant=refuse, parse_float=finite)
            # A lone half of a surrogate pair is JSON but no text.
            json.dumps(found, ensure_ascii=False).encode()
        except ValueError:
            raise ParseError(_("What you sent is not JSON that we can read.")) from None
        if "\\u0000" in text:
            raise ParseError(_("What you sent is not JSON that we can read."))
        return found


def check_depth(text: str) -> None:
    """Counted before it is parsed, since the parser itself gives way to what is nested too deep."""
    depth, quoted, escaped = 0, False, False
    for sign in text:
        if quoted:
            quoted = escaped or sign != '"'
            escaped = sign == "\\" and not escaped
        elif sign == '"':
            quoted = True
        elif sign in "[{":
            depth += 1
            if depth > DEEPEST:
                raise ValueError
        elif sign in "]}":
            depth -= 1


def each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError
    return found


def finite(number: str) -> float:
    """A number too large for the machine becomes infinity, which no field can hold."""
    found = float(number)
    if isinf(found):
        raise ValueError(number)
    return found


def refuse(constant: str) -> None:
    raise ValueError(constant)
