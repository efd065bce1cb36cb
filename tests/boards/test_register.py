"""The register of boards: who exists when, what goes on as what, and that nothing is ever deleted."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from boards import mergers, register
from boards.mandates import TABLE
from boards.models import (
    Area,
    Board,
    CouncilMeeting,
    Event,
    Office,
    OfficeHolder,
    OfficeType,
    Sector,
    Succession,
)
from boards.models.boards import BOUND_KINDS
from tests.conftest import Cast

DAYS = [
    date(2019, 12, 1),
    date(2020, 6, 30),
    date(2020, 7, 1),
    date(2023, 6, 30),
    date(2023, 7, 1),
    date(2026, 11, 21),
]


def test_the_district_boards_went_from_fourteen_to_thirteen_to_eleven(cast: Cast) -> None:
    assert [Board.objects.districts().on(day).count() for day in DAYS] == [14, 14, 13, 13, 11, 11]


def test_on_any_day_one_district_board_answers_for_each_area(cast: Cast) -> None:
    names = sorted(set(Area.objects.values_list("name", flat=True)))
    assert len(names) == 14
    for day in DAYS:
        on_the_day = list(Area.objects.on(day).select_related("board").order_by("pk"))
        assert sorted(area.name for area in on_the_day) == names
        assert all(area.board.holds(day) and area.board.kind == "stadsdelsnamnd" for area in on_the_day)


def test_two_boards_never_answer_for_an_area_on_the_same_day(cast: Cast) -> None:
    with pytest.raises(ValidationError):
        Area(name="Farsta", board=cast.bromma, valid_from=date(2026, 1, 1)).full_clean()
    with pytest.raises(ValidationError):
        Area(name="Nytt område", board=cast.company).full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        Area.objects.create(name="Farsta", board=cast.bromma, valid_from=date(2026, 1, 1))


def test_an_area_moves_and_the_days_before_stay(cast: Cast) -> None:
    area = Area.objects.get(name="Farsta")
    area.move(cast.bromma, on=date(2026, 1, 1), by=cast.case_officer)
    assert Area.objects.on(date(2025, 12, 31)).get(name="Farsta").board == cast.farsta
    assert Area.objects.on(date(2026, 1, 1)).get(name="Farsta").board == cast.bromma
    assert Event.objects.filter(verb="area.moved").count() == 1


def test_a_merger_moves_areas_ends_the_old_and_keeps_everything(cast: Cast) -> None:
    holder = cast.farsta_coordinator
    new = Board.objects.add(
        by=cast.case_officer,
        name="Söderorts stadsdelsnämnd",
        slug="soderort",
        kind="stadsdelsnamnd",
        valid_from=date(2027, 1, 1),
    )
    skarpnack = Board.objects.get(code="skarpnack_sdn")
    before = Board.objects.count()
    mergers.merge([cast.farsta, skarpnack], new, on=date(2027, 1, 1), by=cast.case_officer)
    assert Board.objects.count() == before
    assert {
        area.board for area in Area.objects.on(date(2027, 1, 1)).filter(name__in=["Farsta", "Skarpnäck"])
    } == {new}
    assert Board.objects.districts().on(date(2026, 12, 31)).count() == 11
    assert Board.objects.districts().on(date(2027, 1, 1)).count() == 10
    assert OfficeHolder.objects.get(person=holder).valid_to == date(2026, 12, 31)
    assert set(new.lineage()) == {new, cast.farsta, skarpnack}
    assert Event.objects.filter(verb="board.merged").count() == 1
    assert Event.objects.filter(verb="board.ended").count() == 2


def test_a_merger_that_fails_changes_nothing(cast: Cast) -> None:
    officer = cast.case_officer
    events = Event.objects.count()
    for wrong in ([], [cast.bromma], [cast.company], [cast.norrmalm]):
        with pytest.raises(ValidationError):
            mergers.merge(wrong, cast.bromma, on=date(2027, 1, 1), by=officer)
    assert Succession.objects.filter(successor=cast.bromma).count() == 0
    assert Event.objects.count() == events


def test_history_follows_over_two_mergers(cast: Cast) -> None:
    by_code = {board.code: board for board in Board.objects.all()}
    assert set(by_code["jarva_sdn"].lineage()) == {
        by_code["jarva_sdn"],
        by_code["rinkeby_kista_sdn"],
        by_code["spanga_tensta_sdn"],
    }
    mergers.merge([by_code["jarva_sdn"]], cast.bromma, on=date(2028, 1, 1), by=cast.case_officer)
    assert len(cast.bromma.lineage()) == 4


def test_a_board_with_an_area_left_does_not_end(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="Farsta"):
        cast.farsta.end(by=cast.case_officer, last_day=date(2027, 1, 1))
    assert Board.objects.get(pk=cast.farsta.pk).valid_to is None


def test_a_board_that_ends_takes_its_offices_and_rights_with_it(cast: Cast) -> None:
    holder = cast.holder("Bo Alm", "sakerhetssamordnare", cast.company)
    assert holder.has_perm("view_protected", cast.company)
    cast.company.end(by=cast.case_officer, last_day=date(2025, 12, 31))
    assert not holder.has_perm("view_protected", cast.company)
    cast.company.go_on(by=cast.case_officer)
    assert Board.objects.get(pk=cast.company.pk).valid_to is None


def test_a_correction_tells_what_changed_and_nothing_when_nothing_did(cast: Cast) -> None:
    cast.bromma.correct(by=cast.case_officer, name="Bromma stadsdelsnämnd")
    assert not Event.objects.filter(verb="board.corrected").exists()
    cast.bromma.correct(by=cast.case_officer, phone="08-508 06 000")
    assert "08-508 06 000" in Event.objects.get(verb="board.corrected").body


def test_loading_the_reference_again_changes_nothing(cast: Cast) -> None:
    Board.objects.filter(code="bromma_sdn").update(name="Bromma")
    before = (Board.objects.count(), Area.objects.count(), Succession.objects.count())
    register.apply_city(register.read("stockholm"))
    register.apply_sectors(register.read("sectors"))
    register.apply_sectors(register.read("sectors"))
    assert (Board.objects.count(), Area.objects.count(), Succession.objects.count()) == before
    assert Board.objects.get(code="bromma_sdn").name == "Bromma"
    assert Sector.objects.count() == 10


def test_every_office_has_a_mandate_and_words_in_both_languages(cast: Cast) -> None:
    kinds = {kind.code: kind for kind in OfficeType.objects.all()}
    assert set(kinds) == set(TABLE)
    for kind in kinds.values():
        assert kind.description, kind.code
        assert kind.description_en, kind.code
        assert bool(kind.minimum_training) == bool(kind.minimum_training_en), kind.code
        assert set(kind.required_kinds) <= set(BOUND_KINDS), kind.code


def test_what_is_demanded_has_a_requirement_or_a_law_behind_it(cast: Cast) -> None:
    demanded = {kind.code for kind in OfficeType.objects.required_of(cast.bromma)}
    assert demanded == {
        "sakerhetssamordnare",
        "informationssakerhetssamordnare",
        "dataskyddsombud",
        "krisledningschef",
        "vb",
    }
    grounds = OfficeType.objects.filter(code__in=demanded).values_list("requirement", flat=True)
    assert all(ground.startswith(("REQ-", "Dataskydd")) for ground in grounds)


def test_a_small_companys_council_is_overdue_after_four_months(cast: Cast) -> None:
    Board.objects.filter(pk=cast.bromma.pk).update(has_local_council=True)
    overdue = Board.objects.without_recent_council
    assert list(overdue(date(2026, 5, 1))) == [cast.bromma]
    CouncilMeeting.objects.hold(
        cast.bromma, by=cast.chief, kind="lokalt_riskhanteringsrad", held_on=date(2026, 1, 31)
    )
    assert not overdue(date(2026, 5, 31)).exists()
    assert overdue(date(2026, 6, 1)).exists()


def test_an_office_found_twice_is_one(cast: Cast) -> None:
    assert Office.objects.of(cast.bromma, "chef") == Office.objects.of(cast.bromma, "chef")
