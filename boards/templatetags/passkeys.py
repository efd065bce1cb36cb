"""What the browser's passkey dialogue is given, as an attribute that passkey.js reads."""

import json
from typing import Any

from django import template

register = template.Library()


@register.filter
def as_json(value: Any) -> str:
    return json.dumps(value)
