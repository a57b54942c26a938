"""kill -9 under load, of the server or of PostgreSQL: what was acknowledged is there, once, with its trace."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import httpx

from tests.drills.clinic import TEXT, Clinic, Writer
from tests.drills.load import Answer, Connection, connect, request
from tests.waiting import STUCK_SECONDS, until
from tests.wheel import Cluster

CLIENTS = 16
_PAUSE = 0.05  # after a 503; the drill is in more of a hurry than Retry-After asks
_ROWS = "SELECT id FROM reflections UNION ALL SELECT id FROM patients"
_CREATED = "SELECT subject_id FROM ledger WHERE event IN ('reflection.created', 'patient.created')"
_READ = "SELECT request_id FROM ledger WHERE event = 'reflection.read'"
MAX_MORE_ROUNDS = 10
"""If no write was under way when the server was killed, such a round shows nothing: it is tried again."""


@dataclass
class Report:
    """What the rounds came to. All but the first four must be 0."""

    rounds: int = 0
    acknowledged: int = 0
    acknowledged_reads: int = 0
    retried: int = 0
    lost: int = 0
    duplicates: int = 0
    without_ledger: int = 0
    reads_without_ledger: int = 0
    odd_answers: int = 0

    @property
    def is_clean(self) -> bool:
        """Whether every promise was kept, and something was promised."""
        broken = self.lost + self.duplicates + self.without_ledger + self.reads_without_ledger + self.odd_answers
        return broken == 0 and self.acknowledged > 0 and self.retried > 0

    def __str__(self) -> str:
        """One line for people."""
        return (
            f"{self.rounds} rounds: {self.acknowledged} writes and {self.acknowledged_reads} reads acknowledged, "
            f"{self.retried} unacknowledged writes sent again; lost {self.lost}, duplicates {self.duplicates}, "
            f"rows without ledger entry {self.without_ledger}, reads without {self.reads_without_ledger}, "
            f"odd answers {self.odd_answers}"
        )


@dataclass
class _Write:
    """One keyed request, and the id it was answered with, if it was."""

    token: str
    path: str
    body: dict[str, str]
    id: str | None = None


@dataclass
class _Round:
    """What one round sent, and what came back."""

    sure_of: int
    writes: dict[str, _Write] = field(default_factory=dict)
    reads: set[str] = field(default_factory=set)
    odd: int = 0
    is_over: bool = False
    is_sure: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def acknowledged(self) -> list[_Write]:
        """Writes that were answered."""
        return [write for write in self.writes.values() if write.id]


def rounds(clinic: Clinic, count: int, cluster: Cluster | None = None, *, sure_of: int = 40) -> Report:
    """Kill the server `count` times, or where a cluster is given that cluster, and look each time what is left.

    Each time it happens at a moment drawn by lot, once `sure_of` writes were acknowledged. If no write was under way at
    any of these moments, there are more rounds until one was.
    """
    report, known = Report(), clinic.ids(_ROWS)
    clinic.server.start_unless_running()
    while report.rounds < count or (report.retried == 0 and report.rounds < count + MAX_MORE_ROUNDS):
        ended = asyncio.run(_load_until(clinic, cluster.kill if cluster else clinic.server.kill, sure_of))
        if cluster:
            cluster.start()
            _wait_until_ready(clinic)
        else:
            clinic.server.start()
        report.rounds += 1
        report.acknowledged += len(ended.acknowledged)
        report.acknowledged_reads += len(ended.reads)
        report.retried += len(ended.writes) - len(ended.acknowledged)
        _look(clinic, ended, known, report)
        report.odd_answers += ended.odd
    return report


def _wait_until_ready(clinic: Clinic) -> None:
    """The server was not touched: it finds its database again by itself."""
    assert clinic.server.process is not None
    process = clinic.server.process

    def is_ready() -> bool:
        assert process.poll() is None, "the server process ended with its database"
        return httpx.get(f"{clinic.server.url}/health/ready", timeout=STUCK_SECONDS).status_code == 200

    until(is_ready, "the server to find its database again")


async def _load_until(clinic: Clinic, kill: Callable[[], None], sure_of: int) -> _Round:
    """Sixteen clients write and read; in the middle of it, something is killed."""
    this = _Round(sure_of)
    clients = [asyncio.create_task(_client(clinic, this, at)) for at in range(CLIENTS)]
    async with asyncio.timeout(STUCK_SECONDS):
        await this.is_sure.wait()
    await asyncio.sleep(random.uniform(0, 0.3))
    await asyncio.to_thread(kill)
    this.is_over = True
    await asyncio.gather(*clients)
    return this


async def _client(clinic: Clinic, this: _Round, number: int) -> None:
    connection = await connect(clinic.server.port)
    writer, turn = clinic.writers[number % len(clinic.writers)], number
    try:
        while not this.is_over:
            turn += 1
            async with asyncio.timeout(STUCK_SECONDS):
                if turn % 3:
                    await _write(clinic, this, writer, connection, is_chart=turn % 7 == 0)
                else:
                    await _read(this, writer, connection)
    except ConnectionError:
        return  # it was the server that was killed
    finally:
        connection.close()


async def _write(clinic: Clinic, this: _Round, writer: Writer, connection: Connection, *, is_chart: bool) -> None:
    key = uuid4().hex
    if is_chart:
        write = _Write(clinic.therapist, "/patients", {"name": f"Rowan {key}"})
    else:
        write = _Write(writer.token, "/reflections", {"text": f"{key} {TEXT}"})
    this.writes[key] = write
    answer = await connection.send(request("POST", write.path, write.token, write.body, key=key))
    if answer.status == 201:
        write.id = answer.json()["id"]
        if len(this.acknowledged) == this.sure_of:
            this.is_sure.set()
    else:
        await _not_done(this, answer)


async def _read(this: _Round, writer: Writer, connection: Connection) -> None:
    request_id = uuid4().hex
    path = f"/reflections/{random.choice(writer.reflections)}"
    answer = await connection.send(request("GET", path, writer.token, request_id=request_id))
    if answer.status == 200:
        this.reads.add(request_id)
    else:
        await _not_done(this, answer)


async def _not_done(this: _Round, answer: Answer) -> None:
    """It can only be "come again"."""
    this.odd += answer.status != 503 or b"\r\nretry-after:" not in answer.head
    await asyncio.sleep(_PAUSE)


def _look(clinic: Clinic, this: _Round, known: set[UUID], report: Report) -> None:
    """Compare what was promised with what is there. `known` are all ids so far, and gets this round's."""
    promised = this.acknowledged
    rows = clinic.ids(_ROWS)
    report.lost += sum(UUID(write.id) not in rows for write in promised)
    report.lost += asyncio.run(_unreadable(clinic, promised))
    asyncio.run(_send_again(clinic, this))
    made = {UUID(write.id) for write in this.acknowledged}
    report.lost += len(this.writes) - len(this.acknowledged)
    report.duplicates += len(this.acknowledged) - len(made)
    known |= made
    rows = clinic.ids(_ROWS)
    report.duplicates += len(rows - known)
    report.without_ledger += len(rows - clinic.ids(_CREATED))
    report.reads_without_ledger += len(this.reads - {name for (name,) in clinic.rows(_READ)})


async def _unreadable(clinic: Clinic, writes: list[_Write]) -> int:
    """How many of these the API does not give back as they were written."""
    wrong = 0
    for write, answer in await _ask(clinic, [(w, request("GET", f"{w.path}/{w.id}", w.token)) for w in writes]):
        wrong += answer.status != 200 or any(answer.json()[name] != text for name, text in write.body.items())
    return wrong


async def _send_again(clinic: Clinic, this: _Round) -> None:
    """Every write without an answer, and some with one, with the same key: it must be the same thing."""
    unsure = [pair for pair in this.writes.items() if pair[1].id is None]
    sure = [pair for pair in this.writes.items() if pair[1].id][:20]
    again = [(w, request("POST", w.path, w.token, w.body, key=key)) for key, w in unsure + sure]
    for write, answer in await _ask(clinic, again):
        if answer.status != 201 or (write.id and write.id != answer.json()["id"]):
            this.odd += 1
            write.id = None
        else:
            write.id = answer.json()["id"]


async def _ask(clinic: Clinic, pairs: list[tuple[_Write, bytes]]) -> list[tuple[_Write, Answer]]:
    """All of them, sixteen at a time; a 503 is asked again."""
    waiting, found = iter(pairs), list[tuple[_Write, Answer]]()

    async def client() -> None:
        connection = await connect(clinic.server.port)
        for write, sent in waiting:
            async with asyncio.timeout(STUCK_SECONDS):
                while (answer := await connection.send(sent)).status == 503:  # noqa: ASYNC110  it tells nobody when
                    await asyncio.sleep(_PAUSE)
            found.append((write, answer))
        connection.close()

    await asyncio.gather(*(client() for _ in range(CLIENTS)))
    return found
