"""An analysis with a word of its own in each of its protected texts, filed and read as people do it."""

from typing import Any

from django.urls import reverse

from boards.days import today
from risk_analysis.models import (
    Capability,
    Commitment,
    Considered,
    ContinuityPlan,
    Dependency,
    DependencyAnswer,
    Measure,
    Remark,
    Risk,
    Rsa,
    RsaComment,
    Snapshot,
    Supplier,
    Vulnerability,
)
from tests.canary.places import Places
from tests.conftest import Cast, signed_in
from tests.risk_analysis import analyses

# The roots of the words; each field gets one of its own from them.
ROOT = "rsagömslesord"
# What holds a code and not a text of one's own.
CODES = {
    *(f"risk_analysis.{name}" for name in ("Capability.grade", "Dependency.kind", "Dependency.substitute")),
    *(f"risk_analysis.{name}" for name in ("Measure.status", "Risk.kind", "Risk.uncertainty", "Risk.trend")),
    # Ten digits, and what is made of them or of the name.
    *(f"risk_analysis.Supplier.{name}" for name in ("organisation_number", "key")),
}
TEXTS = {
    "Commitment": "title legal_basis societal_why least_level contract demanded_security",
    "Risk": "title cause course protection why intent",
    "Supplier": "name delivers contract",
    "Dependency": "name note",
    "ContinuityPlan": "title trigger routine resources",
    "Measure": "text funding dropped_why",
    "Vulnerability": "text",
}


def word(name: str) -> str:
    return f"{ROOT}-{name.lower().replace('.', '-').replace('_', '-')}"


def words_of(kind: str) -> dict[str, str]:
    return {name: word(f"{kind}.{name}") for name in TEXTS[kind].split()}


def file_an_analysis(cast: Cast, places: Places, words: dict[str, str]) -> None:
    rsa = written(cast)
    plant_beside(cast, rsa)
    analyses.submitted(cast, rsa)
    rsa.take_up(by=cast.security_chief)
    remark = Remark(part="risker", about=word("Remark.about"), text=word("Remark.text"))
    new = rsa.send_back(by=cast.security_chief, comment=word("RsaStep.comment"), remarks=[remark])
    Remark.objects.on(new).get().answer(word("Remark.reply"), by=cast.coordinator)
    asked = DependencyAnswer.objects.get(dependency__rsa=rsa)
    asked.answer("avvisad", by=cast.farsta_coordinator, comment=word("DependencyAnswer.comment"))
    read(cast, places, new)
    words |= {f"risk_analysis.{kind}.{name}": said for kind in TEXTS for name, said in words_of(kind).items()}
    single = "Capability.text Considered.reason Remark.about Remark.text Remark.reply RsaStep.comment RsaComment.text"
    for name in (*single.split(), "Acceptance.why", "DependencyAnswer.comment"):
        words[f"risk_analysis.{name}"] = word(name)
    words["risk_analysis.Snapshot.body"] = Snapshot.objects.get(rsa=rsa).body[:200]


def written(cast: Cast) -> Rsa:
    rsa, by = analyses.begun(cast), cast.coordinator
    scores: dict[str, Any] = {"people": 4, "functioning": 4, "fundamentals": 1, "surroundings": 1}
    facts = {"tolerable_outage": 24, "is_societal": True, "is_external": True, **scores}
    care = Commitment.objects.add(rsa, by=by, **facts, **words_of("Commitment"))
    judged = {"likelihood": 5, "consequence": 5, "worst_value": 1, "kind": "hot_vald", "in_the_area": True}
    risk = Risk.objects.add(rsa, by=by, commitment=care, **judged, **words_of("Risk"))
    risk.accept(by=cast.chief, why=word("Acceptance.why"), until=today())
    Vulnerability.objects.add(rsa, by=by, risk=risk, severity=4, **words_of("Vulnerability"))
    Supplier.objects.add(rsa, by=by, **words_of("Supplier"))
    relied = {"kind": "el", "tolerance_hours": 2, "substitute": "saknas", "provider": cast.farsta}
    power = Dependency.objects.add(rsa, by=by, commitment=care, **relied, **words_of("Dependency"))
    ContinuityPlan.objects.add(rsa, by=by, dependency=power, decided_on=today(), **words_of("ContinuityPlan"))
    Measure.objects.add(rsa, by=by, risks=[risk], status="avford", **words_of("Measure"))
    return rsa


def plant_beside(cast: Cast, rsa: Rsa) -> None:
    analyses.QuestionHandled.objects.note(rsa, by=cast.coordinator)
    Considered.objects.state(rsa, by=cast.coordinator, what="olyckor", reason=word("Considered.reason"))
    Capability.objects.judge(rsa, by=cast.coordinator, place=1, grade="god", text=word("Capability.text"))
    RsaComment.objects.write(rsa, by=cast.coordinator, text=word("RsaComment.text"))


def read(cast: Cast, places: Places, rsa: Rsa) -> None:
    """The pages of the analysis, by those who write, decide on and review it, and as a file."""
    here = [rsa.cycle.slug, rsa.slug]
    for person in (cast.coordinator, cast.chief, cast.security_chief):
        browser = signed_in(person)
        for name in ("rsa_page", "rsa_whole", "rsa_receipt"):
            places.visit(browser, "get", reverse(name, args=here))
        places.visit(browser, "get", reverse("rsa_part", args=[*here, "risker"]))
    browser = signed_in(cast.coordinator)
    for name in ("my_page", "rsa_list", "own_calendar"):
        places.visit(browser, "get", reverse(name))
