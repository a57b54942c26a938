"""Nothing of a person leaves by metrics, spans or logs: a canary in every field, every operation asked for once."""

import io
import json
import logging
from uuid import UUID

import pytest

from integration_api.core import logs
from integration_api.settings import Settings
from tests.log_watch import CANARY
from tests.scene import Scene, canary
from tests.scene.requests import succeed_all
from tests.scene.scene import BORN_ON
from tests.support import World
from tests.telemetry.scraping import attributes_of, collector, counted

pytestmark = pytest.mark.thorough


async def test_no_text_and_no_patient_is_in_scrapes_spans_or_logs(own: Settings) -> None:
    stream = io.StringIO()
    before = logging.getLogger().handlers[:]
    logs.configure("debug")
    handler = logging.getLogger().handlers[0]
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(stream)
    try:
        with collector() as taken:
            async with counted(own, traces_endpoint=taken.endpoint, traces_ratio=1.0) as made:
                scene = await Scene.build(await World.build(made.api))
                await succeed_all(scene)
                await _refused(scene)
                ids = await _patients(scene)
                scrape = await made.text()
                logs.write_out()
    finally:
        logging.getLogger().handlers[:] = before
    told = {
        "scrape": scrape.encode(),
        "spans": b"".join(taken.bodies) + json.dumps([attributes_of(span) for span in taken.spans]).encode(),
        "logs": stream.getvalue().encode(),
    }
    assert len(taken.spans) > 500
    assert all(len(text) > 10_000 for text in told.values())
    secrets = [CANARY.encode(), CANARY.encode("utf-16-le"), CANARY.lower().encode(), BORN_ON.encode(), b"@example.org"]
    secrets += [person.token.encode() for person in scene.people.values()]
    for patient_id in ids:
        secrets += [str(patient_id).encode(), patient_id.hex.encode()]
        told_bytes = [name for name, text in told.items() if patient_id.bytes in text]
        assert told_bytes == []
    assert [(name, secret) for name, text in told.items() for secret in secrets if secret in text] == []


async def _refused(scene: Scene) -> None:
    """Canaries where they are refused: in paths, queries, headers, fields and methods."""
    patient, api = scene.patient, scene.world.api
    await patient.get(f"/patients/{canary('path')}", expect=422)
    await patient.get("/reflections", params={"state": canary("query")}, expect=422)
    await patient.post("/reflections", {canary("field"): canary("value"), "kind": canary("kind")}, expect=422)
    await scene.other.get(f"/patients/{scene.chart}", expect=404)
    head = {"tracestate": f"a={CANARY}", "baggage": f"a={CANARY}", "traceparent": CANARY, "x-request-id": f"{CANARY} "}
    await api.send("GET", "/me", headers={**head, "user-agent": canary("agent")})
    await api.client.request(CANARY.upper(), "/v1/patients")


async def _patients(scene: Scene) -> set[UUID]:
    """The chart of the scene, and every other chart of its two therapists."""
    listed = [
        row for person in (scene.therapist, scene.other) for row in (await person.get("/patients?limit=100"))["items"]
    ]
    return {UUID(scene.chart), *(UUID(row["id"]) for row in listed)}
