"""Sessions for tests."""

from tests.support import Json, Person

PLANNED_START = "2026-11-20T15:00:00Z"


async def session(therapist: Person, patient_id: str, **facts: object) -> Json:
    """A planned session in this chart, with the therapist in the room."""
    body = {
        "patient_id": patient_id,
        "phase": "integration",
        "modality": "in_person",
        "planned_start_at": PLANNED_START,
        "people": [{"role": "therapist", "account_id": therapist.id}],
        **facts,
    }
    made: Json = await therapist.post("/sessions", body)
    return made


async def move(therapist: Person, made: Json, step: str, **facts: object) -> Json:
    """A session after `start`, `complete`, `cancel` or `no-show`."""
    moved: Json = await therapist.post(
        f"/sessions/{made['id']}/{step}", facts or None, expect=200, match=made["version"]
    )
    return moved


async def started_session(therapist: Person, patient_id: str, **facts: object) -> Json:
    """A session that has begun."""
    return await move(therapist, await session(therapist, patient_id, **facts), "start")


async def completed_session(therapist: Person, patient_id: str, **facts: object) -> Json:
    """A session that has ended well."""
    return await move(therapist, await started_session(therapist, patient_id, **facts), "complete")
