"""The kinds of work of the roof."""

from datetime import time

from boards.days import today
from boards.kinds import kind
from boards.models import Job

from .deriving import derive


@kind("obligations", daily_at=time(1, 30))
def obligations_of_the_year(job: Job) -> None:
    """Boards come and go, dates move and versions change: the duties of this year follow the day after."""
    derive(today().year)
