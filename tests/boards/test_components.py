"""The field template, the frame, the error pages and the figures, as they come out in HTML."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import Client, RequestFactory, override_settings
from django.utils import translation

from boards.board_forms import MergerForm
from boards.charts import Bars, NumberTable, Part, Row, StackedBar, Tile, TileGrid, UnfoundedError
from boards.forms import DateField, ExplainedChoices, Form
from boards.frame import Frame
from boards.models import Board, City, Membership, Office
from boards.templatetags.components import divisible
from security_program import errors
from tests.conftest import Cast, signed_in

TEMPLATES = Path(settings.BASE_DIR) / "templates"


class Report(Form):
    what = forms.ChoiceField(
        choices=[("1", "Hot"), ("2", "Brand")],
        widget=ExplainedChoices(hints={"1": "Mot person"}),
        label="Vad?",
    )
    text = forms.CharField(widget=forms.Textarea, max_length=20, label="Text", help_text="Kort.")
    when = DateField(label="När", required=False)
    answer = forms.BooleanField(label="Svara mig", required=False)
    email = forms.EmailField(
        label="E-post", required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )


def rendered(form: forms.Form) -> str:
    with translation.override("sv"):
        return str(form)


@pytest.mark.parametrize("typed", ["0001-01-01", "1799-12-31", "2200-01-01", "9999-12-31"])
def test_a_day_that_must_be_a_slip_is_asked_about(typed: str) -> None:
    """Nobody means it, and the day before or after it may not exist."""
    page = rendered(Report({"what": "1", "text": "x", "when": typed}))
    assert f"”{typed}” ligger för långt bort. Stämmer året?" in page


@pytest.mark.parametrize("key", ["9" * 23, "-" + "9" * 30, "a\x00b", "x"])
def test_a_choice_that_no_row_can_be_is_no_choice(db: None, key: str) -> None:
    form = MergerForm({"boards": [key], "on": "2027-01-01"}, successor=Board(kind="namnd_stadsdel"))
    assert list(form.errors) == ["boards"]


def test_a_field_has_label_hint_and_nothing_that_the_browser_enforces() -> None:
    html = rendered(Report())
    assert '<label for="id_text">Text</label>' in re.sub(r"\s*\n", "", html)
    assert '<p class="hint" id="id_text_helptext">Kort.</p>' in html
    assert " required" not in html
    assert not re.search("<textarea[^>]*maxlength", html)


def test_only_what_may_be_left_out_says_so_and_a_tick_box_never_does() -> None:
    html = rendered(Report())
    optional = re.findall(r"<label for=\"id_(\w+)\">[^<]*\n? *<span class=\"optional\">", html)
    assert optional == ["when", "email"]
    assert html.count("(frivilligt)") == 2


def test_an_error_is_tied_to_its_field_in_words() -> None:
    html = rendered(Report({"what": "1", "text": "x" * 30, "when": "snart"}))
    assert re.search(
        r'<textarea[^>]*aria-invalid="true"[^>]*aria-describedby="id_text_helptext id_text_error id_text_counter"',
        html,
    )
    assert re.search(
        r'id="id_when_error"><p class="error">Fel: ”snart” går inte att läsa som ett datum', html
    )
    assert 'value="snart"' in html


def test_radio_rows_are_a_fieldset_and_each_may_explain_itself() -> None:
    html = rendered(Report({}))
    assert re.search(
        r'<fieldset class="field field--error" aria-describedby="id_what_error">\s*<legend>Vad\?', html
    )
    assert '<label for="id_what_0">Hot<span class="hint">Mot person</span></label>' in html


def test_the_forms_of_packages_look_the_same(db: None) -> None:
    html = rendered(AuthenticationForm())
    assert '<div class="field' in html
    assert " required" not in html
    assert 'autocomplete="current-password"' in html


def summary(*given: forms.BaseForm) -> str:
    with translation.override("sv"):
        return render_to_string("components/_error_summary.html", {"forms": given})


def test_the_error_summary_counts_and_leads_to_each_field() -> None:
    html = summary(Report({"when": "snart"}))
    assert "3 saker behöver rättas" in html
    assert re.findall(r'href="#(\w+)"', html) == ["id_what_0", "id_text", "id_when"]
    assert 'role="alert"' in html


def test_one_thing_to_correct_is_said_without_a_number_and_none_is_not_said() -> None:
    assert "Något behöver rättas" in summary(Report({"what": "1"}))
    assert summary(Report({"what": "1", "text": "x"})).strip() == ""
    assert summary(Report()).strip() == ""


def page(form: forms.Form, request: HttpRequest) -> str:
    return Template('{% extends "base.html" %}{% block title %}Rapport{% endblock %}').render(
        Context({"form": form, "request": request})
    )


def test_the_title_says_that_there_are_errors_first(rf: RequestFactory) -> None:
    with translation.override("sv"):
        assert "<title>Fel: Rapport – Säkerhetsprogrammet</title>" in page(Report({}), rf.get("/"))
        assert "<title>Rapport – Säkerhetsprogrammet</title>" in page(Report(), rf.get("/"))


# Figures

FOUNDED = {
    "title": "Allt går bra",
    "subtitle": "Mål, 2026",
    "source": "Nämnden",
    "table": NumberTable(["a", "b"], [["x", 1]]),
}
FIGURE = "{% figure title=title subtitle=subtitle source=source table=table %}BILD{% endfigure %}"


def test_a_figure_shows_its_conclusion_its_numbers_and_its_source() -> None:
    with translation.override("sv"):
        html = Template(FIGURE).render(Context(FOUNDED))
    for said in (
        "Allt går bra",
        "Mål, 2026",
        "BILD",
        "Källa: Nämnden",
        '<th scope="row">x</th>',
        "Visa siffrorna",
    ):
        assert said in html


@pytest.mark.parametrize("lacking", list(FOUNDED))
def test_a_figure_refuses_to_be_shown_without(lacking: str) -> None:
    empty = NumberTable(["a"], []) if lacking == "table" else ""
    with pytest.raises(UnfoundedError, match=lacking):
        Template(FIGURE).render(Context({**FOUNDED, lacking: empty}))


def test_a_bar_fills_its_whole_width_and_leaves_out_what_is_nothing() -> None:
    bar = StackedBar("b", [Part("Helt", 3, "met"), Part("Delvis", 0, "partly"), Part("Ej", 1, "missed")])
    first, last = bar.drawn
    assert (first.label, last.label) == ("Helt", "Ej")
    assert last.start + last.width == pytest.approx(100)
    assert first.width / last.width == pytest.approx(3)
    assert bar.in_words == "Helt 3, Delvis 0, Ej 1"


def test_bars_begin_at_zero() -> None:
    assert [width for row, width in Bars([Row("a", 4), Row("b", 1), Row("c", 0)]).drawn] == [
        "100.00%",
        "25.00%",
        "0.00%",
    ]


def test_tiles_tell_nothing_counted_from_none() -> None:
    grid = TileGrid([Tile("A", 1, 1, 10), Tile("B", 2, 1, 0), Tile("C", 4, 5, None), Tile("D", 1, 2, 5)])
    assert [tile.step for tile in grid.drawn] == [5, 1, 0, 3]
    assert grid.columns == 4
    html = render_to_string("components/_tile_grid.html", {"grid": grid})
    assert 'class="tile tile--0 column-4 row-5"' in html


# The frame


def frame_of(person: object, rf: RequestFactory) -> Frame:
    request = rf.get("/min-sida/")
    request.user = person  # type: ignore[assignment]
    return Frame(request)


def test_the_frame_asks_three_things_of_the_database(
    cast: Cast, rf: RequestFactory, django_assert_num_queries: Callable
) -> None:
    frame = frame_of(cast.coordinator, rf)
    with django_assert_num_queries(0):
        Frame(frame.request)
    with django_assert_num_queries(3):
        assert frame.city.name
        assert next(str(entry.label) for entry in frame.menu) == "Min sida"
        assert frame.footer is not None


def test_an_elected_member_sees_their_own_board_and_not_the_six(cast: Cast, rf: RequestFactory) -> None:
    assert [str(entry.label) for entry in frame_of(cast.member, rf).menu][-1] == "Vår nämnd"
    assert "Min sida" not in [str(entry.label) for entry in frame_of(cast.member, rf).menu]


def test_a_member_of_two_boards_is_led_to_the_list(cast: Cast, rf: RequestFactory) -> None:
    member = cast.member
    Membership.objects.create(person=member, board=cast.farsta, valid_from=cast.farsta.valid_from)
    Office.objects.of(cast.farsta, "fortroendevald")
    assert frame_of(member, rf).menu[-1].url == "/namnder/"


def test_a_member_who_also_holds_an_office_sees_the_six(cast: Cast, rf: RequestFactory) -> None:
    member = cast.member
    cast.holder(member.name, "chef", cast.farsta)
    assert next(str(entry.label) for entry in frame_of(member, rf).menu) == "Min sida"


# What went wrong


def test_the_page_that_is_not_there_is_the_same_bytes_everywhere(cast: Cast) -> None:
    client = signed_in(cast.coordinator)
    missing, other = client.get("/namnder/finns-inte/"), client.get("/nagot/helt/annat/?q=1")
    assert missing.status_code == other.status_code == 404
    assert missing.content == other.content
    assert b"csrfmiddlewaretoken" not in missing.content
    assert b"aria-current" not in missing.content


def test_the_page_that_is_not_there_comes_in_both_languages(db: None) -> None:
    client = Client()
    assert "Sidan finns inte här" in client.get("/borta/").content.decode()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert "The page is not here" in client.get("/borta/").content.decode()


def test_a_failure_asks_nothing_of_the_database_and_gives_a_number(rf: RequestFactory) -> None:
    response = errors.failed(rf.get("/"))
    assert response.status_code == 500
    assert re.search(r"<strong>[0-9A-F]{6}</strong>", response.content.decode())


def test_a_failure_gives_back_what_could_not_be_kept(rf: RequestFactory) -> None:
    """Nobody known to this browser, as when the database cannot be asked who it is."""
    own = {"HTTP_SEC_FETCH_SITE": "same-origin"}
    page = errors.failed(rf.post("/nagot/?a=1", {"agenda": "Det brann & <rök>"}, **own)).content.decode()
    assert 'name="agenda" value="Det brann &amp; &lt;rök&gt;"' in page
    assert 'action="/nagot/?a=1"' in page
    assert 'name="csrfmiddlewaretoken"' in page
    for secret in ("password", "code", "pin"):
        typed = {"agenda": "Det brann", secret: "123456"}
        assert "123456" not in errors.failed(rf.post("/", typed, **own)).content.decode()
    foreign = errors.failed(rf.post("/", {"agenda": "Det brann"}, HTTP_SEC_FETCH_SITE="cross-site"))
    assert "Det brann" not in foreign.content.decode()


def test_what_may_be_seen_but_not_done_says_so(cast: Cast, rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = cast.employee
    response = errors.forbidden(request, PermissionDenied())
    assert response.status_code == 403
    assert "Du har inte åtkomst till det här" in response.content.decode()


def test_an_old_form_gives_back_what_was_typed(db: None) -> None:
    client = Client(enforce_csrf_checks=True)
    typed = {"language": "en", "text": "Det brann & <rök>"}
    ours = client.post("/sprak/", typed, headers={"sec-fetch-site": "same-origin"})
    assert ours.status_code == 403
    assert 'name="text" value="Det brann &amp; &lt;rök&gt;"' in ours.content.decode()
    foreign = client.post("/sprak/", typed, headers={"sec-fetch-site": "cross-site"})
    assert "Det brann" not in foreign.content.decode()


def test_a_password_is_never_given_back(db: None) -> None:
    client = Client(enforce_csrf_checks=True)
    typed = {"login": "a@b.se", "password": "hemligt"}
    answer = client.post("/sprak/", typed, headers={"sec-fetch-site": "same-origin"})
    assert "hemligt" not in answer.content.decode()


# Languages


def test_the_language_is_switched_and_one_is_back_where_one_was(cast: Cast) -> None:
    person = cast.employee
    client = signed_in(person)
    answer = client.post("/sprak/", {"language": "en", "next": "/namnder/?ordning=namn"})
    assert answer["Location"] == "/namnder/?ordning=namn"
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"
    person.refresh_from_db()
    assert person.language == "en"


def test_a_language_we_do_not_speak_is_asked_about_again(db: None) -> None:
    answer = Client().post("/sprak/", {"language": "de"})
    assert answer.status_code == 200
    assert settings.LANGUAGE_COOKIE_NAME not in answer.cookies


# The logo and the page of components


def test_the_logo_is_a_picture_of_its_own(db: None) -> None:
    assert Client().get("/logotyp.svg").status_code == 404
    City.objects.update_or_create(
        only=True, defaults={"name": "Staden", "logo": "<svg/>", "logo_alt": "Staden"}
    )
    answer = Client().get("/logotyp.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    assert 'src="/logotyp.svg" alt="Staden"' in Client().get("/").content.decode()


def test_the_page_of_components_is_for_those_who_build(cast: Cast) -> None:
    assert Client().get("/stil/").status_code == 404
    with override_settings(DEBUG=True):
        for address in ("/stil/", "/stil/?fel"):
            assert Client().get(address).status_code == 200


# The templates


@pytest.mark.parametrize(
    "path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: str(path.relative_to(TEMPLATES))
)
def test_a_template_holds_no_style_no_script_and_no_data_address(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle\s*=|<style|javascript:|\son\w+\s*=\s*[\"']|[\"'(]data:", text)
    assert all("src=" in script for script in re.findall(r"<script[^>]*>", text))


def test_a_word_wider_than_a_phone_is_divided_between_its_parts() -> None:
    divided = divisible("informationssäkerhetssamordnare, krisledningsnämnd").split("\u00ad")
    assert divided == ["informations", "säkerhets", "samordnare, krisledningsnämnd"]
