"""script/server as a person runs it: the same processes as in the containers, on the databases the suite runs on."""

import os
import re
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from tests import remembered_schema

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120
pytestmark = [pytest.mark.once, pytest.mark.xdist_group("server")]


def until(holds: Callable[[], object], what: str, seconds: float = PATIENCE) -> object:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if answer := holds():
            return answer
        time.sleep(0.1)
    raise AssertionError(f"waited {seconds} s for {what}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """One run of script/server, recognised by its own VAR_DIR."""

    def __init__(self, var: Path, services: dict[str, str], *arguments: str) -> None:
        self.var, self.port = var, free_port()
        self.log = var / f"log-{self.port}"
        own = {"VAR_DIR": str(var), "PORT": str(self.port), **services}
        kept = {key: os.environ[key] for key in ("PATH", "HOME", "LANG", "VENV") if key in os.environ}
        with self.log.open("w") as out:
            self.process = subprocess.Popen(
                [ROOT / "script" / "server", *arguments],
                cwd=ROOT,
                env=kept | own,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def said(self) -> str:
        return self.log.read_text()

    def ready(self) -> "Server":
        until(lambda: "is running: " in self.said or self.process.poll() is not None, "the server to start")
        assert self.process.poll() is None, self.said
        return self

    def get(self, path: str) -> tuple[int, bytes]:
        try:
            with urllib.request.urlopen(f"http://localhost:{self.port}{path}", timeout=20) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()

    def processes(self) -> dict[int, str]:
        """What runs on this server's behalf: pid and command line."""
        mark, found = f"VAR_DIR={self.var}".encode(), {}
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if mark in (folder / "environ").read_bytes().split(b"\0"):
                    found[int(folder.name)] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue
        return found

    def pid_of(self, word: str) -> int:
        return min(pid for pid, command in self.processes().items() if word in command)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(how)
        return self.process.wait(30)

    def end(self) -> None:
        if self.process.poll() is None:
            self.stop()
        until(lambda: not self.processes(), "every process to end", 20)


@pytest.fixture(scope="module")
def services() -> Iterator[dict[str, str]]:
    """The services of this run of the suite; a database of its own, so that nothing meets the other tests."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield {}
        return
    name = f"server_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"create database {name}")
        yield {
            "DATABASE_URL": url.rsplit("/", 1)[0] + f"/{name}",
            "REDIS_URL": os.environ["REDIS_URL"][:-1] + "9",
        }
        connection.execute(f"drop database {name} with (force)")


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("server")


@pytest.fixture
def server(var: Path, services: dict[str, str]) -> Iterator[Server]:
    running = Server(var, services).ready()
    yield running
    running.end()


def test_a_first_start_gives_a_city_at_work_and_a_request_to_stop_ends_it_all(server):
    assert server.get("/")[0] == 200
    assert f"http://localhost:{server.port}" in server.said
    assert "Karin Ekhage" in server.said, "whom one can be is told"
    until(lambda: server.get("/halsa/")[0] == 200, "a worker and a scheduler at work", 60)
    assert len(server.processes()) >= 4
    assert server.stop() == 0
    assert server.processes() == {}


def test_the_group_ends_even_when_the_script_is_killed(server):
    server.stop(signal.SIGKILL)
    until(lambda: not server.processes(), "every process to end", 30)


def test_a_worker_that_dies_is_started_again_and_a_web_that_dies_ends_the_group(server):
    first = server.pid_of("celery")
    os.kill(first, signal.SIGKILL)
    until(
        lambda: "The worker process ended by itself (exit 137); starting it again in 1 s." in server.said,
        "word",
    )
    until(
        lambda: first not in server.processes() and "celery" in str(server.processes()), "another worker", 30
    )
    os.kill(server.pid_of("celery"), signal.SIGKILL)
    until(lambda: "starting it again in 2 s." in server.said, "word of a longer pause", 30)
    assert server.process.poll() is None
    os.kill(server.pid_of("granian"), signal.SIGKILL)
    assert server.process.wait(30) == 1
    assert "The web process ended by itself" in server.said
    assert server.processes() == {}


def test_a_taken_port_is_said_in_one_line(var, services):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        environment = {**os.environ, **services, "VAR_DIR": str(var), "PORT": str(port)}
        answer = subprocess.run(
            [ROOT / "script" / "server"], check=False, env=environment, capture_output=True, text=True
        )
    assert answer.returncode == 1
    assert answer.stdout == ""
    assert answer.stderr == f"Port {port} is taken. Choose another: PORT={port + 1} script/server\n"


BEYOND = "Warning: plain http beyond this machine. "


@pytest.mark.parametrize(
    ("settings", "arguments", "said"),
    [
        ({"HOST": "0.0.0.0"}, [], BEYOND + "In the demo, cookies go without Secure and __Host-;"),
        ({"PUBLIC_URL": "http://stad.example"}, [], BEYOND + "In the demo,"),
        ({"PUBLIC_URL": "http://stad.example"}, ["--empty"], BEYOND + "Nobody can sign in from there"),
        ({"PUBLIC_URL": "https://stad.example", "HOST": "0.0.0.0"}, [], "Port "),
        ({"PUBLIC_URL": "http://[::1]:8000"}, ["--empty"], "Port "),
    ],
)
def test_plain_http_beyond_this_machine_is_warned_of_in_one_line(tmp_path, settings, arguments, said):
    """A port that is taken ends it there, after what is said at every start."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        environment = {
            **os.environ,
            "VAR_DIR": str(tmp_path),
            "PORT": str(taken.getsockname()[1]),
            **settings,
        }
        environment.pop("DATABASE_URL", None)
        command = [ROOT / "script" / "server", *arguments]
        answer = subprocess.run(command, check=False, env=environment, capture_output=True, text=True)
    lines = answer.stderr.splitlines()
    assert lines[0].startswith(said)
    assert len(lines) == (2 if said.startswith(BEYOND) else 1)


def test_a_missing_system_library_is_one_line_with_the_command(tmp_path):
    """For whoever is not root; root has it installed."""
    (tmp_path / "id").write_text("#!/bin/sh\necho 1000\n")
    (tmp_path / "id").chmod(0o755)
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    command = ["bash", "-c", "source script/lib.sh; debian libfirst-0 libsecond-0"]
    answer = subprocess.run(command, check=False, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert answer.returncode == 1
    how = "sudo apt-get install --no-install-recommends libfirst-0 libsecond-0"
    assert answer.stderr == f"Missing: libfirst-0 libsecond-0. Install with: {how}\n"


def test_an_empty_start_has_two_one_time_links_and_a_database_of_its_own(tmp_path):
    remembered_schema.copy_to(tmp_path / "empty.sqlite3")
    running = Server(tmp_path, {}, "--empty").ready()
    try:
        links = re.findall(rf"http://localhost:{running.port}/\S+", running.said)
        assert len(set(links)) == 2
        assert {path.name for path in tmp_path.glob("*.sqlite3")} == {"empty.sqlite3", "empty_keys.sqlite3"}
        assert running.get("/")[0] == 200
    finally:
        running.end()
