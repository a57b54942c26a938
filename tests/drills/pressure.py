"""More than the server can do: it stays up, refuses at once, serves the others as fast, and is well right after."""

import asyncio
from dataclasses import dataclass, field

import psutil

from tests.drills.clinic import Clinic
from tests.drills.load import Tally, at, closed_loop, connect, open_loop
from tests.faults import commits_held
from tests.waiting import STUCK_SECONDS, until_async

_CALIBRATING = 32


@dataclass
class Report:
    """Each phase of load by the share of capacity it offers; before it, capacity; after it, one client alone."""

    capacity: Tally
    phases: dict[float, Tally] = field(default_factory=dict)
    after: Tally = field(default_factory=Tally)
    memory_mb: dict[float, float] = field(default_factory=dict)

    @property
    def is_alive(self) -> bool:
        """Only done or "come again", some of it done under any load, nobody refused once it is over."""
        everything = [self.capacity, *self.phases.values(), self.after]
        return (
            all(not tally.others and not tally.lost and tally.accepted for tally in everything)
            and all(tally.without_retry_after == 0 for tally in everything)
            and not self.after.shed
        )

    def slowdown(self, load: float) -> float:
        """p99 of what was accepted under this load, against p99 at capacity."""
        return at(self.phases[load].accepted, 0.99) / at(self.phases[1].accepted, 0.99)

    def __str__(self) -> str:
        """A few lines for people."""
        lines = [f"{_CALIBRATING} clients  {self.capacity}"]
        for load, tally in self.phases.items():
            lines.append(f"{load:>4g}x        {tally}   x{self.slowdown(load):.2f}   PSS {self.memory_mb[load]:.0f} MB")
        lines.append(f"one after   {self.after}")
        return "\n".join(lines)


def press(clinic: Clinic, loads: tuple[float, ...], seconds: float) -> Report:
    """Find the capacity, then offer these multiples of it, each for so many seconds. The server is left running."""
    clinic.server.start_unless_running()
    return asyncio.run(_press(clinic, loads, seconds))


async def _press(clinic: Clinic, loads: tuple[float, ...], seconds: float) -> Report:
    port, mix = clinic.server.port, clinic.mix()
    await closed_loop(port, mix, _CALIBRATING, seconds=seconds / 4)
    report = Report(await closed_loop(port, mix, _CALIBRATING, seconds=seconds))
    for load in loads:
        report.phases[load] = await open_loop(port, mix, report.capacity.rate * load, seconds)
        report.memory_mb[load] = memory_mb(clinic)
    report.after = await closed_loop(port, mix, 1, seconds=seconds / 4)
    return report


async def flood(clinic: Clinic, clients: int) -> Tally:
    """So many requests at once while no commit ends, until all that find no place were refused."""
    tally, mix = Tally(seconds=1.0), clinic.mix()
    connections = [await connect(clinic.server.port) for _ in range(clients)]
    async with commits_held(clinic.settings):
        asked = [connection.send(mix()) for connection in connections]
        places = int(clinic.server.env["INTEGRATION_API_MAX_IN_FLIGHT"])
        await until_async(lambda: sum(one.done() for one in asked) >= clients - places, "the flood to be refused")
    for one in asked:
        async with asyncio.timeout(STUCK_SECONDS):
            tally.count(await one)
    for connection in connections:
        connection.close()
    return tally


def memory_mb(clinic: Clinic) -> float:
    """The server's proportional share of memory, in MB."""
    assert clinic.server.process is not None
    return float(psutil.Process(clinic.server.process.pid).memory_full_info().pss) / 1e6
