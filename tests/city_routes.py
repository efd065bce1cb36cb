"""How the addresses of rounds, reviews and the city's risks are filled."""

from typing import Any


def of_round(place: Any) -> dict[str, Any]:
    return {"slug": place.under_review.cycle.slug}


def of_risk(place: Any) -> dict[str, Any]:
    return {"pk": place.under_review.risks.earliest("pk").pk}


def of_review(place: Any) -> dict[str, Any]:
    return {"cycle": place.under_review.cycle.slug, "slug": place.under_review.slug}


def of_theme(place: Any) -> dict[str, Any]:
    return {"slug": "gamma"}


OF_BOARDS = {
    "rsa_review": of_review,
    "risk_page": of_risk,
    "risk_comment": of_risk,
    "risk_theme": of_risk,
    "comment_settled": lambda place: {"pk": place.under_review.comments.earliest("pk").pk},
    "board_risks": lambda place: {"slug": place.board.slug},
    "reviewer_end": lambda place: {"pk": place.reviewer.pk},
}
OF_THE_CITY = {
    "rsa_cycle": of_round,
    "cycle_facts": of_round,
    "cycle_closed": of_round,
    "cycle_reminders": of_round,
    "theme_page": of_theme,
    "purpose_approve": lambda place: {"pk": place.purpose.pk},
}
