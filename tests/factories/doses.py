"""Doses for tests."""

from tests.factories.readiness import ready_session
from tests.support import Json, Person

DOSE: Json = {"route": "im", "amount": 60, "weight_kg": 70}


async def dose(therapist: Person, made: Json, expect: int = 201, **facts: object) -> Json:
    """A dose in a session: 60 mg into a muscle, unless the facts say otherwise."""
    recorded: Json = await therapist.post(f"/sessions/{made['id']}/doses", {**DOSE, **facts}, expect=expect)
    return recorded


async def dosed_session(therapist: Person, patient_id: str, **facts: object) -> Json:
    """A dosing session in progress with one dose."""
    made = await ready_session(therapist, patient_id, **facts)
    await dose(therapist, made)
    return made


def remarks(made: Json) -> list[Json]:
    """The findings of a dose, but for those that it names no order."""
    unnamed = ("no order of this route was active", "it names no order, so no session of one is counted")
    return [one for one in made["findings"] if one["text"] not in unnamed]
