"""One's own page: how one wants the pages, and who acts while one is away."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client, override_settings
from django.urls import reverse

from boards import outbox
from boards.days import today
from boards.models import Event, Notice, Office, StandIn
from tests.conftest import Cast, signed_in

PASSWORD = "fyra ord som inte hor ihop"


def days(first: int, last: int) -> dict[str, str]:
    return {
        "valid_from": str(today() + timedelta(days=first)),
        "valid_to": str(today() + timedelta(days=last)),
    }


def test_language_colours_and_shortcuts_are_kept_on_the_person_and_in_the_browser(cast: Cast) -> None:
    lina = cast.employee
    client = signed_in(lina)
    client.post(reverse("profile"), {"language": "en", "theme": "dark"})
    lina.refresh_from_db()
    assert (lina.language, lina.theme, lina.shortcuts) == ("en", "dark", False)
    page = client.get(reverse("profile")).content.decode()
    assert '<html lang="en" data-theme="dark">' in page
    assert Event.objects.filter(verb="profile.changed").count() == 1


def test_the_profile_shows_offices_with_their_days(cast: Cast) -> None:
    page = signed_in(cast.coordinator).get(reverse("profile")).content.decode()
    assert "Bromma" in page
    assert "2020" in page


def test_a_deputy_acts_on_the_days_chosen_and_both_and_the_manager_are_told(cast: Cast) -> None:
    karin, lina = cast.coordinator, cast.employee
    karin.manager = cast.chief
    karin.save()
    answer = signed_in(karin).post(reverse("stand_in_new"), {"deputy": lina.email, **days(0, 7)})
    assert answer.status_code == 302
    StandIn.objects.get().offices.get().approve(by=cast.chief)
    assert lina.has_perm("edit_internal", cast.bromma)
    told = Notice.objects.filter(kind="stand_in").values_list("person__email", flat=True)
    assert set(told) == {karin.email, lina.email, cast.chief.email}
    assert Event.objects.filter(verb="stand_in.began").count() == 1


@pytest.mark.parametrize(
    "given",
    [
        {"deputy": "nobody@example.org", **days(0, 7)},
        {"deputy": "karin.ek@example.org", **days(0, 7)},
        {"deputy": "lina.fors@example.org", **days(-1, 7)},
        {"deputy": "lina.fors@example.org", **days(7, 1)},
        {"deputy": "lina.fors@example.org", **days(0, 200)},
    ],
)
def test_a_deputy_that_cannot_be_is_refused_in_words(cast: Cast, given: dict[str, str]) -> None:
    karin, _lina = cast.coordinator, cast.employee
    answer = signed_in(karin).post(reverse("stand_in_new"), given)
    assert answer.status_code == 200
    assert "data-errors" in answer.content.decode()
    assert not StandIn.objects.exists()


def test_two_deputies_at_once_are_refused(cast: Cast) -> None:
    karin, lina = cast.coordinator, cast.employee
    client = signed_in(karin)
    for _ in range(2):
        answer = client.post(reverse("stand_in_new"), {"deputy": lina.email, **days(0, 7)})
    assert answer.status_code == 200
    assert StandIn.objects.count() == 1


@pytest.mark.parametrize("first", [0, 3])
def test_it_can_be_ended_at_once(cast: Cast, first: int) -> None:
    karin, lina = cast.coordinator, cast.employee
    karin.let_stand_in(lina, valid_from=today() + timedelta(days=first), valid_to=today() + timedelta(days=9))
    signed_in(karin).post(reverse("stand_in_end", args=[StandIn.objects.get().pk]))
    assert not lina.has_perm("edit_internal", cast.bromma)
    assert not StandIn.objects.on().exists()


def test_nobody_ends_somebody_elses(cast: Cast) -> None:
    karin, lina = cast.coordinator, cast.employee
    stand_in = karin.let_stand_in(lina, valid_from=today(), valid_to=today())
    assert signed_in(lina).post(reverse("stand_in_end", args=[stand_in.pk])).status_code == 404


def test_an_administrator_closes_and_opens_but_not_the_own_account(cast: Cast) -> None:
    admin, lina = cast.administrator, cast.employee
    client = signed_in(admin)
    for wanted, open_now in (("closed", False), ("closed", False), ("open", True), ("open", True)):
        client.post(reverse("account_deactivate", args=[lina.pk]), {"to": wanted})
        lina.refresh_from_db()
        assert lina.is_active is open_now
    assert Event.objects.filter(verb__in=["account.deactivated", "account.reactivated"]).count() == 2
    assert client.post(reverse("account_deactivate", args=[admin.pk])).status_code == 403


def test_an_administrator_ends_somebodys_sessions(cast: Cast) -> None:
    hers = signed_in(cast.employee)
    signed_in(cast.administrator).post(reverse("account_end_sessions", args=[cast.employee.pk]))
    assert hers.get(reverse("profile")).status_code == 302
    assert Event.objects.filter(verb="sessions.ended").count() == 1


def test_an_administrator_keeps_an_account_in_reserve(cast: Cast) -> None:
    officer: Any = cast.duty_officer
    client = signed_in(cast.administrator)
    for _press in range(2):
        client.post(reverse("account_reserve", args=[officer.pk]), {"to": "reserve"})
        officer.refresh_from_db()
        assert officer.break_glass
    assert Event.objects.filter(verb="account.reserve").count() == 1
    client.post(reverse("account_reserve", args=[officer.pk]), {"to": "ordinary"})
    officer.refresh_from_db()
    assert not officer.break_glass


def test_a_reserve_account_without_a_password_gets_one_link_to_choose_it(cast: Cast) -> None:
    officer, client = cast.duty_officer, signed_in(cast.administrator)
    for _press in range(2):
        client.post(reverse("account_reserve", args=[officer.pk]), {"to": "reserve"})
    outbox.post_due()
    assert [letter.to for letter in mail.outbox] == [[officer.email]]
    browser = Client()
    browser.get(re.search(r"http://[^/]+(/\S+)", mail.outbox[0].body)[1])  # type: ignore[index]
    browser.post(reverse("invitation"), {"name": officer.name, "password1": PASSWORD})
    with override_settings(LOCAL_PASSWORDS_FOR_ALL=False):
        answer = browser.post(reverse("account_login"), {"login": officer.email, "password": PASSWORD})
    assert answer.status_code == 302, "it opens when the city's single sign-on is down"


def test_the_days_of_a_deputy_are_written_as_one_writes_days(cast: Cast) -> None:
    karin, lina = cast.coordinator, cast.employee
    given = {"deputy": lina.email, "valid_from": "i morgon", "valid_to": "om 1 vecka"}
    assert signed_in(karin).post(reverse("stand_in_new"), given).status_code == 302
    absence = StandIn.objects.get()
    assert (absence.valid_from, absence.valid_to) == (
        today() + timedelta(days=1),
        today() + timedelta(days=7),
    )


def test_an_account_that_is_closed_takes_along_what_was_to_come(cast: Cast) -> None:
    """Or an office that was given for the summer would open when the person is let in again."""
    lina, karin, soon = cast.employee, cast.coordinator, today() + timedelta(days=20)
    coming = Office.objects.of(cast.bromma, "chef").appoint(lina, by=cast.chief, valid_from=soon)
    proposed = Office.objects.of(cast.bromma, "vb").appoint(lina, by=cast.chief, valid_from=soon)
    karin.let_stand_in(lina, valid_from=soon, valid_to=soon)
    lina.deactivate(by=cast.administrator)
    lina.reactivate(by=cast.administrator)
    for holding in (coming, proposed):
        holding.refresh_from_db()
        assert holding.confirmed_at is None
        assert holding.refused_at is not None
    assert Event.objects.filter(verb="office.withdrawn").count() == 1
    assert not StandIn.objects.exists(), "and nobody counts on a deputy who has left"
