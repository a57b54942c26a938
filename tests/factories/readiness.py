"""Readiness of dosing sessions for tests."""

from tests.factories.sessions import move, session
from tests.support import Json, Person

READY: Json = {
    "items": {
        **{f"rd.{name}": {"status": "met"} for name in ("fasting", "escort", "medicines", "vitals", "screen")},
        **{f"rd.{name}": {"status": "met"} for name in ("clearance", "consent")},
        "rd.substances_24h": {"status": "met", "substances": ["none"]},
        "rd.pregnancy": {"status": "not_applicable", "pregnancy": "not_applicable"},
        "rd.weight": {"status": "not_applicable"},
    },
    "contraindications": {
        code: {"status": "absent"}
        for code in (
            "aneurysmal_vascular_disease",
            "arteriovenous_malformation",
            "intracerebral_haemorrhage",
            "hypersensitivity",
        )
    },
}
"""Answers after which no item of a session in person is unmet."""


async def dosing_session(therapist: Person, patient_id: str, **facts: object) -> Json:
    """A dosing session that is in progress."""
    made = await session(therapist, patient_id, **{"phase": "dosing", "intention": "To rest", **facts})
    return await move(therapist, made, "start")


async def answer(therapist: Person, made: Json, version: int, **items: object) -> Json:
    """Readiness after answers: `answer(therapist, made, 0, escort={"status": "met"})`."""
    body = {"items": {f"rd.{name}": value for name, value in items.items()}}
    changed: Json = await therapist.patch(f"/sessions/{made['id']}/readiness", body, version)
    return changed


async def ready_session(therapist: Person, patient_id: str, **facts: object) -> Json:
    """A dosing session in progress in which nothing holds a dose."""
    made = await dosing_session(therapist, patient_id, **facts)
    await therapist.patch(f"/sessions/{made['id']}/readiness", READY, 0)
    return made


async def holds_of(therapist: Person, made: Json, state: str = "open") -> list[Json]:
    """The holds of a session in this state, the newest first."""
    found = await therapist.get(f"/sessions/{made['id']}/holds")
    return [hold for hold in found["items"] if hold["state"] == state]
