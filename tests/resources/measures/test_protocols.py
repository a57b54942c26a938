"""The protocol of a clinic: the default, the clinic's own, and what cannot be one."""

import pytest

from integration_api.access.actor import Role
from tests.factories.arcs import STEP, protocol
from tests.support import Api, Json, World


async def test_nobody_without_a_token(api: Api) -> None:
    for method, path in [("GET", "/clinic/protocol"), ("PUT", "/clinic/protocol"), ("GET", "/check-in-items")]:
        assert (await api.send(method, path)).status_code == 401


async def test_a_clinic_without_its_own_has_the_default(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    found = await patient.get("/clinic/protocol")
    assert (found["version"], found["is_default"], found["created_by_id"]) == (0, True, None)
    assert "POLICY" in found["origin"]
    assert [step["id"] for step in found["steps"] if step["kind"] == "check_in"] == [
        *("t24", "t72", "w1", "w2", "m1", "m3")
    ]
    assert [step["id"] for step in found["steps"] if step["kind"] == "surveillance"][:4] == ["s1", "s3", "s6", "s12"]
    assert [step["id"] for step in found["steps"] if step["is_followed_up"]] == ["t24", "t72"]
    assert await therapist.get("/clinic/protocol") == found


async def test_every_version_counts_once(world: World) -> None:
    made = await protocol(world.admin, STEP)
    assert (made["version"], made["is_default"], made["steps"], made["origin"]) == (1, False, [STEP], "clinic")
    await world.admin.put("/clinic/protocol", {"steps": []}, match=0, expect=412)
    next_one = await protocol(world.admin, {**STEP, "id": "t30"}, version=1)
    assert (next_one["version"], next_one["id"]) == (2, made["id"])
    assert (await world.admin.get("/clinic/protocol"))["steps"][0]["id"] == "t30"


async def test_only_an_admin_writes_it(world: World) -> None:
    for person in (await world.therapist(), await world.staff(Role.AUDITOR)):
        await person.put("/clinic/protocol", {"steps": [STEP]}, match=0, expect=403)
        assert (await person.get("/clinic/protocol"))["version"] == 0
    refused = await world.admin.send("PUT", "/clinic/protocol", {"steps": [STEP]})
    assert refused.status_code == 428


def _after(amount: int, unit: str) -> Json:
    return {"amount": amount, "unit": unit}


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"measures": ["phq99"]}, "body.steps.0.measures", "unknown"),
        ({"id": "again"}, "body.steps.0.id", "reserved"),
        ({"items": ["ci.no_such"]}, "body.steps.0.items", "unknown"),
        ({"items": ["ci.safety", "ci.safety"]}, "body.steps.0.items", "repeated"),
        ({"opens_after": _after(25, "hours")}, "body.steps.0.opens_after", "not_in_order"),
        ({"closes_after": _after(24, "hours")}, "body.steps.0.closes_after", "not_in_order"),
        ({"closes_after": _after(1, "days")}, "body.steps.0.closes_after", "not_in_order"),
        ({"closes_after": _after(241, "hours")}, "body.steps.0.closes_after", "too_late"),
        (
            {"opens_after": _after(30, "days"), "due_after": _after(1, "months")},
            "body.steps.0.opens_after",
            "not_in_order",
        ),
    ],
)
async def test_what_cannot_be_is_refused_with_its_field(world: World, change: Json, field: str, code: str) -> None:
    refused = await world.admin.put("/clinic/protocol", {"steps": [{**STEP, **change}]}, match=0, expect=422)
    assert {"field": field, "code": code} in [
        {name: error[name] for name in ("field", "code")} for error in refused["errors"]
    ]


async def test_steps_are_bounded_and_named_once(world: World) -> None:
    steps = [{**STEP, "id": f"x{number}", "is_followed_up": False} for number in range(21)]
    await world.admin.put("/clinic/protocol", {"steps": steps}, match=0, expect=422)
    twice = await world.admin.put("/clinic/protocol", {"steps": [STEP, STEP]}, match=0, expect=422)
    assert twice["errors"][0]["code"] == "repeated"
    three = [{**STEP, "id": f"x{number}"} for number in range(3)]
    refused = await world.admin.put("/clinic/protocol", {"steps": three}, match=0, expect=422)
    assert refused["errors"][0]["code"] == "too_many"
    await protocol(world.admin, *steps[:20])


async def test_another_clinic_keeps_its_own(world: World, api: Api) -> None:
    await protocol(world.admin, STEP)
    other = await World.build(api)
    assert (await other.admin.get("/clinic/protocol"))["version"] == 0


async def test_items_of_check_ins_have_their_answers(world: World) -> None:
    found = await (await world.therapist()).get("/check-in-items")
    by_id = {item["id"]: item for item in found["items"]}
    assert found["version"] == 1
    assert len(by_id) == 18
    assert by_id["ci.safety"]["answers"] == ["safe", "not_sure", "not_safe"]
    assert (by_id["ci.urine_pain"]["min"], by_id["ci.urine_pain"]["max"]) == (0, 10)
    assert (by_id["ci.unreal"]["max"], by_id["ci.craving"]["max"], by_id["ci.memory_trouble"]["max"]) == (3, 10, 3)
    for step in (await world.admin.get("/clinic/protocol"))["steps"]:
        assert set(step["items"]) <= by_id.keys()
