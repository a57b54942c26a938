"""The drills in full: `make drills`. About an hour; ends with 1 where a promise was broken."""

import argparse
import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from tests.drills.clinic import Clinic, clinic
from tests.drills.durability import rounds
from tests.drills.failover import fail_over
from tests.drills.listeners import listen
from tests.drills.memory import grow
from tests.drills.pressure import press
from tests.drills.recovery import Archive, go_back, stream_back
from tests.drills.rotation import exchange
from tests.drills.upgrade import go_on, recorded_commit
from tests.drills.year import simulate
from tests.wheel import Cluster

LOADS = (1.0, 2.0, 5.0)
MAX_GROWTH_RATIO = 1.15
MAX_KIB_OF_A_LISTENER = 64
YEAR_PATIENTS = 2_000
SIGN_INS = 84
"""Of each of eight patients: three streams each are 2,016 listeners."""


def say(text: object) -> None:
    """At once, for whoever waits."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


@contextmanager
def databases() -> Iterator[dict[str, Cluster | None]]:
    """SQLite, and a PostgreSQL of our own."""
    cluster = Cluster()
    try:
        yield {"sqlite": None, "postgresql": cluster}
    finally:
        cluster.remove()


def durability(on: Clinic, cluster: Cluster | None, count: int) -> bool:
    """kill -9 of the server, and of PostgreSQL."""
    if cluster:
        say(f"  fsync {on.rows('SHOW fsync')[0][0]}, synchronous_commit {on.rows('SHOW synchronous_commit')[0][0]}")
    reports = {"server": rounds(on, count, sure_of=150)}
    if cluster:
        reports["database"] = rounds(on, count, cluster, sure_of=150)
    for killed, report in reports.items():
        say(f"  kill -9 of the {killed}: {report}")
    return all(report.is_clean for report in reports.values())


def pressure(on: Clinic, _cluster: Cluster | None, _count: int) -> bool:
    """1x, 2x and 5x of what it can do."""
    report = press(on, LOADS, 5)
    say(report)
    return report.is_alive and max(report.slowdown(load) for load in LOADS) < 2


def memory(on: Clinic, _cluster: Cluster | None, _count: int) -> bool:
    """24,000 requests of every kind."""
    before, after = grow(on, 4_000, 24_000)
    say(f"  PSS after 4,000 requests {before:.1f} MB, after 24,000 {after:.1f} MB: x{after / before:.3f}")
    return after / before < MAX_GROWTH_RATIO


def listeners(_on: Clinic, cluster: Cluster | None, _count: int) -> bool:
    """2,000 idle listeners, on a server that allows as many."""
    with clinic(cluster.url if cluster else None, SIGN_INS, INTEGRATION_API_MAX_STREAMS="2100") as served:
        report = listen(served, served.tokens)
    say(f"  {report}")
    return report.kib_each < MAX_KIB_OF_A_LISTENER and report.told_of_the_end == report.count >= 2_000


def rotation(on: Clinic, _cluster: Cluster | None, _count: int) -> bool:
    """50,000 keys under another master key, the rotating process killed 20 times."""
    report = exchange(on, 50_000, 20)
    say(f"  {report}")
    return report.is_clean


def failover(_on: Clinic, cluster: Cluster | None, _count: int) -> bool:
    """A synchronous standby that was cut off takes over; on servers of its own, since one is lost."""
    if cluster is None:
        return True  # SQLite has no standby
    primary = Cluster()
    try:
        with clinic(primary.url) as served:
            report = fail_over(served, primary, 100)
    finally:
        primary.remove()
    say(f"  {report}")
    return report.is_clean


def year(on: Clinic, _cluster: Cluster | None, _count: int) -> bool:
    """A year of 2,000 patients, under a clock that is set."""
    report = asyncio.run(simulate(on.settings, YEAR_PATIENTS, heart=timedelta(hours=6), restarts=11))
    say(f"  {report}")
    return report.is_clean


def recovery(on: Clinic, cluster: Cluster | None, _count: int) -> bool:
    """Back to a moment in the middle of a load; on a PostgreSQL of its own, since it is lost."""
    if cluster is None:
        report = stream_back(on, 400)
    else:
        archive = Archive()
        try:
            with clinic(archive.cluster.url) as served:
                report = go_back(served, archive, 300)
        finally:
            archive.remove()
    say(f"  {report}")
    return report.is_clean


def upgrade(on: Clinic, _cluster: Cluster | None, _count: int) -> bool:
    """The program of the release before, on today's schema."""
    report = go_on(on, recorded_commit())
    say(f"  {report}")
    return report.is_clean


DRILLS = {
    "durability": durability,
    "failover": failover,
    "recovery": recovery,
    "pressure": pressure,
    "memory": memory,
    "listeners": listeners,
    "rotation": rotation,
    "year": year,
    "upgrade": upgrade,
}


def main() -> int:
    """Run what is asked for, on both databases."""
    parser = argparse.ArgumentParser(prog="python -m tests.drills", description=__doc__)
    parser.add_argument("only", nargs="*", choices=[*DRILLS], help="default: all of them")
    parser.add_argument("--on", choices=("sqlite", "postgresql"), help="default: both")
    parser.add_argument("--rounds", type=int, default=50, help="kills of each kind on each database")
    parser.add_argument("--max-in-flight", help="INTEGRATION_API_MAX_IN_FLIGHT of the servers")
    given = parser.parse_args()
    env = {"INTEGRATION_API_MAX_IN_FLIGHT": given.max_in_flight} if given.max_in_flight else {}
    kept = []
    with databases() as servers:
        for name, cluster in servers.items():
            if given.on not in (None, name):
                continue
            for drill in given.only or DRILLS:
                say(f"{drill} on {name}")
                with clinic(cluster.url if cluster else None, **env) as on:
                    kept.append(DRILLS[drill](on, cluster, given.rounds))
                say("  kept" if kept[-1] else "  BROKEN")
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
