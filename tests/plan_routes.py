"""How the addresses of a year's plan and its follow-up are filled, from the report of a `Place`."""

from typing import Any

from security_program.models import NotRelevant


def of_board(place: Any) -> dict[str, Any]:
    return {"slug": place.board.slug}


def of_year(place: Any) -> dict[str, Any]:
    return {**of_board(place), "year": place.report.round.year}


def of_round(place: Any) -> dict[str, Any]:
    return {"year": place.report.round.year, "kind": place.report.round.kind}


def of_report(place: Any) -> dict[str, Any]:
    return {**of_board(place), **of_round(place)}


def _activity(place: Any) -> Any:
    return place.report.answers.get().activity


def pk_of_goal(place: Any) -> dict[str, Any]:
    return {"pk": _activity(place).goal.pk}


def pk_of_activity(place: Any) -> dict[str, Any]:
    return {"pk": _activity(place).pk}


def pk_of_indicator(place: Any) -> dict[str, Any]:
    return {"pk": _activity(place).goal.indicators.order_by("pk")[0].pk}


def pk_of_reason(place: Any) -> dict[str, Any]:
    said = NotRelevant.objects.get(board=place.board, year=place.report.round.year)
    return {"pk": said.pk}


def pk_of_report(place: Any) -> dict[str, Any]:
    return {"pk": place.report.pk}


def pk_of_round(place: Any) -> dict[str, Any]:
    return {"pk": place.report.round.pk}


def goal_at_board(place: Any) -> dict[str, Any]:
    return {**of_board(place), **pk_of_goal(place)}


def activity_at_board(place: Any) -> dict[str, Any]:
    return {**of_board(place), **pk_of_activity(place)}


def indicator_at_board(place: Any) -> dict[str, Any]:
    return {**of_board(place), **pk_of_indicator(place)}


def activity_of_report(place: Any) -> dict[str, Any]:
    return {**of_report(place), **pk_of_activity(place)}


def hand_over_of_report(place: Any) -> dict[str, Any]:
    return {**of_report(place), "pk": place.report.hand_overs.order_by("pk")[0].pk}


STEPS = "steering handed_over page situation to_chief given_back filed taken_up returned approved reopened supplement"
API_STEPS = "answer situation to_chief give_back file take_up return approve reopen supplement"
API_GOALS = "goal_correct goal_take_away goal_merge goal_keep activity_plan indicator_add"

OF_BOARDS: dict[str, Any] = {
    **dict.fromkeys(["api_goal_set", "api_plan_copy", "api_area_not_relevant"], of_board),
    **dict.fromkeys(["api_board_goal-detail", *(f"api_{name}" for name in API_GOALS.split())], pk_of_goal),
    **dict.fromkeys(
        ["api_indicator_note", "api_indicator_correct", "api_indicator_take_away"], pk_of_indicator
    ),
    **dict.fromkeys(["indicator_page", "indicator_away"], indicator_at_board),
    **dict.fromkeys(["api_not_relevant-detail", "api_area_reason_correct"], pk_of_reason),
    "not_relevant_reason": lambda place: {**of_board(place), **pk_of_reason(place)},
    "plan_table": lambda place: {**of_year(place), "what": "mal"},
    **dict.fromkeys(["api_activity_correct", "api_activity_take_away"], pk_of_activity),
    **dict.fromkeys(
        ["api_follow_up-detail", *(f"api_report_{name}" for name in API_STEPS.split())], pk_of_report
    ),
    **dict.fromkeys(["board_plan", "board_goal_new", "not_relevant_new", "plan_copied"], of_year),
    **dict.fromkeys(
        ["board_goal", "board_goal_away", "board_goal_sorted", "activity_new", "indicator_new"], goal_at_board
    ),
    **dict.fromkeys(["activity_page", "activity_away"], activity_at_board),
    **{f"follow_up_{name}": of_report for name in STEPS.split()},
    "follow_up_answer": activity_of_report,
    "hand_over_file": hand_over_of_report,
    "api_report_hand_over": pk_of_report,
}
OF_ROUNDS: dict[str, Any] = {
    "round_page": of_round,
    "round_date": of_round,
    "round_locked": of_round,
    "api_round_lock": pk_of_round,
}
