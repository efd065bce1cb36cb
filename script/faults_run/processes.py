"""Web, worker, scheduler, PostgreSQL and Redis as real processes, and the ways to harm them."""

import os
import random
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import redis
from django.conf import settings

ROOT = settings.BASE_DIR
PLACE = Path(os.environ["SERVICES_DIR"])


class Processes:
    """Each leads a group of its own and dies with this run, even if that is killed."""

    def __init__(self, log: Path) -> None:
        self.log = log
        self.running: dict[str, subprocess.Popen] = {}
        self.ended_themselves: list[str] = []

    def start_again(self) -> None:
        """What ended by itself is started again, as the containers are (`restart: unless-stopped`)."""
        for name, process in list(self.running.items()):
            if process.poll() is not None:
                self.ended_themselves.append(name)
                self.start(name)

    def start(self, name: str) -> None:
        with self.log.open("ab") as log:
            self.running[name] = subprocess.Popen(
                ["setpriv", "--pdeathsig", "KILL", ROOT / "script" / name],
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill_group(self, name: str) -> None:
        process = self.running[name]
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def children(self, name: str) -> list[int]:
        pid = self.running[name].pid
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def stop(self) -> None:
        for name, process in self.running.items():
            if process.poll() is None:
                self.kill_group(name)


def service(command: str) -> None:
    """script/lib.sh's own way to start PostgreSQL and Redis."""
    script = f"source script/lib.sh; SERVICES_DIR=$1; find_postgres; find_redis; {command}"
    subprocess.run(["bash", "-euc", script, "faults", PLACE], cwd=ROOT, check=True, capture_output=True)


def pid_in(file: str) -> int:
    return int((PLACE / file).read_text().split()[0])


def wait_for_end(pid: int) -> None:
    """A server that is being reaped still holds its port and its lock file."""
    for _ in range(300):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except FileNotFoundError:
            return
        if state == "Z":
            return
        time.sleep(0.05)
    raise TimeoutError(f"process {pid} does not end")


# --- the faults: each harms and heals; in between, work goes on ---


def worker_child(processes: Processes, chance: random.Random) -> None:
    if children := processes.children("worker"):
        os.kill(chance.choice(children), signal.SIGKILL)


def worker_group(processes: Processes, chance: random.Random) -> None:
    processes.kill_group("worker")
    time.sleep(chance.uniform(0.2, 3))
    processes.start("worker")


def web(processes: Processes, chance: random.Random) -> None:
    """One of its processes, or all of it."""
    children = processes.children("web")
    if children and chance.random() < 0.5:
        os.kill(chance.choice(children), signal.SIGKILL)
        return
    processes.kill_group("web")
    time.sleep(chance.uniform(0.2, 1))
    processes.start("web")


def database(processes: Processes, chance: random.Random) -> None:
    pid = pid_in("d/postmaster.pid")
    os.kill(pid, signal.SIGKILL)
    wait_for_end(pid)
    time.sleep(chance.uniform(0.5, 3))
    for attempt in range(20):
        try:
            return service("start_cluster")
        except subprocess.CalledProcessError:
            # Its children are still letting go of the shared memory.
            if attempt == 19:
                raise
            time.sleep(0.3)
    return None


def redis_flushed(processes: Processes, chance: random.Random) -> None:
    redis.Redis.from_url(settings.REDIS_URL).flushall()


def redis_hung(processes: Processes, chance: random.Random) -> None:
    pid = pid_in("redis.pid")
    os.kill(pid, signal.SIGSTOP)
    try:
        time.sleep(chance.uniform(*span(4, 10)))
    finally:
        os.kill(pid, signal.SIGCONT)


def redis_stopped(processes: Processes, chance: random.Random) -> None:
    pid = pid_in("redis.pid")
    os.kill(pid, signal.SIGKILL)
    wait_for_end(pid)
    time.sleep(chance.uniform(*span(2, 8)))
    service('start_redis "$REDIS_PORT"')


def span(shortest: float, longest: float) -> tuple[float, float]:
    """Down for shorter where leases are short."""
    scale = min(1.0, settings.JOB_LEASE.total_seconds() / 12)
    return shortest * scale, longest * scale


@dataclass(frozen=True)
class Fault:
    name: str
    happen: Callable[[Processes, random.Random], None]


FAULTS = [
    Fault("worker child killed", worker_child),
    Fault("worker group killed", worker_group),
    Fault("web killed", web),
    Fault("database killed", database),
    Fault("Redis flushed", redis_flushed),
    Fault("Redis hung", redis_hung),
    Fault("Redis stopped", redis_stopped),
]
