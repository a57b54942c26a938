"""The Compose file: no container has more than it needs, one port leads in, and its scripts work on PostgreSQL."""

import asyncio
import os
import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from integration_api.cli.main import cli
from integration_api.settings import Settings
from integration_api.storage.database import DatabaseDown
from integration_api.storage.postgres_url import arguments_of, connect_without_timeout
from tests.processes import ROOT, run
from tests.wheel import Cluster, programs

FOLDER = ROOT / "deploy" / "compose"
COMPOSE: dict[str, Any] = yaml.safe_load((FOLDER / "compose.yaml").read_text("utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = ("migrate", "grant", "api")
LASTING = ("database", "api", "proxy")


@pytest.mark.parametrize("name", SERVICES)
def test_a_container_has_no_privilege_and_writes_to_its_volumes_alone(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", service["user"])
    assert not {"privileged", "cap_add", "devices", "pid", "ipc"} & service.keys()
    assert "docker.sock" not in str(service)
    assert service["logging"]["options"]["max-size"]
    assert service["pids_limit"] > 0


def test_one_door_leads_in_and_it_speaks_tls() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    assert len(SERVICES["proxy"]["ports"]) == 1
    assert SERVICES["proxy"]["ports"][0].endswith(SERVICES["proxy"]["environment"]["JOURNAL_LISTEN"])
    binds = re.findall(r"^\s*bind (.*)", (ROOT / "deploy" / "haproxy.cfg").read_text("utf-8"), re.MULTILINE)
    assert [bind for bind in binds if " ssl crt " not in bind] == []
    assert len(binds) == 1


def test_nothing_but_the_folder_of_its_socket_leads_to_the_database() -> None:
    for name in ("database", "migrate", "grant"):
        assert SERVICES[name]["network_mode"] == "none"
    assert SERVICES["database"]["command"][-1] == "listen_addresses="
    assert "--auth-local=scram-sha-256" in SERVICES["database"]["environment"]["POSTGRES_INITDB_ARGS"]
    with_socket = {name for name, service in SERVICES.items() if "socket:" in str(service.get("volumes"))}
    assert with_socket == {"database", *OURS}
    assert "socket:/var/run/postgresql:ro" in SERVICES["api"]["volumes"]


def test_the_api_believes_the_proxy_alone_and_the_proxy_finds_it() -> None:
    addresses = {name: SERVICES[name]["networks"]["front"]["ipv4_address"] for name in ("api", "proxy")}
    assert SERVICES["api"]["environment"]["INTEGRATION_API_TRUSTED_PROXIES"] == f"{addresses['proxy']}/32"
    assert SERVICES["proxy"]["environment"]["JOURNAL_API"] == f"{addresses['api']}:8000"


def test_it_is_migrated_then_granted_then_served_and_shown() -> None:
    after = {name: service.get("depends_on", {}) for name, service in SERVICES.items()}
    assert after["migrate"] == {"database": {"condition": "service_healthy"}}
    assert after["grant"] == {"migrate": {"condition": "service_completed_successfully"}}
    assert after["api"]["grant"] == {"condition": "service_completed_successfully"}
    assert after["proxy"] == {"api": {"condition": "service_healthy"}}
    for name, service in SERVICES.items():
        assert ("healthcheck" in service) == (name in LASTING)
        assert service["restart"] == ("unless-stopped" if name in LASTING else "no")
    assert "/health/ready" in SERVICES["api"]["healthcheck"]["test"][-1]


def test_each_command_and_setting_is_one_of_the_product() -> None:
    known = typer.main.get_command(cli)
    settings = {f"INTEGRATION_API_{name.upper()}" for name in Settings.model_fields}
    for name in OURS:
        assert SERVICES[name]["command"][0] in known.commands  # type: ignore[attr-defined]
        assert set(SERVICES[name]["environment"]) <= settings
    longest = int(re.sub(r"\D", "", SERVICES["api"]["stop_grace_period"]))
    assert longest > Settings.model_fields["grace_seconds"].default


def test_the_commands_of_the_page_reach_the_service_that_they_name() -> None:
    """A second container of a service with a fixed address cannot start beside the first."""
    page = (ROOT / "docs" / "installation.md").read_text("utf-8")
    lines = [shlex.split(line, comments=True) for line in re.findall(r"^docker compose (.+)$", page, re.MULTILINE)]
    known = typer.main.get_command(cli).commands  # type: ignore[attr-defined]
    run_words = [line[1:] for line in lines if line[0] == "run"]
    assert run_words
    for words in run_words:
        name = next(word for word in words if word in SERVICES)
        assert "ipv4_address" not in str(SERVICES[name]), words
        command = words[words.index(name) + 1 :]
        assert "--entrypoint" in words or not command or command[0] in known, words
    entered = [line[line.index("integration_api") + 1] for line in lines if "integration_api" in line]
    assert {"init", "ledger"} <= set(entered) <= set(known)


def test_no_secret_is_in_the_file_and_each_is_a_file_of_its_own_made_by_the_script(tmp_path: Path) -> None:
    given = {secret for service in SERVICES.values() for secret in service.get("secrets", ())}
    assert given == set(COMPOSE["secrets"])
    assert all(COMPOSE["secrets"][name] == {"file": f"./secrets/{name}"} for name in given)
    for service in SERVICES.values():
        for name, value in service["environment"].items():
            assert "PASSWORD" not in name or name.endswith("_FILE")
            assert not re.search(r"//[^/]*:[^/]*@", value)
    ignored = (ROOT / ".gitignore").read_text("utf-8").splitlines()
    assert "deploy/compose/secrets/" in ignored
    made = secrets_in(tmp_path)
    assert {path.name for path in made} == given
    assert {path.stat().st_mode & 0o777 for path in made} == {0o400}
    if os.geteuid() == 0:
        for name, service in SERVICES.items():
            for secret in service["secrets"]:
                owner = int(service["user"].split(":")[0])
                assert (name, secret, (tmp_path / secret).stat().st_uid) == (name, secret, owner)


def secrets_in(folder: Path) -> list[Path]:
    subprocess.run(["sh", FOLDER / "secrets.sh", "journal.example.org", folder], check=True, capture_output=True)
    return sorted(folder.iterdir())


def test_the_script_overwrites_no_secret(tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in secrets_in(tmp_path)}
    assert {path: path.read_bytes() for path in secrets_in(tmp_path)} == before
    assert len(set(before.values())) == len(before)


@pytest.mark.parametrize("name", ["database_password", "owner_pgpass", "app_pgpass"])
def test_a_run_of_the_script_that_was_cut_short_is_ended_by_the_next(tmp_path: Path, name: str) -> None:
    before = {path: path.read_bytes() for path in secrets_in(tmp_path)}
    (tmp_path / name).unlink()
    assert {path: path.read_bytes() for path in secrets_in(tmp_path)} == before
    (tmp_path / "database_pgpass").unlink()
    words = ["sh", str(FOLDER / "secrets.sh"), "journal.example.org", str(tmp_path)]
    refused = subprocess.run(words, capture_output=True, text=True, check=False)
    assert refused.returncode == 1
    assert "no database_pgpass" in refused.stderr
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == {
        path: text for path, text in before.items() if path.name != "database_pgpass"
    }


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    made = Cluster("listen_addresses=")
    try:
        yield made
    finally:
        made.remove()


def prepare(cluster: Cluster, secrets: Path) -> Path:
    """Make the roles by the script, as the image's first start does; then ask for passwords. The socket's folder."""
    data = Path(cluster.url.partition("host=")[2])
    path = f"{programs()}{os.pathsep}{os.environ['PATH']}"
    env = {**os.environ, "PATH": path, "PGHOST": str(data), "PGPASSFILE": str(secrets / "database_pgpass")}
    made = run("program", [str(FOLDER / "roles.sh")], env)
    assert made.returncode == 0, made.stderr
    (data / "pg_hba.conf").write_text("local all postgres trust\nlocal all all scram-sha-256\n")
    words = [str(programs() / "psql"), "-qAt", "-U", "postgres", "-d", "postgres", "-c", "SELECT pg_reload_conf()"]
    assert run("program", words, env).stdout.strip() == "t"
    return data


def url_of(name: str, socket: Path, secrets: Path) -> str:
    """The URL of a service, with the folders that it has on this machine."""
    url: str = SERVICES[name]["environment"]["INTEGRATION_API_DATABASE_URL"]
    return url.replace("/var/run/postgresql", str(socket)).replace("/run/secrets", str(secrets))


async def role_at(url: str) -> str:
    connection = await connect_without_timeout(url)
    try:
        name: str = await connection.fetchval("SELECT current_user")
        return name
    finally:
        await connection.close()


def test_the_roles_sign_in_by_their_files_and_not_without(cluster: Cluster, tmp_path: Path) -> None:
    secrets_in(tmp_path)
    socket = prepare(cluster, tmp_path)
    assert asyncio.run(role_at(url_of("migrate", socket, tmp_path))) == "journal"
    assert asyncio.run(role_at(url_of("api", socket, tmp_path))) == "journal_app"
    (tmp_path / "app_pgpass").unlink()
    with pytest.raises(DatabaseDown, match="28P01"):
        asyncio.run(role_at(url_of("api", socket, tmp_path)))


def test_the_driver_reads_what_the_urls_say() -> None:
    for name in OURS:
        url = SERVICES[name]["environment"]["INTEGRATION_API_DATABASE_URL"]
        assert shlex.quote(arguments_of(url)["dsn"])
        assert "ssl" not in arguments_of(url)  # a socket of this machine
