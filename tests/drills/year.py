"""A simulated year of a clinic, under a clock that is set: what was promised at its due time is done, once, not lost.

Two processes share one database. They are killed between their lines, and started anew; deliveries fail; phones have
wrong clocks; doses are moved. The clock passes both changes to and from daylight saving time.
"""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from integration_api.settings import Settings
from tests.drills.year_checks import Findings, look
from tests.drills.year_clinic import house
from tests.drills.year_lives import DAY, Plot

YEAR = timedelta(days=365)
_QUIET = ("seal_seconds", "webhook_seconds", "export_seconds", "flag_seconds", "notification_seconds")
_ARRIVALS = timedelta(days=300)


@dataclass
class Report:
    """The figures of a year."""

    patients: int
    counts: dict[str, int]
    found: Findings
    kills: int
    restarts: int
    turns: int
    cpu_seconds: float
    until: datetime

    @property
    def is_clean(self) -> bool:
        """Whether every promise was kept."""
        return not self.found.broken

    def __str__(self) -> str:
        """A few lines for people."""
        counts = ", ".join(f"{name} {number}" for name, number in sorted(self.counts.items()))
        kept = ", ".join(f"{name} {number}" for name, number in sorted(self.found.counts.items()))
        broken = "\n    ".join(["", *sorted(set(self.found.broken))[:12]])
        return (
            f"a year of {self.patients} patients: {counts}\n  kept: {kept}\n"
            f"  processes killed {self.kills} times, started anew {self.restarts} times, {self.turns} turns; "
            f"latest escalation {self.found.latest_flag}, latest call {self.found.latest_call}; "
            f"{self.cpu_seconds:.0f} s of processor time; broken: {len(self.found.broken)}{broken}"
        )


async def simulate(
    settings: Settings, patients: int, *, seed: int = 14, rate: float = 0.02, heart: timedelta = DAY, restarts: int = 1
) -> Report:
    """Let a year pass. `rate` is how often a process ends at a change, `heart` how often jobs turn anyway.

    The second application is started anew `restarts` times.
    """
    started = time.process_time()
    settings = settings.model_copy(update=dict.fromkeys(_QUIET, 0))
    async with house(settings, seed, rate) as made:
        plot, begun = Plot(made), made.now
        for number in range(patients):
            doses = made.chance.choice((1, 1, 2, 3))
            plot.plan(begun + _ARRIVALS * made.chance.random(), lambda n=number, d=doses: plot.arrive(n, d))  # type: ignore[misc]
        for number in range(1, restarts + 1):
            plot.plan(begun + YEAR * number / (restarts + 1), made.restart)
        await plot.live(begun + YEAR, heart)
        found = await look(plot)
        cpu = time.process_time() - started
        return Report(patients, plot.counts, found, made.fate.kills, made.restarts, made.turns, cpu, made.now)
