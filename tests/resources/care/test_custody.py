"""Containers of controlled drugs: append-only registers whose balances are exact and never below zero."""

from uuid import uuid4

import pytest

from integration_api.access.actor import Role
from integration_api.core.ids import new_id
from integration_api.storage.statements import STATEMENTS, Change
from tests.factories.care_teams import join
from tests.factories.custody import (
    LABEL,
    balance,
    container,
    dispensed,
    entered,
    register,
    reversed_entry,
    witnessed,
)
from tests.factories.doses import dose
from tests.factories.feeds import Client, seal
from tests.factories.readiness import ready_session
from tests.support import Api, Json, World


async def test_nobody_without_a_token(api: Api) -> None:
    at = f"/custody-containers/{uuid4()}"
    for method, path in [
        ("GET", "/custody-containers"),
        ("POST", "/custody-containers"),
        ("GET", f"{at}/register"),
        ("POST", f"{at}/entries"),
        ("POST", f"{at}/administer"),
        ("POST", f"{at}/dispense"),
        ("POST", f"{at}/entries/{uuid4()}/reverse"),
        ("POST", f"{at}/entries/{uuid4()}/witness"),
        ("GET", f"/patients/{uuid4()}/home-supply"),
        ("POST", "/home-counts"),
    ]:
        assert (await api.send(method, path)).status_code == 401


async def test_an_admin_registers_a_container_and_its_amount_is_the_first_entry(world: World) -> None:
    made = await container(world.admin, 10.125, unit="mL", mg_per_unit=50, drug="other")
    assert (made["balance"], made["entries"], made["unexplained"], made["findings"]) == (10.125, 1, 0, [])
    therapist, auditor = await world.therapist(), await world.staff(Role.AUDITOR)
    assert await auditor.get(f"/custody-containers/{made['id']}") == made
    [first] = await register(auditor, made)
    assert (first["kind"], first["change"], first["number"]) == ("received", 10.125, 1)
    await therapist.post("/custody-containers", {**LABEL, "opening_amount": 1}, expect=403)
    patient = await world.patient_of(therapist)
    await patient.get("/custody-containers", expect=403)
    await patient.get(f"/custody-containers/{made['id']}/register", expect=403)
    elsewhere = await World.build(world.api)
    await elsewhere.admin.get(f"/custody-containers/{made['id']}", expect=404)
    await elsewhere.admin.get(f"/custody-containers/{made['id']}/register", expect=404)


@pytest.mark.parametrize(
    "facts", [{"opening_amount": 0}, {"opening_amount": 0.0001}, {"unit": "mg", "mg_per_unit": 2}, {"unit": "barrel"}]
)
async def test_a_container_that_cannot_be_is_refused(world: World, facts: dict[str, object]) -> None:
    await world.admin.post("/custody-containers", {**LABEL, "opening_amount": 1, **facts}, expect=422)


async def test_the_register_shows_running_balances_oldest_first(world: World) -> None:
    made, therapist = await container(world.admin, 10), await world.therapist()
    await entered(therapist, made, "received", 0.1)
    await entered(therapist, made, "wasted", 0.2)
    await entered(therapist, made, "returned", 3)
    await entered(therapist, made, "adjusted", -0.9)
    await entered(therapist, made, "destroyed", 6)
    await entered(therapist, made, "moved", place="Safe 9")
    rows = await register(therapist, made)
    assert [row["balance"] for row in rows] == [10, 10.1, 9.9, 6.9, 6, 0, 0]
    assert [row["number"] for row in rows] == [1, 2, 3, 4, 5, 6, 7]
    assert sorted(rows, key=lambda row: row["recorded_at"]) == rows
    found = await therapist.get(f"/custody-containers/{made['id']}/register")
    assert (found["container"]["kept_at"], found["container"]["balance"]) == ("Safe 9", 0)


async def test_a_balance_is_never_below_zero(world: World) -> None:
    made, therapist = await container(world.admin, 1), await world.therapist()
    for kind, amount in [("wasted", 1.001), ("adjusted", -2), ("lost", 5), ("destroyed", 1.5)]:
        refused = await entered(therapist, made, kind, amount, expect=409)
        assert (refused["code"], refused["balance"]) == ("not-enough-left", 1)
    patient = await world.patient_of(therapist)
    await dispensed(therapist, made, world.chart_id(patient), 1.5, expect=409)
    first = (await register(therapist, made))[0]
    await entered(therapist, made, "wasted", 0.5)
    assert (await reversed_entry(therapist, first, expect=409))["code"] == "not-enough-left"
    assert await balance(therapist, made) == 0.5


@pytest.mark.parametrize(
    ("kind", "facts"),
    [
        ("wasted", {"amount": 1, "reason": None}),
        ("wasted", {"amount": 0}),
        ("wasted", {"amount": -1}),
        ("wasted", {}),
        ("adjusted", {"amount": 0}),
        ("counted", {"amount": -1}),
        ("received", {"amount": 1, "to_container_id": str(new_id())}),
        ("transferred_out", {"amount": 1}),
        ("moved", {"amount": 1, "place": "x"}),
        ("moved", {}),
        ("reversed", {"amount": 1}),
        ("administered", {"amount": 1}),
        ("wasted", {"amount": 0.0005}),
    ],
)
async def test_an_entry_that_lacks_something_is_refused(world: World, kind: str, facts: Json) -> None:
    await entered(await world.therapist(), await container(world.admin), kind, expect=422, **facts)


async def test_a_transfer_takes_from_one_and_gives_to_the_other(world: World) -> None:
    one, two, therapist = await container(world.admin, 10), await container(world.admin, 1), await world.therapist()
    out = await entered(therapist, one, "transferred_out", 4, to_container_id=two["id"])
    assert (await balance(therapist, one), await balance(therapist, two)) == (6, 5)
    came = (await register(therapist, two))[-1]
    assert (came["kind"], came["of_id"], came["other_container_id"]) == ("transferred_in", out["id"], one["id"])
    for other in (one, await container(world.admin, unit="tablet"), await container(world.admin, mg_per_unit=50)):
        await entered(therapist, one, "transferred_out", 1, to_container_id=other["id"], expect=422)
    elsewhere = await container((await World.build(world.api)).admin)
    await entered(therapist, one, "transferred_out", 1, to_container_id=elsewhere["id"], expect=404)
    await entered(therapist, one, "transferred_out", 1, to_container_id=two["id"], place="x", expect=422)
    await entered(therapist, one, "transferred_out", 1, place="The hospital's pharmacy")
    assert (await reversed_entry(therapist, came))["change"] == -4
    assert (await balance(therapist, one), await balance(therapist, two)) == (9, 1)
    assert (await reversed_entry(therapist, out, expect=409))["code"] == "superseded"


async def test_a_correction_is_an_entry_of_its_own_and_comes_once(world: World) -> None:
    made, therapist = await container(world.admin), await world.therapist()
    wrong = await entered(therapist, made, "wasted", 3)
    back = await reversed_entry(therapist, wrong)
    assert (back["kind"], back["change"], back["balance"], back["of_id"]) == ("reversed", 3, 10, wrong["id"])
    rows = await register(therapist, made)
    assert rows[1] == {**wrong, "reversed_by_id": back["id"]}
    assert (await reversed_entry(therapist, wrong, expect=409))["code"] == "superseded"
    for entry in (back, await entered(therapist, made, "counted", 10)):
        assert (await reversed_entry(therapist, entry, expect=409))["code"] == "not-reversible"


def test_no_statement_changes_or_deletes_an_entry() -> None:
    """So the application's database role is granted neither (`storage/grants.py`)."""
    kinds = {
        type(one.query).__name__
        for one in STATEMENTS.values()
        if isinstance(one, Change) and getattr(one.query, "table").name == "custody_entries"  # noqa: B009
    }
    assert kinds == {"Insert"}


async def test_a_witness_is_somebody_else_in_time(world: World) -> None:
    made, therapist = await container(world.admin), await world.therapist()
    colleague = await world.staff(Role.PRESCRIBER)
    entry = await entered(therapist, made, "wasted", 1)
    assert entry["witness_due_at"] is not None
    assert (await witnessed(therapist, entry, expect=403))["code"] == "own-entry"
    confirmed = await witnessed(colleague, entry)
    assert (confirmed["kind"], confirmed["of_id"], confirmed["balance"]) == ("witnessed", entry["id"], 9)
    row = (await register(therapist, made))[1]
    assert (row["witnessed_by_id"], row["witnessed_at"]) == (colleague.id, confirmed["recorded_at"])
    assert (await witnessed(await world.therapist(), entry, expect=409))["code"] == "superseded"
    plain = await entered(therapist, made, "received", 1)
    assert plain["witness_due_at"] is None
    assert (await witnessed(colleague, plain, expect=409))["code"] == "no-witness-due"
    late = await entered(therapist, made, "destroyed", 1)
    world.api.clock.advance(hours=24)
    colleague = await world.staff(Role.PRESCRIBER)
    assert (await witnessed(colleague, late, expect=409))["code"] == "no-witness-due"
    rows = {row["id"]: row["findings"] for row in await register(await world.staff(Role.AUDITOR), made)}
    assert [(one["rule"], one["severity"], one["text"]) for one in rows[late["id"]]] == [
        ("R28", "high", "destroyed without a witness")
    ]
    assert rows[entry["id"]] == rows[plain["id"]] == []


async def test_a_count_that_does_not_match_is_a_finding_until_it_is_explained(world: World) -> None:
    made, therapist = await container(world.admin), await world.therapist()
    prescriber = await world.staff(Role.PRESCRIBER)
    entry = await entered(therapist, made, "counted", 9.5)
    assert [(one["rule"], one["text"]) for one in entry["findings"]] == [("R28", "count mismatch: -0.5 units")]
    assert (entry["counted"], entry["balance"]) == (9.5, 10)
    [shown] = (await therapist.get("/custody-containers?unexplained=true"))["items"]
    assert (shown["id"], shown["unexplained"], len(shown["findings"])) == (made["id"], -0.5, 1)
    told = [one for one in (await world.admin.get("/notices"))["items"] if one["event"] == "custody.recorded"]
    assert [one["subject_id"] for one in told] == [made["id"]]
    theirs = [one["event"] for one in (await prescriber.get("/notices"))["items"]]
    assert theirs == ["custody.recorded"]
    assert "custody.recorded" not in [one["event"] for one in (await therapist.get("/notices"))["items"]]
    await seal(world)
    shown = {one["id"] for one in (await world.admin.get("/notices"))["items"]}
    assert {one["id"] for one in await Client(world.admin).poll() if one["kind"] == "notice"} == shown
    await entered(therapist, made, "adjusted", -0.5)
    assert (await therapist.get("/custody-containers?unexplained=true"))["items"] == []
    right = await entered(therapist, made, "counted", 9.5)
    assert right["findings"] == []


async def test_a_dose_and_a_supply_name_their_patient_to_the_care_team_alone(world: World) -> None:
    made, therapist = await container(world.admin), await world.therapist()
    chart = world.chart_id(await world.patient_of(therapist))
    given = await dose(therapist, await ready_session(therapist, chart))
    at = f"/custody-containers/{made['id']}"
    taken = await therapist.post(f"{at}/administer", {"dose_id": given["id"], "amount": 0.5})
    home = await dispensed(therapist, made, chart)
    assert (taken["patient_id"], taken["dose_id"], home["patient_id"]) == (chart, given["id"], chart)
    rows = await register(therapist, made)
    assert [row["patient_id"] for row in rows] == [None, chart, chart]
    for role in (Role.THERAPIST, Role.AUDITOR, Role.PRIVACY_OFFICER, Role.CLINIC_ADMIN, Role.PRESCRIBER):
        shown = await register(await world.staff(role), made)
        assert [(row["patient_id"], row["dose_id"]) for row in shown] == [(None, None)] * 3
        assert [row["balance"] for row in shown] == [10, 9.5, 7.5]
    other = await world.therapist()
    await other.post(f"{at}/administer", {"dose_id": given["id"], "amount": 0.5}, expect=404)
    await dispensed(other, made, chart, expect=404)
    await reversed_entry(other, home, expect=404)
    member = await join(therapist, chart, other)
    assert (await register(other, made))[1]["patient_id"] == chart
    await therapist.delete(f"/patients/{chart}/care-team/{member['id']}", match=member["version"])
    assert (await register(other, made))[1]["patient_id"] is None
    await reversed_entry(therapist, home)
    await reversed_entry(other, home, expect=404)


async def test_a_withdrawn_dose_takes_nothing_and_esketamine_never_goes_home(world: World) -> None:
    made, therapist = await container(world.admin), await world.therapist()
    chart = world.chart_id(await world.patient_of(therapist))
    session = await ready_session(therapist, chart)
    given = await dose(therapist, session)
    path = f"/sessions/{session['id']}/doses/{given['id']}/withdraw"
    await therapist.post(path, {"reason": "Wrong chart."}, match=1, expect=200)
    body = {"dose_id": given["id"], "amount": 0.5}
    await therapist.post(f"/custody-containers/{made['id']}/administer", body, expect=409)
    sprays = await container(world.admin, drug="esketamine", unit="device", mg_per_unit=28)
    assert (await dispensed(therapist, sprays, chart, expect=409))["code"] == "not-for-home"
    assert await balance(therapist, sprays) == 10


async def test_a_retry_records_once(world: World) -> None:
    made, therapist = await container(world.admin), await world.therapist()
    path, body = f"/custody-containers/{made['id']}/entries", {"kind": "wasted", "amount": 1, "reason": "Broken."}
    first = await therapist.post(path, body, key="once")
    assert await therapist.post(path, body, key="once") == first
    assert await balance(therapist, made) == 9
