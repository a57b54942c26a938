"""Practices that their patient corrects or withdraws: the earlier entry is kept, and no longer counted."""

import asyncio
from typing import Any

import pytest

from tests.factories.plans import active, practice
from tests.support import Json, Person, World


async def _logged(world: World) -> tuple[Person, Person, Json]:
    """Therapist, patient, and a practice of theirs."""
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    plan = await active(therapist, patient, world.chart_id(patient))
    return therapist, patient, await practice(patient, plan["strategies"][0]["id"], distress_before=9)


async def correct(patient: Person, made: Json, **more: Any) -> Json:
    """Log another entry in the place of this one."""
    return await practice(patient, made["strategy_id"], replaces_id=made["id"], **more)


async def ids(person: Person, **params: object) -> list[str]:
    return [item["id"] for item in (await person.get("/practices", params=params))["items"]]


async def on_timeline(person: Person, chart: str) -> list[str]:
    found = await person.get(f"/patients/{chart}/timeline", params={"kind": "practice"})
    return [item["id"] for item in found["items"]]


@pytest.mark.thorough
async def test_a_correction_takes_the_place_of_what_it_corrects(world: World) -> None:
    therapist, patient, made = await _logged(world)
    better = await correct(patient, made, distress_before=6)
    assert (better["replaces_id"], better["state"], better["monitoring"]["told"]) == (made["id"], "logged", "team")
    for person in (therapist, patient):
        assert await ids(person) == await on_timeline(person, made["patient_id"]) == [better["id"]]
        assert await ids(person, state="corrected") == [made["id"]]
        kept = await person.get(f"/practices/{made['id']}")
        assert (kept["state"], kept["distress_before"], kept["version"]) == ("corrected", 9, 2)
        assert (await person.get(f"/practices/{better['id']}"))["replaces_id"] == made["id"]
    best = await correct(patient, better)
    assert await ids(therapist, plan_id=made["plan_id"]) == [best["id"]]


@pytest.mark.thorough
async def test_what_is_withdrawn_is_kept_and_listed_only_when_asked_for(world: World) -> None:
    therapist, patient, made = await _logged(world)
    path = f"/practices/{made['id']}"
    await patient.post(f"{path}/withdraw", expect=412, match=7)
    gone = await patient.post(f"{path}/withdraw", expect=200, match=1)
    assert (gone["state"], gone["distress_before"], gone["monitoring"]["told"]) == ("withdrawn", 9, "team")
    for person in (therapist, patient):
        assert await ids(person) == await on_timeline(person, made["patient_id"]) == []
        assert await ids(person, state="withdrawn") == [made["id"]]
        assert await person.get(path) == {**gone, "monitoring": None}


@pytest.mark.thorough
async def test_only_its_patient_corrects_or_withdraws(world: World) -> None:
    therapist, patient, made = await _logged(world)
    stranger = await world.patient_of(therapist)
    theirs = await active(therapist, stranger, world.chart_id(stranger))
    body = {"strategy_id": theirs["strategies"][0]["id"], "used_at": made["used_at"], "replaces_id": made["id"]}
    await stranger.post("/practices", body, expect=404)
    await stranger.post(f"/practices/{made['id']}/withdraw", expect=404, match=1)
    await therapist.post(f"/practices/{made['id']}/withdraw", expect=403, match=1)
    assert await ids(patient) == [made["id"]]


async def test_what_was_corrected_or_withdrawn_is_over(world: World) -> None:
    _, patient, made = await _logged(world)
    better = await correct(patient, made)
    await patient.post(f"/practices/{better['id']}/withdraw", expect=200, match=1)
    for over in (made, better):
        body = {"strategy_id": made["strategy_id"], "used_at": made["used_at"], "replaces_id": over["id"]}
        assert (await patient.post("/practices", body, expect=409))["code"] == "superseded"
        path = f"/practices/{over['id']}/withdraw"
        assert (await patient.post(path, expect=409, match=2))["code"] == "superseded"
    assert await ids(patient) == []


async def test_of_two_corrections_at_once_one_counts(world: World) -> None:
    _, patient, made = await _logged(world)
    body = {"strategy_id": made["strategy_id"], "used_at": made["used_at"], "replaces_id": made["id"]}
    told = await asyncio.gather(*(patient.send("POST", "/practices", body) for _ in range(3)))
    assert sorted(answer.status_code for answer in told) == [201, 409, 409]
    assert len(await ids(patient)) == 1


async def test_the_ledger_has_both(world: World) -> None:
    _, patient, made = await _logged(world)
    better = await correct(patient, made)
    await patient.post(f"/practices/{better['id']}/withdraw", expect=200, match=1)
    rows = (await patient.get("/me/access-log"))["items"]
    found = [(row["event"], row["subject_id"]) for row in rows if row["event"].startswith("practice.")]
    assert found.count(("practice.corrected", made["id"])) == 1
    assert found.count(("practice.logged", better["id"])) == 1
    assert found.count(("practice.withdrawn", better["id"])) == 1
