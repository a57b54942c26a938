"""Orders over HTTP: who writes them, what they authorise, and how a dose departs from one."""

import asyncio
from datetime import timedelta

import pytest

from integration_api.access.actor import Role
from integration_api.core.ids import new_id
from tests.factories.care_teams import join
from tests.factories.courses import course
from tests.factories.discharges import overridden
from tests.factories.doses import dose
from tests.factories.orders import order, order_body, prescriber_of
from tests.factories.readiness import ready_session
from tests.support import Api, Json, Person, World


async def clinic(world: World) -> tuple[Person, Person, str]:
    """A therapist, a prescriber on the care team, and the chart."""
    therapist = await world.therapist()
    chart = world.chart_id(await world.patient_of(therapist))
    return therapist, await prescriber_of(world, therapist, chart), chart


def texts(made: Json) -> list[str]:
    return [one["text"] for one in made["findings"] if one["rule"] == "R17"]


async def used(person: Person, made: Json) -> tuple[str, int, int]:
    now = await person.get(f"/orders/{made['id']}")
    return now["state"], now["sessions_used"], now["sessions_remaining"]


async def test_nobody_without_a_token(api: Api) -> None:
    assert (await api.send("POST", "/orders", json={})).status_code == 401
    assert (await api.send("GET", "/orders")).status_code == 401
    assert (await api.send("GET", f"/orders/{new_id()}")).status_code == 401
    assert (await api.send("POST", f"/orders/{new_id()}/withdraw", json={})).status_code == 401


async def test_only_a_prescriber_of_the_team_writes_one(world: World) -> None:
    therapist, prescriber, chart = await clinic(world)
    await order(world, therapist, chart, 403)
    await order(world, await world.staff(Role.PRESCRIBER), chart, 404)
    made = await order(world, prescriber, chart)
    assert (made["state"], made["sessions_used"], made["sessions_remaining"]) == ("active", 0, 6)
    assert (made["unit"], made["review_after_sessions"], made["created_by_id"]) == ("mg", 2, prescriber.id)
    assert await therapist.get(f"/orders/{made['id']}") == made
    withdrawal = {"reason": "Blood pressure."}
    await therapist.post(f"/orders/{made['id']}/withdraw", withdrawal, match=1, expect=403)


async def test_the_team_and_the_patient_read_it(world: World) -> None:
    therapist = await world.therapist()
    patient, other = await world.patient_of(therapist), await world.therapist()
    chart = world.chart_id(patient)
    made = await order(world, await prescriber_of(world, therapist, chart), chart)
    assert await patient.get(f"/orders/{made['id']}") == made
    assert (await patient.get("/orders"))["items"] == [made]
    assert (await therapist.get("/orders", params={"ids": made["id"]}))["items"] == [made]
    await other.get(f"/orders/{made['id']}", expect=404)
    assert (await other.get("/orders"))["items"] == []
    stranger = await world.patient_of(other)
    await stranger.get(f"/orders/{made['id']}", expect=404)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"amount_min": 90}, "amount_max"),
        ({"amount_max": 301}, "amount_max"),
        ({"route": "buccal", "unit": "mg/kg"}, "unit"),
        ({"route": "sc", "unit": "mg/kg", "amount_min": 0.01, "amount_max": 1}, "amount_min"),
        ({"route": "sc", "amount_max": 876}, "amount_max"),
        ({"route": "sc", "amount_min": 0.9}, "amount_min"),
        ({"route": "intranasal_esketamine", "amount_min": 40, "amount_max": 56}, "amount_min"),
        ({"route": "intranasal_esketamine", "amount_min": 56, "amount_max": 83}, "amount_max"),
        ({"valid_until": "2020-01-01T00:00:00Z"}, "valid_until"),
        ({"sessions_authorised": 0}, "sessions_authorised"),
    ],
)
async def test_an_order_that_no_dose_could_follow_is_refused(world: World, facts: Json, field: str) -> None:
    _, prescriber, chart = await clinic(world)
    refused = await order(world, prescriber, chart, 422, **facts)
    assert [one["field"] for one in refused["errors"]] == [f"body.{field}"]


async def test_its_course_is_of_the_same_chart(world: World) -> None:
    therapist, prescriber, chart = await clinic(world)
    other = world.chart_id(await world.patient_of(therapist))
    await join(therapist, other, prescriber)
    own, foreign = await course(therapist, chart), await course(therapist, other)
    assert (await order(world, prescriber, chart, course_id=own["id"]))["course_id"] == own["id"]
    refused = await order(world, prescriber, chart, 404, course_id=foreign["id"])
    assert [one["field"] for one in refused["errors"]] == ["body.course_id"]


async def test_a_dose_uses_its_order_once_a_session(world: World) -> None:
    therapist, prescriber, chart = await clinic(world)
    made = await order(world, prescriber, chart, sessions_authorised=1)
    first = await ready_session(therapist, chart)
    given = await dose(therapist, first, order_id=made["id"])
    assert (given["order_id"], texts(given)) == (made["id"], [])
    booster = await dose(therapist, first, order_id=made["id"], amount=40, kind="booster", weight_kg=None)
    assert "no session of its order remains" not in texts(booster)
    assert await used(therapist, made) == ("used_up", 1, 0)
    beyond = await dose(therapist, await ready_session(therapist, chart), order_id=made["id"])
    assert "no session of its order remains" in texts(beyond)
    assert await used(therapist, made) == ("used_up", 2, 0)


async def test_a_dose_outside_its_order_is_recorded_with_a_finding(world: World) -> None:
    therapist, prescriber, chart = await clinic(world)
    made = await order(world, prescriber, chart)
    by_weight = await order(world, prescriber, chart, unit="mg/kg", amount_min=0.5, amount_max=1)
    early = await order(world, prescriber, chart, valid_from=(world.api.clock() + timedelta(days=1)).isoformat())
    assert early["state"] == "upcoming"
    session = await ready_session(therapist, chart)
    high = await dose(therapist, session, order_id=made["id"], amount=81)
    assert "outside the range of its order, 40 to 80 mg" in texts(high)
    oral = await dose(therapist, session, order_id=made["id"], route="oral")
    assert "its order is for im" in texts(oral)
    light = await dose(therapist, session, order_id=by_weight["id"], amount=20, weight_kg=60)
    assert "outside the range of its order, 0.5 to 1 mg/kg" in texts(light)
    unweighed = await dose(therapist, session, order_id=by_weight["id"], weight_kg=None)
    assert "its order is by weight, and no weight is given" in texts(unweighed)
    assert "outside the period of its order" in texts(await dose(therapist, session, order_id=early["id"]))
    await prescriber.post(f"/orders/{made['id']}/withdraw", {"reason": "Blood pressure."}, match=1, expect=200)
    assert "its order was withdrawn before" in texts(await dose(therapist, session, order_id=made["id"]))


async def test_a_dose_without_any_active_order_is_recorded_with_a_finding(world: World) -> None:
    therapist, prescriber, chart = await clinic(world)
    session = await ready_session(therapist, chart)
    remark = "no order of this route was active"
    assert remark in texts(await dose(therapist, session))
    made = await order(world, prescriber, chart)
    assert remark not in texts(await dose(therapist, session))
    assert remark in texts(await dose(therapist, session, route="oral"))
    await prescriber.post(f"/orders/{made['id']}/withdraw", {"reason": "Blood pressure."}, match=1, expect=200)
    assert remark in texts(await dose(therapist, session))
    assert (await used(therapist, made))[:2] == ("withdrawn", 0)


async def test_a_dose_that_names_no_order_is_compared_with_those_in_force(world: World) -> None:
    therapist, prescriber, chart = await clinic(world)
    session, unnamed = await ready_session(therapist, chart), "it names no order, so no session of one is counted"
    await order(world, prescriber, chart)
    beyond = "outside the range of its order, 40 to 80 mg"
    assert texts(await dose(therapist, session, amount=60)) == [unnamed]
    assert texts(await dose(therapist, session, amount=39))[:2] == [unnamed, beyond]
    await order(world, prescriber, chart, amount_min=20, amount_max=39)
    another = await ready_session(therapist, chart)
    assert not any("range of its order" in text for text in texts(await dose(therapist, another, amount=39)))
    assert any("range of its order" in text for text in texts(await dose(therapist, another, amount=90)))


@pytest.mark.parametrize(
    ("ordered", "doses", "beyond"),
    [
        ({"amount_min": 40, "amount_max": 80}, [(60, {}), (20, {})], [False, False]),
        ({"amount_min": 40, "amount_max": 80}, [(20, {}), (20, {}), (40, {})], [False, False, False]),
        ({"amount_min": 40, "amount_max": 80}, [(80, {}), (80, {})], [False, True]),
        (
            {"route": "intranasal_esketamine", "amount_min": 56, "amount_max": 84},
            [(56, {"devices": 2}), (28, {"devices": 1})],
            [False, False],
        ),
        (
            {"route": "intranasal_esketamine", "amount_min": 28, "amount_max": 56},
            [(56, {"devices": 2}), (28, {"devices": 1})],
            [False, True],
        ),
        ({"unit": "mg/kg", "amount_min": 0.5, "amount_max": 1}, [(60, {}), (10, {}), (4, {})], [False, False, True]),
    ],
)
async def test_the_range_of_an_order_is_that_of_a_session(
    world: World, ordered: Json, doses: list[tuple[float, Json]], beyond: list[bool]
) -> None:
    """Doses of a session are summed. Source: clinical.md section 1.2."""
    therapist, prescriber, chart = await clinic(world)
    made = await order(world, prescriber, chart, **ordered)
    session = await ready_session(therapist, chart)
    facts: Json = {"order_id": made["id"], "route": made["route"]}
    given = [await dose(therapist, session, amount=amount, **facts, **more) for amount, more in doses]
    assert [any("range of its order" in text for text in texts(one)) for one in given] == beyond


async def test_too_little_is_told_once_no_more_comes(world: World) -> None:
    therapist, prescriber, chart = await clinic(world)
    made = await order(world, prescriber, chart)
    session = await ready_session(therapist, chart)
    first = await dose(therapist, session, order_id=made["id"], amount=20)
    assert texts(first) == []
    await overridden(therapist, session)
    version = (await therapist.get(f"/sessions/{session['id']}"))["version"]
    await therapist.post(f"/sessions/{session['id']}/complete", match=version, expect=200)
    late = {"order_id": made["id"], "given_at": first["given_at"]}
    beyond = "outside the range of its order, 40 to 80 mg"
    assert beyond in texts(await dose(therapist, session, amount=19, **late))
    assert beyond not in texts(await dose(therapist, session, amount=4, **late))


async def test_a_review_is_due_after_its_sessions(world: World) -> None:
    therapist, prescriber, chart = await clinic(world)
    made = await order(world, prescriber, chart, review_after_sessions=1)
    assert made["review_due"] is False
    await dose(therapist, await ready_session(therapist, chart), order_id=made["id"])
    path = f"/orders/{made['id']}"
    assert (await therapist.get(path))["review_due"] is True
    ended = await prescriber.post(f"{path}/withdraw", {"reason": "Reviewed."}, match=1, expect=200)
    assert ended["review_due"] is False


async def test_the_order_of_a_dose_is_of_the_same_chart(world: World) -> None:
    therapist, _, chart = await clinic(world)
    other = world.chart_id(await world.patient_of(therapist))
    foreign = await order(world, await prescriber_of(world, therapist, other), other)
    session = await ready_session(therapist, chart)
    for order_id in (foreign["id"], str(new_id())):
        refused = await dose(therapist, session, 404, order_id=order_id)
        assert [one["field"] for one in refused["errors"]] == ["body.order_id"]
    assert (await used(therapist, foreign))[1] == 0


@pytest.mark.thorough
async def test_a_withdrawn_or_corrected_dose_gives_its_session_back(world: World) -> None:
    therapist, prescriber, chart = await clinic(world)
    first, second = await order(world, prescriber, chart), await order(world, prescriber, chart)
    session = await ready_session(therapist, chart)
    path = f"/sessions/{session['id']}/doses"
    given = await dose(therapist, session, order_id=first["id"])
    booster = await dose(therapist, session, order_id=first["id"], kind="booster", amount=41)
    await therapist.post(f"{path}/{booster['id']}/withdraw", {"reason": "Wrong."}, match=1, expect=200)
    assert (await used(therapist, first))[1] == 1
    again = {"correction_reason": "Wrong amount.", "order_id": first["id"], "amount": 50}
    same = await dose(therapist, session, corrects_id=given["id"], **again)
    assert (await used(therapist, first))[1] == 1
    moved = {"correction_reason": "Wrong order.", "order_id": second["id"], "corrects_id": same["id"]}
    other = await dose(therapist, session, **moved)
    assert ((await used(therapist, first))[1], (await used(therapist, second))[1]) == (0, 1)
    await therapist.post(f"{path}/{other['id']}/withdraw", {"reason": "Wrong."}, match=1, expect=200)
    assert (await used(therapist, second))[1] == 0


async def test_two_sessions_at_once_never_both_take_the_last_one(world: World) -> None:
    therapist, prescriber, chart = await clinic(world)
    made = await order(world, prescriber, chart, sessions_authorised=1)
    sessions = [await ready_session(therapist, chart) for _ in range(2)]
    given = await asyncio.gather(*(dose(therapist, one, order_id=made["id"]) for one in sessions))
    assert sum("no session of its order remains" in texts(one) for one in given) == 1
    assert (await used(therapist, made))[1] == 2


@pytest.mark.thorough
async def test_it_expires_by_the_clock_and_is_listed_by_state(world: World) -> None:
    therapist, prescriber, chart = await clinic(world)
    soon = (world.api.clock() + timedelta(minutes=5)).isoformat()
    short, long = await order(world, prescriber, chart, valid_until=soon), await order(world, prescriber, chart)
    full = await order(world, prescriber, chart, sessions_authorised=1)
    await dose(therapist, await ready_session(therapist, chart), order_id=full["id"])
    gone = await order(world, prescriber, chart)
    await prescriber.post(f"/orders/{gone['id']}/withdraw", {"reason": "Blood pressure."}, match=1, expect=200)
    later = (world.api.clock() + timedelta(days=2)).isoformat()
    early = await order(world, prescriber, chart, valid_from=later)
    world.api.clock.advance(minutes=5)
    for state, expected in (
        ("active", long),
        ("expired", short),
        ("used_up", full),
        ("withdrawn", gone),
        ("upcoming", early),
    ):
        for params in ({"state": state, "patient_id": chart}, {"state": state}):
            found = (await therapist.get("/orders", params=params))["items"]
            assert [(one["id"], one["state"]) for one in found] == [(expected["id"], state)]


async def test_it_is_withdrawn_once_with_a_reason(world: World) -> None:
    _, prescriber, chart = await clinic(world)
    made = await order(world, prescriber, chart)
    path, body = f"/orders/{made['id']}/withdraw", {"reason": "Blood pressure."}
    await prescriber.post(path, body, match=3, expect=412)
    ended = await prescriber.post(path, body, match=1, expect=200)
    assert (ended["state"], ended["withdrawn_by_id"], ended["withdrawn_reason"]) == (
        "withdrawn",
        prescriber.id,
        "Blood pressure.",
    )
    await prescriber.post(path, body, match=2, expect=409)


async def test_the_id_may_be_chosen_once(world: World) -> None:
    _, prescriber, chart = await clinic(world)
    chosen = str(new_id())
    assert (await order(world, prescriber, chart, id=chosen))["id"] == chosen
    answered = await prescriber.send("POST", "/orders", order_body(world, chart, id=chosen))
    assert answered.json()["code"] == "id-taken"
