"""Shared summaries: one text of both sides, beside their two voices; each endorses each revision by itself."""

from datetime import datetime
from uuid import uuid4

import pytest

from integration_api.access.actor import Role
from integration_api.core.ids import new_id
from tests.factories import care_teams
from tests.factories.batches import item, sync
from tests.factories.doses import dose
from tests.factories.emergencies import WHY
from tests.factories.notes import join
from tests.factories.readiness import ready_session
from tests.factories.sessions import session
from tests.factories.shared_summaries import endorsed, summary
from tests.support import Api, Json, Person, World, enter_again

_BOTH = ("patient_endorsed_by_id", "clinician_endorsed_by_id")


async def begun(world: World) -> tuple[Person, Person, Json]:
    """A therapist, the patient, and a summary that the therapist began."""
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    chart = world.chart_id(patient)
    return therapist, patient, await summary(therapist, chart, (await session(therapist, chart))["id"])


def path_of(made: Json) -> str:
    return f"/shared-summaries/{made['id']}"


def sides(made: Json) -> tuple[bool, bool]:
    return made["patient_endorsed_at"] is not None, made["clinician_endorsed_at"] is not None


async def waits_for(who: Person, made: Json) -> list[str]:
    found = await who.get("/worklist" if who.actor.patient_id is None else "/me/inbox")
    return [one["kind"] for one in found["items"] if one["subject_id"] == made["id"]]


async def test_nobody_without_a_token(api: Api) -> None:
    one = uuid4()
    for method, path in [
        ("GET", "/shared-summaries"),
        ("POST", f"/shared-summaries/{one}/endorse"),
        ("POST", f"/shared-summaries/{one}/unendorse"),
        ("GET", f"/shared-summaries/{one}/versions"),
    ]:
        assert (await api.send(method, path)).status_code == 401


async def test_a_chart_that_is_not_theirs_answers_like_one_that_does_not_exist(world: World) -> None:
    therapist, _, made = await begun(world)
    other = await world.therapist()
    stranger = await world.patient_of(other)
    for who in (other, stranger):
        await who.get(path_of(made), expect=404)
        await who.get(f"{path_of(made)}/versions", expect=404)
        await who.patch(path_of(made), {"text": "x"}, 1, expect=404)
        await endorsed(who, made, expect=404)
        await who.post(f"{path_of(made)}/unendorse", match=1, expect=404)
        await who.post(f"{path_of(made)}/withdraw", {"reason": "x"}, match=1, expect=404)
        assert (await who.get("/shared-summaries"))["items"] == []
    await therapist.get(path_of(made))
    await world.admin.get(path_of(made), expect=403)


async def test_a_supervisor_reads_it_and_writes_nothing(world: World) -> None:
    therapist, _, made = await begun(world)
    supervisor = await join(world, therapist, made["patient_id"], Role.SUPERVISOR)
    assert await supervisor.get(path_of(made)) == made
    await endorsed(supervisor, made, expect=403)
    await supervisor.patch(path_of(made), {"text": "x"}, 1, expect=403)


async def test_each_side_endorses_the_revision_that_it_read(world: World) -> None:
    therapist, patient, made = await begun(world)
    assert (made["revision"], made["written_by"], sides(made)) == (1, "clinician", (False, False))
    one = await endorsed(patient, made)
    assert (sides(one), one["endorsed_at"], one["monitoring"]["told"]) == ((True, False), None, "team")
    both = await endorsed(therapist, one)
    assert (sides(both), both["endorsed_at"]) == ((True, True), both["clinician_endorsed_at"])
    assert [both[by] for by in _BOTH] == [patient.id, therapist.id]
    assert await patient.get(path_of(made)) == both
    again = await endorsed(therapist, both, expect=409)
    assert again["code"] == "endorsement-unchanged"


@pytest.mark.parametrize("writer", ["patient", "therapist"])
async def test_a_change_by_either_ends_both_endorsements_and_keeps_the_revision_before(
    world: World, writer: str
) -> None:
    therapist, patient, made = await begun(world)
    both = await endorsed(therapist, await endorsed(patient, made))
    who = {"patient": patient, "therapist": therapist}[writer]
    changed = await who.patch(path_of(made), {"text": "The lake held, for an hour."}, both["version"])
    assert (changed["revision"], sides(changed), changed["endorsed_at"]) == (2, (False, False), None)
    assert changed["written_by_id"] == who.id
    [kept] = (await patient.get(f"{path_of(made)}/versions"))["items"]
    assert (kept["revision"], kept["text"], sides(kept)) == (1, "The lake held.", (True, True))
    assert (kept["endorsed_at"], kept["written_by_id"]) == (both["endorsed_at"], therapist.id)
    assert (await therapist.get(f"{path_of(made)}/versions"))["items"] == [kept]
    stale = {"revision": 1}
    refused = await therapist.post(f"{path_of(made)}/endorse", stale, match=changed["version"], expect=409)
    assert refused["code"] == "summary-changed"
    await endorsed(therapist, {**changed, "version": both["version"]}, expect=412)


async def test_what_is_sent_again_as_it_stands_is_no_change(world: World) -> None:
    therapist, _, made = await begun(world)
    one = await endorsed(therapist, made)
    same = await therapist.patch(path_of(made), {"text": made["text"], "title": made["title"]}, one["version"])
    assert same == one
    assert (await therapist.get(f"{path_of(made)}/versions"))["items"] == []


async def test_a_key_means_one_version_although_nothing_changes(world: World) -> None:
    therapist, _, made = await begun(world)
    path, key, body = path_of(made), uuid4().hex, {"text": made["text"]}
    same, again, other = [await therapist.send("PATCH", path, body, match=match, key=key) for match in (1, 1, 2)]
    assert (same.status_code, "idempotency-replayed" in same.headers) == (200, False)
    assert (again.content, again.headers["idempotency-replayed"]) == (same.content, "true")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency-key-reused"), other.text


async def test_an_endorsement_can_be_taken_back_by_its_own_side_alone(world: World) -> None:
    therapist, patient, made = await begun(world)
    one = await endorsed(patient, made)
    refused = await therapist.post(f"{path_of(made)}/unendorse", match=one["version"], expect=409)
    assert refused["code"] == "endorsement-unchanged"
    both = await endorsed(therapist, one)
    left = await patient.post(f"{path_of(made)}/unendorse", match=both["version"], expect=200)
    assert (sides(left), left["endorsed_at"], left["revision"]) == ((False, True), None, 1)


async def test_the_other_side_is_told_of_each_step_and_settles_it_by_its_own(world: World) -> None:
    therapist, patient, made = await begun(world)
    assert (await waits_for(patient, made), await waits_for(therapist, made)) == (["summary_to_read"], [])
    one = await endorsed(patient, made)
    assert (await waits_for(patient, made), await waits_for(therapist, made)) == ([], ["summary_to_read"])
    changed = await therapist.patch(path_of(made), {"text": "Shorter."}, one["version"])
    assert (await waits_for(patient, made), await waits_for(therapist, made)) == (["summary_to_read"], [])
    assert changed["monitoring"] is None


async def test_nothing_of_it_is_decided_by_a_patient_so_soon_after_a_dose(world: World) -> None:
    therapist, patient, made = await begun(world)
    chart = made["patient_id"]
    other = await endorsed(patient, await summary(therapist, chart, (await session(therapist, chart))["id"]))
    given = await dose(therapist, await ready_session(therapist, chart))
    body = {"session_id": made["session_id"], "title": "Now", "text": "I am the lake."}
    new = item("a", "create_shared_summary", "/shared-summaries", body)
    changed = item("b", "update_shared_summary", path_of(made), {"text": "I am the lake."}, if_match='"1"')
    reason = {"reason": "Away with it."}
    for refused in (
        await endorsed(patient, made, expect=409),
        await patient.post("/shared-summaries", body, expect=409),
        await patient.patch(path_of(made), {"text": "I am the lake."}, made["version"], expect=409),
        await patient.post(f"{path_of(other)}/unendorse", match=other["version"], expect=409),
        await patient.post(f"{path_of(made)}/withdraw", reason, match=made["version"], expect=409),
        *(result["problem"] for result in await sync(patient, new, changed)),
    ):
        assert (refused["code"], refused["ends_at"]) == ("altered-state-hold", given["altered_until"])
    found = (await therapist.get("/shared-summaries"))["items"]
    assert [(one["id"], one["version"]) for one in found] == [(one["id"], one["version"]) for one in (other, made)]
    await patient.patch(path_of(made), {"text": made["text"]}, made["version"])
    await patient.post("/reflections", {"text": "I am the lake."})
    theirs = await therapist.patch(path_of(made), {"text": "The lake is here."}, made["version"])
    await endorsed(therapist, theirs)
    left = datetime.fromisoformat(given["altered_until"]) - world.api.clock()
    world.api.clock.advance(seconds=left.total_seconds() + 1)
    await enter_again(patient)
    await patient.post("/shared-summaries", body)
    await patient.post(f"{path_of(made)}/withdraw", reason, match=theirs["version"] + 1, expect=200)


async def test_by_emergency_access_it_is_read_and_neither_begun_nor_changed(world: World) -> None:
    therapist, patient, made = await begun(world)
    one = await endorsed(therapist, made)
    stranger = await world.therapist()
    await stranger.post(f"/patients/{made['patient_id']}/emergency-access", WHY)
    assert await stranger.get(path_of(made)) == one
    body = {"patient_id": made["patient_id"], "session_id": made["session_id"], "title": "x", "text": "x"}
    for refused in (
        await stranger.post("/shared-summaries", body, expect=403),
        await endorsed(stranger, one, expect=403),
        await stranger.patch(path_of(made), {"text": "x"}, one["version"], expect=403),
        await stranger.post(f"{path_of(made)}/unendorse", match=one["version"], expect=403),
        await stranger.post(f"{path_of(made)}/withdraw", {"reason": "x"}, match=one["version"], expect=403),
    ):
        assert refused["code"] == "not-on-care-team"
    assert await patient.get(path_of(made)) == one
    await care_teams.join(therapist, made["patient_id"], stranger)
    await stranger.post("/shared-summaries", body)


@pytest.mark.parametrize(
    ("about", "code"),
    [
        ({}, "one_of"),
        ({"session_id": "session", "course_id": "course"}, "one_of"),
        ({"session_id": "session", "covers_from": "2026-11-01"}, "not_of_form"),
        ({"course_id": "course", "covers_from": "2026-11-02", "covers_until": "2026-11-01"}, "after_end"),
        ({"course_id": "course", "text": "x" * 4_001}, "string_too_long"),
        ({"course_id": "course", "text": " "}, "value_error"),
    ],
)
async def test_it_is_about_one_session_or_about_a_part_of_a_course(
    world: World, about: dict[str, str], code: str
) -> None:
    therapist, _, made = await begun(world)
    chart = made["patient_id"]
    course = await therapist.post("/courses", {"patient_id": chart})
    named = {"session": made["session_id"], "course": course["id"]}
    body = {"patient_id": chart, "title": "x", "text": "x", **{key: named.get(it, it) for key, it in about.items()}}
    refused = await therapist.post("/shared-summaries", body, expect=422)
    assert [one["code"] for one in refused["errors"]] == [code]


async def test_a_part_of_a_course_is_of_its_own_chart(world: World) -> None:
    therapist, patient, made = await begun(world)
    course = await therapist.post("/courses", {"patient_id": made["patient_id"]})
    facts = {"title": "November", "text": "The lake.", "course_id": course["id"], "covers_from": "2026-11-01"}
    found = await patient.post("/shared-summaries", facts)
    assert (found["patient_id"], found["written_by"], found["covers_from"]) == (
        made["patient_id"],
        "patient",
        "2026-11-01",
    )
    refused = await patient.patch(path_of(found), {"covers_until": "2026-10-01"}, 1, expect=422)
    assert refused["errors"][0]["field"] == "body.covers_from"
    await therapist.patch(path_of(made), {"covers_until": "2026-10-01"}, 1, expect=422)
    other = await world.patient_of(therapist)
    for about in ({"session_id": made["session_id"]}, {"course_id": course["id"]}):
        body = {"patient_id": world.chart_id(other), "title": "x", "text": "x", **about}
        refused = await therapist.post("/shared-summaries", body, expect=404)
        assert [one["field"] for one in refused["errors"]] == [f"body.{next(iter(about))}"]


async def test_what_is_withdrawn_is_kept_and_listed_only_when_asked_for(world: World) -> None:
    therapist, patient, made = await begun(world)
    body = {"reason": "Of another session."}
    await therapist.post(f"{path_of(made)}/withdraw", body, match=7, expect=412)
    gone = await therapist.post(f"{path_of(made)}/withdraw", body, match=1, expect=200)
    assert (gone["withdrawn_reason"], gone["withdrawn_by_id"]) == ("Of another session.", therapist.id)
    assert (await patient.get("/shared-summaries"))["items"] == []
    assert (await patient.get("/shared-summaries", params={"withdrawn": True}))["items"] == [gone]
    for refused in (
        await endorsed(patient, gone, expect=409),
        await patient.patch(path_of(made), {"text": "x"}, gone["version"], expect=409),
    ):
        assert refused["code"] == "superseded"
    chart = made["patient_id"]
    assert (await therapist.post(f"/patients/{chart}/search", {"words": "held"}, expect=200))["items"] == []


async def test_it_is_in_the_timeline_in_search_and_in_fhir(world: World) -> None:
    therapist, patient, made = await begun(world)
    both = await endorsed(therapist, await endorsed(patient, made))
    chart = made["patient_id"]
    for who in (therapist, patient):
        [item] = (await who.get(f"/patients/{chart}/timeline", params={"kind": "shared_summary"}))["items"]
        assert (item["id"], item["title"], item["session_id"]) == (made["id"], "Both of us", made["session_id"])
        [found] = (await who.post(f"/patients/{chart}/search", {"words": "lake held"}, expect=200))["items"]
        assert (found["kind"], found["id"], found["passage"]) == ("shared_summary", made["id"], "The lake held.")
    path = f"/fhir/R4/DocumentReference/summary-{made['id']}"
    answer = await patient.api.client.get(path, headers={"Authorization": f"Bearer {patient.token}"})
    assert answer.status_code == 200, answer.text
    document = answer.json()
    assert (document["docStatus"], document["description"]) == ("final", "Both of us")
    assert {one["url"].rpartition(":")[2] for one in document["extension"]} == {
        "endorsed-by-patient",
        "endorsed-by-clinician",
    }
    assert document["meta"]["versionId"] == str(both["version"])


async def test_lists_keep_to_their_filters_and_an_id_is_used_once(world: World) -> None:
    therapist, _, made = await begun(world)
    other = world.chart_id(await world.patient_of(therapist))
    second = await summary(therapist, other, (await session(therapist, other))["id"], id=str(new_id()))
    assert (await therapist.get("/shared-summaries"))["items"] == [second, made]
    for params, wanted in (
        ({"patient_id": other}, [second]),
        ({"session_id": made["session_id"]}, [made]),
        ({"course_id": str(uuid4())}, []),
        ({"created_after": second["created_at"]}, [second]),
        ({"created_before": second["created_at"]}, [made]),
        ({"ids": made["id"]}, [made]),
    ):
        assert (await therapist.get("/shared-summaries", params=params))["items"] == wanted, params
    body = {"id": second["id"], "patient_id": other, "session_id": second["session_id"], "title": "x", "text": "x"}
    assert (await therapist.post("/shared-summaries", body, expect=409))["code"] == "id-taken"
