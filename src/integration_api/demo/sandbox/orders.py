"""Events to order: each is made by the API's own operations, in the name of the clinic's people."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID

from integration_api.access.work import Work
from integration_api.demo.front import Json
from integration_api.demo.sandbox.house import PATIENT, House, client_of, clinic_id_of
from integration_api.demo.sandbox.schemas import EventCreate, EventMade, EventName

_STRATEGY = {
    "category": "paced_breathing",
    "title": "Longer out than in",
    "if_cue": "If the evening gets loud",
    "then_action": "then I breathe out slowly for two minutes.",
}


async def make_sandbox_event(work: Work, body: EventCreate) -> EventMade:
    """Let something happen in the chart of the clinic's patient. Raises NotFound for an unknown clinic, Conflict."""
    clinic_id_of(work, body.clinic)
    async with client_of(work) as client:
        made = await _MADE[body.event](House.of(work, client, body.clinic))
    return EventMade(event=body.event, id=UUID(made["id"]), patient_id=UUID(made["patient_id"]))


async def _submit_reflection(house: House) -> Json:
    patient = await house.enter(PATIENT)
    made = await patient.make("/reflections", {"text": "The lake was still."})
    return await patient.act(f"/reflections/{made['id']}/submit", {"share": True})


async def _plan_session(house: House) -> Json:
    return await _move_session(house)


async def _complete_session(house: House) -> Json:
    return await _move_session(house, ("start", None), ("complete", None))


async def _cancel_session(house: House) -> Json:
    return await _move_session(house, ("cancel", {"reason": "The clinic is closed."}))


async def _move_session(house: House, *steps: tuple[str, Json | None]) -> Json:
    """Plan a session of the next hour, and take these steps with it."""
    patient, therapist = await house.enter(PATIENT), await house.enter("therapist")
    begins = house.work.now + timedelta(hours=1)
    made = await therapist.make(
        "/sessions",
        {
            "patient_id": str(patient.actor.patient_id),
            "phase": "integration",
            "modality": "in_person",
            "planned_start_at": begins.isoformat(),
            "people": [{"role": "therapist", "account_id": therapist.id}],
        },
    )
    for step, body in steps:
        made = await therapist.act(f"/sessions/{made['id']}/{step}", body)
    return made


async def _propose_plan(house: House) -> Json:
    patient, therapist = await house.enter(PATIENT), await house.enter("therapist")
    facts = {"is_shared": True, "title": "Quieter evenings", "aim": "I do not have to carry it alone."}
    plan = await therapist.make("/plans", {"patient_id": str(patient.actor.patient_id), **facts})
    await therapist.act(f"/plans/{plan['id']}/strategies", _STRATEGY)
    return await therapist.act(f"/plans/{plan['id']}/propose")


_MADE: dict[EventName, Callable[[House], Awaitable[Json]]] = {
    EventName.REFLECTION_SUBMITTED: _submit_reflection,
    EventName.SESSION_CREATED: _plan_session,
    EventName.SESSION_COMPLETED: _complete_session,
    EventName.SESSION_CANCELLED: _cancel_session,
    EventName.PLAN_PROPOSED: _propose_plan,
}
