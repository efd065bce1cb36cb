"""The requirements come with the product, in our own words, and every one of them keeps its number."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from security_program.models import CouncilDecision, Descent, Goal, Programme, Requirement
from security_program.models.vocabulary import Kind
from security_program.reference import read
from tests.conftest import Cast, load_reference

KEPT = {"decided_on": date(2023, 12, 11), "diary_number": "KS 2023/1", "paragraph": "§ 9"}


@pytest.fixture
def reference(cast: Cast) -> None:
    load_reference()


def test_every_number_is_there_once(reference: None) -> None:
    codes = [f"REQ-{number:03d}" for number in range(1, 296)]
    assert list(Requirement.objects.values_list("code", flat=True)) == codes


def test_the_kinds_are_counted_as_in_the_documents(reference: None) -> None:
    everything = Requirement.objects
    assert everything.binding().count() == 144
    assert everything.decisions().count() == 6
    assert everything.earlier().count() == 24
    assert everything.wishes().count() == 112
    assert everything.proposals().count() == 9


def test_a_requirement_says_who_what_how_often_and_to_whom(reference: None) -> None:
    duty = Requirement.objects.get(code="REQ-082")
    assert [str(actor) for actor in duty.who] == ["Nämnd", "Bolagsstyrelse"]
    assert [actor.actor for actor in duty.recipients] == ["kommunstyrelsen"]
    assert (duty.cadence, duty.focus_area.slug) == ("arligen", "krisberedskap")


def test_what_is_asked_of_an_actor_leaves_out_what_is_reported_to_it(reference: None) -> None:
    asked = Requirement.objects.binding().asked_of("krisledningsnamndens_ordforande")
    assert [duty.code for duty in asked] == ["REQ-093"]


def test_every_requirement_has_an_actor_a_document_and_words(reference: None) -> None:
    for requirement in Requirement.objects.prefetch_related("actors"):
        assert requirement.who, requirement
        assert requirement.document, requirement
        assert requirement.what, requirement


def test_loading_twice_changes_nothing(reference: None) -> None:
    before = list(Requirement.objects.values_list("pk", "what", "actors__pk"))
    call_command("load_reference")
    assert list(Requirement.objects.values_list("pk", "what", "actors__pk")) == before


def test_a_text_that_the_product_corrects_reaches_the_city(reference: None) -> None:
    Requirement.objects.filter(code="REQ-001").update(what="något annat")
    call_command("load_reference")
    assert Requirement.objects.get(code="REQ-001").what == read("requirements")[0]["what"]


def test_a_draft_keeps_its_requirements_to_itself(cast: Cast, reference: None) -> None:
    Programme.objects.filter(slug="sakerhetsprogram-2024").update(state="utkast")
    seen = Requirement.objects.visible_to(cast.coordinator)
    assert not seen.filter(kind=Kind.PROPOSAL).exists()


def test_goals_are_there_where_the_documents_carry_them_and_only_there(reference: None) -> None:
    with_goals = set(Goal.objects.filter(focus_area__isnull=False).values_list("programme__slug", flat=True))
    assert with_goals == {"sakerhetsprogram-2020-2023"}


def test_two_subjects_moved_to_other_programmes_in_2024(reference: None) -> None:
    moved = Descent.objects.filter(kind="flyttat", before__programme__slug="sakerhetsprogram-2020-2023")
    assert {(line.subject, line.elsewhere) for line in moved} == {
        ("Informationssäkerhet", "Stadens kvalitetsprogram"),
        ("Otillåten påverkan", "Stadens trygghetsprogram"),
    }
    assert all(line.goal for line in moved)


def test_every_focus_area_has_a_line_from_or_to_its_neighbours(reference: None) -> None:
    versions = list(Programme.objects.filter(focus_areas__isnull=False).distinct().order_by("first_year"))
    for version in versions[:-1]:
        assert all(area.led_to.exists() for area in version.focus_areas.all())
    for version in versions[1:]:
        assert all(area.came_from.exists() for area in version.focus_areas.all())


def test_a_version_binds_from_its_adoption_until_it_ended(reference: None) -> None:
    on = Programme.objects.in_force_on
    assert on(date(2019, 6, 1)).slug == "trygghets-och-sakerhetsprogram-2018-2021"
    assert on(date(2021, 6, 1)).slug == "sakerhetsprogram-2020-2023"
    # 2017 lay between two versions, and the last one known ended with its period.
    assert on(date(2017, 6, 1)) is None
    assert on(date(2024, 6, 1)) is None


def test_the_council_keeps_a_version_past_its_period(cast: Cast, reference: None) -> None:
    version = Programme.objects.get(slug="sakerhetsprogram-2020-2023")
    version.keep_in_force(by=cast.security_chief, **KEPT)
    assert Programme.objects.in_force() == version
    assert Programme.objects.in_force_on(date(2026, 1, 1)) == version


def test_a_version_that_another_replaced_is_not_kept(cast: Cast, reference: None) -> None:
    with pytest.raises(ValidationError):
        Programme.objects.get(slug="trygghets-och-sakerhetsprogram-2018-2021").keep_in_force(
            by=cast.security_chief, **KEPT
        )


def test_a_decision_made_after_the_end_keeps_nothing(cast: Cast, reference: None) -> None:
    version = Programme.objects.get(slug="sakerhetsprogram-2020-2023")
    with pytest.raises(ValidationError):
        version.keep_in_force(by=cast.security_chief, **{**KEPT, "decided_on": date(2024, 1, 8)})


def test_a_decision_of_the_council_is_not_changed(cast: Cast, reference: None) -> None:
    decision = CouncilDecision.objects.first()
    decision.paragraph = "§ 99"
    with pytest.raises(ValidationError):
        decision.save()


def test_the_city_office_takes_a_version_to_the_council_and_not_further(cast: Cast, reference: None) -> None:
    version = Programme.objects.get(slug="sakerhetsprogram-2024")
    version.move_on(by=cast.security_chief)
    version.move_on(by=cast.security_chief)
    assert version.state == "foreslagen"
    with pytest.raises(ValidationError):
        version.move_on(by=cast.security_chief)
