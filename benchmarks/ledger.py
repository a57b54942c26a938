"""A million rows of the ledger: how long `ledger seal` and `ledger verify` take over them, and in how much memory.

python -m benchmarks.ledger [--rows 1000000] [--on sqlite postgresql]
"""

import argparse
import asyncio
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from benchmarks import measure
from benchmarks.filling import Filling, PostgresFilling, SqliteFilling
from benchmarks.postgres import new_database, postgres
from benchmarks.variants import environment
from benchmarks.world import timed_id
from integration_api.ledger.events import Outcome, Purpose
from integration_api.ledger.tables import LedgerTable

_CLINICS, _DAYS = 3, 400
_EVENTS = ("note.read", "reflection.read", "session.listed", "patient.read", "plan.read")


def rows(count: int, until: datetime) -> Iterator[Mapping[str, Any]]:
    """Rows of several clinics over more than a year, as requests make them."""
    random = Random(7)  # noqa: S311  invented data
    start, step = until - timedelta(days=_DAYS), timedelta(days=_DAYS) / count
    clinics = [timed_id(start, random) for _ in range(_CLINICS)]
    people = [timed_id(start, random) for _ in range(500)]
    for at in range(count):
        moment = start + at * step
        event = _EVENTS[at % len(_EVENTS)]
        yield {
            "clinic_id": clinics[at % _CLINICS],
            "id": timed_id(moment, random),
            "at": moment,
            "event": event,
            "action": event.replace(".", ":"),
            "outcome": Outcome.DENIED if at % 50 == 0 else Outcome.DONE,
            "reason": "not-found" if at % 50 == 0 else None,
            "actor_id": people[at % 41],
            "actor_role": "therapist",
            "subject_id": timed_id(moment, random),
            "patient_id": people[at % 499],
            "purpose": Purpose.TREATMENT,
            "digest": None,
            "is_private": at % 7 == 0,
            "request_id": UUID(int=random.getrandbits(128)).hex,
            "changed": None,
        }


def run(words: list[str], env: Mapping[str, str]) -> tuple[float, float, str]:
    """Seconds, the most memory (PSS, MB), and the last line that the command said."""
    started, most = time.monotonic(), 0.0
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen([sys.executable, "-m", "integration_api", *words], env=env, stdout=said)
        while process.poll() is None:
            most = max(most, measure.memory_mb(process.pid))
            time.sleep(0.1)
        took = time.monotonic() - started
        said.seek(0)
        text = said.read().strip().replace("\n", "; ")
    if process.returncode:
        raise RuntimeError(text)
    return took, most, text


async def _fill(filling: Filling, count: int) -> None:
    await filling.add(LedgerTable, rows(count, datetime.now(UTC)), {})
    await filling.finish()


async def _postgres_filled(server: str, count: int) -> str:
    url = await new_database(server)
    filling = PostgresFilling(url)
    await filling.open()
    await _fill(filling, count)
    return url


def _measure(name: str, env: Mapping[str, str], folder: Path) -> None:
    heads = str(folder / "heads.json")
    for words in (["seal"], ["heads", "--out", heads], ["verify", "--head", heads], ["seal"]):
        took, most, said = run(["ledger", *words], env)
        print(f"{name:<10} ledger {words[0]:<7} {took:>7.1f} s  {most:>6.1f} MB at most  {said}", flush=True)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--on", nargs="+", choices=("sqlite", "postgresql"), default=["sqlite", "postgresql"])
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-ledger-") as name:
        folder = Path(name)
        if "sqlite" in given.on:
            env = {**environment(None, 8000), "INTEGRATION_API_DATA_DIR": name}
            path = folder / "journal.sqlite3"
            filling = SqliteFilling(path)
            asyncio.run(_fill(filling, given.rows))
            size = path.stat().st_size
            _measure("sqlite", env, folder)
            more = (path.stat().st_size - size) / given.rows
            print(f"{'sqlite':<10} {size / given.rows:.0f} bytes a row, {more:.0f} more for its place")
        if "postgresql" in given.on:
            with postgres() as server:
                url = asyncio.run(_postgres_filled(server.url, given.rows))
                _measure("postgresql", environment(url, 8000), folder)
    print(f"load at the end: {measure.load_average()}")


if __name__ == "__main__":
    main()
