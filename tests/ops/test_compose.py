"""What docker-compose.yml promises, read from the configuration that compose itself resolves."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = {"web": "web", "worker": "worker", "scheduler": "scheduler", "migrate": "prepare"}
APP = set(SCRIPT)
FLOORS = {"boards", "risk_analysis", "incidents", "crisis", "security_program"}
SERVICES = APP | {"proxy", "database", "key-store", "redis"}
SITE = {
    "SITE_ADDRESS": "example.org",
    "EMAIL_URL": "smtp://mail.example.org:25",
    "MAIL_FROM": "me@example.org",
}


def run(command: list[str], **options) -> subprocess.CompletedProcess:
    return subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True, **options)


def compose_command() -> list[str]:
    if shutil.which("docker") and run(["docker", "compose", "version"]).returncode == 0:
        return ["docker", "compose"]
    if shutil.which("docker-compose"):
        return ["docker-compose"]
    if os.environ.get("CI") == "true":
        pytest.fail("neither docker compose nor docker-compose is installed")
    pytest.skip("neither docker compose nor docker-compose is installed")


def resolve(settings: dict[str, str], *arguments: str) -> subprocess.CompletedProcess:
    environment = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), **settings}
    return run([*compose_command(), "--file", "docker-compose.yml", *arguments, "config"], env=environment)


@pytest.fixture(scope="module")
def services() -> dict[str, dict]:
    answer = resolve(SITE)
    assert answer.returncode == 0, answer.stderr
    every = yaml.safe_load(answer.stdout)["services"]
    return {name: service for name, service in every.items() if not service.get("profiles")}


def test_compose_finds_no_fault_and_all_the_services(services):
    assert set(services) == SERVICES


@pytest.mark.parametrize("missing", sorted(SITE))
def test_a_forgotten_setting_is_named(missing):
    answer = resolve({name: value for name, value in SITE.items() if name != missing})
    assert answer.returncode != 0
    assert f"{missing}=" in answer.stderr


def test_no_container_runs_as_root_or_with_privileges(services):
    for name, service in services.items():
        assert service["user"].split(":")[0] not in {"", "0", "root"}, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["read_only"] is True, name
        assert "no-new-privileges:true" in service["security_opt"], name
        assert not service.get("privileged"), name


def test_every_lasting_service_is_watched(services):
    for name in SERVICES - {"migrate"}:
        assert services[name]["healthcheck"]["test"][0] == "CMD", name
        assert services[name]["restart"] == "unless-stopped", name


def test_only_the_proxy_is_reached_from_outside(services):
    assert [name for name, service in services.items() if service.get("ports")] == ["proxy"]


def test_nothing_starts_before_the_database_is_migrated(services):
    for name in APP - {"migrate"}:
        assert services[name]["depends_on"]["migrate"]["condition"] == "service_completed_successfully", name


def test_no_secret_stands_in_the_configuration(services):
    for name, service in services.items():
        for key in service.get("environment") or {}:
            assert not key.endswith(
                ("_KEY", "_KEYS", "_FALLBACKS", "_PASSWORD", "DATABASE_URL", "STORE_URL", "_TOKEN")
            ), (
                name,
                key,
            )


def test_the_containers_run_the_scripts_that_the_tests_run(services):
    started_by_server = (ROOT / "script" / "server").read_text()
    for name, script in SCRIPT.items():
        assert services[name]["command"] == [f"script/{script}"]
        assert os.access(ROOT / "script" / script, os.X_OK)
        assert f"script/{script}\n" in started_by_server


def test_every_watch_is_a_command_of_ours_or_of_the_service(services):
    for name in APP - {"migrate"}:
        assert services[name]["healthcheck"]["test"][1:] == ["script/healthy", name]


def test_the_image_is_hash_pinned_and_ends_as_an_ordinary_user():
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    assert any("--require-hashes" in line for line in lines)
    assert [line for line in lines if line.startswith("USER ")] == ["USER app"]
    assert any(line.startswith("HEALTHCHECK") for line in lines)


def test_everything_the_image_copies_is_let_through_to_the_build():
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    admitted = {line[1:].strip("/") for line in lines if line.startswith("!")}
    assert FLOORS | {"manage.py", "script", "templates", "static", "requirements/base.txt"} <= admitted
    assert all((ROOT / name).exists() for name in admitted)


def test_the_log_is_archived_within_the_time_that_may_be_lost(services):
    command = services["database"]["command"]
    assert "archive_mode=on" in command
    assert "archive_command=archive_wal %p %f" in command
    [seconds] = [word.partition("=")[2] for word in command if word.startswith("archive_timeout=")]
    assert int(seconds) <= 15 * 60


def test_only_the_database_and_the_backup_write_where_backups_lie():
    answer = resolve(SITE, "--profile", "backup")
    assert answer.returncode == 0, answer.stderr
    every = yaml.safe_load(answer.stdout)["services"]
    writing = {
        name
        for name, service in every.items()
        for volume in service.get("volumes", [])
        if mounted(volume) == ("/backup", "rw")
    }
    assert writing == {"backup", "database"}


def mounted(volume: dict | str) -> tuple[str, str]:
    """The older compose writes a mount as one word."""
    if isinstance(volume, str):
        _source, target, mode = volume.split(":")
        return target, mode
    return volume["target"], "ro" if volume.get("read_only") else "rw"


def test_the_databases_image_holds_every_script_that_is_called_there():
    copied = (ROOT / "deploy" / "database" / "Dockerfile").read_text()
    scripts = {path.name for path in (ROOT / "deploy" / "database").iterdir()} - {"Dockerfile"}
    assert scripts == {"archive_wal", "fetch_wal", "base_backup", "rebuild"}
    assert all(name in copied for name in scripts)
