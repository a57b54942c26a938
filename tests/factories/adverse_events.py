"""Adverse events for tests."""

from tests.factories.readiness import dosing_session
from tests.support import Json, Person

EVENT: Json = {
    "kind": "nausea",
    "onset_at": "2026-11-20T16:00:00Z",
    "severity": "mild",
    "relatedness": "probable",
}


async def adverse_event(clinician: Person, chart: str, session: Json | None = None, **facts: object) -> Json:
    """Record one, with these facts; without a session, of one that begins now."""
    of = session or await dosing_session(clinician, chart)
    made: Json = await clinician.post(f"/sessions/{of['id']}/adverse-events", {**EVENT, **facts})
    return made
