"""Discharges for tests."""

from tests.factories.readiness import clearing
from tests.support import Json, Person

ALL_MET = [
    *("awake", "oriented", "dissociation_resolved", "pressure_acceptable", "oxygen_acceptable", "walks_unaided"),
    *("no_vomiting", "comfortable", "screened_for_suicide", "escorted", "told_not_to_drive", "instructed"),
]


async def discharge(clinician: Person, session: Json, version: int = 0, **facts: object) -> Json:
    """Write that the patient of a session left with nothing missing; unless facts say."""
    now = clinician.api.clock().isoformat()
    body = {"met": ALL_MET, "discharged_at": now, **facts}
    made: Json = await clinician.put(f"/sessions/{session['id']}/discharge", body, match=version)
    return made


async def overridden(therapist: Person, session: Json) -> None:
    """Let a session be completed at once, as a prescriber of the care team decides."""
    prescriber = await clearing(therapist, session["patient_id"])
    path = f"/sessions/{session['id']}/discharge/override"
    await prescriber.post(path, {"reason": "An invented reason."}, match=0, expect=200)
