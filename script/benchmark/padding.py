"""Thirty years of history and 450 organisations of other days: what a page of this year should not notice.

Written by statements of PostgreSQL, since the service is measured and not how fast a demo is made.
"""

from datetime import date

from django.db import connection, transaction

from boards.models import Board
from security_program.models import (
    Activity,
    Answer,
    Assignment,
    BoardGoal,
    FollowUp,
    Round,
    Statement,
)

YEARS, ORGANISATIONS = 30, 450
PAST = (date(1990, 1, 1), date(2021, 12, 31))

# Each year before the first one again for every organisation, and once more for those of other days.
DUTIES = """
INSERT INTO security_program_assignment
    (requirement_id, board_id, year, first_day, last_day, due_on, awaits_adoption, withdrawn)
SELECT duty.requirement_id, board.id, duty.year - back, duty.first_day - back * interval '1 year',
    duty.last_day - back * interval '1 year', duty.due_on - back * interval '1 year', false, duty.withdrawn
FROM security_program_assignment duty
CROSS JOIN generate_series(1, %(years)s) back
JOIN boards_board board ON board.id = duty.board_id OR (duty.board_id = %(like)s AND board.code LIKE 'padding%%')
WHERE duty.year = %(first)s
"""
STATEMENTS = """
INSERT INTO security_program_statement
    (assignment_id, value, proposed, reason, link, stated_by_id, stated_at, remark)
SELECT duty.id, 'uppfyllt', '', '', '', %(person)s, now(), ''
FROM security_program_assignment duty WHERE duty.year < %(first)s
"""
ROUNDS = """
INSERT INTO security_program_round (year, kind, opens_on, due_on)
SELECT year - back, kind, opens_on - back * interval '1 year', due_on - back * interval '1 year'
FROM security_program_round CROSS JOIN generate_series(1, %(years)s) back WHERE year = %(first)s
"""
FOLLOW_UPS = """
INSERT INTO security_program_followup (round_id, board_id, state, filed_on)
SELECT asked.id, board.id, 'last', asked.due_on
FROM security_program_round asked CROSS JOIN boards_board board
WHERE asked.year < %(first)s
    AND (board.code LIKE 'padding%%' OR board.id IN (SELECT board_id FROM security_program_followup))
"""
GOALS = """
INSERT INTO security_program_boardgoal
    (version, board_id, year, focus_area_id, text, mark, is_sorted, taken_away, steering_id)
SELECT 1, board.id, year, area.id, 'Padding', 'ny', true, '', ''
FROM boards_board board CROSS JOIN generate_series(%(first)s - %(years)s, %(first)s - 1) year
CROSS JOIN (SELECT focus_area_id AS id FROM security_program_boardgoal GROUP BY 1 ORDER BY count(*) DESC LIMIT 4) area
"""
ACTIVITIES = """
INSERT INTO security_program_activity (version, goal_id, what, mark, taken_away, steering_id)
SELECT 1, id, 'Padding', 'ny', '', '' FROM security_program_boardgoal WHERE year < %(first)s
"""
ANSWERS = """
INSERT INTO security_program_answer (version, follow_up_id, activity_id, asked, status, text, answered_at)
SELECT 1, report.id, activity.id, 'Padding', 'enligt-plan', 'Padding', now()
FROM security_program_followup report
JOIN security_program_round asked ON asked.id = report.round_id AND asked.kind = 't2'
JOIN security_program_boardgoal goal ON goal.board_id = report.board_id AND goal.year = asked.year
JOIN security_program_activity activity ON activity.goal_id = goal.id
WHERE asked.year < %(first)s
"""
STATEMENTS_IN_ORDER = (DUTIES, STATEMENTS, ROUNDS, FOLLOW_UPS, GOALS, ACTIVITIES, ANSWERS)
MODELS = (Assignment, Statement, Round, FollowUp, BoardGoal, Activity, Answer)


def pad() -> dict[str, int]:
    """How many rows there are afterwards, by what they are."""
    like = Board.objects.get(code="bromma_sdn")
    first = min(Assignment.objects.years())
    with transaction.atomic(), connection.cursor() as cursor:
        # What a page must never take, half a million rows may.
        cursor.execute("SET LOCAL statement_timeout = 0")
        # Every row is made from rows that are there: looking for each of their keys again takes minutes.
        cursor.execute("SET LOCAL session_replication_role = replica")
        _add_organisations(like)
        cursor.execute("SELECT stated_by_id FROM security_program_statement LIMIT 1")
        facts = {"years": YEARS, "first": first, "like": like.pk, "person": cursor.fetchone()[0]}
        for statement in STATEMENTS_IN_ORDER:
            cursor.execute(statement, facts)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {str(model._meta.verbose_name): model._default_manager.count() for model in MODELS}


def _add_organisations(like: Board) -> None:
    Board.objects.bulk_create(
        Board(
            code=f"padding_{number}",
            slug=f"padding-{number}",
            name=f"Padding {number}",
            kind=like.kind,
            valid_from=PAST[0],
            valid_to=PAST[1],
        )
        for number in range(ORGANISATIONS)
    )
