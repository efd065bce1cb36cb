"""What the city office has before it in the generated town: analyses that are being reviewed, themes and purposes."""

import hashlib
import uuid
from datetime import timedelta

from django.utils import timezone

from boards import audit
from boards.days import today
from boards.models import Board, User
from risk_analysis.contents import gather
from risk_analysis.models import (
    Commitment,
    MethodVersion,
    Purpose,
    Remark,
    Reviewer,
    Risk,
    RiskTheme,
    Rsa,
    RsaComment,
    RsaCycle,
    RsaReminder,
    RsaStep,
    Snapshot,
    ThemedRisk,
)
from tests.conftest import LONG_AGO

SLUG = "tema"


def a_round(by: User) -> RsaCycle:
    """On a theme, so that it stands beside the year's own."""
    method = MethodVersion.objects.current()
    if method.pk is None:
        method = MethodVersion.objects.decide(by=by)
    facts = {"kind": RsaCycle.Kind.THEME, "name": "Rho", "year": today().year, "method": method}
    dates = {"opens_on": LONG_AGO, "due_on": today() + timedelta(days=30)}
    return RsaCycle.objects.get_or_create(slug=SLUG, defaults={**facts, **dates})[0]


def under_review(board: Board, by: User) -> Rsa:
    """Handed in, taken up, asked about, and returned once before."""
    cycle = a_round(by)
    shared = {"cycle": cycle, "board": board, "slug": board.slug, "method": cycle.method}
    first = Rsa.objects.create(
        **shared, state="ersatt", submitted_at=timezone.now(), reference=f"Sigma-{board.pk}"
    )
    step = RsaStep.objects.create(rsa=first, before="granskas", after="kompletteras", by=by, comment="Tau")
    Remark.objects.create(step=step, part="risker", about="Ypsilon", text="Phi")
    rsa = Rsa.objects.create(
        **shared, edition=2, state="granskas", submitted_at=timezone.now(), reference=f"Chi-{board.pk}"
    )
    RsaStep.objects.create(rsa=rsa, before="inlamnad", after="granskas", by=by)
    risk = fill(rsa, board)
    body = audit.canonical(gather(rsa))
    Snapshot.objects.create(rsa=rsa, body=body, sha256=hashlib.sha256(body.encode()).hexdigest())
    RsaComment.objects.create(rsa=rsa, thread=risk.thread, text="Psi", by=by)
    RsaReminder.objects.create(cycle=cycle, board=board, sent_by=by).people.add(by)
    return rsa


def fill(rsa: Rsa, board: Board) -> Risk:
    care = Commitment.objects.create(rsa=rsa, title="Omega", people=4, criticality=4, tolerable_outage=24)
    judged = {"likelihood": 4, "consequence": 4, "worst_value": 1, "why": "Alfa", "level": 4}
    thread = uuid.uuid5(uuid.NAMESPACE_URL, board.code)
    risk = Risk.objects.create(
        rsa=rsa, commitment=care, title="Beta", kind=Risk.Kind.NATURE, thread=thread, **judged
    )
    theme = RiskTheme.objects.get_or_create(name="Gamma", slug="gamma")[0]
    ThemedRisk.objects.create(theme=theme, thread=thread)
    return risk


def reviewer(board: Board, by: User) -> Reviewer:
    return Reviewer.objects.create(person=by, board=board, valid_from=LONG_AGO)


def purposes(reader: User, other: User) -> Purpose:
    """One that stands, and one of somebody else's that waits."""
    now = timezone.now() + timedelta(days=1)
    for what in Purpose.What:
        Purpose.objects.create(reader=reader, what=what, why="Delta", boards=3, approved_at=now)
    return Purpose.objects.create(reader=other, what="risker", why="Epsilon", boards=40, asked_at=now)
