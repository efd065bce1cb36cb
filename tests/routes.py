"""Every address of the house, read from the URLconf and the API router, and how its parameters are filled.

A new address without parameters needs nothing here. One with parameters gets one line in PARAMETERS: what to
fill in, given a `Place` (tests/house/town.py): the own board, a foreign one or one that has ended.
"""

import inspect
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter, UUIDConverter

from boards import notices
from tests import plan_routes

Fill = Callable[[Any], dict[str, Any]]
OWN, FOREIGN, ENDED, MISSING, ONE = "own", "foreign", "ended", "missing", "-"
SAFE_BESIDE_GET = {"HEAD", "OPTIONS"}
SAFE = {"GET", *SAFE_BESIDE_GET}

# A developer who has added a few doors walks to these alone: WALK_ROUTES="document_* api_document*".
WANTED = os.environ.get("WALK_ROUTES", "*").split()


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
        ["import_page", "import_carry_out", "import_undo"],
        Parameters(lambda place: {"pk": place.reading.pk}, owned=False),
    ),
    # a year's plan and its follow-up
    **{name: Parameters(fill) for name, fill in plan_routes.OF_BOARDS.items()},
    **{name: Parameters(fill, owned=False) for name, fill in plan_routes.OF_ROUNDS.items()},
    # the roof
    "obligation_list": Parameters(of_year),
    "obligation_confirm": Parameters(of_year),
    "obligation_page": Parameters(of_duty),
    "obligation_not_verified": Parameters(of_duty),
    "adoption_new": Parameters(of_board),
    "requirement_oversight": same(code="req-027"),
    "obligation_cell": Parameters(
        lambda place: {"year": place.duty.year, "number": "027", "slug": place.board.slug}
    ),
    "barrier_answer": Parameters(lambda place: {"pk": place.barrier.pk}, owned=False),
    "programme_in_force": same(slug="sakerhetsprogram-2024"),
    "api_programme-detail": same(slug="sakerhetsprogram-2020-2023"),
    "api_requirement-detail": same(code="REQ-028"),
    "guideline_page": same(slug="zeta"),
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

# Where the method cannot be read from the view itself.
METHODS: dict[str, set[str]] = {}

# Answers that are no pages of ours: outward protocols that their own tests drive.
PROTOCOL = "An outward protocol, driven against a real provider in tests/boards"
NOT_CRAWLED: dict[str, str] = dict.fromkeys(
    [
        "openid_connect_login",
        "openid_connect_callback",
        "saml_login",
        "saml_acs",
        "saml_finish_acs",
        "saml_sls",
        "saml_metadata",
    ],
    PROTOCOL,
)


# Open to whoever comes by, signed in or not.
PUBLIC = {
    "front",
    "set_language",
    "city_logo",
    "city_font",
    "style",
    "health",
    "help",
    "glossary",
    "privacy",
    "accessibility",
    "barrier_new",
    # the link at the end of a mail, which must work for whoever reads it
    "notice_unsubscribe",
    # so that nobody has to sign in to be told whom to call
    "incident_new",
    "demo_sign_in",
    # signing in, and what leads to it
    "account_login",
    "account_logout",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "invitation",
    "invitation_open",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "socialaccount_login_cancelled",
    "socialaccount_login_error",
}

# Addresses that answer with a file instead of a page.
FILES = {"document_file", "import_template", "mfa_login_webauthn", "mfa_download_recovery_codes", "health"}

# A link from a letter that no longer works is explained, to whoever has it.
EXPLAINS = {"account_reset_password_from_key"}

# Changes that no form of ours asks for; what protects them instead.
CSRF_ELSEWHERE: dict[str, str] = {
    "saml_acs": "The assertion is signed by the identity provider and answers a request of ours",
    "saml_sls": "The request to sign out is signed by the identity provider",
}


@dataclass(frozen=True)
class Route:
    name: str
    pattern: str
    view: Callable[..., Any]
    converters: tuple[tuple[str, Any], ...]

    def __str__(self) -> str:
        return self.name

    @property
    def has_parameters(self) -> bool:
        return bool(self.converters)

    @property
    def methods(self) -> set[str]:
        return METHODS.get(self.name) or methods_of(self.view)

    @property
    def is_api(self) -> bool:
        return self.pattern.startswith("api/")

    @property
    def whose(self) -> list[str]:
        if not self.has_parameters or not PARAMETERS[self.name].owned:
            return [ONE]
        return [OWN, FOREIGN, ENDED]

    def url(self, place: Any) -> str:
        if not self.has_parameters:
            return reverse(self.name)
        return reverse(self.name, kwargs=PARAMETERS[self.name].fill(place))

    def url_of_nothing(self) -> str:
        return reverse(self.name, kwargs={key: nothing(converter) for key, converter in self.converters})


def nothing(converter: Any) -> Any:
    if isinstance(converter, IntConverter):
        return 999_999_999
    return "6f1c0000-0000-4000-8000-000000000000" if isinstance(converter, UUIDConverter) else "finns-inte"


@cache
def all_routes() -> tuple[Route, ...]:
    return tuple(sorted(walk(get_resolver()), key=lambda route: (route.pattern, route.name)))


def unfilled() -> list[Route]:
    known = {*PARAMETERS, *NOT_CRAWLED}
    return [route for route in all_routes() if route.has_parameters and route.name not in known]


def crawled_routes() -> list[Route]:
    """An address without a name, or that cannot be filled, is left out here and fails a test of its own."""
    left_out = {*NOT_CRAWLED, *(route.name for route in unfilled())}
    return [r for r in all_routes() if r.name and r.name not in left_out and is_wanted(r.name)]


def is_wanted(name: str) -> bool:
    return any(fnmatch(name, pattern) for pattern in WANTED)


def pages() -> list[Route]:
    return [route for route in crawled_routes() if "GET" in route.methods]


def doors() -> list[Route]:
    return [route for route in crawled_routes() if route.methods - SAFE]


def walk(resolver: URLResolver, before: str = "", converters: tuple = ()) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        pattern = before + str(entry.pattern).lstrip("^")
        found = (*converters, *entry.pattern.converters.items())
        if isinstance(entry, URLResolver):
            yield from walk(entry, pattern, found)
        elif isinstance(entry, URLPattern):
            named = re.compile(str(entry.pattern)).groupindex if "(?P<" in str(entry.pattern) else {}
            found = (*found, *((key, None) for key in named if key not in dict(found)))
            yield Route(entry.name or "", pattern.replace("$", ""), entry.callback, found)


def methods_of(view: Callable[..., Any]) -> set[str]:
    """From the API's table of actions, a class's own methods, or what Django's decorators let through."""
    if actions := getattr(view, "actions", None):
        return {method.upper() for method in actions} - SAFE_BESIDE_GET
    if view_class := getattr(view, "view_class", None) or getattr(view, "cls", None):
        return {method for method in ("GET", "POST") if hasattr(view_class, method.lower())}
    if (allowed := let_through(view)) is not None:
        return allowed
    reads_what_is_sent = re.search(r"request\.(method|POST|FILES)", inspect.getsource(inspect.unwrap(view)))
    return {"GET", "POST"} if reads_what_is_sent else {"GET"}


def let_through(view: Any) -> set[str] | None:
    while view is not None:
        kept = inspect.getclosurevars(view).nonlocals if inspect.isfunction(view) else {}
        if "request_method_list" in kept:
            return set(kept["request_method_list"]) - SAFE_BESIDE_GET
        view = getattr(view, "__wrapped__", None)
    return None
