"""What the roof itself knows: decisions about the programme, adoptions, instructions."""

from datetime import date
from functools import partial

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..models import Adoption, GuidelineAcknowledgement, GuidelineVersion
from .asking import Finding, Findings, Inquiry


def decided_by_the_council(inquiry: Inquiry) -> Findings:
    """A version that the council has adopted was in force on the day."""
    return inquiry.judge(partial(_in_force, inquiry))


def binds_the_organisation(inquiry: Inquiry) -> Findings:
    """The version in force binds a board by itself, and a company by its own board's adoption."""
    adopted = Adoption.objects.days()
    return inquiry.judge(partial(_binds, inquiry, adopted))


def instructions_acknowledged(inquiry: Inquiry) -> Findings:
    """Every instruction that was in force on the day is acknowledged."""
    versions = list(_decided().select_related("guideline"))
    rows = GuidelineAcknowledgement.objects.filter(board__in=inquiry.boards)
    said = set(rows.values_list("version", "board"))
    return inquiry.judge(partial(_acknowledged, inquiry, versions, said))


def instructions_listed(inquiry: Inquiry) -> Findings:
    """Instructions that have been decided stand in the list for all staff."""
    versions = list(_decided())
    return inquiry.judge(partial(_listed, inquiry, versions))


def _decided() -> QuerySet[GuidelineVersion]:
    return GuidelineVersion.objects.decided().order_by("guideline", "number")


def _in_force_on(versions: list[GuidelineVersion], day: date) -> list[GuidelineVersion]:
    begun = (each for each in versions if each.in_force_from and each.in_force_from <= day)
    return list({each.guideline_id: each for each in begun}.values())


def _in_force(inquiry: Inquiry, board: int) -> Finding:
    programme = inquiry.version_on(inquiry.day(board))
    says = (
        _("%(programme)s was in force") % {"programme": programme}
        if programme
        else _("No version was in force")
    )
    return Finding(programme is not None, says, reverse("programme_list"))


def _binds(inquiry: Inquiry, adopted: dict[tuple[int, int], date], board: int) -> Finding:
    if not inquiry.boards[board].is_company:
        return _in_force(inquiry, board)
    day = max((day for (company, _version), day in adopted.items() if company == board), default=None)
    page = inquiry.boards[board].get_absolute_url()
    if day is None or day > inquiry.day(board):
        return Finding(False, _("The company's board has not adopted the programme"), page)
    return Finding(True, _("Adopted by the company's board on %(day)s") % {"day": date_format(day)}, page)


def _acknowledged(
    inquiry: Inquiry, versions: list[GuidelineVersion], said: set[tuple[int, int]], board: int
) -> Finding:
    page = reverse("guideline_list")
    there = _in_force_on(versions, inquiry.day(board))
    lacking = [each for each in there if (each.pk, board) not in said]
    if not there:
        return Finding(None, _("No instruction has been decided yet"), page)
    if not lacking:
        return Finding(True, _("All instructions in force are acknowledged"), page)
    late = [each for each in lacking if each.acknowledge_by and each.acknowledge_by < inquiry.day(board)]
    if not late:
        return Finding(None, _("There is still time to acknowledge what is new"), page)
    return Finding(False, _("Not acknowledged: %(names)s") % {"names": _names(late)}, page)


def _names(versions: list[GuidelineVersion]) -> str:
    return ", ".join(sorted(each.guideline.name for each in versions))


def _listed(inquiry: Inquiry, versions: list[GuidelineVersion], board: int) -> Finding:
    number, page = len(_in_force_on(versions, inquiry.day(board))), reverse("guideline_list")
    if number:
        return Finding(True, _("In the list: %(number)s") % {"number": number}, page)
    if inquiry.is_over(board):
        return Finding(False, _("No instruction was in force that year"), page)
    return Finding(None, _("No instruction has been decided yet"), page)
