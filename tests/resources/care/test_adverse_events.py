"""Adverse events over HTTP: recorded, followed to their end, and reviewed by a prescriber if they are serious."""

import asyncio
from datetime import timedelta

import pytest

from integration_api.access.actor import Role
from integration_api.core.ids import new_id
from tests.factories.adverse_events import EVENT, adverse_event
from tests.factories.doses import DOSE, dose
from tests.factories.emergencies import WHY
from tests.factories.orders import prescriber_of
from tests.factories.readiness import dosing_session, ready_session
from tests.factories.sessions import session
from tests.support import Api, Json, Person, World


async def team_of(world: World) -> tuple[Person, Person, Person, str]:
    """A therapist, a prescriber, a patient, and the chart."""
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    chart = world.chart_id(patient)
    return therapist, await prescriber_of(world, therapist, chart), patient, chart


async def tasks_of(person: Person) -> list[Json]:
    found = (await person.get("/worklist"))["items"]
    return [one for one in found if one["kind"] == "adverse_event_to_review"]


async def test_nobody_without_a_token(api: Api) -> None:
    assert (await api.send("POST", f"/sessions/{new_id()}/adverse-events", json={})).status_code == 401
    assert (await api.send("GET", f"/adverse-events/{new_id()}/versions")).status_code == 401


async def test_a_chart_that_is_not_theirs_answers_like_one_that_does_not_exist(world: World) -> None:
    therapist, other = await world.therapist(), await world.therapist()
    chart = world.chart_id(await world.patient_of(therapist))
    made = await adverse_event(therapist, chart)
    path = f"/adverse-events/{made['id']}"
    await other.get(path, expect=404)
    await other.get(f"{path}/versions", expect=404)
    await other.patch(path, {"text": "x"}, 1, expect=404)
    await other.post(f"{path}/withdraw", {"reason": "x"}, match=1, expect=404)
    await other.post(f"/sessions/{made['session_id']}/adverse-events", EVENT, expect=404)
    assert (await other.get("/adverse-events"))["items"] == []


async def test_a_patient_reads_but_does_not_change(world: World) -> None:
    therapist, _, patient, chart = await team_of(world)
    path = f"/adverse-events/{(made := await adverse_event(therapist, chart))['id']}"
    assert await patient.get(path) == made
    await patient.patch(path, {"text": "x"}, 1, expect=403)
    await patient.post(f"{path}/review", match=1, expect=403)
    await therapist.post(f"{path}/review", match=1, expect=403)


async def test_what_is_mild_waits_for_nobody(world: World) -> None:
    therapist, prescriber, _, chart = await team_of(world)
    made = await adverse_event(therapist, chart)
    assert (made["findings"], made["review_due_at"], made["outcome"]) == ([], None, "unknown")
    assert await tasks_of(prescriber) == []
    refused = await prescriber.post(f"/adverse-events/{made['id']}/review", match=1, expect=409)
    assert refused["code"] == "nothing-to-review"


@pytest.mark.parametrize(
    "facts",
    [
        {"serious_because": ["hospitalisation"]},
        *(
            {"kind": kind}
            for kind in ("fall", "aspiration", "loss_of_consciousness", "anaphylaxis", "hospital_transfer")
        ),
    ],
    ids=lambda facts: str(facts.get("kind", "serious")),
)
async def test_what_is_serious_or_critical_waits_for_a_prescriber_for_a_day(world: World, facts: Json) -> None:
    therapist, prescriber, _, chart = await team_of(world)
    known_at = world.api.clock() - timedelta(hours=3)
    made = await adverse_event(therapist, chart, known_at=known_at.isoformat(), **facts)
    assert [(one["rule"], one["severity"]) for one in made["findings"]] == [("R34", "critical")]
    due_at = (known_at + timedelta(hours=24)).isoformat().replace("+00:00", "Z")
    assert made["review_due_at"] == due_at
    [task] = await tasks_of(prescriber)
    assert (task["subject_id"], task["urgency"], task["due_at"]) == (made["id"], "routine", due_at)
    reviewed = await prescriber.post(f"/adverse-events/{made['id']}/review", match=1, expect=200)
    assert reviewed["reviewed_by_id"] == prescriber.id
    assert (await tasks_of(prescriber), await tasks_of(therapist)) == ([], [])
    await prescriber.post(f"/adverse-events/{made['id']}/review", match=2, expect=409)


async def test_a_review_does_not_stand_for_what_is_worse(world: World) -> None:
    therapist, prescriber, _, chart = await team_of(world)
    path = f"/adverse-events/{(made := await adverse_event(therapist, chart, kind='fall'))['id']}"
    await prescriber.post(f"{path}/review", match=1, expect=200)
    better = await therapist.patch(path, {"outcome": "recovered", "ended_at": "2026-11-20T17:00:00Z"}, 2)
    assert better["reviewed_by_id"] == prescriber.id
    worse = await therapist.patch(path, {"severity": "severe", "serious_because": ["hospitalisation"]}, 3)
    assert (worse["reviewed_at"], worse["review_due_at"]) == (None, made["review_due_at"])
    assert [task["subject_id"] for task in await tasks_of(prescriber)] == [made["id"]]
    milder = await therapist.patch(path, {"kind": "dizziness", "severity": "severe", "serious_because": []}, 4)
    assert (milder["review_due_at"], milder["findings"]) == (made["review_due_at"], [])
    assert [task["subject_id"] for task in await tasks_of(prescriber)] == [made["id"]]
    known = (await therapist.get(f"{path}/versions"))["items"]
    assert [(one["id"], one["version"], one["severity"]) for one in known] == [
        (made["id"], version, "severe" if version == 4 else "mild") for version in (4, 3, 2, 1)
    ]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"ended_at": "2026-11-20T15:59:00Z"}, "body.ended_at"),
        ({"onset_at": "2027-11-20T15:59:00Z"}, "body.onset_at"),
        ({"ended_at": "2027-11-20T15:59:00Z"}, "body.ended_at"),
        ({"known_at": "2027-11-20T15:59:00Z"}, "body.known_at"),
        ({"severity": "fatal"}, "body.severity"),
        ({"outcome": "fatal"}, "body.outcome"),
        ({"serious_because": ["death"]}, "body.severity"),
        ({"serious_because": ["disability", "disability"]}, "body.serious_because"),
        ({"kind": "sadness"}, "body.kind"),
    ],
    ids=str,
)
async def test_what_cannot_be_is_refused_by_name(world: World, facts: Json, field: str) -> None:
    therapist, _, _, chart = await team_of(world)
    path = f"/sessions/{(await dosing_session(therapist, chart))['id']}/adverse-events"
    refused = await therapist.post(path, {**EVENT, **facts}, expect=422)
    assert field in {one["field"] for one in refused["errors"]}
    assert (await therapist.get("/adverse-events"))["items"] == []
    if "known_at" not in facts:
        path = f"/adverse-events/{(await adverse_event(therapist, chart))['id']}"
        await therapist.patch(path, facts, 1, expect=422)


async def test_a_death_is_told_in_all_its_fields(world: World) -> None:
    therapist, _, _, chart = await team_of(world)
    facts: Json = {"severity": "fatal", "outcome": "fatal", "serious_because": ["death"]}
    assert (await adverse_event(therapist, chart, **facts))["severity"] == "fatal"


async def test_an_onset_weeks_after_the_session_belongs_to_it(world: World) -> None:
    therapist, _, _, chart = await team_of(world)
    made = await dosing_session(therapist, chart)
    late = (world.api.clock() - timedelta(minutes=1)).isoformat()
    found = await adverse_event(therapist, chart, made, kind="urinary_symptoms", onset_at=late)
    assert (found["session_id"], found["patient_id"]) == (made["id"], chart)
    assert (await therapist.get("/adverse-events", params={"session_id": made["id"]}))["items"] == [found]
    other = await session(therapist, chart)
    refused = await therapist.post(f"/sessions/{other['id']}/adverse-events", EVENT, expect=409)
    assert refused["code"] == "not-dosing"


@pytest.mark.thorough
async def test_what_is_critical_holds_the_next_dose_until_a_prescriber_decides(world: World) -> None:
    therapist, prescriber, _, chart = await team_of(world)
    await adverse_event(therapist, chart)
    second = await ready_session(therapist, chart)
    await dose(therapist, second)
    made = await adverse_event(therapist, chart, second, kind="fall")
    third = await ready_session(therapist, chart)
    for held in (second, third):
        refused = await therapist.post(f"/sessions/{held['id']}/doses", DOSE, expect=409)
        assert [(one["item"], one["rule"]) for one in refused["holds"]] == [("adverse_event", "R34")]
    await prescriber.post(f"/adverse-events/{made['id']}/review", match=1, expect=200)
    for held in (second, third):
        [hold] = (await therapist.get(f"/sessions/{held['id']}/holds"))["items"]
        path = f"/sessions/{held['id']}/holds/{hold['id']}/release"
        await prescriber.post(path, {"reason": "Slipped on a wet floor."}, match=hold["version"], expect=200)
    await therapist.patch(f"/adverse-events/{made['id']}", {"text": "On the way to the door."}, 2)
    await dose(therapist, third)
    await therapist.patch(f"/adverse-events/{made['id']}", {"serious_because": ["hospitalisation"]}, 3)
    assert (await therapist.post(f"/sessions/{third['id']}/doses", DOSE, expect=409))["code"] == "dose-held"


async def test_a_prescriber_outside_the_team_reviews_nothing(world: World) -> None:
    therapist, _, _, chart = await team_of(world)
    made = await adverse_event(therapist, chart, kind="fall")
    other = await world.staff(Role.PRESCRIBER)
    await other.post(f"/patients/{chart}/emergency-access", WHY)
    refused = await other.post(f"/adverse-events/{made['id']}/review", match=1, expect=403)
    assert refused["code"] == "emergency-only"


async def test_one_of_two_changes_at_once_stands(world: World) -> None:
    therapist, prescriber, _, chart = await team_of(world)
    path = f"/adverse-events/{(await adverse_event(therapist, chart, kind='fall'))['id']}"
    got = await asyncio.gather(
        therapist.send("PATCH", path, {"serious_because": ["disability"]}, match=1),
        prescriber.send("POST", f"{path}/review", match=1),
    )
    assert sorted(one.status_code for one in got) == [200, 412]
    now = await therapist.get(path)
    assert (now["reviewed_at"] is None) is ("disability" in now["serious_because"])
    assert len(await tasks_of(prescriber)) == len(now["serious_because"])


async def test_what_is_withdrawn_is_kept_and_still_waits_for_its_review(world: World) -> None:
    therapist, prescriber, _, chart = await team_of(world)
    made = await adverse_event(therapist, chart, kind="fall")
    path, body = f"/adverse-events/{made['id']}", {"reason": "Wrong chart."}
    await therapist.post(f"{path}/withdraw", body, match=7, expect=412)
    gone = await therapist.post(f"{path}/withdraw", body, match=1, expect=200)
    assert (gone["withdrawn_reason"], gone["withdrawn_by_id"]) == ("Wrong chart.", therapist.id)
    assert (await therapist.get("/adverse-events"))["items"] == []
    assert (await therapist.get("/adverse-events", params={"withdrawn": True}))["items"] == [gone]
    for refused in (
        await therapist.post(f"{path}/withdraw", body, match=2, expect=409),
        await therapist.patch(path, {"text": "x"}, 2, expect=409),
    ):
        assert refused["code"] == "superseded"
    assert [task["subject_id"] for task in await tasks_of(prescriber)] == [made["id"]]
    reviewed = await prescriber.post(f"{path}/review", match=2, expect=200)
    assert (reviewed["reviewed_by_id"], await tasks_of(prescriber)) == (prescriber.id, [])


async def test_a_licence_that_has_ended_reviews_nothing(world: World) -> None:
    therapist, prescriber, _, chart = await team_of(world)
    made = await adverse_event(therapist, chart, kind="fall")
    account = await world.admin.get(f"/accounts/{prescriber.id}")
    await world.admin.patch(f"/accounts/{prescriber.id}", {"licence_ends_on": "2026-01-31"}, account["version"])
    refused = await prescriber.post(f"/adverse-events/{made['id']}/review", match=1, expect=403)
    assert refused["code"] == "licence-ended"


async def test_lists_have_the_latest_onset_first_and_keep_to_their_filters(world: World) -> None:
    therapist = await world.therapist()
    charts = [world.chart_id(await world.patient_of(therapist)) for _ in range(2)]
    late = await adverse_event(therapist, charts[0], onset_at="2026-11-21T08:00:00Z", kind="headache")
    early = await adverse_event(therapist, charts[1])
    assert (await therapist.get("/adverse-events"))["items"] == [late, early]
    for params, wanted in (
        ({"patient_id": charts[0]}, [late]),
        ({"kind": "nausea"}, [early]),
        ({"onset_after": late["onset_at"]}, [late]),
        ({"onset_before": late["onset_at"]}, [early]),
    ):
        assert (await therapist.get("/adverse-events", params=params))["items"] == wanted


async def test_an_id_that_was_used_is_refused(world: World) -> None:
    therapist = await world.therapist()
    chart, own = world.chart_id(await world.patient_of(therapist)), str(new_id())
    await adverse_event(therapist, chart, id=own)
    path = f"/sessions/{(await dosing_session(therapist, chart))['id']}/adverse-events"
    assert (await therapist.post(path, {**EVENT, "id": own}, expect=409))["code"] == "id-taken"
