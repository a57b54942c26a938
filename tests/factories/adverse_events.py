"""Adverse events for tests."""

from tests.support import Json, Person

EVENT: Json = {
    "kind": "nausea",
    "onset_at": "2026-11-20T16:00:00Z",
    "severity": "mild",
    "relatedness": "probable",
}


async def adverse_event(clinician: Person, chart: str, **facts: object) -> Json:
    """Record one, with these facts."""
    made: Json = await clinician.post("/adverse-events", {**EVENT, "patient_id": chart, **facts})
    return made
