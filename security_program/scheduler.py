"""Hands due work to the workers. The rows hold everything, so a round that fails is simply done again.

Several schedulers may run: a conditional UPDATE decides which of them sends a job's number.
"""

import logging
import threading
from datetime import timedelta

from django.db import Error as DatabaseError
from django.db import close_old_connections, connections
from kombu.exceptions import OperationalError as BrokerDown

from boards import work
from boards.models import Heartbeat, Job
from boards.tasks import work as task

log = logging.getLogger(__name__)

AT_A_TIME = 100


class Scheduler:
    def __init__(self) -> None:
        self._trouble = ""

    def run_until(self, over: threading.Event, pause: timedelta) -> None:
        while not over.is_set():
            close_old_connections()
            self.guarded_round()
            over.wait(pause.total_seconds())

    def guarded_round(self) -> None:
        """One round that outlives a broker or a database that is down, and says so once."""
        try:
            self.round()
        except DatabaseError as error:
            connections.close_all()
            self._say(type(error).__name__)
        except (BrokerDown, OSError) as error:
            self._say(type(error).__name__)
        else:
            self._say("")

    def round(self) -> int:
        Heartbeat.beat("scheduler")
        work.ask_for_rounds()
        Job.objects.fail_lost()
        return sum(self.send(job) for job in Job.objects.to_hand_out()[:AT_A_TIME])

    def send(self, job: Job) -> bool:
        if not job.hand_out():
            return False
        try:
            task.apply_async(args=[job.pk], retry=False)
        except Exception:
            job.take_back()
            raise
        return True

    def _say(self, trouble: str) -> None:
        if trouble != self._trouble:
            log.warning(
                "%s: the scheduler tries again" if trouble else "%sThe scheduler works again", trouble
            )
            self._trouble = trouble
