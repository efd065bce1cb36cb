"""Everything the schema promises, tried against the real application with a token; 0 failures."""

from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction

from boards.days import today
from boards.models import ApiToken
from security_program.wsgi import application
from tests.conftest import Cast

EXAMPLES = 6
# What is well formed may still name somebody who does not exist.
ACCEPTED = ["2xx", "401", "403", "404", "409", "422"]


def from_here(environ: dict[str, Any], start_response: Any) -> Any:
    """As the server hands a request over."""
    return application({"REMOTE_ADDR": "127.0.0.1", **environ}, start_response)


@pytest.fixture(autouse=True)
def the_connection_of_the_test() -> Iterator[None]:
    """A server closes a connection that it finds within a transaction; here that is the test's own."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def headers(cast: Cast) -> dict[str, str]:
    _token, secret = ApiToken.objects.issue(cast.administrator, name="Alfa", valid_to=today(), may_write=True)
    return {"Authorization": f"Bearer {secret}"}


def tried(operation: Any, headers: dict[str, str]) -> None:
    """One address, with what fits the schema and what does not; nothing it does is kept."""

    @hypothesis.settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(hypothesis.HealthCheck),
        phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
    )
    @hypothesis.given(case=operation.as_strategy())
    def call(case: schemathesis.Case) -> None:
        with transaction.atomic():
            case.call_and_validate(headers=headers)
            transaction.set_rollback(True)

    call()


def test_every_address_answers_as_the_schema_says(headers: dict[str, str], monkeypatch: Any) -> None:
    monkeypatch.setattr("boards.tokens.count_use", lambda token: None)
    config = schemathesis.Config.from_dict(
        {
            "checks": {"positive_data_acceptance": {"expected-statuses": ACCEPTED}},
            # NUL and lone surrogates are refused by the parser, whose own tests say so.
            "generation": {"allow-x00": False, "codec": "utf-8"},
        }
    )
    schema = schemathesis.openapi.from_wsgi("/api/v1/schema/", from_here, headers=headers, config=config)
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) > 20
    for operation in operations:
        tried(operation, headers)
