"""Assessments over HTTP: the therapist's go, hold or concern, and the hold that only a prescriber closes."""

import pytest

from integration_api.access.actor import Role
from integration_api.core.ids import new_id
from tests.factories.care_teams import join
from tests.factories.doses import dose
from tests.factories.orders import prescriber_of
from tests.factories.readiness import dosing_session, holds_of, ready_session
from tests.factories.sessions import move, session
from tests.support import Api, Json, Person, World


def path_of(made: Json) -> str:
    return f"/sessions/{made['id']}/assessment"


async def assess(therapist: Person, made: Json, decision: str, *reasons: str, version: int = 0) -> Json:
    body = {"decision": decision, "reasons": [*reasons]}
    told: Json = await therapist.put(path_of(made), body, match=version)
    return told


async def begun(world: World) -> tuple[Person, Json]:
    """A therapist, and a session in which nothing holds a dose."""
    therapist = await world.therapist()
    return therapist, await ready_session(therapist, world.chart_id(await world.patient_of(therapist)))


async def test_nobody_without_a_token(api: Api) -> None:
    path = f"/sessions/{new_id()}/assessment"
    assert (await api.send("GET", path)).status_code == 401
    assert (await api.send("GET", f"{path}/versions")).status_code == 401
    assert (await api.send("PUT", path, json={})).status_code == 401


async def test_each_version_is_kept(world: World) -> None:
    therapist, made = await begun(world)
    blank = await therapist.get(path_of(made))
    assert (blank["version"], blank["decision"], blank["reasons"], blank["updated_by_id"]) == (0, None, [], None)
    first = await assess(therapist, made, "concern", "sleep_loss", "acute_stress")
    assert (first["version"], first["decision"]) == (1, "concern")
    assert (first["reasons"], first["updated_by_id"]) == (["sleep_loss", "acute_stress"], therapist.id)
    second = await assess(therapist, made, "go", version=1)
    assert (second["version"], second["reasons"]) == (2, [])
    assert await therapist.get(path_of(made)) == second
    assert (await therapist.get(f"{path_of(made)}/versions"))["items"] == [first]


@pytest.mark.parametrize(
    ("decision", "reasons", "code"),
    [
        ("go", ["sleep_loss"], "not_of_go"),
        ("hold", [], "missing"),
        ("concern", [], "missing"),
        ("concern", ["sleep_loss", "sleep_loss"], "repeated"),
    ],
)
async def test_reasons_fit_the_decision(world: World, decision: str, reasons: list[str], code: str) -> None:
    therapist, made = await begun(world)
    body = {"decision": decision, "reasons": reasons}
    refused = await therapist.put(path_of(made), body, match=0, expect=422)
    assert [(one["field"], one["code"]) for one in refused["errors"]] == [("body.reasons", code)]


async def test_no_text_is_taken(world: World) -> None:
    therapist, made = await begun(world)
    for body in ({"decision": "go", "note": "Prose"}, {"decision": "concern", "reasons": ["She is sad"]}):
        await therapist.put(path_of(made), body, match=0, expect=422)


async def test_a_hold_stops_the_dose_until_a_prescriber_decides(world: World) -> None:
    therapist, made = await begun(world)
    await assess(therapist, made, "hold", "acute_stress")
    [held] = (await dose(therapist, made, expect=409))["holds"]
    assert (held["item"], held["rule"]) == ("assessment", "R37")
    await assess(therapist, made, "go", version=1)
    await dose(therapist, made, expect=409)
    [hold] = await holds_of(therapist, made)
    path = f"/sessions/{made['id']}/holds/{hold['id']}/release"
    await therapist.post(path, {"reason": "Not mine to give."}, match=1, expect=403)
    prescriber = await prescriber_of(world, therapist, made["patient_id"])
    await prescriber.post(path, {"reason": "Seen together."}, match=1, expect=200)
    await dose(therapist, made)
    await assess(therapist, made, "hold", "acute_stress", version=2)
    assert [one["rule"] for one in await holds_of(therapist, made)] == ["R37"]


async def test_go_and_concern_hold_nothing(world: World) -> None:
    therapist, made = await begun(world)
    await assess(therapist, made, "concern", "no_support")
    await assess(therapist, made, "go", version=1)
    assert await holds_of(therapist, made) == []
    await dose(therapist, made)


async def test_two_holds_open_one(world: World) -> None:
    therapist, made = await begun(world)
    await assess(therapist, made, "hold", "acute_stress")
    await assess(therapist, made, "hold", "no_support", version=1)
    assert len(await holds_of(therapist, made)) == 1


async def test_it_is_the_therapist_s(world: World) -> None:
    therapist, made = await begun(world)
    prescriber = await prescriber_of(world, therapist, made["patient_id"])
    supervisor = await world.staff(Role.SUPERVISOR)
    await join(therapist, made["patient_id"], supervisor)
    for person in (prescriber, supervisor):
        await person.put(path_of(made), {"decision": "go"}, match=0, expect=403)
        assert (await person.get(path_of(made)))["version"] == 0
    stranger = await world.therapist()
    await stranger.get(path_of(made), expect=404)
    await stranger.put(path_of(made), {"decision": "go"}, match=0, expect=404)


async def test_the_patient_reads_it(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    made = await dosing_session(therapist, world.chart_id(patient))
    await assess(therapist, made, "concern", "sleep_loss")
    assert (await patient.get(path_of(made)))["reasons"] == ["sleep_loss"]
    await patient.put(path_of(made), {"decision": "go"}, match=1, expect=403)


async def test_a_stale_version_is_refused(world: World) -> None:
    therapist, made = await begun(world)
    await assess(therapist, made, "concern", "sleep_loss")
    await therapist.put(path_of(made), {"decision": "go"}, match=0, expect=412)
    assert (await therapist.get(path_of(made)))["decision"] == "concern"


async def test_only_of_a_dosing_session_that_lasts(world: World) -> None:
    therapist = await world.therapist()
    chart = world.chart_id(await world.patient_of(therapist))
    other = await session(therapist, chart)
    assert (await therapist.get(path_of(other), expect=409))["code"] == "not-dosing"
    over = await move(therapist, await session(therapist, chart, phase="dosing", intention="To rest"), "cancel")
    refused = await therapist.put(path_of(over), {"decision": "go"}, match=0, expect=409)
    assert refused["code"] == "session-closed"
