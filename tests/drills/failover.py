"""A synchronous standby is cut off, the waits of commits are cancelled, and the standby takes over.

What was acknowledged is there. The negative control: commits that the driver alone took for done are gone.
"""

import asyncio
import shutil
import socket
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID, uuid4

import asyncpg

from tests.drills.clinic import TEXT, Clinic
from tests.drills.load import connect, request
from tests.waiting import STUCK_SECONDS, until_async
from tests.wheel import Cluster

CLIENTS = 12
_PART_BYTES = 65_536
_WAITING = "SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
_SYNCHRONOUS = "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'"


class Link:
    """The way from a standby to its primary, which can be cut: what is under way then is lost."""

    def __init__(self, primary: Cluster) -> None:
        self.folder = primary.folder / "link"
        self.folder.mkdir(mode=0o711)
        self._far = f"{primary.folder}/data/.s.PGSQL.5432"
        self._ends: list[socket.socket] = []
        self._listens = socket.socket(socket.AF_UNIX)
        self._listens.bind(f"{self.folder}/.s.PGSQL.5432")
        Path(f"{self.folder}/.s.PGSQL.5432").chmod(0o777)  # the server is not this process's user
        self._listens.listen()
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Nothing comes through any more."""
        for end in (self._listens, *self._ends):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        shutil.rmtree(self.folder)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, far = self._listens.accept()[0], socket.socket(socket.AF_UNIX)
                far.connect(self._far)
                self._ends += [near, far]
                for pair in ((near, far), (far, near)):
                    threading.Thread(target=_pump, args=pair, daemon=True).start()


def _pump(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while part := source.recv(_PART_BYTES):
            target.sendall(part)


@dataclass
class Failover:
    """The result of a failover. `lost` and `odd_answers` must be 0; the others must not."""

    acknowledged: set[UUID] = field(default_factory=set)
    unknown: int = 0
    lost: int = 0
    gone: int = 0
    odd_answers: int = 0
    control_is_gone: bool = False

    @property
    def is_clean(self) -> bool:
        """Whether every promise was kept, and the failover could have broken it."""
        could = self.gone > 0 and self.unknown > 0 and self.control_is_gone
        return could and len(self.acknowledged) > 0 and self.lost + self.odd_answers == 0

    def __str__(self) -> str:
        """One line for people."""
        return (
            f"{len(self.acknowledged)} writes acknowledged, lost {self.lost}; {self.unknown} answered 503 of which the "
            f"primary had kept {self.gone} that are gone; odd answers {self.odd_answers}; control: the driver took a "
            f"commit for done that is {'gone' if self.control_is_gone else 'STILL THERE'}"
        )


def fail_over(clinic: Clinic, primary: Cluster, cancelled: int = 20) -> Failover:
    """Lose the primary after its standby was cut off; `clinic` is served from the primary, which is gone then."""
    link, report = Link(primary), Failover()
    way = f"primary_conninfo=host={link.folder} user=postgres application_name=standby"
    standby = Cluster("fsync=off", way, copied_from=primary)  # no power is cut
    try:
        clinic.server.start_unless_running()
        asyncio.run(_lose(clinic, primary, link, report, cancelled))
        kept = clinic.ids("SELECT id FROM reflections")
        primary.kill()
        assert clinic.settings.database_url is not None
        there = asyncio.run(_promoted(standby, clinic.settings.database_url.get_secret_value(), report))
        report.lost = len(report.acknowledged - there)
        report.gone = len(kept - report.acknowledged - there)
    finally:
        standby.remove()
    return report


async def _lose(clinic: Clinic, primary: Cluster, link: Link, report: Failover, count: int) -> None:
    """Write with the standby, then without it until so many waits were cancelled."""
    owner = await asyncpg.connect(primary.url)
    await owner.execute("CREATE TABLE control (id integer)")
    await owner.execute("ALTER SYSTEM SET synchronous_standby_names = 'standby'")
    await owner.execute("SELECT pg_reload_conf()")
    await until_async(lambda: owner.fetchval(_SYNCHRONOUS), "the standby to be synchronous")
    stop = asyncio.Event()
    clients = [asyncio.create_task(_write(clinic, at, report, stop)) for at in range(CLIENTS)]
    await until_async(lambda: len(report.acknowledged) >= 4 * CLIENTS, "writes with a standby")
    link.cut()
    before = len(report.acknowledged)
    control = await asyncpg.connect(primary.url)
    committing = asyncio.ensure_future(control.execute("INSERT INTO control VALUES (1)"))

    async def cancelled() -> bool:
        waiting = [pid for (pid,) in await owner.fetch(_WAITING)]
        for pid in waiting:
            await owner.fetchval("SELECT pg_cancel_backend($1)", pid)
        return committing.done() and report.unknown + len(report.acknowledged) - before >= count

    await until_async(cancelled, "enough writes whose waits were cancelled")
    stop.set()
    while not all(client.done() for client in clients):
        await cancelled()
        await asyncio.sleep(0.01)
    await asyncio.gather(*clients)
    await committing  # the driver says that it is done
    await control.close()
    await owner.close()


async def _write(clinic: Clinic, number: int, report: Failover, stop: asyncio.Event) -> None:
    connection = await connect(clinic.server.port)
    writer = clinic.writers[number % len(clinic.writers)]
    while not stop.is_set():
        sent = request("POST", "/reflections", writer.token, {"text": TEXT}, key=uuid4().hex)
        async with asyncio.timeout(STUCK_SECONDS):
            answer = await connection.send(sent)
        if answer.status == 201:
            report.acknowledged.add(UUID(answer.json()["id"]))
        elif answer.status == 503 and b"\r\nretry-after:" in answer.head:
            report.unknown += 1
        else:
            report.odd_answers += 1
    connection.close()


async def _promoted(standby: Cluster, served_url: str, report: Failover) -> set[UUID]:
    """The reflections that the standby has when it has taken over."""
    owner = await asyncpg.connect(standby.url)
    assert await owner.fetchval("SELECT pg_promote()")
    report.control_is_gone = not await owner.fetchval("SELECT count(*) FROM control")
    await owner.close()
    name = served_url.partition("?")[0].rsplit("/", 1)[1]
    served = await asyncpg.connect(standby.url.replace("/postgres?", f"/{name}?"))
    try:
        return {row["id"] for row in await served.fetch("SELECT id FROM reflections")}
    finally:
        await served.close()
