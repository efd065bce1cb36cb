"""A few paragraphs of two versions, so that reading and comparing them can be tried. No council has decided them.

They say so themselves at the top. A city loads its own decided wording instead.
"""

from security_program.models import Programme
from security_program.programme_file import Line
from security_program.wording import Mapping, load, propose

from .people import Town

MADE_UP = (
    Line("Påhittad text för demo", level=1),
    Line("Orden nedan är påhittade och korta. De är inte stadens och ingen har beslutat om dem."),
)
TEXTS = {
    "trygghets-och-sakerhetsprogram-2018-2021": (
        *MADE_UP,
        Line("Förebygga olyckor", level=1),
        Line("Varje verksamhet vet vilka olyckor som är vanligast hos den och gör något åt dem."),
        Line("Brandskyddet gås igenom minst vartannat år."),
        Line("Förebygga brott", level=1),
        Line("Staden arbetar tillsammans med polisen för färre brott nära skolor."),
        Line("Bygga motståndskraft och krishanteringsförmåga", level=1),
        Line("Varje nämnd har en krisledning som övar vartannat år."),
    ),
    "sakerhetsprogram-2020-2023": (
        *MADE_UP,
        Line("Krisberedskap", level=1),
        Line("Varje nämnd och varje bolag har en krisledning som övar minst en gång om året."),
        Line("Telefonlistan till krisledningen är aktuell."),
        Line("Civilt försvar", level=1),
        Line("Verksamheten vet vad den ska klara i höjd beredskap."),
        Line("Förebygga olyckor", level=1),
        Line(
            "Varje verksamhet vet vilka olyckor som är vanligast hos den och gör något åt dem före sommaren."
        ),
        Line("Brandskyddet gås igenom varje år."),
    ),
}


def word(town: Town) -> None:
    officer = town.the("kommunstyrelsen", "slk_handlaggare")
    for slug, lines in TEXTS.items():
        programme = Programme.objects.get(slug=slug)
        # Made-up words are the source of no requirement and no goal.
        load(programme, lines, Mapping(areas=propose(programme, lines).areas), by=officer)
