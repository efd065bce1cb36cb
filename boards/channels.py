"""The ways out of the house: mail over SMTP, and text messages over a gateway's HTTP address.

What goes wrong is told by a code alone. An exception of a library carries addresses and content, so none is
passed on: neither a log nor a job's reason may say to whom something was written, or what.
"""

import json
import smtplib
import urllib.error
import urllib.request
from collections.abc import Mapping
from contextlib import suppress
from http import HTTPStatus
from typing import Any, Protocol

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

MAIL, SMS = "mail", "sms"
PERMANENT = 500
# The gateway is busy, or our own key to it is wrong: nothing to do with the number.
NOT_THE_NUMBER = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS, *map(HTTPStatus, (401, 403))}


class NotSentError(Exception):
    """Try again later."""

    def __init__(self, code: str | int) -> None:
        super().__init__(str(code))
        self.code = str(code)


class RefusedError(NotSentError):
    """This address does not take mail or messages, now or later."""


class DownError(NotSentError):
    """The server does not answer; what else would go the same way waits too."""


class Channel(Protocol):
    def send(self, content: Mapping[str, str], reference: str) -> None: ...

    def close(self) -> None: ...


class Mail:
    """One connection for all that is due in the same round."""

    def __init__(self) -> None:
        self.connection = get_connection()

    def send(self, content: Mapping[str, str], reference: str) -> None:
        if not content.get("to"):
            raise RefusedError("NoAddress")
        try:
            self.connection.open()
            self._message(content, reference).send()
        except smtplib.SMTPRecipientsRefused as refused:
            code = max(answer[0] for answer in refused.recipients.values())
            raise _by_code(code) from None
        except (smtplib.SMTPDataError, smtplib.SMTPSenderRefused) as refused:
            raise _by_code(refused.smtp_code) from None
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            raise DownError(type(error).__name__) from None

    def _message(self, content: Mapping[str, str], reference: str) -> EmailMessage:
        headers = {
            "From": settings.DEFAULT_FROM_EMAIL,
            "Message-ID": f"<{reference}@{_domain()}>",
            "Auto-Submitted": "auto-generated",
        }
        if unsubscribe := content.get("unsubscribe"):
            headers["List-Unsubscribe"] = f"<{unsubscribe}>"
        return EmailMessage(
            content["subject"],
            content["body"],
            _sender(reference),
            [content["to"]],
            headers=headers,
            reply_to=[content["reply_to"]] if content.get("reply_to") else None,
            connection=self.connection,
        )

    def close(self) -> None:
        with suppress(smtplib.SMTPException, OSError):
            self.connection.close()


def _by_code(code: int) -> NotSentError:
    return RefusedError(code) if code >= PERMANENT else NotSentError(code)


def _domain() -> str:
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip("> ") or "localhost"


def _sender(reference: str) -> str:
    """The envelope's sender: an address of its own for each mail, if the city has a mailbox for what comes back."""
    name, at, domain = settings.BOUNCE_ADDRESS.partition("@")
    return f"{name}+{reference}@{domain}" if at else settings.DEFAULT_FROM_EMAIL


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """A message to be sent is never carried on to another address."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


class Sms:
    """A gateway that takes JSON over HTTPS: from, to, text and our reference."""

    def send(self, content: Mapping[str, str], reference: str) -> None:
        if not settings.SMS_URL:
            raise RefusedError("NoGateway")
        if not content.get("phone"):
            raise RefusedError("NoAddress")
        try:
            self._post(content, reference)
        except urllib.error.HTTPError as answer:
            answer.close()
            raise _by_status(answer.code) from None
        except (OSError, ValueError) as error:
            raise DownError(type(error).__name__) from None

    def _post(self, content: Mapping[str, str], reference: str) -> None:
        text = {
            "from": settings.SMS_FROM,
            "to": content["phone"],
            "text": content["text"],
            "reference": reference,
        }
        request = urllib.request.Request(  # noqa: S310 (the settings allow http and https alone)
            settings.SMS_URL,
            json.dumps(text).encode(),
            {"Content-Type": "application/json", "Authorization": f"Bearer {settings.SMS_TOKEN}"},
        )
        opener = urllib.request.build_opener(NoRedirect)
        opener.open(request, timeout=settings.SMS_TIMEOUT).close()

    def close(self) -> None:
        """Each message has a connection of its own."""


def _by_status(status: int) -> NotSentError:
    ours = status in NOT_THE_NUMBER or status >= PERMANENT or status < HTTPStatus.BAD_REQUEST
    return DownError(status) if ours else RefusedError(status)


def all_channels() -> dict[str, Channel]:
    return {MAIL: Mail(), SMS: Sms()}
