"""Who has which crisis office, with phones, for those who may reach people on duty."""

from datetime import timedelta

from django.urls import reverse

from boards.days import today
from boards.models import OfficeHolder, User
from tests.conftest import Cast, signed_in

PHONE = "08-508 11 22 33"


def on_duty(cast: Cast, name: str = "Vera Berg") -> User:
    person = cast.holder(name, "vb", cast.bromma)
    User.objects.filter(pk=person.pk).update(phone=PHONE)
    return person


def page_of(person: User) -> str:
    return signed_in(person).get(reverse("duty_phones")).content.decode()


def test_the_citys_duty_officer_sees_every_board(cast: Cast) -> None:
    on_duty(cast)
    page = page_of(cast.duty_officer)
    assert "Vera Berg" in page
    assert 'href="tel:0850811' in page


def test_the_duty_officer_of_a_board_sees_that_board_alone(cast: Cast) -> None:
    vera = on_duty(cast)
    cast.holder("Elin Gran", "vb", cast.farsta)
    page = page_of(vera)
    assert "Vera Berg" in page
    assert "Elin Gran" not in page


def test_whose_office_is_over_is_not_on_the_list(cast: Cast) -> None:
    OfficeHolder.objects.filter(person=on_duty(cast)).update(valid_to=today() - timedelta(days=1))
    assert "Vera Berg" not in page_of(cast.duty_officer)


def test_others_are_turned_away(cast: Cast) -> None:
    on_duty(cast)
    answer = signed_in(cast.employee).get(reverse("duty_phones"))
    assert answer.status_code == 403
    assert PHONE not in answer.content.decode()
