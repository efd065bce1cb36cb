"""What is filled in for each address's parameters, given a `Place` (tests/house/town.py)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from boards import notices
from tests import city_routes, plan_routes, rsa_routes

Fill = Callable[[Any], dict[str, Any]]


@dataclass(frozen=True)
class Parameters:
    fill: Fill
    # False where the parameter has nothing to do with a board or a person, as a page of the help.
    owned: bool = True


def of_board(place: Any) -> dict[str, Any]:
    return {"slug": place.board.slug}


def of_year(place: Any) -> dict[str, Any]:
    return {**of_board(place), "year": place.duty.year}


def of_duty(place: Any) -> dict[str, Any]:
    return {**of_year(place), "code": place.duty.requirement.slug}


def of_person(place: Any) -> dict[str, Any]:
    return {"pk": place.person.pk}


def thing(name: str) -> Parameters:
    return Parameters(lambda place: {"pk": place.things[name].pk})


def of_pk(name: str) -> Parameters:
    return Parameters(lambda place: {"pk": getattr(place, name).pk})


def at_board(name: str) -> Parameters:
    return Parameters(lambda place: {"slug": place.board.slug, "pk": getattr(place, name).pk})


def same(**filled: Any) -> Parameters:
    return Parameters(lambda place: filled, owned=False)


PARAMETERS: dict[str, Parameters] = {
    **{name: Parameters(fill) for name, fill in rsa_routes.OF_ANALYSES.items()},
    **{name: Parameters(fill) for name, fill in rsa_routes.OF_ANALYSES_IN_THE_API.items()},
    **dict.fromkeys(
        ["api_rsa_cycle-detail", "api_rsa_cycle_close"],
        Parameters(lambda place: {"pk": place.rsa.cycle.pk}, owned=False),
    ),
    # what boards hand in, as the city executive office sees it
    **{name: Parameters(fill) for name, fill in city_routes.OF_BOARDS.items()},
    **{name: Parameters(fill, owned=False) for name, fill in city_routes.OF_THE_CITY.items()},
    # a year's plan and its follow-up
    **{name: Parameters(fill) for name, fill in plan_routes.OF_BOARDS.items()},
    **{name: Parameters(fill, owned=False) for name, fill in plan_routes.OF_ROUNDS.items()},
    "api_board-detail": Parameters(of_board),
    "api_office_holder-detail": of_pk("holding"),
    "api_membership-detail": of_pk("seat"),
    "api_meeting-detail": of_pk("meeting"),
    "api_event-detail": of_pk("event"),
    "api_board_correct": Parameters(of_board),
    "api_board_end": Parameters(of_board),
    "api_board_go_on": Parameters(of_board),
    "api_board_merge": Parameters(of_board),
    "api_office_appoint": Parameters(of_board),
    "api_office_end": of_pk("holding"),
    "api_office_approve": of_pk("proposal"),
    "api_office_refuse": of_pk("proposal"),
    "api_office_hand_over": of_pk("holding"),
    "api_training_register": of_pk("holding"),
    "api_member_seat": Parameters(of_board),
    "api_member_leave": of_pk("seat"),
    "api_meeting_hold": Parameters(of_board),
    "api_meeting_correct": of_pk("meeting"),
    "api_meeting_decide": of_pk("meeting"),
    "api_decision_done": of_pk("decision"),
    # who rests on whom
    "board_relied_on": Parameters(of_board),
    "board_what_if": Parameters(of_board),
    "dependency_answer": at_board("asked"),
    "api_dependency_answer-detail": of_pk("asked"),
    "api_dependency_answered": of_pk("asked"),
    "board_page": Parameters(of_board),
    "board_facts": Parameters(of_board),
    "board_end": Parameters(of_board),
    "board_go_on": Parameters(of_board),
    "board_merge": Parameters(of_board),
    "area_move": at_board("area"),
    # offices, members, councils
    "office_list": Parameters(of_board),
    "office_new": Parameters(of_board),
    "office_holder": at_board("holding"),
    "office_end": at_board("holding"),
    "office_hand_over": at_board("holding"),
    "training_new": at_board("holding"),
    "office_approve": at_board("proposal"),
    "office_refuse": at_board("proposal"),
    "stand_in_office": at_board("acting"),
    "stand_in_approve": at_board("acting"),
    "stand_in_refuse": at_board("acting"),
    "member_list": Parameters(of_board),
    "member_new": Parameters(of_board),
    "member_page": at_board("seat"),
    "council_list": Parameters(of_board),
    "council_new": Parameters(of_board),
    "council_page": at_board("meeting"),
    "council_facts": at_board("meeting"),
    "council_discard": at_board("meeting"),
    "draft_discard": thing("draft"),
    "take_back": Parameters(lambda place: {"noun": "draft", "pk": place.things["discarded"].pk}),
    "decision_new": at_board("meeting"),
    "decision_done": at_board("decision"),
    # documents
    "document_list": Parameters(of_board),
    "document_new": Parameters(of_board),
    "board_sheet_new": Parameters(of_board),
    **dict.fromkeys(
        ["document_page", "document_version", "document_register", "document_withdraw"], at_board("document")
    ),
    "document_file": Parameters(
        lambda place: {"slug": place.board.slug, "pk": place.document.pk, "number": 1}
    ),
    "access_request": Parameters(lambda place: {"pk": place.request.pk}),
    "import_new": same(code="namnder"),
    "import_template": same(code="namnder"),
    **dict.fromkeys(
        [
            *("import_page", "import_carry_out", "import_undo"),
            *("api_import-detail", "api_import_carry_out", "api_import_undo"),
        ],
        Parameters(lambda place: {"pk": place.reading.pk}, owned=False),
    ),
    # the roof
    "obligation_list": Parameters(of_year),
    "obligation_confirm": Parameters(of_year),
    "obligation_page": Parameters(of_duty),
    "obligation_not_verified": Parameters(of_duty),
    "adoption_new": Parameters(of_board),
    "api_account": Parameters(of_year),
    "api_obligations_confirm": Parameters(of_board),
    "api_company_adopt": Parameters(of_board),
    "api_adoption_ask": Parameters(of_board),
    "api_adoption_call-detail": Parameters(lambda place: {"pk": place.call.pk}, owned=False),
    "council_agenda": Parameters(of_board),
    "decision_activity": at_board("decision"),
    "api_decision_plan": of_pk("decision"),
    "api_agenda": Parameters(of_board),
    "adoption_list": same(slug="sakerhetsprogram-2020-2023"),
    "adoption_call_new": same(slug="sakerhetsprogram-2020-2023"),
    "api_obligation-detail": of_pk("duty"),
    "api_obligation_state": of_pk("duty"),
    "api_obligation_doubt": of_pk("duty"),
    "api_reminders": same(year=2022),
    "api_adoption-detail": Parameters(lambda place: {"pk": place.adoption.pk}, owned=False),
    "requirement_oversight": same(code="req-027"),
    "obligation_cell": Parameters(
        lambda place: {"year": place.duty.year, "number": "027", "slug": place.board.slug}
    ),
    "barrier_answer": Parameters(lambda place: {"pk": place.barrier.pk}, owned=False),
    "calendar_feed": same(secret="finns-inte"),
    "year_date": same(code="rsa"),
    "own_date": same(key="finns-inte"),
    "programme_in_force": same(slug="sakerhetsprogram-2024"),
    "api_programme-detail": same(slug="sakerhetsprogram-2020-2023"),
    "api_requirement-detail": same(code="REQ-028"),
    "guideline_page": same(slug="zeta"),
    "api_guideline-detail": same(slug="zeta"),
    **dict.fromkeys(["api_guideline_draft", "api_guideline_decide", "api_guideline_sign"], same(slug="zeta")),
    "api_programme_move": same(slug="sakerhetsprogram-2024"),
    "api_programme_confirm": same(slug="sakerhetsprogram-2024"),
    "api_programme_keep": same(slug="sakerhetsprogram-2020-2023"),
    "api_programme_end": same(slug="sakerhetsprogram-2020-2023"),
    "api_programme_correct": same(slug="trygghets-och-sakerhetsprogram-2018-2021"),
    "guideline_version_new": same(slug="zeta"),
    "guideline_decision": same(slug="zeta"),
    "guideline_acknowledge": same(slug="zeta"),
    "text_new": same(slug="sakerhetsprogram-2024"),
    "text_preview": same(slug="sakerhetsprogram-2024"),
    "erratum_new": same(slug="trygghets-och-sakerhetsprogram-2018-2021", order=1),
    "programme_page": same(slug="sakerhetsprogram-2020-2023"),
    "programme_moved": same(slug="sakerhetsprogram-2024"),
    "programme_kept": same(slug="sakerhetsprogram-2020-2023"),
    "programme_ended": same(slug="sakerhetsprogram-2020-2023"),
    "requirement_page": same(slug="req-028"),
    "set_up_part": same(part="stad"),
    "settings_crisis_level": same(code="storning"),
    "settings_date": same(code="verksamhetsberattelse"),
    "settings_scale": same(scale="sannolikhet"),
    "settings_text": same(key="front"),
    # one's own account
    "account_reset_password_from_key": same(uidb36="1", key="set-password"),
    "email_confirm_open": same(token="finns-inte"),
    "invitation_open": same(token="finns-inte"),
    "mfa_edit_webauthn": thing("passkey"),
    "mfa_remove_webauthn": thing("passkey"),
    "session_end": thing("session"),
    "stand_in_end": thing("stand_in"),
    "notice_choice": same(kind="access_answered"),
    "notice_unsubscribe": Parameters(lambda place: {"token": notices.stop_token(place.person)}, owned=False),
    "job": thing("job"),
    "job_retry": thing("job"),
    "token_revoke": thing("token"),
    # the accounts of others
    "account_detail": Parameters(of_person),
    "account_end_sessions": Parameters(of_person),
    "account_deactivate": Parameters(of_person),
    "account_reserve": Parameters(of_person),
    "factor_reset_ask": Parameters(of_person),
    "factor_reset_decide": thing("reset"),
}
