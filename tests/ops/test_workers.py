"""What costs much to begin is begun by one worker: the tests of a group stay together."""

import pytest

pytestmark = pytest.mark.once


@pytest.mark.xdist_group("together")
def test_a_group_of_tests_is_known_to_the_workers(request: pytest.FixtureRequest) -> None:
    in_groups = getattr(request.config.option, "loadgroup", False)
    assert request.node.nodeid.endswith("@together") == in_groups
