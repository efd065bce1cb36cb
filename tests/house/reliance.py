"""What the generated town rests on: the city executive office has handed in that it needs each of the boards."""

from datetime import timedelta

from django.utils import timezone

from boards.days import today
from boards.models import Board, User
from risk_analysis.models import Commitment, Dependency, DependencyAnswer, MethodVersion, Rsa, RsaCycle
from tests.conftest import LONG_AGO


def handed_in_by_the_office(by: User) -> Rsa:
    office, year = Board.objects.get(code="kommunstyrelsen"), today().year
    cycle = RsaCycle.objects.filter(slug=str(year)).first() or a_round(year, by)
    return Rsa.objects.filter(board=office, cycle=cycle).first() or Rsa.objects.create(
        cycle=cycle,
        board=office,
        slug=office.slug,
        method=cycle.method,
        state=Rsa.State.SUBMITTED,
        submitted_at=timezone.now(),
    )


def a_round(year: int, by: User) -> RsaCycle:
    method = MethodVersion.objects.current()
    if method.pk is None:
        method = MethodVersion.objects.decide(by=by)
    dates = {"opens_on": LONG_AGO, "due_on": today() + timedelta(days=30)}
    return RsaCycle.objects.create(slug=str(year), name=f"RSA {year}", year=year, method=method, **dates)


def relied_on(board: Board, by: User) -> DependencyAnswer:
    """Asked of the board, and not answered."""
    rsa = handed_in_by_the_office(by)
    facts = {"people": 4, "criticality": 4, "tolerable_outage": 4}
    theirs = Commitment.objects.create(rsa=rsa, title=f"Nu {board.pk}", **facts)
    needed = Dependency.objects.create(
        rsa=rsa,
        commitment=theirs,
        kind=Dependency.Kind.BOARD,
        name=f"Xi {board.pk}",
        provider=board,
        tolerance_hours=2,
        substitute=Dependency.Substitute.NO,
    )
    return DependencyAnswer.objects.create(dependency=needed)
