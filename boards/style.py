"""Every component in every state on one page, for those who build; only where debugging is on."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from .charts import Bars, NumberTable, Part, Row, StackedBar, Tile, TileGrid
from .dates import Lean
from .forms import DateField, DateTimeField, ExplainedChoices, Form
from .frame import Banner
from .models import Board

WORDS = [
    ("done", _("Done")),
    ("ongoing", _("Under way")),
    ("action", _("Needs action")),
    ("late", _("Late")),
    ("todo", _("Not started")),
    ("protected", _("Protected")),
]


class Sample(Form):
    what = forms.ChoiceField(
        choices=[
            ("threat", "Hot eller våld"),
            ("accident", "Olycka eller tillbud"),
            ("fire", "Brand"),
            ("theft", "Inbrott eller skadegörelse"),
            ("it", "It- eller informationsincident"),
            ("other", "Annat"),
        ],
        widget=forms.RadioSelect,
        label="Vad gäller det?",
        error_messages={"required": "Välj vad det gäller"},
    )
    likely = forms.ChoiceField(
        choices=[("1", "1 Mycket låg"), ("2", "2 Låg"), ("3", "3 Medel")],
        widget=ExplainedChoices(
            hints={"1": "Högst en gång på 1 000 år", "2": "En gång på 100 år", "3": "En gång på 10 år"}
        ),
        label="Hur sannolikt är det?",
        error_messages={"required": "Välj hur sannolikt det är"},
    )
    text = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=400,
        label="Vad hände?",
        help_text="Några meningar räcker. Skriv inte namn eller personnummer på andra.",
        error_messages={"required": "Beskriv kort vad som hände", "max_length": "Texten är för lång"},
    )
    when = DateTimeField(label="När?", error_messages={"required": "Ange när det hände"})
    due = DateField(label="Klart senast", lean=Lean.FUTURE, required=False, help_text="Till exempel 30 april")
    place = forms.CharField(label="Var?", error_messages={"required": "Skriv var det hände"})
    board = forms.ChoiceField(
        choices=[("", "Välj"), ("farsta", "Farsta stadsdelsnämnd")], label="Nämnd", required=False
    )
    number = forms.IntegerField(label="Hur många berördes?", required=False)
    parts = forms.MultipleChoiceField(
        choices=[("el", "El"), ("tele", "Telekom"), ("vatten", "Vatten")],
        widget=forms.CheckboxSelectMultiple,
        label="Vad påverkades?",
        required=False,
    )
    file = forms.FileField(
        label="Bilaga", required=False, help_text="Pdf, bild, Word eller Excel, högst 20 MB"
    )
    agree = forms.BooleanField(label="Jag vill få svar på min rapport", required=False)


@login_not_required
def style(request: HttpRequest) -> HttpResponse:
    if not settings.DEBUG:
        raise Http404
    return render(request, "boards/style.html", samples(with_errors="fel" in request.GET))


def samples(*, with_errors: bool) -> dict[str, Any]:
    filled = {"what": "threat", "likely": "2", "when": "i dag 14.10", "place": "Farsta, Storforsplan 36"}
    broken = {
        "when": "snart",
        "due": "31/4",
        "place": "Farsta, Storforsplan 36",
        "text": "Mycket hände. " * 40,
    }
    return {
        "form": Sample(broken) if with_errors else Sample(initial=filled),
        "words": [{"status": status, "word": word} for status, word in WORDS],
        "banners": [Banner(kind, [text]) for kind, text in BANNERS],
        "tasks": TASKS,
        "facts": FACTS,
        "steps": [
            "Maria Holm läser rapporten senast i morgon, fredag den 17 april.",
            "Du får svar i ett mejl.",
        ],
        "bar": GOALS,
        "bar_table": NumberTable(["Bedömning", "Mål"], [[part.label, part.amount] for part in GOALS.parts]),
        "bars": PLACES,
        "bars_table": NumberTable(["Plats", "Händelser"], [[row.label, row.amount] for row in PLACES.rows]),
        **districts(),
        "levels": [1, 2, 3, 4, 5],
        "a_day": date(2026, 4, 30),
    }


def districts() -> dict[str, Any]:
    here = Board.objects.districts().on().by_name().filter(tile_column__isnull=False)
    tiles = [
        Tile(
            board.name.removesuffix(" stadsdelsnämnd"),
            board.tile_column,
            board.tile_row,
            (7 * n) % 19 or None,
            "#",
        )
        for n, board in enumerate(here)
    ]
    table = NumberTable(["Stadsdel", "Händelser"], [[tile.name, tile.amount] for tile in tiles] or [["–", 0]])
    return {"grid": TileGrid(tiles), "grid_table": table}


BANNERS = [
    ("done", "Risken Elavbrott är borttagen."),
    ("ongoing", "Perioden stänger den 30 april."),
    ("action", "Tre risker saknar åtgärd."),
    ("late", "Det gick inte: underlaget från Farsta kunde inte läsas. De andra 37 är klara."),
    ("crisis", "Allvarlig störning pågår sedan 03.12. Central krisledning är samlad."),
]
TASKS = [
    {
        "title": "Kontrollera kritiska åtaganden",
        "url": "#",
        "hint": "7 åtaganden följde med från 2025",
        "status": "done",
        "word": "Klar",
    },
    {
        "title": "Bedöm hot, risker och sårbarheter",
        "url": "#",
        "hint": "14 av 18 risker bedömda i år",
        "status": "ongoing",
        "word": "Pågår",
    },
    {
        "title": "Analysera kritiska beroenden",
        "url": "#",
        "hint": "Bemanning, el och telekom återstår",
        "status": "action",
        "word": "3 kvar",
    },
    {
        "title": "Uppdatera kontinuitetsplaner",
        "url": "#",
        "hint": "Skulle ha varit klart den 31 mars",
        "status": "late",
        "word": "Försenad 12 dagar",
    },
    {
        "title": "Besluta om handlingsplan",
        "url": "",
        "hint": "Kan inte påbörjas än. Bedöm riskerna först.",
        "status": "todo",
        "word": "Inte påbörjad",
    },
]
FACTS = [
    {"key": "Säkerhetssamordnare", "value": "Karin Ek", "url": "#", "what": "säkerhetssamordnare"},
    {"key": "Ersättare", "value": "", "url": "#", "what": "ersättare"},
    {
        "key": "Kontinuitetsplaneringsansvarig för samhällsviktig verksamhet",
        "value": "Ali Berg\nfarsta.sakerhet@example.org",
        "url": "",
        "what": "",
    },
]
GOALS = StackedBar(
    "goals",
    [
        Part("Uppfylls helt", 12, "met"),
        Part("Uppfylls delvis", 5, "partly"),
        Part("Uppfylls ej", 3, "missed"),
        Part("Ej bedömt", 4, "unknown"),
    ],
)
PLACES = Bars([Row("Skola", 1204, "#"), Row("Hemtjänst", 611), Row("Bibliotek", 98), Row("Parkering", 0)])
