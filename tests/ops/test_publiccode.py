"""publiccode.yml keeps to version 0.4 of its standard, so that catalogues can read it."""

from pathlib import Path

import pytest
import yaml

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[2]
DEMANDED = {
    *("publiccodeYmlVersion", "name", "url", "releaseDate", "platforms", "categories", "developmentStatus"),
    *("softwareType", "description", "legal", "maintenance", "localisation"),
}


@pytest.fixture(scope="module")
def described() -> dict:
    return yaml.safe_load((ROOT / "publiccode.yml").read_text())


def test_what_the_standard_demands_is_there(described):
    assert described["publiccodeYmlVersion"] == "0.4"
    assert set(described) >= DEMANDED
    assert described["maintenance"]["contacts"]
    assert isinstance(described["localisation"]["localisationReady"], bool)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_description_keeps_to_its_lengths(described, language):
    text = described["description"][language]
    assert len(text["genericName"]) <= 35
    assert len(text["shortDescription"]) <= 150
    assert 150 <= len(text["longDescription"]) <= 10_000
    assert text["features"]


def test_the_license_is_the_one_in_the_repository(described):
    assert described["legal"]["license"] == "EUPL-1.2"
    assert (ROOT / "LICENSE").read_text().startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
