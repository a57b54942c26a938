"""The longest turns of the event loop that the largest requests take, in processor time.

    python -m benchmarks.turns [--rounds 5]

On SQLite, in this process. A turn is one callback of the loop; while it runs, every other request waits. The largest
requests are full calendars, a batch of 50, 200 changes, pages of 100 and a search by name. Only the processor time of
the loop's own thread counts, so that a busy machine changes little. Of each round the longest turn is taken.
"""

import argparse
import asyncio
import os
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any
from uuid import uuid4

from httpx import ASGITransport, AsyncClient

from benchmarks.world import MASTER_KEY_TEXT
from integration_api.access import sandbox_clock
from integration_api.app import create_app, open_database, sealer_of
from integration_api.core.clock import system_clock
from integration_api.demo.front import Front, Person
from integration_api.demo.sandbox.router import router
from integration_api.settings import Settings
from integration_api.storage.migrations import migrate_sqlite

Json = dict[str, Any]
SESSIONS, STRATEGIES, CHARTS, ITEMS = 500, 20, 100, 50
_CLINIC = {"name": "Willow House", "time_zone": "America/New_York", "country": "US"}
_HOURLY = "FREQ=DAILY;BYHOUR=" + ",".join(map(str, range(24)))
_TEXT = "The water was quiet, and I could see the ground. " * 40


class Turns:
    """The longest turn that the loop took while it was watched."""

    def __init__(self) -> None:
        """Begin with none."""
        self.longest_ms = 0.0

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Time every callback of the loop meanwhile."""
        run, self.longest_ms = asyncio.Handle._run, 0.0

        def timed(handle: asyncio.Handle) -> None:
            began = time.thread_time()
            run(handle)
            self.longest_ms = max(self.longest_ms, (time.thread_time() - began) * 1000)

        asyncio.Handle._run = timed  # type: ignore[method-assign, assignment]  # the loop calls back by it
        try:
            yield
        finally:
            asyncio.Handle._run = run  # type: ignore[method-assign]  # as above


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[tuple[Front, AsyncClient]]:
    """Yield a front end of an application on a new sandbox."""
    settings = Settings(
        data_dir=folder,
        master_key=MASTER_KEY_TEXT,
        seal_seconds=0.0,
        webhook_seconds=0.0,
        flag_seconds=0.0,
        notification_seconds=0.0,
    )
    migrate_sqlite(settings.sqlite_path)
    async with open_database(settings) as database:
        await sandbox_clock.mark(database, system_clock())
    app = create_app(settings, sandbox=router)
    async with (
        app.router.lifespan_context(app),
        AsyncClient(transport=ASGITransport(app), base_url="http://bench", timeout=60) as client,
    ):
        runtime = app.state.runtime
        yield Front(client, runtime, runtime.clock, system_clock() + timedelta(hours=1)), client


async def fill(front: Front) -> tuple[Person, Person]:
    """Make a full chart and a full case load; return the therapist and the patient."""
    clinic = await front.send("POST", "/sandbox/clinics", _CLINIC)
    of = {person["key"]: person for person in clinic["people"]}
    therapist = await front.sign_in(of["therapist"]["email"], clinic["password"], clinic["totp_secret"])
    patient = await front.sign_in(of["patient"]["email"], clinic["password"])
    chart_id = of["patient"]["patient_id"]
    begins = system_clock() + timedelta(days=1)
    session = {"patient_id": chart_id, "phase": "integration", "modality": "in_person", "intention": _TEXT[:500]}
    people = [{"role": "therapist", "account_id": therapist.id}]
    for at in range(SESSIONS):
        planned = (begins + timedelta(hours=at / 8)).isoformat()
        await therapist.make("/sessions", {**session, "planned_start_at": planned, "people": people})
    for at in range(CHARTS):
        await therapist.make("/patients", {"name": f"Sample Person {at}"})
    plan = await therapist.make(
        "/plans", {"patient_id": chart_id, "is_shared": True, "title": "Evenings", "aim": "Rest"}
    )
    cue = {"category": "paced_breathing", "if_cue": "If it gets loud", "then_action": "then I breathe out slowly."}
    for at in range(STRATEGIES):
        facts = {**cue, "title": f"Longer out than in {at}", "schedule": _HOURLY, "starts_on": "2026-01-01"}
        await therapist.act(f"/plans/{plan['id']}/strategies", facts)
    proposed = await therapist.act(f"/plans/{plan['id']}/propose")
    await patient.act(f"/plans/{plan['id']}/accept", {"revision": proposed["revision"]})
    for _ in range(CHARTS):
        made = await patient.make("/reflections", {"text": _TEXT})
        await patient.act(f"/reflections/{made['id']}/submit", {"share": True})
    await sealer_of(front.runtime).seal(therapist.actor.clinic_id)
    return therapist, patient


async def measure(rounds: int) -> None:
    """Print the longest turn of each request."""
    turns = Turns()
    with tempfile.TemporaryDirectory(prefix="bench-turns-") as folder:
        async with opened(Path(folder)) as (front, client):
            therapist, patient = await fill(front)
            mine, theirs = [(await person.make("/me/calendar", {}))["path"] for person in (patient, therapist)]

            async def batch() -> None:
                create = {"operation": "create_reflection", "path": "/v1/reflections"}
                items = [{**create, "key": uuid4().hex, "body": {"text": _TEXT}} for _ in range(ITEMS)]
                await patient.make("/sync", {"items": items})

            requests: dict[str, Callable[[], Awaitable[object]]] = {
                "a patient's full calendar": lambda: client.get(mine),
                "a clinician's full calendar": lambda: client.get(theirs),
                f"a batch of {ITEMS}": batch,
                "200 changes": lambda: therapist.read("/changes?limit=200"),
                "100 sessions": lambda: therapist.read("/sessions?limit=100"),
                "100 reflections": lambda: therapist.read("/reflections?limit=100"),
                "100 charts": lambda: therapist.read("/patients?limit=100"),
                "100 entries of a timeline": lambda: therapist.read(
                    f"/patients/{patient.actor.patient_id}/timeline?limit=100"
                ),
                "the worklist": lambda: therapist.read("/worklist?limit=100"),
                "a search by name": lambda: therapist.make("/patients/search?limit=100", {"name_part": "Sample"}),
            }
            for name, ask in requests.items():
                longest = []
                for at in range(-1, rounds):  # the first one warms up
                    with turns.watched():
                        await ask()
                    if at >= 0:
                        longest.append(turns.longest_ms)
                print(f"{name:<28} {median(longest):>5.1f} ms, at most {max(longest):.1f} ms", flush=True)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    os.environ.setdefault("INTEGRATION_API_LOG_LEVEL", "warning")
    asyncio.run(measure(parser.parse_args().rounds))


if __name__ == "__main__":
    main()
