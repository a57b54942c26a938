"""Doses that open the integration arc, and check-ins, for tests."""

from tests.factories.doses import dose
from tests.factories.readiness import clearing, ready_session
from tests.factories.sessions import move
from tests.support import Api, Json, Person, enter_again

STEP: Json = {
    "id": "t24",
    "kind": "check_in",
    "opens_after": {"amount": 12, "unit": "hours"},
    "due_after": {"amount": 24, "unit": "hours"},
    "closes_after": {"amount": 36, "unit": "hours"},
    "is_followed_up": True,
    "prompts": [{"key": "arrived", "text": "How are you?"}],
    "measures": ["phq9"],
    "items": ["ci.safety", "ci.drove"],
}
SAFE: Json = {"ci.safety": "safe", "ci.unreal": 0}


async def dosed(therapist: Person, chart: str, prescriber: Person | None = None, **facts: object) -> Json:
    """A completed dosing session with one dose, given now unless the facts say otherwise."""
    prescriber = prescriber or await clearing(therapist, chart)
    await enter_again(prescriber)
    made = await ready_session(therapist, chart, prescriber)
    await dose(therapist, made, 201, **facts)
    return await completed(therapist, made, prescriber)


async def completed(therapist: Person, made: Json, prescriber: Person | None = None) -> Json:
    """A dosing session that is completed now, whose prescriber lets the patient go."""
    prescriber = prescriber or await clearing(therapist, made["patient_id"])
    await enter_again(prescriber)
    path, reason = f"/sessions/{made['id']}/discharge/override", {"reason": "An invented reason."}
    await prescriber.post(path, reason, match=0, expect=200)
    return await move(therapist, made, "complete")


async def over(therapist: Person, made: Json) -> Json:
    """A session in progress that is completed now, whatever phase and discharge it has."""
    if made["phase"] != "dosing":
        return await move(therapist, made, "complete")
    if not made["doses_recorded"]:
        reason = {"no_dose_reason": "An invented reason."}
        made = await therapist.patch(f"/sessions/{made['id']}", reason, made["version"])
    prescriber = await clearing(therapist, made["patient_id"])
    path = f"/sessions/{made['id']}/discharge"
    version = (await therapist.get(path))["version"]
    await prescriber.post(f"{path}/override", {"reason": "An invented reason."}, match=version, expect=200)
    return await move(therapist, made, "complete")


async def windows(person: Person, **only: object) -> dict[str, Json]:
    """The windows that somebody sees, by the ids of their steps; of a repeated step, the latest due."""
    found = (await person.get("/arc-windows", params={"limit": 100, **only}))["items"]
    return {window["step"]["id"]: window for window in reversed(found)}


async def protocol(admin: Person, *steps: Json, version: int = 0) -> Json:
    """The clinic's own protocol of these steps."""
    made: Json = await admin.put("/clinic/protocol", {"steps": list(steps)}, match=version)
    return made


async def checked_in(person: Person, answers: Json | None = None, expect: int = 201, **facts: object) -> Json:
    """A check-in: safe, unless the answers say otherwise."""
    made: Json = await person.post("/check-ins", {"answers": SAFE if answers is None else answers, **facts}, expect)
    return made


async def let_pass(api: Api, *people: Person, **by: float) -> None:
    """Let the clock go on, and sign these people in again."""
    api.clock.advance(**by)
    for person in people:
        await enter_again(person)
