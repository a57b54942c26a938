"""Memory does not grow with the number of requests: measured after the first four thousand, and after all."""

import asyncio
import random
from collections.abc import Callable
from uuid import uuid4

from tests.drills.clinic import TEXT, Clinic
from tests.drills.load import closed_loop, request
from tests.drills.pressure import memory_mb

_CLIENTS = 16


def grow(clinic: Clinic, first: int, last: int) -> tuple[float, float]:
    """MB after the first requests, and after all of them: reads, lists, writes, and refusals of every kind."""
    clinic.server.start_unless_running()
    asyncio.run(closed_loop(clinic.server.port, _everything(clinic), _CLIENTS, most=first))
    before = memory_mb(clinic)
    asyncio.run(closed_loop(clinic.server.port, _everything(clinic), _CLIENTS, most=last - first))
    return before, memory_mb(clinic)


def _everything(clinic: Clinic) -> Callable[[], bytes]:
    mix, chance = clinic.mix(), random.Random(11)

    def make() -> bytes:
        kind, token = chance.randrange(20), chance.choice(clinic.writers).token
        refused = {
            0: lambda: request("GET", f"/reflections/{uuid4()}", token),
            1: lambda: request("POST", "/reflections", token, {"text": TEXT, "colour": "blue"}, key=uuid4().hex),
            2: lambda: request("GET", "/me", uuid4().hex),
            3: lambda: request("POST", "/patients", token, {"name": "Rowan Sample"}, key=uuid4().hex),
            4: lambda: request("GET", f"/{uuid4().hex}", token),
            5: lambda: request("POST", "/patients", clinic.therapist, {"name": f"Rowan {uuid4()}"}),
        }
        return refused[kind]() if kind in refused else mix()

    return make
