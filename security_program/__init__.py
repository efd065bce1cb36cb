"""The roof: the programme and what it asks of everyone.

It imports every floor below (crisis, incidents, risk_analysis, boards) and nothing imports it.
Pages that show several floors at once, such as one's own page or a board's page, are composed here
from the panels and the to-do lists that each floor offers.

Programme (säkerhetsprogram)   a version adopted by the council, with focus areas and goals
calendar rule (årshjulsregel)  a date the year turns on, kept as data
my page (min sida)             what one person has to do, by when
barrier (brist)                something that shuts a person out, reported and answered in public
"""

from .celery import app as celery_app

__all__ = ["celery_app"]
