from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import OuterRef, Q, Subquery

from boards import access
from boards.models import Board
from boards.models.boards import COMPANIES

from .cycles import RsaCycle
from .states import IN_FORCE, SUBMITTED, State


class RsaQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> RsaQuerySet:
        """The board's own; for the security chief and assigned reviewers what is submitted, and nothing before."""
        if not user.is_authenticated:
            return self.none()
        own = Q(board__in=access.subquery(user, "view_protected"))
        return self.filter(own | self._reviewed_by(user))

    def _reviewed_by(self, user: Any) -> Q:
        reached = Q(state__in=SUBMITTED) & self._had_by_its_own_board()
        if access.may(user, "view_submitted_protected"):
            return reached
        if not access.may(user, "review"):
            return Q(pk__in=[])
        assigned = apps.get_model("risk_analysis", "Reviewer").objects.on().filter(person=user)
        return reached & Q(board__in=assigned.values("board"))

    def _had_by_its_own_board(self) -> Q:
        """A company's own board sees it before anybody at the city office does, in words or in numbers."""
        is_company = Q(board__kind__in=COMPANIES)
        return ~is_company | Q(cycle__companies_first=False) | Q(board_had_it_on__isnull=False)

    def counted_by(self, user: Any) -> RsaQuerySet:
        """Counts and levels of what is submitted (K2): for the city office, and for a board its own."""
        if access.may(user, "view_submitted"):
            return self.in_force().filter(self._had_by_its_own_board())
        return self.in_force().filter(board__in=access.subquery(user, "view_protected"))

    def submitted(self) -> RsaQuerySet:
        return self.filter(state__in=SUBMITTED)

    def in_force(self) -> RsaQuerySet:
        """What the city counts: handed in, and neither recalled nor replaced by a later version."""
        return self.filter(state__in=IN_FORCE)

    def current(self) -> RsaQuerySet:
        """Of what counts, the latest of each organisation: last year's until this year's is handed in."""
        counted = self.in_force().filter(cycle__kind=RsaCycle.Kind.YEARLY, board__in=Board.objects.on())
        same = counted.filter(slug=OuterRef("slug")).order_by("-cycle__opens_on", "-edition")
        return counted.filter(pk=Subquery(same.values("pk")[:1]))

    def of_year(self, year: int) -> RsaQuerySet:
        return self.filter(cycle__kind=RsaCycle.Kind.YEARLY, cycle__year=year)

    def latest_editions(self) -> RsaQuerySet:
        """Of those that can be seen, the last of each."""
        same = self.filter(cycle=OuterRef("cycle"), slug=OuterRef("slug")).order_by("-edition")
        return self.filter(pk=Subquery(same.values("pk")[:1]))

    def to_write(self) -> RsaQuerySet:
        return self.filter(state=State.DRAFT)

    def to_number(self, boards: Collection[int]) -> RsaQuerySet:
        """Handed in by these, and not entered in their own registry."""
        return self.submitted().filter(board__in=boards, sender_number="")

    def to_number_at_receiver(self) -> RsaQuerySet:
        return self.submitted().filter(receiver_number="")

    def with_names(self) -> RsaQuerySet:
        return self.select_related("board", "cycle", "unit", "method")
