"""Templates: all are used, components say what they take, and nothing is trusted as HTML that need not be."""

import re
from functools import cache
from pathlib import Path

import allauth
import django
import pytest
from django.conf import settings

pytestmark = pytest.mark.once

ROOT = Path(settings.BASE_DIR)
TEMPLATES = ROOT / "templates"
FLOORS = ["boards", "risk_analysis", "incidents", "crisis", "security_program"]
COMPONENTS = sorted((TEMPLATES / "components").glob("_*.html"))
INCLUDE = re.compile(r"""{%-?\s*include\s+["']([^"']+)["']""")
TRUSTED = re.compile(r"\|\s*safe\b|\|\s*safeseq\b|{%\s*autoescape off|mark_safe\(|SafeString\(|html_safe\b")
# Looked up by Django, by their names.
BY_NAME = {"400.html", "403.html", "404.html", "500.html"}
# Why the text may be trusted there.
MAY_TRUST: dict[str, str] = {
    "boards/notices.py": "A sentence of ours, escaped, with a board's name that format_html has escaped",
}


def all_templates() -> list[Path]:
    return sorted(path for path in TEMPLATES.rglob("*") if path.is_file())


def name(path: Path) -> str:
    return str(path.relative_to(TEMPLATES))


@cache
def everything_written() -> str:
    code = [path.read_text(encoding="utf-8") for floor in FLOORS for path in (ROOT / floor).rglob("*.py")]
    return "\n".join(code + [path.read_text(encoding="utf-8") for path in all_templates()])


def replaces_one_of_a_package(template: str) -> bool:
    packages = [Path(module.__file__).parent for module in (allauth, django)]
    known = [folder for package in packages for folder in package.rglob("templates") if folder.is_dir()]
    return any((folder / template).exists() for folder in known) or (
        (packages[0] / "templates" / template).exists()
    )


@pytest.mark.parametrize("template", all_templates(), ids=name)
def test_the_template_is_used(template: Path) -> None:
    path = name(template)
    # A letter is sent by its kind alone.
    said = template.stem if path.startswith("mail/") else path
    by_its_name = f'"{said}"' in everything_written() or f"'{said}'" in everything_written()
    assert by_its_name or path in BY_NAME or replaces_one_of_a_package(path)


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda path: path.stem)
def test_the_component_says_what_it_takes(component: Path) -> None:
    first = component.read_text(encoding="utf-8").lstrip()
    assert first.startswith(("{#", "{% comment %}")), "Begin with a comment that names the inputs"


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda path: path.stem)
def test_the_component_uses_what_it_says_it_takes(component: Path) -> None:
    text = component.read_text(encoding="utf-8")
    header = re.match(r"\s*(?:{#.*?#}|{% comment %}.*?{% endcomment %})", text, re.DOTALL)
    said = set(re.findall(r"\w+", header[0])) if header else set()
    assert not given_from_outside(text) - said, "The header comment does not name them"


LOCAL = re.compile(
    r"{%\s*for\s+([\w, ]+?)\s+in\b|\bas\s+(\w+)\s*%}|\basvar\s+(\w+)|(?:with|and|blocktranslate\S*)\s+(\w+)=|\s(\w+)="
)
USED = re.compile(r"{{\s*([a-z_]\w*)|{%\s*(?:if|elif|for\s+[\w, ]+\s+in)\s+(?:not\s+)?([a-z_]\w*)")
GLOBAL = {"forloop", "request", "csrf_token", "block", "city", "demo", "user", "True", "False", "None"}


def given_from_outside(text: str) -> set[str]:
    made_here = {
        part.strip() for found in LOCAL.findall(text) for group in found for part in group.split(",")
    }
    used = {one for found in USED.findall(text) for one in found if one}
    return used - made_here - GLOBAL


def test_templates_include_each_other_at_most_three_deep() -> None:
    for template in all_templates():
        assert depth(name(template)) <= 3, name(template)


@cache
def depth(template: str) -> int:
    path = TEMPLATES / template
    included = INCLUDE.findall(path.read_text(encoding="utf-8")) if path.exists() else []
    return 1 + max((depth(other) for other in included if other != template), default=0)


def test_text_is_trusted_as_html_only_where_the_list_says_why() -> None:
    pages = [path for path in all_templates() if path.suffix == ".html"]
    sources = [*pages, *(path for floor in FLOORS for path in (ROOT / floor).rglob("*.py"))]
    trusting = {str(path.relative_to(ROOT)) for path in sources if TRUSTED.search(path.read_text("utf-8"))}
    assert trusting == set(MAY_TRUST)
