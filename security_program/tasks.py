"""The kinds of work of the roof."""

from datetime import time

from boards.days import today
from boards.kinds import kind
from boards.models import Job
from boards.workdays import is_worked

from . import deadlines
from .deriving import derive


@kind("obligations", daily_at=time(1, 30))
def obligations_of_the_year(job: Job) -> None:
    """Boards come and go, dates move and versions change: the duties of this year follow the day after."""
    derive(today().year)


@kind("deadlines", daily_at=time(6, 30))
def days_that_come_near(job: Job) -> None:
    """Before the daily mail is gathered, and on the days on which it is."""
    if is_worked(today()):
        deadlines.remind(today())
