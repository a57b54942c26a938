"""What comes between the look of a request at the facts and its commit: each is found, whatever the timing."""

import asyncio
from uuid import UUID

import pytest

from integration_api.access.reads import StartAgain
from integration_api.resources.care.doses import operations, service
from integration_api.resources.care.doses.schemas import DoseCreate
from integration_api.resources.care.orders.limits import DoseRoute
from integration_api.resources.care.remote_sessions.operations import UPDATE_REMOTE_SESSION
from integration_api.resources.care.remote_sessions.schemas import RemoteRecord
from integration_api.resources.care.remote_sessions.service import update_remote_session
from integration_api.resources.care.sessions import operations as session_operations
from integration_api.resources.care.sessions import service as sessions_service
from integration_api.resources.care.sessions import transitions
from integration_api.resources.care.sessions.schemas import SessionComplete, SessionUpdate
from integration_api.web.schemas import Withdraw
from tests.factories.discharges import overridden
from tests.factories.doses import dose
from tests.factories.monitoring import pressure, upload
from tests.factories.orders import order, prescriber_of
from tests.factories.readiness import AT_HOME, clear, dosing_session, holds_of, ready_session
from tests.factories.reflections import work_of
from tests.factories.remote_sessions import remote_record
from tests.support import Json, Person, World

BODY = DoseCreate(route=DoseRoute.IM, amount=60, weight_kg=70)


async def begun(world: World) -> tuple[Person, Json, Json]:
    """A therapist, a dosing session that is ready, and its first dose."""
    therapist = await world.therapist()
    made = await ready_session(therapist, world.chart_id(await world.patient_of(therapist)))
    return therapist, made, await dose(therapist, made)


async def test_an_answer_that_holds_the_dose_comes_between(world: World) -> None:
    therapist, made, _ = await begun(world)
    work = work_of(therapist, operations.CREATE_DOSE)
    await service.create_dose(work, UUID(made["id"]), BODY)
    unmet = {"items": {"rd.escort": {"status": "not_met"}}}
    await therapist.patch(f"/sessions/{made['id']}/readiness", unmet, 1)
    with pytest.raises(StartAgain):
        await work.apply()


async def test_the_remote_record_comes_between_and_so_does_the_dose(world: World) -> None:
    """Whichever is second finds the other, so that one of them waits for the observer."""
    clinic = await world.admin.get("/clinic")
    await world.admin.patch("/clinic", {"policies": {"remote_record": 0}}, clinic["version"])
    therapist = await world.therapist()
    chart = world.chart_id(await world.patient_of(therapist))
    for is_dose_first in (True, False):
        made = await dosing_session(therapist, chart, modality="telehealth")
        await clear(therapist, made, **{name.removeprefix("rd."): value for name, value in AT_HOME.items()})
        if is_dose_first:
            work = work_of(therapist, UPDATE_REMOTE_SESSION)
            await update_remote_session(work, UUID(made["id"]), RemoteRecord(), 0)
            await dose(therapist, made)
        else:
            work = work_of(therapist, operations.CREATE_DOSE)
            await service.create_dose(work, UUID(made["id"]), BODY)
            await remote_record(therapist, made)
        with pytest.raises(StartAgain):
            await work.apply()


async def test_another_dose_comes_between(world: World) -> None:
    therapist, made, _ = await begun(world)
    work = work_of(therapist, operations.CREATE_DOSE)
    await service.create_dose(work, UUID(made["id"]), BODY)
    await dose(therapist, made)
    with pytest.raises(StartAgain):
        await work.apply()
    assert (await therapist.get(f"/sessions/{made['id']}"))["doses_recorded"] == 2


async def test_the_first_answers_come_between(world: World) -> None:
    therapist = await world.therapist()
    made = await dosing_session(therapist, world.chart_id(await world.patient_of(therapist)))
    work = work_of(therapist, operations.CREATE_DOSE)
    await service.create_dose(work, UUID(made["id"]), BODY.model_copy(update={"given_while_held": True}))
    await clear(therapist, made)
    with pytest.raises(StartAgain):
        await work.apply()
    assert await holds_of(therapist, made) == []


async def test_a_withdrawal_comes_between_and_the_session_is_not_completed(world: World) -> None:
    therapist, made, first = await begun(world)
    await overridden(therapist, made)
    work = work_of(therapist, session_operations.COMPLETE_SESSION)
    await transitions.complete_session(work, UUID(made["id"]), SessionComplete(), 2)
    path = f"/sessions/{made['id']}/doses/{first['id']}/withdraw"
    await therapist.post(path, {"reason": "Wrong chart."}, match=1, expect=200)
    with pytest.raises(StartAgain):
        await work.apply()


async def test_the_end_of_the_session_comes_between_and_its_dose_stays(world: World) -> None:
    therapist, made, first = await begun(world)
    await overridden(therapist, made)
    work = work_of(therapist, operations.WITHDRAW_DOSE)
    await service.withdraw_dose(work, UUID(made["id"]), UUID(first["id"]), Withdraw(reason="Wrong chart."), 1)
    await therapist.post(f"/sessions/{made['id']}/complete", match=2, expect=200)
    with pytest.raises(StartAgain):
        await work.apply()


async def test_a_high_reading_comes_between_and_holds_the_dose(world: World) -> None:
    therapist, made, first = await begun(world)
    work = work_of(therapist, operations.CREATE_DOSE)
    await service.create_dose(work, UUID(made["id"]), BODY)
    await upload(therapist, made, pressure(190, 95, first["given_at"]))
    with pytest.raises(StartAgain):
        await work.apply()


@pytest.mark.thorough
async def test_two_uploads_open_one_hold(world: World) -> None:
    therapist, made, first = await begun(world)
    items = [pressure(190, 95, first["given_at"]) for _ in range(2)]
    await asyncio.gather(*(upload(therapist, made, one) for one in items))
    assert [one["rule"] for one in await holds_of(therapist, made)] == ["R10"]


async def ordered(world: World) -> tuple[Person, str, Json]:
    """A therapist, a chart, and an order of one session in it."""
    therapist = await world.therapist()
    chart = world.chart_id(await world.patient_of(therapist))
    return (
        therapist,
        chart,
        await order(world, await prescriber_of(world, therapist, chart), chart, sessions_authorised=1),
    )


@pytest.mark.thorough
async def test_another_session_takes_the_last_one_of_the_order_between(world: World) -> None:
    therapist, chart, made = await ordered(world)
    first, second = await ready_session(therapist, chart), await ready_session(therapist, chart)
    work = work_of(therapist, operations.CREATE_DOSE)
    await service.create_dose(work, UUID(first["id"]), BODY.model_copy(update={"order_id": UUID(made["id"])}))
    await dose(therapist, second, order_id=made["id"])
    with pytest.raises(StartAgain):
        await work.apply()
    assert (await therapist.get(f"/orders/{made['id']}"))["sessions_used"] == 1


async def test_a_correction_comes_between_and_the_order_is_not_miscounted(world: World) -> None:
    """Neither changes the number of what the other read: two doses name the order, and both leave it at once."""
    therapist, chart, made = await ordered(world)
    session = await ready_session(therapist, chart)
    one, two = [await dose(therapist, session, order_id=made["id"]) for _ in range(2)]
    work = work_of(therapist, operations.WITHDRAW_DOSE)
    await service.withdraw_dose(work, UUID(session["id"]), UUID(one["id"]), Withdraw(reason="Wrong chart."), 1)
    await dose(therapist, session, corrects_id=two["id"], correction_reason="Not by this order.")
    with pytest.raises(StartAgain):
        await work.apply()
    await therapist.post(
        f"/sessions/{session['id']}/doses/{one['id']}/withdraw", {"reason": "Wrong chart."}, match=1, expect=200
    )
    assert (await therapist.get(f"/orders/{made['id']}"))["sessions_used"] == 0


async def test_the_order_is_withdrawn_between_and_the_dose_is_told(world: World) -> None:
    therapist = await world.therapist()
    chart = world.chart_id(await world.patient_of(therapist))
    prescriber = await prescriber_of(world, therapist, chart)
    made, session = await order(world, prescriber, chart), await ready_session(therapist, chart)
    work = work_of(therapist, operations.CREATE_DOSE)
    await service.create_dose(work, UUID(session["id"]), BODY.model_copy(update={"order_id": UUID(made["id"])}))
    await prescriber.post(f"/orders/{made['id']}/withdraw", {"reason": "Blood pressure."}, match=1, expect=200)
    with pytest.raises(StartAgain):
        await work.apply()


async def completed_session(therapist: Person, chart: str) -> tuple[Json, Json]:
    """A completed session with one dose, and that dose."""
    made = await ready_session(therapist, chart)
    given = await dose(therapist, made)
    await overridden(therapist, made)
    return await therapist.post(f"/sessions/{made['id']}/complete", match=2, expect=200), given


async def test_the_reason_for_no_dose_goes_while_the_only_dose_is_withdrawn(world: World) -> None:
    """Each is right by what it read; both would leave a completed session without its dosing record."""
    therapist, chart, _ = await ordered(world)
    made, given = await completed_session(therapist, chart)
    path, why = f"/sessions/{made['id']}", {"correction_reason": "Looked up in the drug book."}
    told = await therapist.patch(path, {"no_dose_reason": "None was given.", **why}, made["version"])
    work = work_of(therapist, session_operations.UPDATE_SESSION)
    body = SessionUpdate.model_validate({"no_dose_reason": None, **why})
    await sessions_service.update_session(work, UUID(made["id"]), body, told["version"])
    await therapist.post(f"{path}/doses/{given['id']}/withdraw", {"reason": "Wrong chart."}, match=1, expect=200)
    with pytest.raises(StartAgain):
        await work.apply()
    refused = await therapist.patch(path, {"no_dose_reason": None, **why}, told["version"], expect=409)
    assert refused["blocking"] == ["dosing_record"]


async def test_a_dose_is_recorded_while_its_session_is_corrected_to_one_that_did_not_begin(world: World) -> None:
    therapist, chart, _ = await ordered(world)
    made = await ready_session(therapist, chart)
    broken_off = await therapist.post(f"/sessions/{made['id']}/cancel", {}, match=2, expect=200)
    work = work_of(therapist, session_operations.UPDATE_SESSION)
    body = SessionUpdate.model_validate({"state": "no_show", "correction_reason": "They did not come."})
    await sessions_service.update_session(work, UUID(made["id"]), body, broken_off["version"])
    await dose(therapist, made, given_at=broken_off["started_at"])
    with pytest.raises(StartAgain):
        await work.apply()
    assert (await therapist.get(f"/sessions/{made['id']}"))["state"] == "cancelled"
