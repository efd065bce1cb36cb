"""Work for a worker process started by a test: the first attempt never ends, the second does at once."""

import time

from boards.models import Job
from boards.work import kind


@kind("slow-at-first")
def slow_at_first(job: Job) -> None:
    if job.attempt == 1:
        time.sleep(600)
