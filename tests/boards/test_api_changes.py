"""Changes through the API: the pages' forms and the models' verbs, with a token that may write."""

from datetime import timedelta
from typing import Any

from django.test import Client

from boards.days import today
from boards.models import ApiToken, Board, CouncilMeeting, Membership, Office, OfficeHolder, User
from tests.conftest import Cast


def client(person: User, *, may_write: bool = True) -> Client:
    _token, secret = ApiToken.objects.issue(person, name="Alfa", valid_to=today(), may_write=may_write)
    return Client(headers={"Authorization": f"Bearer {secret}", "Accept-Language": "en"})


def post(by: User, address: str, /, *, may_write: bool = True, **sent: Any) -> Any:
    return client(by, may_write=may_write).post(f"/api/v1/{address}", sent, content_type="application/json")


def test_somebody_is_appointed_and_the_office_ended(cast: Cast) -> None:
    sent = {"person": cast.employee.email, "office": "chef", "valid_from": str(today()), "share_percent": 50}
    answer = post(cast.chief, "namnder/bromma/roller/", **sent)
    assert answer.status_code == 200, answer.content
    held = OfficeHolder.objects.get(pk=answer.json()["id"])
    assert (held.person, held.office.type.code, held.share_percent) == (cast.employee, "chef", 50)
    ended = post(cast.chief, f"roller/{held.pk}/slut/", last_day=str(today()))
    assert ended.json()["valid_to"] == str(today())


def test_a_proposal_is_approved_by_a_second_person(cast: Cast) -> None:
    proposer = cast.administrator
    held = Office.objects.of(cast.bromma, "vb").appoint(cast.employee, by=proposer, valid_from=today())
    own = post(proposer, f"roller/{held.pk}/godkannande/")
    assert own.status_code in (403, 409)
    assert post(cast.chief, f"roller/{held.pk}/godkannande/").status_code == 200
    assert post(cast.chief, f"roller/{held.pk}/godkannande/").status_code == 409


def test_an_office_is_handed_over(cast: Cast) -> None:
    held = OfficeHolder.objects.get(person=cast.coordinator)
    tomorrow = today() + timedelta(days=1)
    answer = post(
        cast.chief, f"roller/{held.pk}/overlamning/", person=cast.employee.email, first_day=str(tomorrow)
    )
    assert answer.status_code == 200, answer.content
    held.refresh_from_db()
    assert held.valid_to == today()


def test_a_meeting_is_held_corrected_and_decides(cast: Cast) -> None:
    kind = "lokalt_riskhanteringsrad"
    held = post(cast.coordinator, "namnder/bromma/moten/", kind=kind, held_on=str(today()), agenda="Alfa")
    assert held.status_code == 200, held.content
    pk = held.json()["id"]
    assert (
        post(cast.coordinator, f"moten/{pk}/uppgifter/", kind=kind, held_on=str(today())).status_code == 200
    )
    decided = post(cast.coordinator, f"moten/{pk}/beslut/", text="Beta", responsible=cast.chief.email)
    (decision,) = decided.json()["decisions"]
    assert decision["responsible"] == cast.chief.name
    done = post(cast.coordinator, f"beslut/{decision['id']}/genomfort/")
    assert done.json()["decisions"][0]["done_on"] == str(today())
    assert CouncilMeeting.objects.get(pk=pk).agenda == ""


def test_a_seat_is_taken_and_left(cast: Cast) -> None:
    sent = {"person": cast.employee.email, "role": "ledamot", "valid_from": str(today())}
    seat = post(cast.administrator, "namnder/bromma/ledamoter/", **sent)
    assert seat.status_code == 200, seat.content
    left = post(cast.administrator, f"ledamoter/{seat.json()['id']}/slut/", last_day=str(today()))
    assert Membership.objects.get(pk=left.json()["id"]).valid_to == today()


def test_the_register_is_corrected_and_boards_are_merged(cast: Cast) -> None:
    made = post(cast.administrator, "namnder/ny/", name="Nya nämnden", kind="facknamnd")
    assert made.status_code == 200, made.content
    board = Board.objects.get(slug=made.json()["slug"])
    answer = post(cast.administrator, f"namnder/{board.slug}/uppgifter/", name="Nyare nämnden", phone="08-1")
    assert answer.json()["name"] == "Nyare nämnden"
    old = Board.objects.create(code="gamla", slug="gamla", name="Gamla", kind="facknamnd")
    merged = post(
        cast.administrator, f"namnder/{board.slug}/sammanlaggning/", boards=[old.pk], on=str(today())
    )
    assert merged.json()["predecessors"] == ["gamla"]
    assert post(cast.administrator, "namnder/gamla/fortsattning/").status_code == 409


def test_what_is_wrong_is_said_field_by_field(cast: Cast) -> None:
    answer = post(cast.administrator, "namnder/bromma/slut/", last_day="yesterday")
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["last_day"]
    unknown = post(cast.administrator, "namnder/bromma/slut/", last_day=str(today()), pk=1)
    assert unknown.json()["errors"] == {"pk": ["There is no such field."]}
    nobody = post(
        cast.chief,
        "namnder/bromma/roller/",
        person="x@y.se",
        office="chef",
        valid_from=str(today()),
        share_percent=1,
    )
    assert (nobody.status_code, list(nobody.json()["errors"])) == (422, ["person"])
    assert answer["Content-Type"] == "application/problem+json"


def test_doors_are_the_pages_doors(cast: Cast) -> None:
    last_day = str(today())
    assert post(cast.coordinator, "namnder/bromma/slut/", last_day=last_day).status_code == 403
    assert (
        post(cast.administrator, "namnder/bromma/slut/", may_write=False, last_day=last_day).status_code
        == 403
    )
    foreign = Office.objects.of(cast.farsta, "vb").appoint(cast.employee, by=None, valid_from=today())
    hidden = post(cast.coordinator, f"roller/{foreign.pk}/godkannande/")
    missing = post(cast.coordinator, "roller/999999/godkannande/")
    assert hidden.status_code == missing.status_code == 404
    assert hidden.content == missing.content
    cast.bromma.refresh_from_db()
    assert cast.bromma.valid_to is None


def test_an_office_of_the_city_is_not_filled_by_a_board(cast: Cast) -> None:
    answer = post(
        cast.chief,
        "namnder/bromma/roller/",
        person=cast.employee.email,
        office="systemforvaltare",
        valid_from=str(today()),
        share_percent=100,
    )
    assert answer.status_code == 409
    assert not OfficeHolder.objects.filter(person=cast.employee).exists()


def test_events_are_read_by_those_who_read_them(cast: Cast) -> None:
    post(cast.administrator, "namnder/bromma/uppgifter/", name="Bromma stadsdelsnämnd", phone="08-2")
    rows = client(cast.auditor, may_write=False).get("/api/v1/handelser/?namnd=bromma").json()["results"]
    assert "board.corrected" in [row["verb"] for row in rows]
    assert "08-2" not in str(rows)
