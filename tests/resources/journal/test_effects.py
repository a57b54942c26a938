"""Effects of strategies: what distress did when they were used, with its interval, and no rank too early."""

from datetime import datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from tests.factories.plans import active, draft, following, practice, step, strategy
from tests.support import Api, Json, Person, World, enter_again

NONE = {"n": 0, "mean": None, "low": None, "high": None}


async def _agreed(world: World, strategies: int = 1) -> tuple[Person, Person, Json]:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    plan = await draft(therapist, world.chart_id(patient))
    for _ in range(strategies - 1):
        await strategy(therapist, plan["id"], plan["version"])
        plan = await therapist.get(f"/plans/{plan['id']}")
    sent = await step(therapist, plan, "propose")
    return therapist, patient, await step(patient, sent, "accept", {"revision": sent["revision"]})


async def _effects(person: Person, plan: Json) -> Json:
    found: Json = await person.get(f"/plans/{plan['id']}/effects")
    return found


async def _uses(patient: Person, strategy_id: str, *changes: tuple[int, int]) -> None:
    for before, after in changes:
        await practice(patient, strategy_id, distress_before=before, distress_after=after)


async def test_nobody_without_a_token(api: Api) -> None:
    assert (await api.send("GET", f"/plans/{uuid4()}/effects")).status_code == 401


async def test_who_may_read_the_plan_reads_its_effects(world: World) -> None:
    therapist, patient, plan = await _agreed(world)
    assert await _effects(therapist, plan) == await _effects(patient, plan)
    path = f"/plans/{plan['id']}/effects"
    await (await world.therapist()).get(path, expect=404)
    await world.admin.get(path, expect=403)
    begun = await draft(therapist, plan["patient_id"], is_shared=False)
    await therapist.get(f"/plans/{begun['id']}/effects")
    await patient.get(f"/plans/{begun['id']}/effects", expect=404)


async def test_nothing_used_has_no_numbers(world: World) -> None:
    _, patient, plan = await _agreed(world)
    found = await _effects(patient, plan)
    assert (found["minimum_n"], found["high_distress_from"], found["adherence_days"]) == (5, 7, 0)
    assert found["strategies"] == [
        {
            "strategy_id": plan["strategies"][0]["id"],
            "uses": 0,
            "skips": 0,
            "change": NONE,
            "change_from_high": NONE,
            "change_from_lower": NONE,
            "mean_helpfulness": None,
            "would_use_again": {"yes": 0, "answered": 0},
            "adherence": {"done": 0, "planned": 0, "percent": None},
            "rank": None,
        }
    ]


async def test_changes_have_a_mean_and_an_interval_split_by_high_distress(world: World) -> None:
    _, patient, plan = await _agreed(world)
    one = plan["strategies"][0]["id"]
    await _uses(patient, one, (8, 4), (7, 5), (6, 5), (3, 4))
    await practice(patient, one, distress_before=9)  # not rated after: a use, no change
    await practice(patient, one, helpfulness=3, would_use_again=True)
    await practice(patient, one, helpfulness=2, would_use_again=False)
    await practice(patient, one, skipped_reason="forgot")
    taken = await practice(patient, one, distress_before=10, distress_after=0)
    await patient.post(f"/practices/{taken['id']}/withdraw", match=1, expect=200)
    [found] = (await _effects(patient, plan))["strategies"]
    assert (found["uses"], found["skips"]) == (7, 1)
    # Changes -4, -2, -1, 1: mean -1.5, s 2.0817, t(3) 3.182, half 3.31
    assert found["change"] == {"n": 4, "mean": -1.5, "low": -4.81, "high": 1.81}
    # -4, -2: mean -3, s 1.4142, t(1) 12.706, half 12.71
    assert found["change_from_high"] == {"n": 2, "mean": -3.0, "low": -15.71, "high": 9.71}
    assert found["change_from_lower"]["mean"] == 0.0
    assert (found["mean_helpfulness"], found["would_use_again"]) == (2.5, {"yes": 1, "answered": 2})


async def test_one_use_has_no_interval(world: World) -> None:
    _, patient, plan = await _agreed(world)
    await _uses(patient, plan["strategies"][0]["id"], (8, 4))
    [found] = (await _effects(patient, plan))["strategies"]
    assert found["change"] == {"n": 1, "mean": -4.0, "low": None, "high": None}


async def test_no_strategy_is_ranked_below_the_clinic_s_minimum(world: World) -> None:
    therapist, patient, plan = await _agreed(world, 3)
    one, two, three = (found["id"] for found in plan["strategies"])
    await _uses(patient, one, *[(8, 6)] * 5)
    await _uses(patient, two, *[(8, 2)] * 4)
    assert [found["rank"] for found in (await _effects(patient, plan))["strategies"]] == [None] * 3
    await _uses(patient, three, *[(8, 5)] * 5)
    assert [found["rank"] for found in (await _effects(patient, plan))["strategies"]] == [2, None, 1]
    clinic = await world.admin.get("/clinic")
    await world.admin.patch("/clinic", {"policies": {"effects_minimum_practices": 4}}, clinic["version"])
    found = await _effects(therapist, plan)
    assert (found["minimum_n"], [one["rank"] for one in found["strategies"]]) == (4, [3, 1, 2])


async def test_a_next_version_goes_on_with_what_is_known(world: World) -> None:
    therapist, patient, plan = await _agreed(world)
    await _uses(patient, plan["strategies"][0]["id"], (8, 4), (8, 5))
    sent = await step(therapist, await following(therapist, plan), "propose")
    agreed = await step(patient, sent, "accept", {"revision": sent["revision"]})
    await _uses(patient, agreed["strategies"][0]["id"], (8, 6))
    [found] = (await _effects(patient, agreed))["strategies"]
    assert (found["strategy_id"], found["change"]["n"]) == (agreed["strategies"][0]["id"], 3)
    [before] = (await _effects(patient, plan))["strategies"]
    assert before["change"]["n"] == 2


async def test_of_another_chart_nothing_counts(world: World) -> None:
    therapist, patient, plan = await _agreed(world)
    other = await world.patient_of(therapist)
    second = await active(therapist, other, world.chart_id(other))
    await _uses(other, second["strategies"][0]["id"], (8, 4))
    [found] = (await _effects(patient, plan))["strategies"]
    assert found["uses"] == 0


async def test_adherence_counts_whole_days_since_the_plan_was_agreed_on(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    plan = await draft(therapist, world.chart_id(patient))
    daily = await strategy(therapist, plan["id"], plan["version"], schedule="FREQ=DAILY", starts_on="2020-01-01")
    sent = await step(therapist, await therapist.get(f"/plans/{plan['id']}"), "propose")
    agreed = await step(patient, sent, "accept", {"revision": sent["revision"]})
    zone = ZoneInfo((await patient.get(f"/patients/{plan['patient_id']}"))["time_zone"])
    world.api.clock.advance(days=6)
    for person in (therapist, patient):
        await enter_again(person)
    noon = datetime.combine(world.api.clock().astimezone(zone).date(), time(12), zone)
    for days_ago in range(4):
        await practice(patient, daily["id"], used_at=(noon - timedelta(days=days_ago)).isoformat())
    found = await _effects(patient, agreed)
    assert found["strategies"][1]["adherence"] == {"done": 3, "planned": 5, "percent": 60}
    assert found["adherence_days"] == 5
    await step(patient, await patient.get(f"/plans/{agreed['id']}"), "pause")
    paused = await _effects(patient, agreed)
    assert (paused["adherence_days"], paused["strategies"][1]["adherence"]["percent"]) == (0, None)
    world.api.clock.advance(days=20)
    await enter_again(patient)
    await step(patient, await patient.get(f"/plans/{agreed['id']}"), "resume")
    world.api.clock.advance(days=4)
    await enter_again(patient)
    again = await _effects(patient, agreed)
    assert again["adherence_days"] == 3, "no day on which it rested"
    assert again["strategies"][1]["adherence"] == {"done": 0, "planned": 3, "percent": 0}
