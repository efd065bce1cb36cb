"""A job that takes a while in steps and publishes its result together with its end, as the product's own do."""

import time

from boards.days import today
from boards.models import Board, CouncilMeeting, Job
from boards.work import kind

KIND, PARTS = "counted", 5


@kind(KIND)
def counted(job: Job) -> None:
    job.begin_step("work", of=PARTS)
    for _ in range(PARTS):
        time.sleep(job.pk % 7 * 0.03)
        job.advance()
    with job.publication():
        board = Board.objects.get(code="bromma_sdn")
        CouncilMeeting.objects.hold(board, by=None, kind="sakerhetsrad", held_on=today(), agenda=job.key)
