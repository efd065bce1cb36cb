"""How the addresses of an analysis are filled, from the analysis of a `Place`."""

from typing import Any

from risk_analysis.models import Remark
from risk_analysis.parts import PARTS


def of_rsa(place: Any) -> dict[str, Any]:
    return {"cycle": place.rsa.cycle.slug, "slug": place.rsa.slug}


def of_part(place: Any) -> dict[str, Any]:
    return {**of_rsa(place), "part": "risker"}


def risk(place: Any) -> dict[str, Any]:
    return {**of_rsa(place), "pk": place.rsa.risks.order_by("pk")[0].pk}


def item(place: Any) -> dict[str, Any]:
    return {**of_part(place), **risk(place)}


def remark(place: Any) -> dict[str, Any]:
    return {**of_rsa(place), "pk": Remark.objects.on(place.rsa)[0].pk}


def comment(place: Any) -> dict[str, Any]:
    return {**of_rsa(place), "pk": place.rsa.comments.order_by("pk")[0].pk}


def edition(place: Any) -> dict[str, Any]:
    return {**of_rsa(place), "number": 1}


def handed_in(place: Any) -> dict[str, Any]:
    return {"pk": place.rsa.before.pk}


def considered(place: Any) -> dict[str, Any]:
    return {**of_rsa(place), "what": "olyckor"}


def paper(place: Any) -> Any:
    """One that a worker has printed already."""
    ordered = place.rsa.papers.first()
    if ordered is None:
        version = place.document.versions.first()
        facts = {"what": "analys", "language": "sv", "asked_by": place.person, "version": version}
        ordered = place.rsa.papers.create(key=f"Eta {place.rsa.pk}", **facts)
    return ordered


OF_ANALYSES = {
    **dict.fromkeys(
        [
            *("rsa_page", "rsa_begun", "rsa_whole", "rsa_receipt", "rsa_question", "rsa_capabilities"),
            *(
                "rsa_to_chief",
                "rsa_given_back",
                "rsa_fixed",
                "rsa_submitted",
                "rsa_recalled",
                "rsa_noted",
                "rsa_numbered",
            ),
        ],
        of_rsa,
    ),
    **dict.fromkeys(["rsa_part", "rsa_part_confirmed", "rsa_item_new"], of_part),
    **dict.fromkeys(
        ["rsa_item", "rsa_item_confirmed", "rsa_item_removed", "rsa_item_put_back", "rsa_commented"], item
    ),
    **dict.fromkeys(["rsa_projector", "risk_accepted"], risk),
    "rsa_registered": handed_in,
    "rsa_table": lambda place: {**of_rsa(place), "what": "risker"},
    "rsa_paper_new": lambda place: {**of_rsa(place), "what": "analys"},
    "rsa_paper": lambda place: {**of_rsa(place), "pk": paper(place).pk},
    "rsa_considered": considered,
    "rsa_remark": remark,
    "rsa_edition": edition,
    "rsa_comment_settled": comment,
}


def pk_of(rows: str) -> Any:
    return lambda place: {"pk": getattr(place.rsa, rows).order_by("pk")[0].pk}


def the_rsa(place: Any) -> dict[str, Any]:
    return {"pk": place.rsa.pk}


STEPS = (
    *(
        "send_to_chief",
        "give_back",
        "fix",
        "submit",
        "recall",
        "take_up",
        "approve",
        "note_board",
        "register",
    ),
    *("judge", "consider", "question_note", "comment", "paper_order"),
)
OF_ANALYSES_IN_THE_API = {
    "api_rsa-detail": the_rsa,
    **{f"api_rsa_{step}": the_rsa for step in STEPS},
    "api_rsa_begin": lambda place: {"slug": place.board.slug},
    "api_rsa_comment_settle": pk_of("comments"),
    "api_rsa_remark_answer": lambda place: {"pk": Remark.objects.on(place.rsa)[0].pk},
    "api_rsa_risk_accept": pk_of("risks"),
    **{f"api_rsa_{part.model._meta.model_name}_add": the_rsa for part in PARTS},
    **{
        f"api_rsa_{part.model._meta.model_name}{what}": pk_of(part.rows)
        for part in PARTS
        for what in ("-detail", "_correct", "_confirm", "_remove", "_put_back")
    },
}
