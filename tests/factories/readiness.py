"""Readiness of dosing sessions for tests."""

from weakref import WeakKeyDictionary

from integration_api.access.actor import Role
from tests.factories.care_teams import join
from tests.factories.sessions import move, session
from tests.support import Api, Json, Person, enter

READY: Json = {
    "items": {
        **{f"rd.{name}": {"status": "met"} for name in ("fasting", "vitals", "screen", "clearance", "consent")},
        "rd.escort": {"status": "met", "confirmed": True},
        "rd.medicines": {"status": "met", "reviewed_by": "The prescriber"},
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
"""Answers of a prescriber after which no item of a session in person is unmet."""
AT_HOME: Json = {
    "rd.cuff": {"status": "met"},
    "rd.oximeter": {"status": "met"},
    "rd.observer": {"status": "met", "name": "Ash", "phone": "555 0100"},
    "rd.video": {"status": "met"},
    "rd.emergency_address": {"status": "met", "note": "1 Lake Road"},
}
"""Answers that a session at home needs too."""
_PRESCRIBERS: WeakKeyDictionary[Api, dict[str, Person]] = WeakKeyDictionary()


async def dosing_session(therapist: Person, patient_id: str, **facts: object) -> Json:
    """A dosing session that is in progress."""
    made = await session(therapist, patient_id, **{"phase": "dosing", "intention": "To rest", **facts})
    return await move(therapist, made, "start")


async def answer(therapist: Person, made: Json, version: int, **items: object) -> Json:
    """Readiness after answers: `answer(therapist, made, 0, escort={"status": "met"})`."""
    body = {"items": {f"rd.{name}": value for name, value in items.items()}}
    changed: Json = await therapist.patch(f"/sessions/{made['id']}/readiness", body, version)
    return changed


async def clearing(therapist: Person, patient_id: str) -> Person:
    """The one prescriber of a care team who clears for doses; they join it when they are first asked."""
    known = _PRESCRIBERS.setdefault(therapist.api, {})
    if patient_id not in known:
        known[patient_id] = await enter(therapist.api, therapist.actor.clinic_id, (Role.PRESCRIBER,), "Ines Orr")
        await join(therapist, patient_id, known[patient_id])
    return known[patient_id]


async def clear(
    therapist: Person, made: Json, version: int = 0, prescriber: Person | None = None, /, **items: Json
) -> Json:
    """Readiness after a prescriber answered every item: `clear(therapist, made, escort={"status": "not_met"})`."""
    prescriber = prescriber or await clearing(therapist, made["patient_id"])
    body = {**READY, "items": {**READY["items"], **{f"rd.{name}": value for name, value in items.items()}}}
    changed: Json = await prescriber.patch(f"/sessions/{made['id']}/readiness", body, version)
    return changed


async def ready_session(
    therapist: Person, patient_id: str, prescriber: Person | None = None, /, **facts: object
) -> Json:
    """A dosing session in progress in which nothing holds a dose."""
    made = await dosing_session(therapist, patient_id, **facts)
    await clear(therapist, made, 0, prescriber)
    return made


async def holds_of(therapist: Person, made: Json, state: str = "open") -> list[Json]:
    """The holds of a session in this state, the newest first."""
    found = await therapist.get(f"/sessions/{made['id']}/holds")
    return [hold for hold in found["items"] if hold["state"] == state]
