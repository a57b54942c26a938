"""The answers and decisions before a dose that are a prescriber's: who gives them, and which of them count."""

import asyncio
import json
from datetime import timedelta
from uuid import UUID

import pytest

from integration_api.access.actor import Role
from integration_api.resources.care.orders import operations as order_operations
from integration_api.resources.care.orders import service as orders_service
from integration_api.resources.care.orders.schemas import OrderCreate
from integration_api.resources.care.readiness import dose_holds, operations
from integration_api.resources.care.readiness import service as readiness_service
from integration_api.resources.care.readiness.schemas import DoseHoldRelease, ReadinessUpdate
from integration_api.web.errors import NotFound, StaleVersion
from tests.factories.care_teams import join
from tests.factories.doses import dose
from tests.factories.emergencies import WHY
from tests.factories.orders import order, order_body
from tests.factories.readiness import AT_HOME, READY, answer, clear, dosing_session, holds_of
from tests.factories.reflections import work_of
from tests.factories.remote_sessions import remote_record
from tests.support import Json, Person, World, enter_again

CLEARED: Json = {"items": {"rd.clearance": {"status": "met"}}}
ABSENT: Json = {"contraindications": {"hypersensitivity": {"status": "absent"}}}


async def clinic(world: World) -> tuple[Person, Person, str]:
    """A therapist, a prescriber on the care team, and the chart."""
    therapist, prescriber = await world.therapist(), await world.staff(Role.PRESCRIBER)
    chart = world.chart_id(await world.patient_of(therapist))
    await join(therapist, chart, prescriber)
    return therapist, prescriber, chart


async def in_emergency(world: World, chart: str) -> Person:
    """A prescriber who sees the chart by emergency access alone."""
    other = await world.staff(Role.PRESCRIBER)
    await other.post(f"/patients/{chart}/emergency-access", WHY)
    return other


async def without_licence(world: World, therapist: Person, chart: str) -> Person:
    """A prescriber on the care team whose licence has ended."""
    other = await world.staff(Role.PRESCRIBER)
    await join(therapist, chart, other)
    account = await world.admin.get(f"/accounts/{other.id}")
    over = (world.api.clock() - timedelta(days=2)).date().isoformat()
    await world.admin.patch(f"/accounts/{other.id}", {"licence_ends_on": over}, account["version"])
    return other


@pytest.mark.parametrize(
    ("body", "name"), [(CLEARED, "rd.clearance"), (ABSENT, "hypersensitivity")], ids=["clearance", "contraindication"]
)
async def test_what_only_a_prescriber_decides_counts_once_one_answered(world: World, body: Json, name: str) -> None:
    therapist, prescriber, chart = await clinic(world)
    made = await dosing_session(therapist, chart)
    path = f"/sessions/{made['id']}/readiness"
    await therapist.patch(path, READY, 0)
    told = await therapist.patch(path, body, 1)
    part = {**told["items"], **told["contraindications"]}[name]
    assert (name in told["unmet"], part["by_prescriber"], part["answered_by_id"]) == (True, False, therapist.id)
    assert name in {one["item"] for one in (await dose(therapist, made, 409))["holds"]}
    confirmed = await prescriber.patch(path, body, 2)
    part = {**confirmed["items"], **confirmed["contraindications"]}[name]
    assert (name in confirmed["unmet"], part["by_prescriber"], part["answered_by_id"]) == (False, True, prescriber.id)
    again = await therapist.patch(path, body, 3)
    assert name in again["unmet"]
    versions = (await therapist.get(f"{path}/versions"))["items"]
    kept = [{**one["items"], **one["contraindications"]}[name]["answered_by_id"] for one in versions]
    assert kept == [prescriber.id, therapist.id, therapist.id]


async def test_a_prescriber_s_other_answers_leave_the_therapist_s_unconfirmed(world: World) -> None:
    therapist, prescriber, chart = await clinic(world)
    made = await dosing_session(therapist, chart)
    await therapist.patch(f"/sessions/{made['id']}/readiness", READY, 0)
    told = await answer(prescriber, made, 1, screen={"status": "met", "note": "Asked again."})
    assert "rd.clearance" in told["unmet"]
    assert (told["items"]["rd.screen"]["by_prescriber"], told["items"]["rd.screen"]["answered_by_id"]) == (
        False,
        prescriber.id,
    )


async def test_no_clearance_order_or_release_by_emergency_access(world: World) -> None:
    therapist, prescriber, chart = await clinic(world)
    other, made = await in_emergency(world, chart), await dosing_session(therapist, chart)
    path = f"/sessions/{made['id']}/readiness"
    await answer(other, made, 0, screen={"status": "not_met"})
    for body in (CLEARED, ABSENT):
        assert (await other.patch(path, body, 1, expect=403))["code"] == "emergency-only"
    [hold] = await holds_of(therapist, made)
    release = f"/sessions/{made['id']}/holds/{hold['id']}/release"
    assert (await other.post(release, {"reason": "Fine."}, match=1, expect=403))["code"] == "emergency-only"
    assert (await order(world, other, chart, 403))["code"] == "emergency-only"
    await prescriber.post(release, {"reason": "Fine."}, match=1, expect=200)


async def test_no_clearance_order_or_release_without_a_valid_licence(world: World) -> None:
    therapist, _, chart = await clinic(world)
    other, made = await without_licence(world, therapist, chart), await dosing_session(therapist, chart)
    path = f"/sessions/{made['id']}/readiness"
    await answer(therapist, made, 0, screen={"status": "not_met"})
    for body in (CLEARED, ABSENT):
        assert (await other.patch(path, body, 1, expect=403))["code"] == "licence-ended"
    [hold] = await holds_of(therapist, made)
    release = f"/sessions/{made['id']}/holds/{hold['id']}/release"
    assert (await other.post(release, {"reason": "Fine."}, match=1, expect=403))["code"] == "licence-ended"
    assert (await order(world, other, chart, 403))["code"] == "licence-ended"


async def leaving(world: World) -> tuple[Person, Person, Json, str]:
    """A therapist, a prescriber on the team who came by emergency access, a dosing session, and their membership."""
    therapist = await world.therapist()
    chart = world.chart_id(await world.patient_of(therapist))
    prescriber = await in_emergency(world, chart)
    member = await join(therapist, chart, prescriber)
    return therapist, prescriber, await dosing_session(therapist, chart), f"/patients/{chart}/care-team/{member['id']}"


async def end(therapist: Person, membership: str) -> None:
    """End it; the emergency access stays."""
    assert (await therapist.send("DELETE", membership, match=1)).status_code == 204


@pytest.mark.parametrize("is_first", [True, False])
async def test_a_membership_that_ends_between_clears_for_no_dose(world: World, is_first: bool) -> None:
    therapist, prescriber, made, membership = await leaving(world)
    if not is_first:
        await answer(therapist, made, 0, screen={"status": "met"})
    work = work_of(prescriber, operations.UPDATE_READINESS_CHECK)
    body = ReadinessUpdate.model_validate_json(json.dumps(CLEARED))
    await readiness_service.update_readiness_check(work, UUID(made["id"]), body, 0 if is_first else 1)
    await end(therapist, membership)
    await prescriber.get(f"/sessions/{made['id']}/readiness")
    with pytest.raises(NotFound if is_first else StaleVersion):
        await work.apply()


async def test_a_membership_that_ends_between_releases_no_hold(world: World) -> None:
    therapist, prescriber, made, membership = await leaving(world)
    await answer(therapist, made, 0, screen={"status": "not_met"})
    [hold] = await holds_of(therapist, made)
    work = work_of(prescriber, operations.RELEASE_DOSE_HOLD)
    body = DoseHoldRelease(reason="Fine.")
    await dose_holds.release_dose_hold(work, UUID(made["id"]), UUID(hold["id"]), body, 1)
    await end(therapist, membership)
    with pytest.raises(StaleVersion):
        await work.apply()
    assert await holds_of(therapist, made) == [hold]


async def test_a_membership_that_ends_between_orders_nothing(world: World) -> None:
    therapist, prescriber, made, membership = await leaving(world)
    work = work_of(prescriber, order_operations.CREATE_ORDER)
    body = OrderCreate.model_validate_json(json.dumps(order_body(world, made["patient_id"])))
    await orders_service.create_order(work, body)
    await end(therapist, membership)
    with pytest.raises(NotFound):
        await work.apply()


async def test_a_session_that_moves_home_is_not_ready_any_more(world: World) -> None:
    therapist, _, chart = await clinic(world)
    made = await dosing_session(therapist, chart)
    assert (await clear(therapist, made))["state"] == "ready"
    await therapist.patch(f"/sessions/{made['id']}", {"modality": "telehealth"}, made["version"])
    check = await therapist.get(f"/sessions/{made['id']}/readiness")
    assert (check["state"], {*check["unmet"]}, check["version"]) == ("open", {*AT_HOME, "remote_record"}, 1)
    held = {(one["item"], one["rule"]) for one in (await dose(therapist, made, 409))["holds"]}
    assert {("rd.observer", "R18"), ("rd.video", "R18"), ("rd.emergency_address", "R18")} < held
    await remote_record(therapist, made)
    answers = {name.removeprefix("rd."): value for name, value in AT_HOME.items()}
    assert (await clear(therapist, made, 2, **answers))["state"] == "ready"
    await dose(therapist, made)


async def test_time_alone_makes_a_session_unready(world: World) -> None:
    therapist, _, chart = await clinic(world)
    made = await dosing_session(therapist, chart)
    weight = {"status": "met", "weight_kg": 70, "measured_on": world.api.clock().date().isoformat()}
    assert (await clear(therapist, made, weight=weight))["state"] == "ready"
    world.api.clock.advance(days=31)
    again = await world.staff(Role.PRESCRIBER)
    await enter_again(therapist)
    await join(therapist, chart, again)
    check = await again.get(f"/sessions/{made['id']}/readiness")
    assert (check["state"], check["unmet"]) == ("open", ["rd.weight"])


async def test_a_hold_stays_while_its_item_is_unmet_by_another_rule(world: World) -> None:
    therapist, _, chart = await clinic(world)
    made = await dosing_session(therapist, chart)
    await answer(therapist, made, 0, pregnancy={"status": "not_met", "pregnancy": "declined"})
    await answer(therapist, made, 1, pregnancy={"status": "not_met", "pregnancy": "possible"})
    assert {one["rule"] for one in await holds_of(therapist, made)} == {"R22", "R23"}
    assert await holds_of(therapist, made, "met") == []
    await answer(therapist, made, 2, pregnancy={"status": "met", "pregnancy": "test_negative"})
    assert {one["rule"] for one in await holds_of(therapist, made, "met")} == {"R22", "R23"}


@pytest.mark.thorough
async def test_a_hold_and_a_release_count_however_many_came_after(world: World) -> None:
    therapist, prescriber, chart = await clinic(world)
    made = await dosing_session(therapist, chart)
    await clear(therapist, made, consent={"status": "not_met"}, screen={"status": "not_met"})
    [released] = [one for one in await holds_of(therapist, made) if one["item"] == "rd.screen"]
    path = f"/sessions/{made['id']}/holds/{released['id']}/release"
    await prescriber.post(path, {"reason": "Asked by phone."}, match=1, expect=200)
    names = ("fasting", "vitals", "cuff", "oximeter", "observer", "video", "weight")
    version = 2
    for _ in range(15):
        for status in ("not_met", "not_applicable"):
            answers = {name: {"status": "not_met" if name == "vitals" else status} for name in names}
            answers["vitals"] = {"status": "not_met" if status == "not_met" else "met"}
            await answer(therapist, made, version, **answers)
            version += 1
    assert [one["item"] for one in (await dose(therapist, made, 409))["holds"]] == ["rd.consent"]


async def test_two_prescribers_release_one_hold_once(world: World) -> None:
    therapist, prescriber, chart = await clinic(world)
    second = await world.staff(Role.PRESCRIBER)
    await join(therapist, chart, second)
    made = await dosing_session(therapist, chart)
    await answer(therapist, made, 0, screen={"status": "not_met"})
    [hold] = await holds_of(therapist, made)
    path = f"/sessions/{made['id']}/holds/{hold['id']}/release"
    told = await asyncio.gather(*(one.send("POST", path, {"reason": "Fine."}, match=1) for one in (prescriber, second)))
    statuses = {one.status_code for one in told}
    assert statuses in ({200, 409}, {200, 412})
