"""Idle listeners of the live stream cost little memory each, and are told when the server stops."""

import asyncio
from dataclasses import dataclass

from tests.drills.clinic import Clinic
from tests.drills.load import request
from tests.drills.pressure import memory_mb
from tests.waiting import STUCK_SECONDS

STREAMS_OF_ONE_SIGN_IN = 3
_BEGINNING = 8
"""Streams that begin at the same time: so few that none is refused by load shedding."""


@dataclass
class Report:
    """The memory that listeners cost, and how many were told of the end."""

    count: int
    before_mb: float
    after_mb: float
    told_of_the_end: int

    @property
    def kib_each(self) -> float:
        """Memory of one more listener, in KiB."""
        return (self.after_mb - self.before_mb) * 1e6 / 1024 / self.count

    def __str__(self) -> str:
        return (
            f"{self.count} idle listeners: {self.before_mb:.0f} MB before, {self.after_mb:.0f} MB with them, "
            f"{self.kib_each:.0f} KiB each; {self.told_of_the_end} told of the end"
        )


def listen(clinic: Clinic, tokens: list[str]) -> Report:
    """Open three streams with each token, look at the server's memory, and stop the server."""
    clinic.server.start_unless_running()
    return asyncio.run(_listen(clinic, tokens))


async def _listen(clinic: Clinic, tokens: list[str]) -> Report:
    beginning = asyncio.Semaphore(_BEGINNING)
    before = memory_mb(clinic)
    async with asyncio.timeout(2 * STUCK_SECONDS):
        streams = await asyncio.gather(
            *(_begun(clinic.server.port, token, beginning) for token in tokens * STREAMS_OF_ONE_SIGN_IN)
        )
        after = memory_mb(clinic)
        ends = asyncio.gather(*(_read_to_the_end(reader, writer) for reader, writer in streams))
        await asyncio.to_thread(clinic.server.stop)
        told = sum(b"server_stops" in text for text in await ends)
    return Report(len(streams), before, after, told)


Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def _begun(port: int, token: str, beginning: asyncio.Semaphore) -> Stream:
    async with beginning:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(request("GET", "/events", token))
        first = await reader.readline()
        assert b" 200 " in first, first
        return reader, writer


async def _read_to_the_end(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
    try:
        return await reader.read()
    finally:
        writer.close()
