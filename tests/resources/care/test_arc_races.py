"""Windows after a dose when two requests meet: what is opened or moved follows the dose that stands."""

import json
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from integration_api.access.reads import StartAgain
from integration_api.resources.care.doses import operations as dose_operations
from integration_api.resources.care.doses.schemas import DoseCreate
from integration_api.resources.care.doses.service import create_dose
from integration_api.resources.care.sessions import operations
from integration_api.resources.care.sessions.schemas import SessionComplete
from integration_api.resources.care.sessions.transitions import complete_session
from tests.factories.arcs import checked_in, completed, dosed, let_pass, windows
from tests.factories.discharges import overridden
from tests.factories.doses import DOSE, dose
from tests.factories.readiness import ready_session
from tests.factories.reflections import work_of
from tests.support import Api, Json, Person, World

CORRECTION: Json = {"correction_reason": "Wrong."}


async def _dosed(world: World) -> tuple[Person, Person, Json, Json]:
    """A session in progress with a dose, whose patient may leave."""
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    made = await ready_session(therapist, world.chart_id(patient))
    given = await dose(therapist, made)
    return therapist, patient, made, given


def _earlier(given: Json) -> str:
    return (datetime.fromisoformat(given["given_at"]) - timedelta(minutes=40)).isoformat()


async def test_a_dose_beside_the_completion_leads_the_windows(world: World) -> None:
    therapist, patient, made, given = await _dosed(world)
    await overridden(therapist, made)
    work = work_of(therapist, operations.COMPLETE_SESSION)
    await complete_session(work, UUID(made["id"]), SessionComplete(), made["version"])
    await dose(therapist, made, given_at=_earlier(given), corrects_id=given["id"], **CORRECTION)
    with pytest.raises(StartAgain):
        await work.apply()
    assert await windows(patient) == {}


async def test_the_completion_beside_a_dose_is_not_passed_over(world: World) -> None:
    therapist, patient, made, given = await _dosed(world)
    work = work_of(therapist, dose_operations.CREATE_DOSE)
    body = {**DOSE, "given_at": _earlier(given), "corrects_id": given["id"], **CORRECTION}
    await create_dose(work, UUID(made["id"]), DoseCreate.model_validate_json(_json(body)))
    await completed(therapist, made)
    with pytest.raises(StartAgain):
        await work.apply()
    assert (await windows(patient))["t24"]["dose_at"] == given["given_at"]


async def test_a_window_answered_beside_a_correction_stays(world: World, api: Api) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    made = await dosed(therapist, world.chart_id(patient))
    await let_pass(api, therapist, patient, hours=20)
    [given] = (await therapist.get(f"/doses?session_id={made['id']}"))["items"]
    work = work_of(therapist, dose_operations.CREATE_DOSE)
    body = {**DOSE, "given_at": _earlier(given), "corrects_id": given["id"], **CORRECTION}
    await create_dose(work, UUID(made["id"]), DoseCreate.model_validate_json(_json(body)))
    await checked_in(patient)
    answered = (await windows(patient))["t24"]
    with pytest.raises(StartAgain):
        await work.apply()
    assert (await windows(patient))["t24"] == answered
    await dose(therapist, made, given_at=_earlier(given), corrects_id=given["id"], **CORRECTION)
    assert (await windows(patient))["t24"] == answered


async def test_of_two_check_ins_at_once_each_is_kept(world: World, api: Api) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    await dosed(therapist, world.chart_id(patient))
    await let_pass(api, therapist, patient, hours=20)
    window = (await windows(patient))["t24"]["id"]
    first, second = await checked_in(patient, arc_window_id=window), await checked_in(patient, arc_window_id=window)
    assert first["arc_window_id"] == second["arc_window_id"] == window


def _json(body: Json) -> str:
    return json.dumps(body)
