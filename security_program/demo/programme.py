"""The council's decision that the demo rests on: 2020–2023 goes on until the next version. No council has made it.

It is marked as made up wherever it is shown. Without it no version would bind the city in the years the demo
is about, since the documents end with the period.
"""

from datetime import date

from security_program.models import Programme

from .people import Town

IN_FORCE = "sakerhetsprogram-2020-2023"
DECIDED_ON = date(2023, 11, 20)
# Numbers that no register gives.
DIARY_NUMBER = "KS 2023/0000"
PARAGRAPH = "§ 0"


def keep(town: Town) -> None:
    Programme.objects.get(slug=IN_FORCE).keep_in_force(
        by=town.the("kommunstyrelsen", "slk_sakerhetschef"),
        decided_on=DECIDED_ON,
        diary_number=DIARY_NUMBER,
        paragraph=PARAGRAPH,
        is_invented=True,
    )
