"""Reading changes nothing, and every answer carries the headers that keep it private."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from tests import routes
from tests.house.crawl import Visit
from tests.house.town import Town

# The session with its list, next-allowed times, and the log of who read what.
MAY_BE_WRITTEN = {"django_session", "usersessions_usersession", "boards_throttle", "boards_readlog"}
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
INLINE = re.compile(
    r"""<style\b | \sstyle\s*= | <script\b(?![^>]*\bsrc=) | \son[a-z]{3,}\s*= | javascript: | \bdata:[a-z]+/""",
    re.VERBOSE | re.IGNORECASE,
)
# Pages of ours that a browser shows; what is made for paper and for mail has styles of its own.
NOT_FOR_THE_BROWSER = {"pdf", "mail"}


# A file that somebody filed runs nothing, should a browser ever show it.
SANDBOX = {"sandbox": "", "default-src": "'none'"}
# allauth notes once, as in a log, that the codes have been seen.
ALSO_WRITTEN = {
    key: {"mfa_authenticator"} for key in ["mfa_view_recovery_codes", "mfa_download_recovery_codes"]
}


def browser_templates() -> list[Path]:
    folder = Path(settings.BASE_DIR) / "templates"
    return [
        path
        for path in sorted(folder.rglob("*.html"))
        if path.relative_to(folder).parts[0] not in NOT_FOR_THE_BROWSER
    ]


def test_reading_writes_nothing(walk: list[Visit]) -> None:
    wrote = {
        f"{visit}: {tables}"
        for visit in walk
        if visit.method == "GET"
        if (tables := set(visit.writes) - MAY_BE_WRITTEN - ALSO_WRITTEN.get(visit.route, set()))
    }
    assert not wrote, f"{len(wrote)} in all:\n" + "\n".join(sorted(wrote)[:20])


def test_every_file_that_is_given_out_is_written_down(walk: list[Visit]) -> None:
    files = [visit for visit in walk if "attachment" in visit.headers.get("Content-Disposition", "")]
    given = [visit for visit in files if visit.method == "GET"]
    assert [str(visit) for visit in given if "boards_readlog" not in visit.writes] == []


@pytest.mark.parametrize(("header", "value"), HEADERS.items(), ids=HEADERS)
def test_every_answer_carries(walk: list[Visit], header: str, value: str) -> None:
    without = {f"{visit.route} {visit.status}" for visit in walk if visit.headers.get(header) != value}
    assert not without


def test_every_answer_is_kept_out_of_caches(walk: list[Visit]) -> None:
    kept = {
        f"{visit.route} {visit.status}: {visit.headers.get('Cache-Control')}"
        for visit in walk
        if "no-store" not in visit.headers.get("Cache-Control", "")
    }
    assert not kept


def test_every_answer_asks_the_browser_for_nothing(walk: list[Visit]) -> None:
    for visit in walk:
        policy = visit.headers.get("Permissions-Policy", "")
        assert {"camera=()", "geolocation=()", "microphone=()"} <= set(policy.split(", ")), visit


def test_every_answer_allows_only_our_own_files(walk: list[Visit]) -> None:
    for visit in walk:
        policy = visit.headers.get("Content-Security-Policy", "")
        said = {part.split()[0]: " ".join(part.split()[1:]) for part in policy.split(";") if part.strip()}
        given_out = visit.route in ("document_file", "rsa_paper") and visit.status == 200
        assert said == (SANDBOX if given_out else POLICY), visit


def test_no_page_has_anything_inline(walk: list[Visit]) -> None:
    distinct = {visit.packed: visit for visit in walk if visit.is_html}
    inline = {
        f"{visit.route}: {found[0]!r}" for visit in distinct.values() if (found := INLINE.search(visit.body))
    }
    assert not inline


@pytest.mark.parametrize("template", browser_templates(), ids=lambda path: path.stem)
def test_no_template_has_anything_inline(template: Path) -> None:
    assert not INLINE.findall(template.read_text(encoding="utf-8"))


def test_a_page_does_not_answer_to_an_address_that_looks_like_a_file(town: Town) -> None:
    """A cache in between would otherwise keep a private page under it."""
    client = town.client("sakerhetssamordnare")
    for route in routes.pages():
        url = route.url(town.place(route.whose[0], "sakerhetssamordnare"))
        for suffix in ("x.css", ".css", ";x.css"):
            status = client.get(url + suffix).status_code
            assert status in (404, 301), f"{url}{suffix}: {status}"
