"""An analysis on paper: ordered, printed once, and given out to whoever reads the analysis and nobody else."""

import pytest

from boards import pdf, tasks
from boards.models import Document, Job
from risk_analysis import papers
from risk_analysis.models import Commitment, Risk, Rsa, RsaPaper
from tests.conftest import Cast, signed_in

from . import analyses


def order(cast: Cast, rsa: Rsa, what: str = "analys") -> RsaPaper:
    signed_in(cast.coordinator).post(f"/rsa/{rsa.cycle.slug}/{rsa.slug}/pdf/{what}/")
    return RsaPaper.objects.latest("pk")


def test_a_draft_says_that_it_is_working_material_and_shows_its_risks_by_weight(cast: Cast) -> None:
    rsa = analyses.filled(cast, analyses.begun(cast))
    page = papers.html(rsa, "analys", "sv")
    assert "Arbetsmaterial" in page
    assert page.index("R1</strong> <span") < page.index("R2</strong> <span")
    ranked = papers.gather(rsa).risks
    assert [risk.row["title"] for risk in ranked] == ["Snöstorm stoppar hemtjänsten", "Hot mot personal"]
    assert ranked[0].measures == ["Avtal om snöröjning"]


def test_what_is_handed_in_is_printed_as_it_was_frozen(cast: Cast) -> None:
    rsa = analyses.handed_in(cast)
    Risk.objects.filter(rsa=rsa).update(title="Ändrad i efterhand")
    Commitment.objects.filter(rsa=rsa).update(title="Ändrad i efterhand")
    page = papers.html(Rsa.objects.with_names().get(pk=rsa.pk), "analys", "sv")
    assert "Ändrad i efterhand" not in page
    assert "Snöstorm" in page
    assert rsa.reference in page
    assert "Arbetsmaterial" not in page


def test_the_registry_s_number_stands_on_it_and_makes_a_new_paper(cast: Cast) -> None:
    rsa = analyses.handed_in(cast)
    first = order(cast, rsa)
    assert order(cast, rsa) == first
    rsa.register("SDN 2026/77", by=cast.coordinator, at_receiver=False)
    assert "SDN 2026/77" in papers.html(rsa, "analys", "sv")
    assert order(cast, rsa) != first


def test_it_is_printed_once_and_given_out_to_those_who_read_the_analysis(cast: Cast) -> None:
    rsa = analyses.filled(cast, analyses.begun(cast))
    paper = order(cast, rsa)
    job = Job.objects.get(kind="rsa-paper")
    where = f"/rsa/{rsa.cycle.slug}/{rsa.slug}/pdf/fil/{paper.pk}/"
    assert signed_in(cast.coordinator).get(where).status_code == 404
    tasks.work(job.pk)
    tasks.work(job.pk)
    document = Document.objects.get(board=rsa.board, level="K2")
    assert RsaPaper.objects.get().version.document == document
    assert signed_in(cast.coordinator).get(where).content.startswith(b"%PDF")
    for stranger in (cast.farsta_coordinator, cast.security_chief, cast.case_officer, cast.employee):
        assert signed_in(stranger).get(where).status_code == 404


def test_the_security_chief_reads_it_once_it_is_handed_in(cast: Cast) -> None:
    rsa = analyses.handed_in(cast)
    paper = order(cast, rsa)
    tasks.work(Job.objects.get(kind="rsa-paper").pk)
    where = f"/rsa/{rsa.cycle.slug}/{rsa.slug}/pdf/fil/{paper.pk}/"
    assert signed_in(cast.security_chief).get(where).content.startswith(b"%PDF")


@pytest.mark.parametrize("what", ["analys", "arbetsblad"])
def test_both_are_accessible_documents_in_both_languages(cast: Cast, what: str) -> None:
    rsa = analyses.filled(cast, analyses.begun(cast))
    for language in ("sv", "en"):
        printed = pdf.print_pdf(papers.html(rsa, what, language))
        assert printed.faults == ()


def test_the_work_sheet_has_empty_lines_to_write_on(cast: Cast) -> None:
    rsa = analyses.filled(cast, analyses.begun(cast))
    page = papers.html(rsa, "arbetsblad", "sv")
    assert page.count('class="blank"') == papers.ROWS_ON_A_SHEET - 2
    assert "level--" not in page
