"""A password that has leaked somewhere, or is a leaked one dressed up, is not accepted."""

from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class BreachedPassword(CommonPasswordValidator):
    def validate(self, password: str, user: Any = None) -> None:
        if password.casefold().strip() in self.passwords:
            raise ValidationError(self.get_error_message(), code="breached")

    def get_error_message(self) -> str:
        return _(
            "This password is known from a leak. Choose another, for example four words that do not belong together."
        )
