"""The house stands on its floors: nothing reaches upwards, by import or by foreign key."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

pytestmark = pytest.mark.once

FLOORS = ["boards", "risk_analysis", "incidents", "crisis", "security_program"]
GIVEN = {
    "manage.py", "pyproject.toml", *FLOORS, "templates", "static", "tests", "docker-compose.yml", "README.md",
    "Dockerfile", "requirements", "script", "deploy", "docs", "CHANGELOG.md", "LICENSE", "publiccode.yml",
}  # fmt: skip
IMPORT = re.compile(r"^\s*(?:from|import) (\w+)", re.MULTILINE)


def floor_of(name: str) -> int:
    return FLOORS.index(name) if name in FLOORS else -1


@pytest.mark.parametrize("floor", FLOORS)
def test_no_module_imports_a_floor_above_its_own(floor: str) -> None:
    """import-linter says the same of the modules it can follow; this reads imports inside functions too."""
    for module in (settings.BASE_DIR / floor).rglob("*.py"):
        upwards = [name for name in IMPORT.findall(module.read_text()) if floor_of(name) > floor_of(floor)]
        assert not upwards, f"{module.relative_to(settings.BASE_DIR)} imports {upwards}"


def test_no_foreign_key_points_to_a_floor_above() -> None:
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if field.concrete and field.is_relation and field.related_model:
                own, other = model._meta.app_label, field.related_model._meta.app_label
                if own in FLOORS:
                    assert floor_of(other) <= floor_of(own), f"{field} points up to {other}"


def test_every_floor_is_there_and_says_what_it_is() -> None:
    for floor in FLOORS:
        page = (Path(settings.BASE_DIR) / floor / "__init__.py").read_text()
        assert 4 <= page.split('"""')[1].count("\n") <= 20, floor


def test_the_top_level_is_what_the_customer_gave() -> None:
    found = {entry.name for entry in Path(settings.BASE_DIR).iterdir() if not entry.name.startswith(".")}
    assert found - GIVEN <= {"var", "uv.lock"}


@pytest.mark.parametrize("name", ["utils", "helpers", "common", "core", "services", "managers", "mixins"])
def test_no_module_is_a_drawer_without_a_name(name: str) -> None:
    for floor in FLOORS:
        found = [path for path in (settings.BASE_DIR / floor).rglob("*") if path.stem == name]
        assert not found
