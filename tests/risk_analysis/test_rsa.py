"""An analysis from the first row to the city office's answer."""

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from boards.models import Event
from risk_analysis.comparison import Mark, since_last_year
from risk_analysis.copying import copy_rows
from risk_analysis.gaps import gaps_of
from risk_analysis.models import Commitment, Measure, Remark, Risk, Rsa, Snapshot
from risk_analysis.showing import summary
from tests.conftest import Cast

from . import analyses

State = Rsa.State


def test_nothing_is_left_when_every_red_risk_and_critical_dependency_is_taken_care_of(cast: Cast) -> None:
    rsa = analyses.filled(cast, analyses.begun(cast))
    assert gaps_of(rsa) == []


def test_it_is_stopped_with_each_gap_by_name(cast: Cast) -> None:
    rsa = analyses.filled(cast, analyses.begun(cast))
    Measure.objects.get(rsa=rsa).remove(by=cast.coordinator)
    with pytest.raises(ValidationError, match="Snöstorm stoppar hemtjänsten"):
        rsa.send_to_chief(by=cast.coordinator)
    assert Rsa.objects.get(pk=rsa.pk).state == State.DRAFT


def test_the_one_who_sends_it_does_not_decide_on_it(cast: Cast) -> None:
    rsa = analyses.filled(cast, analyses.begun(cast))
    rsa.send_to_chief(by=cast.chief)
    with pytest.raises(ValidationError):
        rsa.fix(by=cast.chief)
    with pytest.raises(DatabaseError), transaction.atomic():
        Rsa.objects.filter(pk=rsa.pk).update(fixed_by=cast.chief)


def test_what_is_handed_in_is_frozen_and_hashed(cast: Cast) -> None:
    rsa = analyses.handed_in(cast)
    snapshot = Snapshot.objects.get(rsa=rsa)
    assert snapshot.is_whole
    assert [row["title"] for row in snapshot.contents["commitments"]] == ["Hemtjänst"]
    assert rsa.reference == f"RSA-{rsa.cycle.year}-0001"
    with pytest.raises(ValidationError):
        Commitment.objects.add(rsa, by=cast.coordinator, title="Skola")
    with pytest.raises(DatabaseError), transaction.atomic():
        Snapshot.objects.filter(pk=snapshot.pk).update(sha256="0" * 64)


def test_handed_in_twice_is_handed_in_once(cast: Cast) -> None:
    rsa = analyses.handed_in(cast)
    same = Rsa.objects.get(pk=rsa.pk)
    same.state = State.FIXED  # the page as the second press saw it
    with pytest.raises(ValidationError):
        same.submit(by=cast.coordinator)
    assert Event.objects.filter(verb="rsa.submitted").count() == 1


def test_returned_with_remarks_it_goes_on_in_a_new_edition_and_the_old_one_stands(cast: Cast) -> None:
    rsa = analyses.handed_in(cast)
    rsa.take_up(by=cast.security_chief)
    risk = Risk.objects.filter(rsa=rsa).first()
    new = rsa.send_back(
        by=cast.security_chief,
        comment="Två saker",
        remarks=[Remark(part="risker", thread=risk.thread, field="why", about=str(risk), text="Varför?")],
    )
    assert (new.edition, new.state) == (2, State.DRAFT)
    assert Risk.objects.filter(rsa=new).count() == Risk.objects.filter(rsa=rsa).count() == 2
    assert [gap.part for gap in gaps_of(new)] == ["anmarkningar"]
    Remark.objects.on(new).get().answer("Förtydligat", by=cast.coordinator)
    analyses.submitted(cast, new)
    assert set(Rsa.objects.in_force()) == {new}
    assert Rsa.objects.get(pk=rsa.pk).state == State.REPLACED


def test_a_recalled_one_stays_and_says_so(cast: Cast) -> None:
    rsa = analyses.handed_in(cast)
    new = rsa.recall(by=cast.coordinator, reason="Fel bilaga")
    assert (Rsa.objects.get(pk=rsa.pk).state, new.edition) == (State.RECALLED, 2)
    assert Snapshot.objects.filter(rsa=rsa).exists()


def test_last_years_follows_along_and_nothing_of_it_is_confirmed(cast: Cast) -> None:
    rsa = analyses.copied_forward(cast)
    found = since_last_year(rsa)
    assert {name: len(part.rows) for name, part in found.items()} == {
        "commitments": 1,
        "risks": 2,
        "vulnerabilities": 0,
        "dependencies": 1,
        "suppliers": 0,
        "plans": 1,
        "measures": 1,
    }
    assert all(row.mark is Mark.SAME for part in found.values() for row in part.rows)
    assert not any(row.is_confirmed for row in Risk.objects.filter(rsa=rsa))
    assert Measure.objects.get(rsa=rsa).risks.get().rsa == rsa


def test_copying_two_hundred_risks_takes_as_many_statements_as_copying_two(
    cast: Cast, django_assert_num_queries: object
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from boards.days import today

    old = analyses.filled(cast, analyses.begun(cast, analyses.a_round(cast, today().year - 1)))
    new = analyses.begun(cast)

    def statements() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            copy_rows([old], new, is_confirmed=False)
        return len(asked)

    few = statements()
    for model in (Measure.risks.through,):
        model.objects.filter(measure__rsa=new).delete()
    for name in ("plans", "measures", "dependencies", "suppliers", "vulnerabilities", "risks", "commitments"):
        getattr(new, name).all().delete()
    care = Commitment.objects.get(rsa=old)
    Risk.objects.bulk_create(Risk(rsa=old, commitment=care, title=f"Risk {n}") for n in range(200))
    assert statements() == few
    assert Risk.objects.filter(rsa=new).count() == 202


def test_rows_that_are_removed_changed_and_new_are_marked_against_what_was_handed_in(cast: Cast) -> None:
    rsa = analyses.copied_forward(cast)
    snow, threat = Risk.objects.filter(rsa=rsa).order_by("title").reverse()
    snow.correct(by=cast.coordinator, likelihood=5)
    threat.remove(by=cast.coordinator)
    Risk.objects.add(rsa, by=cast.coordinator, commitment=snow.commitment, title="Smitta")
    marks = since_last_year(rsa)["risks"]
    assert {mark: marks.count(mark) for mark in Mark} == {
        Mark.NEW: 1,
        Mark.CHANGED: 1,
        Mark.SAME: 0,
        Mark.REMOVED: 1,
    }
    assert marks.with_mark(Mark.CHANGED)[0].fields == ("likelihood",)


def test_what_belongs_to_a_removed_commitment_goes_with_it_and_comes_back(cast: Cast) -> None:
    rsa = analyses.filled(cast, analyses.begun(cast))
    care = Commitment.objects.get(rsa=rsa)
    care.remove(by=cast.coordinator)
    assert not Risk.objects.filter(rsa=rsa).standing().exists()
    care.put_back(by=cast.coordinator)
    assert Risk.objects.filter(rsa=rsa).standing().count() == 2


def test_what_belongs_to_what_belongs_to_it_goes_too_and_next_years_copy_is_whole(cast: Cast) -> None:
    rsa = analyses.filled(cast, analyses.begun(cast))
    Commitment.objects.get(rsa=rsa).remove(by=cast.coordinator)
    assert not rsa.plans.standing().exists()
    rsa.plans.update(removed_at=None)  # as a row from before could stand
    copy_rows([rsa], analyses.begun(cast, board=cast.farsta, cycle=rsa.cycle), is_confirmed=False)
    Commitment.objects.get(rsa=rsa).put_back(by=cast.coordinator)
    assert rsa.plans.standing().count() == 1


def test_a_dependency_becomes_critical_when_its_commitment_does(cast: Cast) -> None:
    rsa = analyses.filled(cast, analyses.begun(cast))
    care = Commitment.objects.get(rsa=rsa)
    care.correct(by=cast.coordinator, people=2, functioning=2)
    assert not rsa.dependencies.get().is_critical
    care.correct(by=cast.coordinator, people=4)
    assert rsa.dependencies.get().is_critical


def test_a_threat_is_read_by_how_credible_it_is(cast: Cast) -> None:
    rsa = analyses.filled(cast, analyses.begun(cast))
    risk = Risk.objects.get(rsa=rsa, kind=Risk.Kind.VIOLENCE)
    rsa.method.credibilities[2]["word"] = "Tänkbar"
    risk.rsa = rsa
    assert "3 Medel" in [each.value for each in summary(risk)]
    risk.kind = Risk.Kind.ANTAGONISTIC
    assert "3 Tänkbar" in [each.value for each in summary(risk)]


def test_the_level_comes_from_the_gravest_of_the_consequences(cast: Cast) -> None:
    rsa = analyses.filled(cast, analyses.begun(cast))
    risk = Risk.objects.get(rsa=rsa, kind=Risk.Kind.VIOLENCE)
    risk.correct(by=cast.coordinator, harm_fundamentals=5)
    assert (risk.consequence, risk.worst_value, risk.level) == (
        5,
        Risk.Value.FUNDAMENTALS,
        rsa.method.level(3, 5),
    )


def test_nobody_at_the_city_office_sees_it_before_it_is_handed_in_and_the_chief_the_second_after(
    cast: Cast,
) -> None:
    rsa = analyses.filled(cast, analyses.begun(cast))
    everybody = [cast.security_chief, cast.case_officer, cast.farsta_coordinator, cast.auditor, cast.member]
    assert not any(Rsa.objects.visible_to(person).exists() for person in everybody)
    assert not any(Risk.objects.visible_to(person).exists() for person in everybody)
    analyses.submitted(cast, rsa)
    assert Rsa.objects.visible_to(cast.security_chief).get() == rsa
    assert not Rsa.objects.visible_to(cast.case_officer).exists()
