"""What leaves the house: over a real mail server and a real gateway, which refuse, are busy, hang or are down."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from boards import outbox, tasks
from boards.models import Dispatch, Job, User
from boards.models.outbox import WAITS
from tests.boards import mail_server as servers
from tests.conftest import Cast, signed_in

pytestmark = pytest.mark.django_db
BODY = "canary-body"


@pytest.fixture
def post(settings: Any) -> Iterator[servers.Post]:
    with servers.mail_server(settings) as post:
        yield post


@pytest.fixture
def gateway(settings: Any) -> Iterator[servers.Gateway]:
    with servers.sms_gateway(settings) as gateway:
        yield gateway


@pytest.fixture
def karin() -> User:
    return User.objects.create_user("karin@example.org", "Karin Ek", phone="+46700000000")


def write(person: User | None, *channels: str) -> Dispatch:
    written = outbox.write(
        "password_changed", person, channels=channels or ("mail",), subject="Subject", body=BODY, text=BODY
    )
    assert written
    return written


def later(**wait: int) -> None:
    Dispatch.objects.update(due_at=timezone.now() - timedelta(seconds=1))


def states() -> list[tuple[str, str]]:
    return list(Dispatch.objects.order_by("pk").values_list("state", "reason"))


def test_a_mail_is_sealed_until_it_is_sent_and_gone_afterwards(post: servers.Post, karin: User) -> None:
    sealed = write(karin).sealed
    assert BODY not in sealed
    assert karin.email not in sealed
    assert outbox.post_due() == 1
    dispatch = Dispatch.objects.get()
    assert (dispatch.state, dispatch.sealed, dispatch.channel) == ("sent", "", "mail")
    mail = message_from_bytes(post.taken[0].content)
    assert mail["Message-ID"] == f"<{dispatch.reference}@localhost>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert outbox.post_due() == 0


def test_the_job_that_posts_carries_only_numbers(post: servers.Post, karin: User) -> None:
    dispatch = write(karin)
    job = Job.objects.get(kind="letters")
    assert job.key == f"letter:{dispatch.pk}"
    tasks.work(job.pk)
    assert len(post.taken) == 1


@pytest.mark.parametrize("code", [550, 553])
def test_an_address_that_is_refused_is_not_tried_again_and_is_shown(
    cast: Cast, post: servers.Post, karin: User, code: int
) -> None:
    post.answers[karin.email] = f"{code} no such user"
    write(karin)
    outbox.post_due()
    assert states() == [("failed", str(code))]
    later()
    assert outbox.post_due() == 0
    desk = signed_in(cast.administrator)
    assert reverse("account_detail", args=[karin.pk]) in desk.get(reverse("account_list")).content.decode()
    assert str(code) in desk.get(reverse("account_detail", args=[karin.pk])).content.decode()


def test_one_refused_address_holds_nobody_else_up(post: servers.Post, karin: User) -> None:
    post.answers[karin.email] = "550 no such user"
    other = User.objects.create_user("ali@example.org", "Ali Berg")
    write(karin)
    write(other)
    assert outbox.post_due() == 1
    assert states() == [("failed", "550"), ("sent", "")]


def test_an_address_that_mail_reaches_again_is_no_longer_shown(post: servers.Post, karin: User) -> None:
    post.answers[karin.email] = "550 full"
    write(karin)
    outbox.post_due()
    assert Dispatch.objects.undelivered().exists()
    post.answers.clear()
    write(karin)
    outbox.post_due()
    assert not Dispatch.objects.undelivered().exists()


def test_a_busy_server_is_tried_again_after_1_5_15_and_60_minutes(post: servers.Post, karin: User) -> None:
    post.answers[karin.email] = "451 try again later"
    dispatch = write(karin)
    for wait in [*WAITS, WAITS[-1]]:
        outbox.post_due()
        dispatch.refresh_from_db()
        away = dispatch.due_at - timezone.now()
        assert wait - timedelta(seconds=20) < away <= wait
        assert (dispatch.state, dispatch.reason) == ("waiting", "451")
        later()
    post.answers.clear()
    assert outbox.post_due() == 1


def test_content_that_the_server_refuses_fails_where_it_can_be_seen(post: servers.Post, karin: User) -> None:
    post.answers["DATA"] = "554 refused"
    write(karin)
    outbox.post_due()
    assert states() == [("failed", "554")]


def test_a_server_that_is_down_loses_nothing_and_is_asked_once_a_round(settings: Any, karin: User) -> None:
    servers.point_to(settings, servers.free_port())
    for _number in range(3):
        write(karin)
    assert outbox.post_due() == 0
    assert sorted(Dispatch.objects.values_list("attempt", flat=True)) == [0, 0, 1]
    with servers.mail_server(settings) as post:
        later()
        assert outbox.post_due() == 3
        assert len(post.taken) == 3


def test_a_server_that_hangs_is_let_go_of(settings: Any, karin: User) -> None:
    began = timezone.now()
    with servers.hung_server(settings):
        for _number in range(3):
            write(karin)
        outbox.post_due()
    assert timezone.now() - began < timedelta(seconds=5)
    assert {state for state, _reason in states()} == {"waiting"}


def test_what_never_comes_through_ends_after_two_days(settings: Any, karin: User) -> None:
    servers.point_to(settings, servers.free_port())
    write(karin)
    Dispatch.objects.update(asked_at=timezone.now() - timedelta(days=2, minutes=1))
    outbox.post_due()
    dispatch = Dispatch.objects.get()
    assert (dispatch.state, dispatch.sealed) == ("failed", "")


def test_two_workers_send_a_mail_once(post: servers.Post, karin: User) -> None:
    write(karin)
    one, other = Dispatch.objects.get(), Dispatch.objects.get()
    assert [one.claim(), other.claim()] == [True, False]


def test_a_text_message_carries_a_sentence_and_our_reference(gateway: servers.Gateway, karin: User) -> None:
    dispatch = write(karin, "sms", "mail")
    assert outbox.post_due() == 1
    (key, message), *more = gateway.taken
    assert not more
    assert key == "Bearer token-of-the-gateway"
    assert message == {"from": "Stad", "to": karin.phone, "text": BODY, "reference": dispatch.reference}
    dispatch.refresh_from_db()
    assert dispatch.channel == "sms"


@pytest.mark.parametrize("trouble", ["hangs", "status 500", "status 422", "status 302", "down", "not set up"])
def test_a_gateway_that_fails_gives_way_to_the_next_channel_at_once(
    trouble: str, gateway: servers.Gateway, post: servers.Post, karin: User, settings: Any
) -> None:
    match trouble.split():
        case ["hangs"]:
            gateway.hangs.set()
        case ["status", status]:
            gateway.status = int(status)
        case ["down"]:
            settings.SMS_URL = f"http://127.0.0.1:{servers.free_port()}/"
        case _:
            settings.SMS_URL = ""
    write(karin, "sms", "mail")
    began = timezone.now()
    assert outbox.post_due() == 1
    assert timezone.now() - began < timedelta(seconds=5)
    assert len(post.taken) == 1
    assert Dispatch.objects.get().channel == "mail"


def test_when_every_channel_fails_it_comes_again(
    gateway: servers.Gateway, post: servers.Post, karin: User
) -> None:
    gateway.status = 503
    post.answers[karin.email] = "451 later"
    write(karin, "sms", "mail")
    outbox.post_due()
    assert states() == [("waiting", "451")]
    gateway.status = 200
    later()
    assert outbox.post_due() == 1
    assert Dispatch.objects.get().channel == "sms"


def test_somebody_without_a_phone_gets_mail(gateway: servers.Gateway, post: servers.Post) -> None:
    write(User.objects.create_user("ali@example.org", "Ali Berg"), "sms", "mail")
    outbox.post_due()
    assert (len(gateway.taken), len(post.taken)) == (0, 1)


@pytest.mark.parametrize("answer", ["250 OK", "550 karin@example.org is not here", "451 later"])
def test_neither_addresses_nor_content_reach_the_log_or_the_rows(
    answer: str, gateway: servers.Gateway, post: servers.Post, karin: User, caplog: Any
) -> None:
    gateway.status = 500
    post.answers[karin.email] = answer
    with caplog.at_level(logging.DEBUG):
        write(karin, "sms", "mail")
        outbox.post_due()
    ours = [
        record.getMessage() + str(record.exc_info) for record in caplog.records if "boards" in record.name
    ]
    said = " ".join([*ours, str(states()), str(list(Job.objects.values()))])
    assert not [word for word in (BODY, karin.email, karin.phone, "Subject") if word in said]
