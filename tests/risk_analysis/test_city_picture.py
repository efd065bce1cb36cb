"""The city's risks as one picture: what it counts is what its viewer may count, and never a draft."""

import pytest

from boards.models import Board
from risk_analysis.counted import City
from risk_analysis.heat import Heat
from risk_analysis.levels import VERY_HIGH
from risk_analysis.models import MethodVersion, Reviewer, Risk, Rsa
from risk_analysis.picture import Picture
from risk_analysis.sides import Two, Years
from tests.conftest import Cast, signed_in

from . import cities

BY_HAND = {
    "": lambda rows: rows,
    "risk": lambda rows: rows.filter(kind=Risk.Kind.NATURE),
    "varde": lambda rows: rows.filter(worst_value=2),
    "trend": lambda rows: rows.filter(trend=Risk.Trend.UP),
    "slag": lambda rows: rows.filter(rsa__board__kind="stadsdelsnamnd"),
}
ASKED = {
    "": {},
    "risk": {"risk": Risk.Kind.NATURE},
    "varde": {"varde": "2"},
    "trend": {"trend": Risk.Trend.UP},
    "slag": {"slag": "stadsdelsnamnd"},
}


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("narrowed", BY_HAND)
def test_the_cells_together_are_what_the_viewer_may_count(cast: Cast, seed: int, narrowed: str) -> None:
    rounds = cities.anything(cast, seed)
    for viewer in (cast.security_chief, cast.case_officer, cast.auditor, cast.coordinator, cast.employee):
        picture = Picture(cities.seen_by(viewer, **ASKED[narrowed]))
        mine = Risk.objects.counted_by(viewer).filter(rsa__cycle=rounds.now)
        expected = BY_HAND[narrowed](mine)
        assert sum(cell.risks for cell in picture.cells) == expected.count()
        assert sum(each.total for each in picture.organisations) == expected.count()
        assert {each.board for each in picture.organisations} == {
            risk.rsa.board for risk in expected.select_related("rsa__board")
        }


@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_of_what_is_not_handed_in_is_counted_or_named(cast: Cast, seed: int) -> None:
    cities.anything(cast, seed)
    outside = Rsa.objects.exclude(state__in=Rsa.IN_FORCE)
    Risk.objects.filter(rsa__in=outside).update(level=VERY_HIGH, title="Hemlig risk")
    drafting = {rsa.board.name for rsa in outside.select_related("board")}
    assert drafting
    client = signed_in(cast.security_chief)
    city = cities.seen_by(cast.security_chief)
    assert not {board.name for board in city.boards_of(city.risks)} & drafting
    assert drafting <= {board.name for board in city.missing}
    for where in (
        "/riskbilden/",
        "/riskbilden/varmetabell/",
        "/riskbilden/jamfor/",
        f"/rsa/{city.cycle.slug}/",
    ):
        page = client.get(where).content.decode()
        assert "Hemlig risk" not in page
        assert "Utkast" not in page


def test_a_companys_own_board_has_it_before_the_city_counts_it(cast: Cast) -> None:
    rounds = cities.two_rounds(cast)
    rsa = cities.analysis(rounds.now, cast.company)
    cities.risk(rsa)
    assert cities.seen_by(cast.security_chief).risks == []
    rsa.note_board_had_it(by=cast.coordinator, on=rounds.now.opens_on)
    assert len(cities.seen_by(cast.security_chief).risks) == 1


def test_a_cell_counts_each_organisation_once_however_many_risks_it_has_there(cast: Cast) -> None:
    rounds = cities.two_rounds(cast)
    rsa = cities.analysis(rounds.now, cast.bromma)
    for _each in range(3):
        cities.risk(rsa, 4, 5)
    cell = next(cell for cell in Picture(cities.seen_by(cast.security_chief)).cells if cell.number)
    assert (cell.boards, cell.risks, cell.number) == (1, 3, 1)
    counting = Picture(cities.seen_by(cast.security_chief, antal="risker"))
    assert [cell.number for cell in counting.cells if cell.number] == [3]


def test_the_sentence_says_who_has_handed_in_and_which_kind_is_most_widespread(cast: Cast) -> None:
    rounds = cities.two_rounds(cast)
    for board in Board.objects.bound().on().districts()[:3]:
        rsa = cities.analysis(rounds.now, board)
        cities.risk(rsa, 5, 5, kind=Risk.Kind.STAFF)
        cities.risk(rsa, 1, 1, kind=Risk.Kind.FIRE)
    said = Picture(cities.seen_by(cast.security_chief)).headline
    assert said.startswith("3 av ")
    assert "bemanning" in said
    assert "brand" not in said


def test_fewer_than_three_organisations_are_not_made_into_a_picture_of_the_city(cast: Cast) -> None:
    rounds = cities.two_rounds(cast)
    cities.risk(cities.analysis(rounds.now, cast.bromma), 5, 5)
    assert "Vanligast" not in Picture(cities.seen_by(cast.security_chief)).headline


def test_a_filter_that_is_not_known_is_left_out_with_a_note(cast: Cast) -> None:
    rounds = cities.two_rounds(cast)
    cities.risk(cities.analysis(rounds.now, cast.bromma))
    city = cities.seen_by(cast.security_chief, risk="meteorit", omgang="1066")
    assert len(city.risks) == 1
    assert len(city.notes) == 2


def test_two_years_with_different_scales_are_not_compared_but_said_to_differ(cast: Cast) -> None:
    before = cities.analyses.a_round(cast, cities.today().year - 1)
    table = MethodVersion.objects.current().levels
    MethodVersion.objects.decide(by=cast.security_chief, levels=[[1, 1, 1, 2, 2], *table[1:]])
    now = cities.analyses.a_round(cast)
    for cycle in (before, now):
        cities.risk(cities.analysis(cycle, cast.bromma), 5, 5)
    city = cities.seen_by(cast.security_chief)
    assert not city.is_comparable
    assert [each.change for each in Picture(city).ranked] == ["Jämförs inte"]
    page = signed_in(cast.security_chief).get("/riskbilden/").content.decode()
    assert "Skalorna ändrades" in page
    moves = Years(city).rows[0]
    assert (moves.raised, moves.lowered) == (0, 0)


def test_what_nobody_has_judged_is_striped_and_never_a_level(cast: Cast) -> None:
    rounds = cities.two_rounds(cast)
    rsa = cities.analysis(rounds.now, cast.bromma)
    cities.risk(rsa, 2, 2, kind=Risk.Kind.FIRE)
    Risk.objects.create(rsa=rsa, commitment=rsa.commitments.get(), title="Obedömd", kind=Risk.Kind.STAFF)
    heat = Heat(cities.seen_by(cast.security_chief), set(), lambda board, kind: "")
    row = next(row for row in heat.rows if row.board == cast.bromma)
    words = dict(zip(Risk.Kind.values, (cell.word for cell in row.cells), strict=True))
    assert (words["olycka_brand"], words["personal"], words["smitta"]) == (
        "Låg",
        "Inte bedömd",
        "Inte bedömd",
    )
    assert row.total == "1 av 10 slag bedömda"
    page = signed_in(cast.security_chief).get("/riskbilden/varmetabell/").content.decode()
    assert page.count('class="level--1"') == 1


def test_new_raised_lowered_and_removed_are_told_by_the_thread(cast: Cast) -> None:
    rounds = cities.two_rounds(cast)
    old, new = cities.analysis(rounds.before, cast.bromma), cities.analysis(rounds.now, cast.bromma)
    up, down, gone = cities.risk(old, 1, 1), cities.risk(old, 5, 5), cities.risk(old)
    cities.risk(new, 5, 5, thread=up.thread)
    cities.risk(new, 1, 1, thread=down.thread)
    cities.risk(new)
    moves = Years(cities.seen_by(cast.security_chief)).rows[0]
    assert (moves.new, moves.raised, moves.lowered, moves.removed, moves.unchanged) == (1, 1, 1, 1, 0)
    assert gone.thread not in {risk.thread for risk in new.risks.all()}


def test_two_organisations_are_compared_with_the_difference_first(cast: Cast) -> None:
    rounds = cities.two_rounds(cast)
    one, other = cities.analysis(rounds.now, cast.bromma), cities.analysis(rounds.now, cast.farsta)
    cities.risk(one, 5, 5, kind=Risk.Kind.STAFF)
    cities.risk(other, 1, 1, kind=Risk.Kind.STAFF)
    cities.risk(one, 4, 4, kind=Risk.Kind.FIRE)
    cities.risk(other, 4, 4, kind=Risk.Kind.FIRE)
    two = Two(cities.seen_by(cast.security_chief), cast.bromma, cast.farsta)
    assert [each.label for each in two.differing] == ["Bemanning"]
    where = f"/riskbilden/jamfor/?a={cast.bromma.slug}&b={cast.farsta.slug}"
    page = signed_in(cast.case_officer).get(where).content.decode()
    assert page.index("Bemanning") < page.index("Olycka och brand")


def test_levels_are_one_click_for_the_case_officer_and_texts_only_of_those_she_reviews(cast: Cast) -> None:
    rounds = cities.two_rounds(cast)
    rsa = cities.analysis(rounds.now, cast.bromma)
    cities.risk(rsa, title="Snöstorm")
    client = signed_in(cast.case_officer)
    page = client.get("/riskbilden/").content.decode()
    assert cast.bromma.name in page
    assert "Snöstorm" not in page
    assert f"/riskbilden/namnder/{cast.bromma.slug}/" not in page
    assert client.get(f"/riskbilden/namnder/{cast.bromma.slug}/").status_code == 404
    Reviewer.objects.assign(cast.case_officer, cast.bromma, by=cast.security_chief)
    assert f"/riskbilden/namnder/{cast.bromma.slug}/" in client.get("/riskbilden/").content.decode()
    assert "Snöstorm" in client.get(f"/riskbilden/namnder/{cast.bromma.slug}/").content.decode()


def test_an_empty_city_says_so(cast: Cast) -> None:
    assert City(cast.security_chief, {}, "/").cycle is None
    for where in ("/riskbilden/", "/riskbilden/varmetabell/", "/riskbilden/jamfor/"):
        assert "Ingen omgång har öppnats än" in signed_in(cast.security_chief).get(where).content.decode()
