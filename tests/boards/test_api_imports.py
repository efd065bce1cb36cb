"""Files read in through the API: the same reading, difference, carrying out and undo as on the pages."""

import base64
from typing import Any

from boards.days import today
from boards.models import Event, Import, Membership
from tests.boards.test_api_changes import client, post
from tests.boards.test_imports import MEMBER
from tests.conftest import Cast

LIMIT_OF_OTHERS = 256 * 1024


def send(cast: Cast, *lines: str, by: Any = None, **sent: Any) -> Any:
    content = base64.b64encode("\n".join([MEMBER, *lines]).encode()).decode()
    told = {"kind": "ledamoter", "name": "fil.csv", "content": content, **sent}
    return post(by or cast.security_chief, "import/ny/", **told)


def a_seat(cast: Cast) -> str:
    return f"Bromma;Ledamot;{cast.employee.email};{today()};"


def test_a_file_is_sent_looked_at_carried_out_and_undone(cast: Cast) -> None:
    by = cast.security_chief
    answer = send(cast, a_seat(cast))
    assert answer.status_code == 200, answer.content
    told = answer.json()
    assert told["difference"]["counts"] == {"new": 1, "changed": 0, "ended": 0, "same": 0}
    assert not Membership.objects.filter(person=cast.employee).exists()
    address, mark = f"import/{told['id']}/", told["difference"]["mark"]
    assert client(by).get(f"/api/v1/{address}").json()["difference"]["mark"] == mark
    done = post(by, f"{address}genomford/", mark=mark).json()
    assert (done["state"], done["difference"], done["written"][0]["act"]) == ("carried_out", None, "new")
    assert Membership.objects.filter(person=cast.employee, board=cast.bromma).exists()
    assert post(by, f"{address}angrad/").json()["state"] == "undone"
    assert not Membership.objects.filter(person=cast.employee).exists()
    left = [f"import.{what}" for what in ("read", "carried_out", "undone")]
    assert list(Event.objects.filter(verb__in=left).order_by("pk").values_list("verb", flat=True)) == left


def test_nothing_but_what_was_looked_at_is_carried_out(cast: Cast) -> None:
    told = send(cast, a_seat(cast)).json()
    answer = post(cast.security_chief, f"import/{told['id']}/genomford/", mark="0" * 64)
    assert answer.status_code == 409
    assert not Membership.objects.filter(person=cast.employee).exists()


def test_what_is_wrong_in_a_file_is_told_by_its_cell(cast: Cast) -> None:
    (problem,) = send(cast, "Bromma;Ledamot;nobody@example.org;2026-01-01;").json()["difference"]["problems"]
    assert "C2" in problem


def test_a_file_may_be_larger_than_other_things_that_are_sent(cast: Cast) -> None:
    note = "x" * LIMIT_OF_OTHERS
    assert send(cast, a_seat(cast), f"{note};;;;").status_code == 409
    assert send(cast, "x" * 1_900_000).status_code == 413


def test_what_is_no_file_is_refused_in_words(cast: Cast) -> None:
    assert "content" in send(cast, content="no base64!").json()["errors"]
    assert send(cast, content=base64.b64encode(b"%PDF-1.7").decode()).status_code == 409
    assert not Import.objects.exists()


def test_only_those_who_keep_the_register_send_files_for_it(cast: Cast) -> None:
    assert send(cast, by=cast.chief, kind="namnder").status_code == 403
    theirs = send(cast, a_seat(cast)).json()["id"]
    for what in ("", "genomford/", "angrad/"):
        ask = client(cast.chief).get if not what else client(cast.chief).post
        foreign, missing = (ask(f"/api/v1/import/{pk}/{what}") for pk in (theirs, theirs + 1000))
        assert (foreign.status_code, foreign.content) == (404, missing.content)
