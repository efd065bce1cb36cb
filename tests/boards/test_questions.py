"""A question put into words once answers as the query it came from, whatever the values."""

from datetime import date, timedelta

from pytest_django import DjangoAssertNumQueries

from boards.access import HELD, rights_of
from boards.days import today
from boards.models import Office
from tests.conftest import Cast


def asked(person: int, day: date) -> set[int]:
    return {row[0] for row in HELD.ask(person, day)}


def test_it_answers_as_the_query_does_for_each_person_and_day(cast: Cast) -> None:
    people = [cast.coordinator, cast.chief, cast.member, cast.employee, cast.security_chief]
    for day in (today(), today() - timedelta(days=4000), today() + timedelta(days=4000)):
        for person in people:
            held = set(Office.objects.held_by(person, day).values_list("pk", flat=True))
            assert asked(person.pk, day) == held


def test_it_asks_once_each_time(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    person = cast.employee.pk
    with django_assert_num_queries(2):
        asked(person, today())
        asked(person, today())


def test_rights_differ_between_people_though_the_words_do_not(cast: Cast) -> None:
    assert rights_of(cast.coordinator).at["edit_internal"] == {cast.bromma.pk}
    assert rights_of(cast.farsta_coordinator).at["edit_internal"] == {cast.farsta.pk}
    assert not rights_of(cast.employee).at
