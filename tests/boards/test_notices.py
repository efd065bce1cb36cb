"""What people are told: at once or once a day, in their language, without a word that should not be in a mail."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from boards import notices, outbox, tasks
from boards.models import AccessRequest, Dispatch, Event, Job, Notice, NoticeStop, Office, User
from tests.conftest import Cast, signed_in

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


@pytest.fixture
def acute() -> Iterator[None]:
    notices.register("flood", sentence="Flood %(number)s", why="Duty.", acute=True, needed="Duty.")
    yield
    del notices.KINDS["flood"]


def ask(cast: Cast, who: User, reason: str = "canary-reason") -> AccessRequest:
    return AccessRequest.objects.ask(cast.bromma, by=who, reason=reason)


def digests(day: date = MONDAY) -> list[Any]:
    mail.outbox.clear()
    notices.gather(day)
    outbox.post_due()
    return mail.outbox


def of(person: User) -> list[str]:
    return list(Notice.objects.filter(person=person).order_by("pk").values_list("kind", flat=True))


def test_a_request_for_access_is_told_to_those_who_answer_and_the_answer_to_the_one_who_asked(
    cast: Cast,
) -> None:
    chief, lina = cast.chief, cast.employee
    Notice.objects.all().delete()
    asked = ask(cast, lina)
    assert (of(chief), of(lina)) == (["access_asked"], [])
    asked.give(by=chief)
    assert of(lina) == ["access_answered"]


def test_an_appointment_is_told_to_those_who_approve_and_then_to_the_person(cast: Cast) -> None:
    chief, lina = cast.chief, cast.employee
    Notice.objects.all().delete()
    office = Office.objects.of(cast.bromma, "krisledningschef")
    holding = office.appoint(lina, by=cast.person("Proposer"), valid_from=date(2026, 1, 1), is_deputy=True)
    assert (of(chief), of(lina)) == (["office_proposed"], [])
    holding.approve(by=chief)
    assert of(lina) == ["office_approved"]


def test_a_job_that_failed_is_told_to_the_one_who_asked(cast: Cast) -> None:
    karin = cast.coordinator
    Notice.objects.all().delete()
    job = Job.objects.ask("directory", key="a", by=karin)
    tasks.work(job.pk)
    assert of(karin) == ["job_failed"], "a coordinator has no right to read the directory"
    assert Notice.objects.get().link == job.get_absolute_url()


def test_everything_ordinary_comes_in_one_mail_a_day_however_often_asked(cast: Cast) -> None:
    chief = cast.chief
    Notice.objects.all().delete()
    for name in ("Lina Fors", "Ture Gren", "Per Sand"):
        ask(cast, cast.person(name))
    (letter,) = digests()
    assert letter.to == [chief.email]
    assert letter.subject == "3 saker som rör dig"
    assert [line[:2] for line in letter.body.splitlines() if re.match(r"\d\.", line)] == ["1.", "2.", "3."]
    assert "/aviseringar/avanmalan/" in letter.extra_headers["List-Unsubscribe"]
    assert digests() == []
    ask(cast, cast.person("Ali Berg"))
    assert digests() == [], "one mail a day"
    assert len(digests(TUESDAY)) == 1
    assert digests(TUESDAY + timedelta(days=1)) == [], "only when there is something"


def test_the_mail_says_what_and_where_and_not_a_word_more(cast: Cast) -> None:
    lina = cast.employee
    _chief = cast.chief
    Notice.objects.all().delete()
    ask(cast, lina)
    (letter,) = digests()
    for secret in ("canary-reason", lina.name, lina.email):
        assert secret not in letter.subject + letter.body


def test_the_sentence_is_made_in_the_readers_language(cast: Cast) -> None:
    chief = cast.chief
    chief.language = "en"
    chief.save()
    Notice.objects.all().delete()
    ask(cast, cast.employee)
    (letter,) = digests()
    assert letter.subject == "1 thing that concerns you"
    assert "Somebody asks for access at Bromma" in letter.body


def test_the_same_thing_is_said_once_in_a_mail(cast: Cast) -> None:
    chief, asked = cast.chief, ask(cast, cast.employee)
    Notice.objects.all().delete()
    for _time in range(3):
        notices.give("access_asked", [chief], about=asked, link="/x/", board=cast.bromma)
    assert digests()[0].subject.startswith("1 ")


def test_old_news_are_not_mailed(cast: Cast) -> None:
    _chief = cast.chief
    Notice.objects.all().delete()
    ask(cast, cast.employee)
    Notice.objects.update(at=timezone.now() - timedelta(days=8))
    assert digests() == []


def test_no_mail_goes_out_on_a_day_of_rest(cast: Cast, monkeypatch: Any) -> None:
    _chief = cast.chief
    ask(cast, cast.employee)
    for day, expected in ((date(2026, 11, 22), 0), (MONDAY, 1)):
        monkeypatch.setattr(tasks, "today", lambda day=day: day)
        tasks.work(Job.objects.ask("digest", key=str(day)).pk)
        assert bool(Dispatch.objects.filter(kind="digest").exists()) is bool(expected)


def test_what_is_acute_goes_at_once_and_cannot_be_stopped(cast: Cast, acute: None) -> None:
    karin = cast.coordinator
    NoticeStop.stop(karin, notices.DIGEST, by=karin)
    NoticeStop.stop(karin, "flood", by=karin)
    notices.give("flood", [karin], about=cast.bromma, link="/kris/")
    outbox.post_due()
    assert [letter.subject for letter in mail.outbox] == [f"Flood {cast.bromma.pk}"]
    assert "http://localhost:8000/kris/" in mail.outbox[0].body


def test_nobody_whose_account_is_closed_is_told(cast: Cast) -> None:
    lina = cast.employee
    lina.deactivate(by=None)
    Notice.objects.all().delete()
    notices.give("access_answered", [lina], about=cast.bromma, link="/")
    assert not Notice.objects.exists()


# The page


def test_the_page_shows_what_why_and_what_was_sent(cast: Cast) -> None:
    chief = cast.chief
    client = signed_in(chief)
    ask(cast, cast.employee)
    digests()
    page = client.get(reverse("notice_list")).content.decode()
    assert 'Någon ber om åtkomst hos <span lang="sv">Bromma' in page
    assert "Du svarar på frågor om åtkomst." in page
    assert "Går inte att stoppa." in page
    assert "Det dagliga mejlet" in page
    client.post(reverse("notice_read"))
    assert not Notice.objects.filter(person=chief).unread().exists()


def test_a_kind_can_be_stopped_and_come_again(cast: Cast) -> None:
    chief = cast.chief
    client = signed_in(chief)
    url = reverse("notice_choice", args=["access_asked"])
    Notice.objects.all().delete()
    client.post(url, {"choice": "stop"})
    ask(cast, cast.employee)
    assert digests() == []
    assert of(chief) == ["access_asked"], "it still stands on the page"
    client.post(url, {"choice": "resume"})
    ask(cast, cast.person("Ture Gren"))
    assert len(digests()) == 1
    assert list(Event.objects.filter(verb__startswith="notices.").values_list("verb", flat=True)) == [
        "notices.stopped",
        "notices.resumed",
    ]


def test_a_duty_that_must_be_heard_of_cannot_be_stopped_and_the_page_says_why(cast: Cast) -> None:
    client = signed_in(cast.employee)
    answer = client.post(reverse("notice_choice", args=["password_changed"]), follow=True)
    assert "Det här går inte att stoppa. Du måste få veta det direkt" in answer.content.decode()
    assert not NoticeStop.objects.exists()
    assert client.post(reverse("notice_choice", args=["no-such-kind"])).status_code == 404


def test_one_sees_only_kinds_that_one_can_be_told_of(cast: Cast) -> None:
    page = signed_in(cast.employee).get(reverse("notice_list")).content.decode()
    assert "Du svarar på frågor om åtkomst." not in page
    assert "Du har bett om åtkomst." in page


def test_the_link_in_the_mail_stops_it_without_signing_in_but_not_by_being_opened(cast: Cast) -> None:
    chief = cast.chief
    Notice.objects.all().delete()
    ask(cast, cast.employee)
    (letter,) = digests()
    url = re.search(r"http://localhost:8000(/aviseringar/avanmalan/\S+)", letter.body)[1]  # type: ignore[index]
    anyone = Client(enforce_csrf_checks=True)
    for _scanner in range(2):
        assert anyone.get(url).status_code == 200
    assert not NoticeStop.objects.exists()
    assert anyone.post(url).status_code == 403, "without the form's own token nothing is changed"
    Client().post(url)
    assert NoticeStop.objects.get().person == chief
    ask(cast, cast.person("Ture Gren"))
    assert digests(TUESDAY) == []


@pytest.mark.parametrize("token", ["finns-inte", "1:2:3"])
def test_a_forged_link_is_a_page_that_does_not_exist(token: str, db: None) -> None:
    assert Client().get(reverse("notice_unsubscribe", args=[token])).status_code == 404


def test_each_kind_that_comes_at_once_says_why_it_cannot_be_stopped() -> None:
    assert [kind.name for kind in notices.KINDS.values() if kind.acute and not kind.needed] == []


def test_every_letter_is_a_kind_that_the_page_can_name() -> None:
    from django.conf import settings

    letters = {file.stem for file in (settings.BASE_DIR / "templates/mail").glob("*.txt")}
    assert letters - {"digest", "notice"} <= set(notices.KINDS)
