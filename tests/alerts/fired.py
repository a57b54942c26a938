"""Making alerts fire: the product is served with faults of all kinds, and a real Prometheus visits it.

The rules are those of `deploy/alerts.yml`. Only how long a state must last (`for`) is taken out.
"""

import asyncio
import json
import subprocess
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import yaml

from integration_api.app import sealer_of
from integration_api.core.ids import new_id
from integration_api.settings import Settings
from tests.alerts.dashboards import ALERTS
from tests.applications import MASTER_KEY, application, settings_of
from tests.databases import migrated_sqlite
from tests.factories.factors import PASSWORD, password_person
from tests.ledger.hands import Hands, hands
from tests.processes import free_port, start
from tests.serving import Server, command, environment
from tests.support import SettableClock, World
from tests.waiting import STUCK_SECONDS, until

JOB = "integration-journal"
NOT_HERE = {
    "JournalSlow": "hangs on the speed of the machine; by promtool alone",
    "JournalVolume": "takes a person who opens a great many charts; by promtool, the event by tests of its limit",
    "JournalWorkersEnd": "needs several workers; by promtool, the metric by tests/telemetry/test_worker_metrics.py",
}
"""Alerts that are not made to fire here, and why."""
_WRONG = {"email": "nobody@example.org", "password": "no password of anybody"}
_MANY = 60


class Prometheus:
    """A real one, which visits a server each second."""

    def __init__(self, folder: Path, target: int) -> None:
        self.port = free_port()
        rules = yaml.safe_load(ALERTS.read_text("utf-8"))
        for rule in rules["groups"][0]["rules"]:
            rule.pop("for", None)
        (folder / "alerts.yml").write_text(yaml.safe_dump(rules))
        scrape = {"job_name": JOB, "static_configs": [{"targets": [f"127.0.0.1:{target}"]}]}
        often = {"scrape_interval": "1s", "scrape_timeout": "1s", "evaluation_interval": "1s"}
        (folder / "prometheus.yml").write_text(
            yaml.safe_dump({"global": often, "rule_files": ["alerts.yml"], "scrape_configs": [scrape]})
        )
        words = ("prometheus", f"--config.file={folder}/prometheus.yml", f"--storage.tsdb.path={folder}/tsdb")
        listen = (f"--web.listen-address=127.0.0.1:{self.port}", "--log.level=error")
        self.process = start("program", (*words, *listen), {"PATH": "/usr/bin:/bin", "HOME": str(folder)})

    def asked(self, path: str, **query: str) -> Any:
        answer = httpx.get(f"http://127.0.0.1:{self.port}/api/v1/{path}", params=query, timeout=STUCK_SECONDS)
        return answer.json()["data"]

    @property
    def is_up(self) -> bool:
        try:
            return bool(self.asked("query", query=f'up{{job="{JOB}"}} == 1')["result"])
        except (httpx.TransportError, ValueError, KeyError):
            return False

    def firing(self) -> set[str]:
        """The alerts that fire now."""
        groups = self.asked("rules", type="alert")["groups"]
        return {rule["name"] for group in groups for rule in group["rules"] if rule["state"] == "firing"}


async def _plant(settings: Settings) -> str:
    """A clinic of a month ago: a broken seal, rows that nobody sealed since, tasks, a message. Returns an address."""
    SettableClock.begins_at = None
    async with application(settings) as api:
        api.clock.advance(days=-30)
        world = await World.build(api)
        patient = await world.patient_of(await world.therapist())
        await sealer_of(api.runtime).seal_all(back=None)
        api.clock.advance(hours=1)
        await patient.post("/help", {}, expect=200)
        email, _ = await password_person(world)
        program = await world.program()
        hook = {"account_id": program.id, "url": "https://nowhere.example.org/", "kinds": ["note"]}
        made = await world.admin.post("/webhooks", hook)
        at, chart = api.clock(), world.chart_id(patient)
    async with hands(settings) as at_hand:
        [row, *_] = await at_hand.rows("ledger", world.clinic_id)
        await at_hand.set("ledger", row, event="patient.deleted")
        await at_hand.insert("webhook_deliveries", [_delivery(world.clinic_id, made["id"], chart, str(at))])
    return email


def _delivery(clinic_id: UUID, webhook_id: str, chart: str, at: str) -> dict[str, Any]:
    when = at.replace("+00:00", "")
    return {
        "clinic_id": clinic_id.hex,
        "id": new_id().hex,
        "webhook_id": UUID(webhook_id).hex,
        "event_id": new_id().hex,
        "ordinal": 0,
        "position": 1,
        "kind": "note",
        "thing_id": new_id().hex,
        "patient_id": UUID(chart).hex,
        "at": when,
        "created_at": when,
        "state": "pending",
        "attempts": 0,
        "due_at": when,
    }


async def _by_hand(settings: Settings, *queries: str) -> None:
    async with hands(settings) as at:
        for query in queries:
            await _patiently(at, query)


async def _patiently(at: Hands, query: str) -> None:
    await at.run("PRAGMA busy_timeout=60000")
    await at.run(query)


@contextmanager
def _served(settings: Settings, metrics_port: int) -> Iterator[Server]:
    """Served with as few requests in flight as may be, without a sealer, and without the job of webhooks."""
    env = environment(
        settings.data_dir,
        INTEGRATION_API_MASTER_KEY=MASTER_KEY.get_secret_value(),
        INTEGRATION_API_METRICS_PORT=str(metrics_port),
        INTEGRATION_API_MAX_IN_FLIGHT="1",
        INTEGRATION_API_SEAL_SECONDS="0",
        INTEGRATION_API_WEBHOOK_SECONDS="0",
        INTEGRATION_API_FLAG_SECONDS="1",
        INTEGRATION_API_NOTIFICATION_SECONDS="1",
        INTEGRATION_API_DATABASE_WAIT_SECONDS="1",
    )
    server = Server(env)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def fired() -> set[str]:
    """Make everything wrong, one after the other, and return the alerts that fired."""
    with tempfile.TemporaryDirectory() as name:
        folder, port, seen = Path(name), free_port(), set[str]()
        settings = settings_of(folder / "data")
        migrated_sqlite(settings.sqlite_path)
        email = asyncio.run(_plant(settings))
        prometheus = Prometheus(folder, port)
        try:
            with _served(settings, port) as server:
                until(lambda: prometheus.is_up, "a visit of Prometheus")
                _wait_for(prometheus, seen, *_FOUND_AT_ONCE)
                _misuse(settings, server, email)
                _wait_for(prometheus, seen, *_FOUND_THEN)
                asyncio.run(_by_hand(settings, "UPDATE alembic_version SET version_num = '2026_11_01_01'"))
                _wait_for(prometheus, seen, "JournalRevision")
                renamed = ("alembic_version", "flags", "notifications", "roster_calls")
                asyncio.run(_by_hand(settings, *(f"ALTER TABLE {table} RENAME TO {table}_gone" for table in renamed)))
                with ThreadPoolExecutor(4) as pool:
                    list(pool.map(lambda _: _ask(server, "/health/ready"), range(_MANY)))
                _wait_for(prometheus, seen, "JournalDatabaseUnseen", "JournalErrors", "JournalJobsFail")
            _wait_for(prometheus, seen, "JournalDown")
        finally:
            prometheus.process.kill()
    return seen


_FOUND_AT_ONCE = (
    "JournalSealsOverdue",
    "JournalTasksOverdue",
    "JournalWebhooksWaiting",
    "JournalBackupOld",
    "JournalHeadsOld",
    "JournalUnverified",
)
_FOUND_THEN = (
    "JournalSealBroken",
    "JournalBackupFailed",
    "JournalHeadsFailed",
    "JournalVerifyFailed",
    "JournalTampering",
    "JournalGuessing",
    "JournalOverloaded",
)


def _misuse(settings: Settings, server: Server, email: str) -> None:
    """Fail at a backup and at heads, find the broken seal, guess passwords, sign in by an altered row, flood."""
    env = {name: text for name, text in server.env.items() if not name.endswith("METRICS_PORT")}
    assert command("backup", str(settings.data_dir / "nowhere" / "a.sqlite3"), env=env).returncode == 1
    assert command("ledger", "heads", "--out", str(settings.data_dir / "nowhere" / "a"), env=env).returncode == 1
    assert command("ledger", "verify", env=env).returncode == 3
    asyncio.run(_by_hand(settings, "UPDATE accounts SET binding = X'00' WHERE password_hash <> 'unused'"))
    _post(server, {"email": email, "password": PASSWORD})
    for _ in range(_MANY):
        _post(server, _WRONG)
    with ThreadPoolExecutor(_MANY) as pool:
        list(pool.map(lambda _: _post(server, _WRONG), range(2 * _MANY)))


def _post(server: Server, body: dict[str, str]) -> int:
    return httpx.post(f"{server.url}/v1/auth/tokens", json=body, timeout=STUCK_SECONDS).status_code


def _ask(server: Server, path: str) -> int:
    return httpx.get(f"{server.url}{path}", timeout=STUCK_SECONDS).status_code


def _wait_for(prometheus: Prometheus, seen: set[str], *names: str) -> None:
    def look() -> bool:
        seen.update(prometheus.firing())
        return seen >= set(names)

    until(look, f"{sorted(set(names) - seen)}")


def all_alerts() -> list[str]:
    """The alerts of the file, in order."""
    groups = yaml.safe_load(ALERTS.read_text("utf-8"))["groups"]
    return [rule["alert"] for group in groups for rule in group["rules"]]


def told(seen: set[str]) -> str:
    """The alerts that fired, as JSON."""
    return json.dumps(
        {name: "fired" if name in seen else NOT_HERE.get(name, "DID NOT FIRE") for name in all_alerts()}, indent=1
    )


def promtool(*words: str) -> subprocess.CompletedProcess[str]:
    """Run Prometheus's own checker."""
    return subprocess.run(["promtool", *words], capture_output=True, text=True, check=False)
