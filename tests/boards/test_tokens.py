"""Personal tokens: shown once, hashed, never wider than the person, dead with the office."""

import io
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from boards import throttle
from boards.api.parsing import LimitedJSONParser
from boards.days import today
from boards.models import ApiToken, Event, OfficeHolder, User
from tests.conftest import Cast, signed_in

BOARDS = "/api/v1/namnder/"
MEETINGS = "/api/v1/moten/"


def issue(person: User, *, may_write: bool = False, days: int = 30) -> tuple[ApiToken, str]:
    return ApiToken.objects.issue(
        person, name="Alfa", valid_to=today() + timedelta(days=days), may_write=may_write
    )


def bearing(secret: str) -> Client:
    return Client(headers={"Authorization": f"Bearer {secret}"})


def test_a_token_reads_what_its_person_reads(cast: Cast) -> None:
    token, secret = issue(cast.coordinator)
    assert bearing(secret).get(BOARDS).json() == signed_in(cast.coordinator).get(BOARDS).json()
    token.refresh_from_db()
    assert token.last_used_at is not None


def test_a_token_is_stored_as_a_digest_alone(cast: Cast) -> None:
    _token, secret = issue(cast.coordinator)
    kept = [str(row) for model in (ApiToken, Event) for row in model.objects.values()]
    assert not [row for row in kept if secret in row or secret[3:] in row]


@pytest.mark.parametrize("header", ["Bearer sp_wrong", "Bearer", "Bearer å", "bearer x y"])
def test_a_wrong_token_is_a_problem(cast: Cast, header: str) -> None:
    answer = Client(headers={"Authorization": header}).get(BOARDS)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert answer["Content-Type"] == "application/problem+json"


def test_a_token_that_only_reads_changes_nothing(cast: Cast) -> None:
    _token, secret = issue(cast.coordinator)
    answer = bearing(secret).post(BOARDS, {}, content_type="application/json")
    assert answer.status_code in (403, 405)


def test_a_token_dies_with_the_office(cast: Cast) -> None:
    _token, secret = issue(cast.coordinator)
    holding = OfficeHolder.objects.get(person=cast.coordinator)
    holding.end(by=cast.chief, last_day=today() - timedelta(days=1))
    assert bearing(secret).get(BOARDS).status_code == 401


def test_rights_are_those_of_the_moment(cast: Cast) -> None:
    """No job has run and nothing about the token has changed; the days alone have."""
    _token, secret = issue(cast.coordinator)
    OfficeHolder.objects.filter(person=cast.coordinator).update(valid_from=today() + timedelta(days=1))
    assert bearing(secret).get(BOARDS).status_code == 403


@pytest.mark.parametrize("end", ["revoke", "deactivate", "sign_out_everywhere", "expire"])
def test_what_ends_a_token(cast: Cast, end: str) -> None:
    token, secret = issue(cast.coordinator)
    match end:
        case "revoke":
            token.revoke(by=cast.coordinator)
        case "expire":
            ApiToken.objects.update(valid_to=today() - timedelta(days=1))
        case _:
            getattr(cast.coordinator, end)(by=cast.administrator)
    assert bearing(secret).get(BOARDS).status_code == 401


def test_somebody_without_an_office_gets_no_token(cast: Cast) -> None:
    with pytest.raises(ValidationError):
        issue(cast.employee)


@pytest.mark.parametrize("days", [-1, 400])
def test_a_token_lives_at_most_a_year(cast: Cast, days: int) -> None:
    with pytest.raises(ValidationError):
        issue(cast.coordinator, days=days)


def test_wrong_tokens_are_slowed_down(cast: Cast) -> None:
    for _attempt in range(throttle.ADDRESS.free + 1):
        bearing("sp_wrong").get(BOARDS)
    answer = bearing("sp_wrong").get(BOARDS)
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) >= 1


def test_a_token_that_asks_too_often_waits(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("boards.tokens.USE", throttle.Limit(2, timedelta(seconds=9), timedelta(minutes=2)))
    _token, secret = issue(cast.coordinator)
    # Two rounds, so that the turn of a minute in between makes no difference.
    statuses = [bearing(secret).get(BOARDS).status_code for _time in range(8)]
    assert statuses[0] == 200
    assert 429 in statuses


def test_errors_speak_the_language_asked_for(cast: Cast) -> None:
    swedish = Client(headers={"Accept-Language": "sv"}).get(BOARDS).json()["title"]
    english = Client(headers={"Accept-Language": "en-GB,en;q=0.9"}).get(BOARDS).json()["title"]
    assert swedish != english
    User.objects.filter(pk=cast.coordinator.pk).update(language="en")
    _token, secret = issue(cast.coordinator)
    answer = bearing(secret).get(f"{BOARDS}finns-inte/")
    assert answer["Content-Language"] == "en"


def test_a_token_is_made_on_a_page_and_shown_once(cast: Cast) -> None:
    browser = signed_in(cast.coordinator)
    session = browser.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": timezone.now().timestamp()},
        {"method": "mfa", "type": "totp", "at": timezone.now().timestamp()},
    ]
    session.save()
    page = browser.post(
        "/konto/api-nycklar/ny/", {"name": "Beta", "valid_to": str(today()), "may_write": "on"}
    )
    secret = page.context["secret"]
    assert secret in page.content.decode()
    assert secret not in browser.get("/konto/api-nycklar/").content.decode()
    assert ApiToken.objects.get().may_write
    assert bearing(secret).get(BOARDS).status_code == 200
    browser.post(f"/konto/api-nycklar/{ApiToken.objects.get().pk}/slut/")
    assert bearing(secret).get(BOARDS).status_code == 401


def test_a_token_needs_a_second_factor(cast: Cast) -> None:
    browser = Client()
    browser.force_login(cast.coordinator)
    answer = browser.post("/konto/api-nycklar/ny/", {"name": "Beta", "valid_to": str(today())})
    assert answer.status_code == 302
    assert not ApiToken.objects.exists()


def test_nobody_revokes_the_token_of_somebody_else(cast: Cast) -> None:
    token, secret = issue(cast.coordinator)
    assert signed_in(cast.chief).post(f"/konto/api-nycklar/{token.pk}/slut/").status_code == 404
    assert bearing(secret).get(BOARDS).status_code == 200


# What JSON can say and no field can hold; each is refused in words, by every method that reads a body.
NOT_READ = {
    "a deep list": b"[" * 100_000,
    "a deep list that ends": b"[" * 17 + b"]" * 17,
    "a deep object": b'{"a":' * 40_000 + b"1" + b"}" * 40_000,
    "a deep mixture in a field": b'{"text":' + b'[{"a":' * 9 + b"1" + b"}]" * 9 + b"}",
    "a number with five thousand digits": b'{"share_percent":' + b"9" * 5000 + b"}",
    "a number beyond the machine": b'{"share_percent":1e999}',
    "a negative one": b'{"share_percent":-1e999}',
    "not a number": b'{"share_percent":NaN}',
    "infinity": b'{"share_percent":-Infinity}',
    "a name twice": b'{"office":"chef","office":"vb"}',
    "a name twice further in": b'{"a":{"b":1,"b":2}}',
    "half a letter": b'{"office":"\\ud800"}',
    "a zero sign": b'{"office":"\\u0000"}',
    "other than UTF-8": b'{"office":"\xff"}',
    "UTF-16": '{"office":"chef"}'.encode("utf-16"),
    "half an object": b'{"office":',
    "something after it": b"{} {}",
}


@pytest.mark.parametrize("body", NOT_READ.values(), ids=NOT_READ)
def test_what_is_no_readable_json_is_a_problem_of_kind_400(cast: Cast, body: bytes) -> None:
    _token, secret = issue(cast.chief, may_write=True)
    answer = bearing(secret).post("/api/v1/namnder/bromma/roller/", body, content_type="application/json")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert set(answer.json()) == {"status", "title"}


@pytest.mark.parametrize(
    "body", [b"[]", b"1", b"null", b'"chef"', b"{}", b'{"share_percent":1e300}', b'{"share_percent":[[1]]}']
)
def test_json_that_is_not_what_was_asked_for_is_a_problem_too(cast: Cast, body: bytes) -> None:
    _token, secret = issue(cast.chief, may_write=True)
    answer = bearing(secret).post("/api/v1/namnder/bromma/roller/", body, content_type="application/json")
    assert answer.status_code in (400, 422)
    assert answer["Content-Type"] == "application/problem+json"


def test_more_than_a_quarter_of_a_megabyte_is_not_read(cast: Cast) -> None:
    _token, secret = issue(cast.chief, may_write=True)
    body = b'{"office":"' + b"a" * 256 * 1024 + b'"}'
    answer = bearing(secret).post("/api/v1/namnder/bromma/roller/", body, content_type="application/json")
    assert answer.status_code == 413
    assert answer["Content-Type"] == "application/problem+json"


def test_sixteen_deep_is_read(cast: Cast) -> None:
    body = io.BytesIO(b'{"a":' * 16 + b'"[[[["' + b"}" * 16)
    assert LimitedJSONParser().parse(body)["a"]
