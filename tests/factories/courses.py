"""Courses for tests."""

from tests.support import Json, Person


async def course(therapist: Person, patient_id: str, **facts: object) -> Json:
    """A course in this chart."""
    made: Json = await therapist.post("/courses", {"patient_id": patient_id, "state": "active", **facts})
    return made
