"""Times the city's risks at 45 organisations with 100 risks each in two rounds, pads, and times them again.

python -m script.benchmark.risks APPLICATION BARE --repeat 15 --rows 3000000 --json FILE
"""

import argparse
import json
import uuid
from datetime import timedelta
from pathlib import Path

import django

ORGANISATIONS, RISKS_EACH = 45, 100
NOW, BEFORE = "prov", "prov-forra"

# Rounds of other years, each organisation's analysis in them, its one commitment and its risks.
ROUNDS = """
INSERT INTO risk_analysis_rsacycle
    (slug, name, kind, year, method_id, opens_on, due_on, small_file_light, companies_first)
SELECT 'padding-' || back, 'Padding', kind, year, method_id, opens_on - back - 400, opens_on - back, true, false
FROM risk_analysis_rsacycle CROSS JOIN generate_series(1, %(rounds)s) back WHERE slug = 'prov'
"""
ANALYSES = """
INSERT INTO risk_analysis_rsa
    (cycle_id, board_id, slug, edition, method_id, profile, state, begun_at, submitted_at, reference,
     sender_number, receiver_number)
SELECT other.id, rsa.board_id, rsa.slug, 1, rsa.method_id, rsa.profile, 'godkand', rsa.begun_at, rsa.submitted_at, '', '', ''
FROM risk_analysis_rsa rsa JOIN risk_analysis_rsacycle cycle ON cycle.id = rsa.cycle_id AND cycle.slug = 'prov'
JOIN risk_analysis_rsacycle other ON other.slug LIKE 'padding-%%'
"""
COMMITMENTS = """
INSERT INTO risk_analysis_commitment
    (version, thread, is_confirmed, rsa_id, title, legal_basis, criticality, is_societal, societal_why, least_level,
     is_external, contract, demanded_security)
SELECT 1, gen_random_uuid(), true, rsa.id, 'Padding', '', 3, false, '', '', false, '', ''
FROM risk_analysis_rsa rsa JOIN risk_analysis_rsacycle cycle ON cycle.id = rsa.cycle_id AND cycle.slug LIKE 'padding-%%'
"""
RISKS = """
INSERT INTO risk_analysis_risk
    (version, thread, is_confirmed, rsa_id, commitment_id, title, kind, cause, course, protection, likelihood,
     consequence, worst_value, why, uncertainty, trend, intent, in_the_area, level)
SELECT 1, gen_random_uuid(), true, care.rsa_id, care.id, 'Padding ' || number, 'teknik', '', '', '', 1 + number %% 5,
    1 + number %% 4, 1, 'Padding', '', '', '', false, 1 + number %% 4
FROM risk_analysis_commitment care CROSS JOIN generate_series(1, %(each)s) number WHERE care.title = 'Padding'
"""
STATEMENTS_IN_ORDER = (ROUNDS, ANALYSES, COMMITMENTS, RISKS)


def pages():  # type: ignore[no-untyped-def]
    from .pages import Page

    view = {"role": "security_chief"}
    return [
        Page("City matrix of risks", f"/riskbilden/?omgang={NOW}", **view),
        Page("City matrix, one kind", f"/riskbilden/?omgang={NOW}&risk=teknik&antal=risker", **view),
        Page("Heat table", f"/riskbilden/varmetabell/?omgang={NOW}", **view),
        Page("45 organisations, two rounds", f"/riskbilden/jamfor/?omgang={NOW}", **view),
        Page("Themes", f"/riskbilden/teman/?omgang={NOW}", **view),
        Page("Where the organisations stand", f"/rsa/{NOW}/", **view),
        Page("The risks of one organisation", f"/riskbilden/namnder/bromma/?omgang={NOW}", **view),
    ]


def fill() -> None:
    """Two rounds in which everybody has handed in; each risk of the first goes on in the second."""
    from boards.days import today
    from risk_analysis.models import MethodVersion, RsaCycle

    method = MethodVersion.objects.get(pk=MethodVersion.objects.order_by("-number").values("pk")[:1])
    threads: dict[tuple[str, int], uuid.UUID] = {}
    for slug, years in ((BEFORE, 1), (NOW, 0)):
        opens = today() - timedelta(days=30 + 365 * years)
        facts = {"kind": RsaCycle.Kind.THEME, "year": opens.year, "companies_first": False}
        cycle = RsaCycle.objects.create(
            slug=slug, name=slug, method=method, opens_on=opens, due_on=opens + timedelta(days=90), **facts
        )
        _hand_in(cycle, threads)


def _hand_in(cycle, threads):  # type: ignore[no-untyped-def]
    from django.utils import timezone

    from boards.models import Board
    from risk_analysis.models import Commitment, Risk, Rsa

    shared = {"cycle": cycle, "method": cycle.method, "state": "godkand", "submitted_at": timezone.now()}
    boards = Board.objects.bound().on().order_by("code")[:ORGANISATIONS]
    analyses = Rsa.objects.bulk_create(Rsa(board=board, slug=board.slug, **shared) for board in boards)
    cares = Commitment.objects.bulk_create(
        Commitment(rsa=rsa, title="Prov", criticality=3) for rsa in analyses
    )
    kinds = Risk.Kind.values
    Risk.objects.bulk_create(
        (
            Risk(
                rsa=care.rsa,
                commitment=care,
                thread=threads.setdefault((care.rsa.slug, number), uuid.uuid4()),
                title=f"Prov {number}",
                kind=kinds[number % len(kinds)],
                likelihood=(likelihood := 1 + (number + care.rsa_id) % 5),
                consequence=(consequence := 1 + number % 5),
                worst_value=1,
                why="Prov",
                level=cycle.method.level(likelihood, consequence),
            )
            for care in cares
            for number in range(RISKS_EACH)
        ),
        batch_size=2000,
    )


def pad(rows: int) -> int:
    """How many risks there are afterwards."""
    from django.db import connection, transaction

    from risk_analysis.models import Risk

    rounds = max(1, (rows - Risk.objects.count()) // (ORGANISATIONS * RISKS_EACH))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        # Every row is made from rows that are there: looking for each of their keys again takes long.
        cursor.execute("SET LOCAL session_replication_role = replica")
        for statement in STATEMENTS_IN_ORDER:
            cursor.execute(statement, {"rounds": rounds, "each": RISKS_EACH})
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return Risk.objects.count()


def main() -> int:
    django.setup()
    from .measure import HEADING, Browser
    from .years import MOST, measure_all, verdict

    parser = argparse.ArgumentParser()
    parser.add_argument("application")
    parser.add_argument("bare")
    parser.add_argument("--repeat", type=int, default=15)
    parser.add_argument("--rows", type=int, default=3_000_000)
    parser.add_argument("--json", type=Path, required=True)
    options = parser.parse_args()

    bare, browser = Browser(options.bare), Browser(options.application)
    browser.sign_in("security_chief")
    browsers = {"security_chief": browser}
    fill()
    print(f"{ORGANISATIONS} organisations with {RISKS_EACH} risks each, in two rounds\n{HEADING}")
    small = measure_all(pages(), browsers, bare, options.repeat)
    print(f"With {pad(options.rows)} risks\n{HEADING}")
    padded = measure_all(pages(), browsers, bare, options.repeat)
    grown = [round(after["ratio"] / before["ratio"], 2) for before, after in zip(small, padded, strict=True)]
    print(verdict({row["page"]: times for row, times in zip(small, grown, strict=True)}))
    options.json.write_text(json.dumps({"small": small, "padded": padded}, indent=2) + "\n")
    return int(max(grown) > MOST)


if __name__ == "__main__":
    raise SystemExit(main())
