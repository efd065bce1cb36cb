"""Mail that came back: reports in a real Maildir, from our own mail or from somebody who only pretends."""

import mailbox
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.core.exceptions import ImproperlyConfigured

from boards import mailboxes, outbox, tasks
from boards.models import Dispatch, Job, User
from tests.boards import mail_server as servers
from tests.boards import mailbox_servers

pytestmark = pytest.mark.django_db

REPORT = """\
From: MAILER-DAEMON@example.org
To: {to}
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

The mail system could not deliver.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org

Final-Recipient: rfc822; karin@example.org
Action: {action}
Status: {status}

--b
Content-Type: text/rfc822-headers

Message-ID: <{reference}@example.org>
Subject: Something

--b--
"""


@pytest.fixture
def box(tmp_path: Path, settings: Any) -> mailbox.Maildir:
    settings.BOUNCE_MAILBOX = str(tmp_path / "bounces")
    return mailbox.Maildir(settings.BOUNCE_MAILBOX, create=True)


@pytest.fixture
def sent(settings: Any) -> Dispatch:
    settings.BOUNCE_ADDRESS = "studs@stad.example"
    with servers.mail_server(settings) as post:
        person = User.objects.create_user("karin@example.org", "Karin Ek")
        outbox.write("password_changed", person, subject="Subject", body="Body")
        outbox.post_due()
        dispatch = Dispatch.objects.get()
        assert post.taken[0].mail_from == f"studs+{dispatch.reference}@stad.example"
    return dispatch


def report(**facts: str) -> bytes:
    wanted = {"to": "studs@stad.example", "action": "failed", "status": "5.1.1", "reference": "0" * 32}
    return REPORT.format(**{**wanted, **facts}).encode()


def deliver(box: mailbox.Maildir, **facts: str) -> None:
    box.add(mailbox.MaildirMessage(report(**facts)))


def read(sent: Dispatch) -> tuple[str, str]:
    tasks.work(Job.objects.ask("bounces", key=f"round {Job.objects.count()}").pk)
    sent.refresh_from_db()
    return sent.state, sent.reason


@pytest.mark.parametrize("where", ["envelope", "returned headers"])
def test_a_report_is_noted_by_the_address_it_came_to_or_the_mail_it_returns(
    where: str, box: mailbox.Maildir, sent: Dispatch
) -> None:
    if where == "envelope":
        deliver(box, to=f"studs+{sent.reference}@stad.example")
    else:
        deliver(box, reference=sent.reference)
    assert read(sent) == ("returned", "5.1.1")
    assert len(box) == 0
    assert sent in Dispatch.objects.undelivered()


@pytest.mark.parametrize(
    "facts",
    [
        {"action": "delayed", "status": "4.4.1"},
        {"action": "delivered", "status": "2.0.0"},
        {"action": "failed", "status": "5.1.1", "reference": "f" * 32},
    ],
)
def test_a_delay_a_receipt_and_a_guess_change_nothing(
    facts: dict[str, str], box: mailbox.Maildir, sent: Dispatch
) -> None:
    deliver(box, **{"reference": sent.reference, **facts})
    assert read(sent) == ("sent", "")
    assert [message.get_subdir() for message in box] == ["cur"], "left for a person to read, and read once"


def test_rubbish_is_left_and_what_follows_is_read(box: mailbox.Maildir, sent: Dispatch) -> None:
    box.add(mailbox.MaildirMessage(b"\xff\xfe\x00 not mail"))
    box.add(
        mailbox.MaildirMessage(b"Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/d")
    )
    deliver(box, reference=sent.reference)
    assert read(sent)[0] == "returned"


SERVERS = {"imap": mailbox_servers.Imap, "pop3": mailbox_servers.Pop}
PASSWORD = quote(mailbox_servers.PASSWORD, safe="")


@pytest.mark.parametrize("kind", SERVERS)
def test_the_mailbox_may_be_a_mail_servers(kind: str, sent: Dispatch, settings: Any) -> None:
    with mailbox_servers.running(SERVERS[kind]) as (port, box):
        settings.BOUNCE_MAILBOX = f"{kind}://{quote(mailbox_servers.NAME)}:{PASSWORD}@127.0.0.1:{port}/INBOX"
        box.add(b"Subject: Semester\n\n.Jag svarar i augusti.\n")
        box.add(report(reference="f" * 32))
        box.add(report(reference=sent.reference))
        box.add(b"x" * (mailboxes.LARGEST + 1))
        assert read(sent) == ("returned", "5.1.1")
        assert sorted(box.messages) == [1, 2, 4], "what is none of ours stays for a person"
        assert box.seen == ({1, 2, 4} if kind == "imap" else set())


def test_a_mailbox_that_lets_nobody_in_is_told_of(settings: Any, sent: Dispatch) -> None:
    with mailbox_servers.running(mailbox_servers.Pop) as (port, _box):
        for address in (f"pop3://nobody:wrong@127.0.0.1:{port}", f"imap://x:y@127.0.0.1:{port}", "/nowhere"):
            settings.BOUNCE_MAILBOX = address
            assert read(sent) == ("sent", "")
    assert set(Job.objects.failed().values_list("kind", "reason")) == {("bounces", "unreachable")}
    assert Job.objects.failed().count() == 3


@pytest.mark.parametrize("address", ["pop3://a:b@mail.example.org", "imap://a:b@mail.example.org", "ftp://x"])
def test_a_password_is_never_sent_in_clear(address: str) -> None:
    with pytest.raises(ImproperlyConfigured), mailboxes.opened(address):
        pass


def test_without_a_mailbox_there_is_nothing_to_read(settings: Any, sent: Dispatch) -> None:
    settings.BOUNCE_MAILBOX = ""
    assert read(sent) == ("sent", "")
