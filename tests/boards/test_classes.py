"""Every field has a class, and the class decides where its value may stand."""

from typing import Any, ClassVar

import pytest
from django.core.management import call_command

from boards import classes
from boards.classes import K0, K1, K2, K3, Place
from boards.models import FactorReset, OfficeHolder, ReadLog, User
from boards.tables import Column, Sort, Table
from security_program import urls  # noqa: F401 (every page of the house, and so every table)
from tests.conftest import Cast


def test_every_field_of_every_model_has_a_class() -> None:
    assert [fault.msg for fault in classes.every_field_has_a_class(None)] == []


def test_a_command_stops_at_a_field_without_a_class(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(classes.DECLARED["boards.User"], "phone")
    faults = [fault.msg for fault in classes.every_field_has_a_class(None)]
    assert faults == ["boards.User.phone has no class: declare it in boards/field_classes.py"]
    with pytest.raises(Exception, match=r"boards\.User\.phone has no class"):
        call_command("check")


def test_a_class_of_what_is_not_there_is_a_fault_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(classes.DECLARED["boards.User"], "shoe_size", classes.Kept(K1))
    assert [fault.id for fault in classes.every_field_has_a_class(None)] == ["boards.E003"]


def test_a_strongly_limited_field_in_clear_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(classes.DECLARED["boards.User"], "phone", classes.Kept(K3))
    assert [fault.id for fault in classes.every_field_has_a_class(None)] == ["boards.E002"]


def test_a_number_given_by_the_database_needs_no_word() -> None:
    assert classes.of(User, "id") is K0


def test_the_class_of_a_path_is_the_highest_on_the_way() -> None:
    assert classes.of_path(OfficeHolder, "person__name") is K0
    assert classes.of_path(OfficeHolder, "person__break_glass") is K2
    assert classes.of_path(OfficeHolder, "person__password") is K3


@pytest.mark.parametrize("place", [Place.LOG, Place.CACHE, Place.BROKER, Place.ADDRESS, Place.ERROR_PAGE])
def test_nothing_but_what_is_open_leaves_the_database_by_itself(place: Place) -> None:
    assert [each for each in classes.Protection if classes.may_stand(each, place)] == [K0]


@pytest.mark.parametrize("place", [place for place in Place if place is not Place.PAGE])
def test_what_is_strongly_limited_stands_in_clear_on_its_page_alone(place: Place) -> None:
    assert not classes.may_stand(K3, place)


def test_no_mail_holds_what_is_protected() -> None:
    assert classes.may_stand(K1, Place.MAIL)
    assert not classes.may_stand(K2, Place.MAIL)


def test_free_text_is_what_a_person_writes() -> None:
    names = {field.name for field in classes.free_texts(FactorReset)}
    assert names == {"reason"}
    assert "kind" not in {
        field.name for field in classes.free_texts(User._meta.get_field("unit").related_model)
    }


def tables() -> list[type[Table]]:
    found = [Table]
    for each in found:
        found.extend(each.__subclasses__())
    return [each for each in found if each.columns and each.__module__.split(".")[0] != "tests"]


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.__name__)
def test_every_column_says_which_fields_it_reads(table: type[Table]) -> None:
    own = [each for each in vars(table).values() if isinstance(each, Column)]
    assert [each.key for each in [*table.columns, *own] if each.reads is None] == []


class AccountTable(Table):
    """A table that shows more than a file may hold."""

    level = "K0"
    caption = "Accounts"
    columns: ClassVar = [
        Column("namn", "Name", lambda person: person.name, reads="name"),
        Column("reserv", "Reserve", lambda person: person.break_glass, reads="break_glass"),
        Column("hemlig", "Secret", lambda person: person.password, reads="password"),
    ]
    sorts: ClassVar = [Sort("namn", ("name",))]


def test_a_list_masks_what_is_opened_on_its_own_page_alone(cast: Cast, rf: Any) -> None:
    cast.security_chief.set_password("Kaninen i hatten")
    request = rf.get("/")
    request.user = cast.security_chief
    table = AccountTable(request, User.objects.filter(pk=cast.security_chief.pk))
    (cells,) = table.groups[0]["rows"]
    assert [cell.text for cell in cells][::2] == ["Olof Dahl", "Visas på sin egen sida"]
    # So that a list of what is masked is no opening of it.
    assert ReadLog.objects.get().level == "K2"


def test_a_file_leaves_out_what_may_only_be_seen_and_says_the_class_of_the_rest(cast: Cast, rf: Any) -> None:
    cast.employee.set_password("Kaninen i hatten")
    request = rf.get("/")
    request.user = cast.employee
    sheet = AccountTable(request, User.objects.all()).sheet()
    assert sheet.headings == ["Name", "Reserve"]
    assert all(len(row) == 2 for row in sheet.rows)
    assert any("K2" in text for _label, text in sheet.about)
