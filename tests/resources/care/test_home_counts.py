"""Home supplies: counts against what was given for home, and refills that are asked for with them."""

import pytest

from integration_api.access.actor import Role
from tests.factories.care_teams import join
from tests.factories.custody import container, counted, dispensed, reversed_entry
from tests.factories.doses import dose
from tests.factories.emergencies import WHY
from tests.factories.feeds import client, seal
from tests.factories.flags import flags
from tests.factories.orders import prescriber_of
from tests.factories.readiness import AT_HOME, clear, dosing_session
from tests.support import Json, Person, World


async def _supplied(world: World, amount: float = 4) -> tuple[Person, Person, str, Json]:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    made = await container(world.admin)
    entry = await dispensed(therapist, made, world.chart_id(patient), amount)
    return therapist, patient, world.chart_id(patient), entry


async def _home_dose(world: World, therapist: Person, chart: str, mg: float) -> None:
    clinic = await world.admin.get("/clinic")
    await world.admin.patch("/clinic", {"policies": {"remote_record": 0}}, clinic["version"])
    session = await dosing_session(therapist, chart, modality="telehealth")
    await clear(therapist, session, **{name.removeprefix("rd."): value for name, value in AT_HOME.items()})
    await dose(therapist, session, route="sublingual", amount=mg)


async def test_a_patient_sees_what_they_were_given_and_nobody_else_s(world: World) -> None:
    therapist, patient, chart, entry = await _supplied(world)
    path = f"/patients/{chart}/home-supply"
    supply = await patient.get(path)
    assert (supply["expected_mg"], supply["is_whole"]) == (400, True)
    [one] = supply["supplies"]
    assert (one["id"], one["amount"], one["lot"], one["mg_per_unit"]) == (entry["id"], 4, "K1", 100)
    assert await therapist.get(path) == supply
    other = await world.patient_of(await world.therapist())
    await other.get(path, expect=404)
    await (await world.therapist()).get(path, expect=404)
    await world.admin.get(path, expect=403)
    assert (await other.get(f"/patients/{world.chart_id(other)}/home-supply"))["supplies"] == []


async def test_a_count_is_compared_with_what_was_given_and_taken(world: World) -> None:
    therapist, patient, chart, _ = await _supplied(world)
    await _home_dose(world, therapist, chart, 100)
    right = await counted(patient, chart, 300)
    assert (right["expected_mg"], right["findings"]) == (300, [])
    assert right["monitoring"]["told"] == "team"
    world.api.clock.advance(minutes=5)
    missing = await counted(patient, chart, 200)
    assert [(one["rule"], one["text"]) for one in missing["findings"]] == [("R28", "count mismatch: -100 mg")]
    tasks = (await therapist.get("/worklist"))["items"]
    shown = {task["subject_id"]: task["urgency"] for task in tasks if task["kind"] == "home_count_to_read"}
    assert shown == {right["id"]: "routine"}
    assert [flag["source_id"] for flag in await flags(therapist, rule="R28")] == [missing["id"]]
    world.api.clock.advance(minutes=5)
    again = await counted(therapist, chart, 200, seen_on_video=True)
    assert (again["expected_mg"], again["findings"], again["monitoring"]) == (200, [], None)
    assert [one["id"] for one in (await patient.get("/home-counts"))["items"]] == [
        again["id"],
        missing["id"],
        right["id"],
    ]


async def test_a_mismatch_that_staff_count_waits_for_the_team(world: World) -> None:
    therapist, _, chart, _ = await _supplied(world)
    made = await counted(therapist, chart, 100)
    [task] = (await therapist.get("/worklist"))["items"]
    assert (task["kind"], task["urgency"]) == ("flag_raised", "high")
    assert [(flag["rule"], flag["source_id"]) for flag in await flags(therapist)] == [("R28", made["id"])]


async def test_a_supply_that_was_taken_back_is_not_expected(world: World) -> None:
    therapist, patient, chart, entry = await _supplied(world)
    await reversed_entry(therapist, entry)
    supply = await patient.get(f"/patients/{chart}/home-supply")
    assert (supply["expected_mg"], supply["earliest_refill_at"]) == (0, None)
    assert supply["supplies"][0]["reversed_by_id"] is not None


async def test_a_refill_is_asked_for_and_a_prescriber_decides(world: World) -> None:
    therapist, patient, chart, _ = await _supplied(world)
    prescriber = await prescriber_of(world, therapist, chart)
    early = await counted(patient, chart, 400, asks_refill=True)
    assert (early["refill_state"], [one["text"] for one in early["findings"]]) == (
        "requested",
        ["early refill: 14 days before"],
    )
    waiting = [(task["kind"], task["urgency"]) for task in (await prescriber.get("/worklist"))["items"]]
    assert waiting == [("flag_raised", "high"), ("refill_to_decide", "routine")]
    path, body = f"/home-counts/{early['id']}/decide-refill", {"decision": "declined", "reason": "Too early."}
    await therapist.post(path, body, match=1, expect=403)
    await patient.post(path, body, match=1, expect=403)
    await (await world.staff(Role.PRESCRIBER)).post(path, body, match=1, expect=404)
    await prescriber.post(path, {"decision": "declined"}, match=1, expect=422)
    decided = await prescriber.post(path, body, match=1, expect=200)
    assert (decided["refill_state"], decided["decided_by_id"]) == ("declined", prescriber.id)
    assert [task["kind"] for task in (await prescriber.get("/worklist"))["items"]] == ["flag_raised"]
    assert [one["kind"] for one in (await patient.get("/me/inbox"))["items"]] == ["refill_decided"]
    assert (await patient.get(f"/home-counts/{early['id']}"))["decided_reason"] == "Too early."
    assert (await prescriber.post(path, body, match=2, expect=409))["code"] == "no-refill-asked"
    requested = await therapist.get(f"/home-counts?patient_id={chart}&refill_state=requested")
    assert requested["items"] == []


async def test_an_emergency_decides_on_no_refill(world: World) -> None:
    _, patient, chart, _ = await _supplied(world)
    made, stranger = await counted(patient, chart, 400, asks_refill=True), await world.staff(Role.PRESCRIBER)
    await stranger.post(f"/patients/{chart}/emergency-access", WHY)
    body = {"decision": "approved", "reason": "They asked."}
    refused = await stranger.post(f"/home-counts/{made['id']}/decide-refill", body, match=1, expect=403)
    assert refused["code"] == "emergency-only"


async def test_a_refill_in_time_has_no_finding(world: World) -> None:
    therapist, patient, chart, _ = await _supplied(world, 1)
    await _home_dose(world, therapist, chart, 100)
    now = await counted(patient, chart, 0, asks_refill=True)
    assert [one["text"] for one in now["findings"]] == ["early refill: 14 days before"]
    world.api.clock.advance(days=14)
    patient = await world.patient_of(await world.therapist())
    fresh = await counted(patient, world.chart_id(patient), 0, asks_refill=True)
    assert (fresh["earliest_refill_at"], fresh["findings"]) == (None, [])


async def test_only_the_chart_s_own_people_count(world: World) -> None:
    therapist, patient, chart, _ = await _supplied(world)
    await counted(await world.therapist(), chart, 1, expect=404)
    await counted(world.admin, chart, 1, expect=403)
    made = await counted(patient, chart, 400)
    stranger = await world.therapist()
    await stranger.get(f"/home-counts/{made['id']}", expect=404)
    assert (await stranger.get("/home-counts"))["items"] == []
    await join(therapist, chart, stranger)
    assert (await stranger.get(f"/home-counts/{made['id']}"))["counted_mg"] == 400


@pytest.mark.parametrize("mg", [-1, 0.0001, "400"])
async def test_a_count_that_cannot_be_is_refused(world: World, mg: object) -> None:
    _, patient, chart, _ = await _supplied(world)
    await counted(patient, chart, mg, expect=422)  # type: ignore[arg-type]  # on purpose


async def test_the_feed_tells_each_what_they_see(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    chart, auditor = world.chart_id(patient), await world.staff(Role.AUDITOR)
    await seal(world)
    readers = [await client(person) for person in (patient, therapist, auditor)]
    made = await container(world.admin)
    await dispensed(therapist, made, chart)
    count = await counted(patient, chart, 200)
    await seal(world)
    kinds = ("home_supply", "home_count", "custody_container")
    told = [{(one["kind"], one["id"]) for one in await reader.poll() if one["kind"] in kinds} for reader in readers]
    of_chart, of_stock = {("home_supply", chart), ("home_count", count["id"])}, {("custody_container", made["id"])}
    assert told == [of_chart, of_chart | of_stock, of_stock]
