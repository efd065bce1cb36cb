"""An analysis through the API: begun, filled, sent on and handed in by the same verbs as on the pages."""

from risk_analysis.models import Commitment, Risk, Rsa
from tests.boards.test_api_changes import client, post
from tests.conftest import Cast

from . import analyses


def test_an_analysis_is_begun_with_what_is_typical_and_only_once(cast: Cast) -> None:
    cycle = analyses.a_round(cast)
    answer = post(cast.coordinator, "namnder/bromma/analyser/", cycle=cycle.slug, begin_with="lista")
    assert answer.status_code == 200, answer.content
    assert Commitment.objects.filter(rsa=answer.json()["id"]).exists()
    again = post(cast.coordinator, "namnder/bromma/analyser/", cycle=cycle.slug, begin_with="tomt")
    assert again.status_code in (409, 422)
    assert Rsa.objects.count() == 1


def test_a_row_is_added_corrected_and_removed_by_its_version(cast: Cast) -> None:
    rsa = analyses.begun(cast)
    made = post(cast.coordinator, f"analyser/{rsa.pk}/ataganden/", title="Skola", people="4")
    assert made.status_code == 200, made.content
    pk, version = made.json()["id"], made.json()["version"]
    sent = {"title": "Skola och fritids", "people": "3", "version": version}
    assert post(cast.coordinator, f"rsa-ataganden/{pk}/uppgifter/", **sent).json()["criticality"] == 3
    assert post(cast.coordinator, f"rsa-ataganden/{pk}/uppgifter/", **sent).status_code == 409
    assert post(cast.coordinator, f"rsa-ataganden/{pk}/borttagning/").status_code == 200
    assert not Commitment.objects.standing().exists()
    assert post(cast.farsta_coordinator, f"rsa-ataganden/{pk}/tillbaka/").status_code == 404


def test_it_is_sent_decided_on_and_handed_in_and_named_gaps_stop_it(cast: Cast) -> None:
    rsa = analyses.begun(cast)
    stopped = post(cast.coordinator, f"analyser/{rsa.pk}/chef/")
    assert stopped.status_code == 409
    analyses.filled(cast, rsa)
    assert post(cast.coordinator, f"analyser/{rsa.pk}/chef/").json()["state"] == "hos_chef"
    assert post(cast.coordinator, f"analyser/{rsa.pk}/faststallande/").status_code == 403
    assert post(cast.chief, f"analyser/{rsa.pk}/faststallande/").json()["state"] == "faststalld"
    assert post(cast.coordinator, f"analyser/{rsa.pk}/inlamning/").json()["reference"]


def test_a_draft_is_read_at_the_board_alone(cast: Cast) -> None:
    rsa = analyses.filled(cast, analyses.begun(cast))
    risk = Risk.objects.filter(rsa=rsa).first()
    for address in (f"analyser/{rsa.pk}/", f"rsa-risker/{risk.pk}/"):
        assert client(cast.coordinator).get(f"/api/v1/{address}").status_code == 200
        assert client(cast.security_chief).get(f"/api/v1/{address}").status_code == 404
    assert client(cast.security_chief).get("/api/v1/rsa-risker/").json()["results"] == []
