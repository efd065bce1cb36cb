"""An analysis for a board of the generated town: returned with a remark, and gone on with in a draft."""

import hashlib
import uuid

from django.utils import timezone

from boards import audit
from boards.days import today
from boards.models import Board, User
from risk_analysis.contents import gather
from risk_analysis.copying import copy_rows
from risk_analysis.models import (
    Acceptance,
    Capability,
    Commitment,
    Considered,
    ContinuityPlan,
    Dependency,
    Measure,
    QuestionHandled,
    Remark,
    Reviewer,
    Risk,
    Rsa,
    RsaComment,
    RsaCycle,
    RsaStep,
    Snapshot,
    Supplier,
    Vulnerability,
)
from tests.house import reliance

THREAD = uuid.UUID(int=7)


def analysed(board: Board, by: User) -> Rsa:
    """The draft; what it goes on from has been handed in."""
    year = today().year
    cycle = RsaCycle.objects.filter(slug=str(year)).first() or reliance.a_round(year, by)
    shared = {"cycle": cycle, "board": board, "slug": board.slug, "method": cycle.method, "begun_by": by}
    old = Rsa.objects.create(
        **shared,
        fixed_by=by,
        state="kompletteras",
        submitted_at=timezone.now(),
        submitted_by=by,
        reference=f"RSA-{board.pk:04}",
    )
    fill(old, by)
    body = audit.canonical(gather(old))
    Snapshot.objects.create(rsa=old, body=body, sha256=hashlib.sha256(body.encode()).hexdigest())
    step = RsaStep.objects.create(rsa=old, before="granskas", after="kompletteras", by=by, comment="Ny")
    Remark.objects.create(step=step, part="risker", thread=THREAD, about="Omikron", text="Pi")
    new = Rsa.objects.create(**shared, edition=2)
    copy_rows([old], new, is_confirmed=False)
    around(new, by)
    return new


def fill(rsa: Rsa, by: User) -> None:
    care = Commitment.objects.create(rsa=rsa, title="Ny", people=4, criticality=4, tolerable_outage=24)
    judged = {"likelihood": 4, "consequence": 4, "worst_value": 1, "why": "Tau", "level": 4}
    risk = Risk.objects.create(rsa=rsa, commitment=care, title="Omikron", thread=THREAD, **judged)
    Vulnerability.objects.create(rsa=rsa, risk=risk, text="Rho", severity=2)
    supplier = Supplier.objects.create(rsa=rsa, name="Sigma", key="sigma")
    facts = {
        "kind": "el",
        "name": "Ypsilon",
        "tolerance_hours": 4,
        "substitute": "saknas",
        "is_critical": True,
    }
    power = Dependency.objects.create(rsa=rsa, commitment=care, supplier=supplier, **facts)
    ContinuityPlan.objects.create(rsa=rsa, dependency=power, title="Fi", routine="Chi", decided_on=today())
    Measure.objects.create(rsa=rsa, text="Psi", due_on=today(), responsible=by).risks.set([risk])
    Acceptance.objects.create(risk=risk, by=by, why="Omega", until=today())


def around(rsa: Rsa, by: User) -> None:
    """What is said and judged beside the rows."""
    Considered.objects.create(rsa=rsa, what="olyckor", reason="Xi")
    Capability.objects.create(rsa=rsa, place=1, grade="god", text="Ny")
    QuestionHandled.objects.create(rsa=rsa, on=today())
    RsaComment.objects.create(rsa=rsa, thread=THREAD, text="Zeta", by=by)
    Reviewer.objects.get_or_create(board=rsa.board, person=by, valid_from=today())
