"""People, units and managers come from the directory every night; who is no longer there has left."""

import io
import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from boards import activity
from boards.accounts import directory
from boards.models import Event, Office, OfficeHolder, Unit, User
from tests.conftest import LONG_AGO, Cast, signed_in

HEADING = "id;email;name;title;phone;unit;manager;board"


def row(key: str, **facts: str) -> dict[str, str]:
    return {"id": key, "email": f"{key}@example.org", "name": f"Person {key}", **facts}


def read(rows: list[dict[str, str]]) -> list[directory.Row]:
    return directory.read(io.BytesIO(json.dumps(rows).encode()))


def apply(*rows: dict[str, str]) -> dict[str, int]:
    return directory.apply(read(list(rows)), by=None)


def person(key: str) -> User:
    return User.objects.get(directory_id=key)


CROWD = [row(f"p{number}") for number in range(20)]


@pytest.mark.parametrize("separator", [";", ","])
def test_a_csv_with_a_heading_is_read(separator: str) -> None:
    text = f"\ufeff{HEADING}\np1;P1@Example.org;Åsa Öberg;Chef;08-1;u1;;bromma_sdn\n".replace(";", separator)
    found = directory.read(io.BytesIO(text.encode()))
    assert found == [
        directory.Row("p1", "p1@example.org", "Åsa Öberg", "Chef", "08-1", "u1", "", "bromma_sdn")
    ]


@pytest.mark.parametrize(
    "broken", [[row("p1", name="")], [row("p1"), row("p1")], [row("p1"), row("p2", email="p1@example.org")]]
)
def test_a_row_that_lacks_or_doubles_something_refuses_the_file(broken: Any) -> None:
    with pytest.raises(ValidationError):
        read(broken)


def test_people_units_and_managers_appear(cast: Cast) -> None:
    facts = apply(
        row("boss", unit="Stab", board="bromma_sdn"),
        row("lina", unit="Stab", board="bromma_sdn", manager="boss"),
    )
    assert facts["new"] == 2
    assert person("lina").manager == person("boss")
    assert person("lina").unit == Unit.objects.get(board=cast.bromma, name="Stab")
    assert not person("lina").has_usable_password()


def staff_of(unit: str, *keys: str, **facts: str) -> list[dict[str, str]]:
    return [row(key, unit=unit, board="bromma_sdn", **facts) for key in keys]


def leader(name: str) -> User | None:
    return Unit.objects.get(name=name).manager


def test_a_unit_has_the_manager_its_rows_name_until_they_name_another(cast: Cast) -> None:
    apply(*staff_of("Stab", "boss", "lina", unit_manager="boss"))
    assert leader("Stab") == person("boss")
    apply(*staff_of("Stab", "boss", "lina", unit_manager="lina"))
    assert leader("Stab") == person("lina")
    event = Event.objects.filter(verb="unit.led").latest_first()[0]
    assert event.board == cast.bromma
    assert f'"before":{person("boss").pk},"person":{person("lina").pk}' in event.body


def test_a_file_without_the_column_leaves_the_managers_as_they_are(cast: Cast) -> None:
    apply(*staff_of("Stab", "boss", "lina", unit_manager="boss"))
    apply(*staff_of("Stab", "boss", "lina"))
    assert leader("Stab") == person("boss")


def test_a_unit_whose_cell_is_empty_has_no_manager(cast: Cast) -> None:
    kept = staff_of("Kansli", "head", unit_manager="head")
    apply(*kept, *staff_of("Stab", "boss", unit_manager="boss"))
    assert apply(*kept, *staff_of("Stab", "boss"))["unclear"] == 0
    assert (leader("Kansli"), leader("Stab")) == (person("head"), None)


def test_a_manager_who_leaves_leads_no_unit_in_a_file_without_the_column_either(cast: Cast) -> None:
    apply(*staff_of("Stab", "boss", unit_manager="boss"), *CROWD)
    apply(*CROWD)
    assert leader("Stab") is None
    assert Event.objects.filter(verb="unit.unled").count() == 1


@pytest.mark.parametrize("named", [("nobody", "nobody"), ("boss", "lina"), ("closed", "closed")])
def test_an_unclear_manager_is_told_of_by_the_units_name_and_stops_nothing(
    cast: Cast, named: tuple[str, str]
) -> None:
    boss, lina = staff_of("Stab", "boss", "lina", unit_manager="boss")
    apply(boss, lina, row("closed"))
    person("closed").deactivate(by=cast.administrator)
    rows = [{**boss, "unit_manager": named[0]}, {**lina, "unit_manager": named[1], "title": "Ny titel"}]
    assert apply(*rows, row("closed"))["unclear"] == 1
    assert leader("Stab") is None
    assert person("lina").title == "Ny titel"
    event = activity.latest(Event.objects.filter(verb="directory.read_in_part"))[0]
    assert "Stab" in event.sentence


def test_an_address_passes_on_from_who_has_left(cast: Cast) -> None:
    """Cities give the address of somebody who left to the next of the same name."""
    apply(row("anna1", email="anna@example.org"), *CROWD)
    apply(*CROWD)
    apply(row("anna2", email="anna@example.org"), *CROWD)
    assert person("anna2").email == "anna@example.org"
    assert person("anna2").is_active
    assert not person("anna1").is_active
    assert person("anna1").email != "anna@example.org"


def test_two_people_may_change_addresses_with_each_other(cast: Cast) -> None:
    apply(row("a", email="one@example.org"), row("b", email="two@example.org"))
    apply(row("a", email="two@example.org"), row("b", email="one@example.org"))
    assert (person("a").email, person("b").email) == ("two@example.org", "one@example.org")


def test_the_address_of_a_local_account_is_not_taken_from_it(cast: Cast) -> None:
    apply(row("a"), *CROWD)
    assert apply(row("a", email=cast.member.email), *CROWD[1:])["left"] == 1, "and the rest is done"
    assert person("a").email == "a@example.org"
    assert not person("p0").is_active


def test_what_does_not_fit_is_cut_or_left_out_and_does_not_stop_the_others(cast: Cast) -> None:
    apply(row("lina", name="Lina\x00 " + "x" * 300, title="t" * 300, phone="08-1 " * 30))
    assert person("lina").name.startswith("Lina xxx")
    assert len(person("lina").name) == len(person("lina").title) == 120
    assert person("lina").phone == "", "half a number is worse than none"


@pytest.mark.parametrize("facts", [{"email": "inte en adress"}, {"id": "x" * 200}])
def test_what_people_are_known_by_is_never_cut(facts: Any) -> None:
    with pytest.raises(ValidationError):
        read([row("p1", **facts) if "id" not in facts else {**row("p1"), **facts}])


def test_reading_the_same_file_twice_changes_nothing(cast: Cast) -> None:
    apply(*CROWD)
    before = Event.objects.count()
    facts = apply(*CROWD)
    assert facts == {"people": 20, "left": 0, "new": 0, "moved": 0, "unclear": 0}
    assert Event.objects.count() == before + 1


def test_somebody_known_by_mail_before_is_the_same_person(cast: Cast) -> None:
    lina = cast.employee
    apply(row("lina", email=lina.email))
    lina.refresh_from_db()
    assert lina.directory_id == "lina"


def test_who_moves_is_an_event_with_before_and_after(cast: Cast) -> None:
    apply(row("a"), row("b"), row("lina", manager="a"))
    apply(row("a"), row("b"), row("lina", manager="b"))
    event = Event.objects.filter(verb="person.moved").latest_first()[0]
    assert f'"manager":[{person("a").pk},{person("b").pk}]' in event.body


def test_names_and_addresses_are_not_written_into_the_log(cast: Cast) -> None:
    apply(row("lina"))
    apply(row("lina", name="Lina Nygift", email="nygift@example.org"))
    assert person("lina").name == "Lina Nygift"
    assert not Event.objects.filter(body__icontains="nygift").exists()


def test_a_leaver_is_out_the_same_day_with_sessions_and_offices(cast: Cast) -> None:
    karin = cast.coordinator
    User.objects.filter(pk=karin.pk).update(directory_id="karin")
    apply(row("karin", email=karin.email), *CROWD)
    client = signed_in(User.objects.get(pk=karin.pk))
    assert client.get(reverse("profile")).status_code == 200
    assert apply(*CROWD)["left"] == 1
    assert client.get(reverse("profile")).status_code == 302
    assert not OfficeHolder.objects.on().filter(person=karin).exists()
    karin.refresh_from_db()
    assert not karin.is_active
    assert not karin.has_perm("view_internal", cast.bromma)
    assert Event.objects.filter(verb="account.deactivated", object_id=str(karin.pk)).count() == 1


def test_a_leavers_deputy_acts_no_longer(cast: Cast) -> None:
    from boards.days import today

    karin, lina = cast.coordinator, cast.employee
    karin.let_stand_in(lina, valid_from=LONG_AGO, valid_to=today()).offices.get().approve(by=cast.chief)
    assert lina.has_perm("view_internal", cast.bromma)
    karin.deactivate(by=None)
    assert not lina.has_perm("view_internal", cast.bromma)


def test_who_comes_back_is_let_in_without_the_offices(cast: Cast) -> None:
    apply(*CROWD)
    Office.objects.of(cast.bromma, "chef").appoint(person("p0"), by=None, valid_from=LONG_AGO)
    apply(*CROWD[1:])
    assert not person("p0").is_active
    apply(*CROWD)
    assert person("p0").is_active
    assert not OfficeHolder.objects.on().filter(person=person("p0")).exists()


def test_who_was_closed_by_an_administrator_stays_closed(cast: Cast) -> None:
    apply(*CROWD)
    person("p0").deactivate(by=cast.administrator)
    apply(*CROWD)
    assert not person("p0").is_active


def test_a_file_that_would_throw_out_a_fifth_is_refused_whole(cast: Cast) -> None:
    apply(*CROWD)
    with pytest.raises(ValidationError):
        apply(row("new"), *CROWD[5:])
    assert User.objects.active().from_the_directory().count() == 20
    assert not User.objects.filter(directory_id="new").exists()
    assert apply(*CROWD[4:])["left"] == 4


def test_people_outside_the_directory_are_left_alone(cast: Cast) -> None:
    member, admin = cast.member, cast.administrator
    apply(*CROWD)
    for outside in (member, admin):
        outside.refresh_from_db()
        assert outside.is_active


def test_the_command_reads_a_file_and_says_what_it_did(cast: Cast, tmp_path: Any, capsys: Any) -> None:
    file = tmp_path / "people.json"
    file.write_text(json.dumps(CROWD))
    call_command("read_directory", str(file))
    assert "people 20" in capsys.readouterr().out
    file.write_text("[]")
    with pytest.raises(CommandError):
        call_command("read_directory", str(file))


def test_the_nightly_job_reads_the_file_of_the_settings(cast: Cast, tmp_path: Any, settings: Any) -> None:
    assert directory.read_directory_file() == {}
    file = tmp_path / "people.json"
    file.write_text(json.dumps(CROWD))
    settings.DIRECTORY_FILE = str(file)
    assert directory.read_directory_file()["new"] == 20


def test_the_sign_in_page_does_not_know_people_of_the_directory_by_password(cast: Cast) -> None:
    apply(*CROWD)
    answer = Client().post(reverse("account_login"), {"login": "p0@example.org", "password": "!"})
    assert answer.status_code == 200


def test_a_night_in_which_nothing_changed_asks_no_more_for_more_people(cast: Cast) -> None:
    """In a city of forty thousand almost every row is as it was."""
    asked = []
    for number in (5, 15):
        people = [
            row(f"q{each}", unit=f"u{each % 3}", board="bromma_sdn", manager="q0") for each in range(number)
        ]
        apply(*people)
        with CaptureQueriesContext(connection) as queries:
            apply(*people)
        asked.append(len(queries))
    assert asked[0] == asked[1] < 15
