"""Lists of reflections: summaries that are no reading, replies that are counted, filters by kind and tag."""

from datetime import timedelta

import pytest

from integration_api.access.actor import Role
from integration_api.core.ids import new_id
from tests.factories.care_teams import join
from tests.factories.reflections import decrypting, draft, submitted
from tests.support import Json, Person, World

SUMMARY = {"view": "summary"}


async def ids(person: Person, **params: object) -> list[str]:
    return [item["id"] for item in (await person.get("/reflections", params=params))["items"]]


async def test_a_summary_is_no_reading(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    facts: Json = {"tags": ["lake"], "safety": "not_sure", "contact_me": True}
    made = await submitted(patient, share=True, text="A secret of the lake.", **facts)
    whole = await patient.get(f"/reflections/{made['id']}")
    for params in (SUMMARY, {**SUMMARY, "patient_id": world.chart_id(patient)}, {**SUMMARY, "kind": "text"}):
        with decrypting() as plain:
            (shown,) = (await therapist.get("/reflections", params=params))["items"]
        assert not any(b"secret" in text for text in plain)
        assert shown == {name: whole[name] for name in shown}
        assert facts.items() <= shown.items()
        assert not {"text", "answers", "insights", "ratings", "monitoring"} & shown.keys()
    assert (await patient.get(f"/reflections/{made['id']}"))["first_read_at"] is None
    private = await patient.post(f"/reflections/{made['id']}/unshare", match=made["version"], expect=200)
    assert (await therapist.get("/reflections", params=SUMMARY))["items"] == []
    again = await patient.post(f"/reflections/{made['id']}/share", match=private["version"], expect=200)
    assert (await therapist.get("/reflections", params={"view": "full"}))["items"][0]["text"] == made["text"]
    refused = await patient.post(f"/reflections/{made['id']}/unshare", match=again["version"], expect=409)
    assert refused["code"] == "already-read"
    await therapist.get("/reflections", params={"view": "some"}, expect=422)


async def test_the_ledger_tells_a_summary_from_a_reading(world: World) -> None:
    therapist, auditor = await world.therapist(), await world.staff(Role.AUDITOR)
    patient = await world.patient_of(therapist)
    await submitted(patient, share=True)
    await therapist.get("/reflections", params=SUMMARY)
    chart = world.chart_id(patient)
    found = (await auditor.get("/ledger", params={"event": "reflection.summaries_listed"}))["items"]
    assert [(item["actor_id"], item["patient_id"]) for item in found] == [(therapist.id, chart)]
    assert (await auditor.get("/ledger", params={"event": "reflection.listed"}))["items"] == []
    await therapist.get("/reflections")
    found = (await auditor.get("/ledger", params={"event": "reflection.listed"}))["items"]
    assert [(item["actor_id"], item["patient_id"]) for item in found] == [(therapist.id, chart)]
    seen = [item["event"] for item in (await patient.get("/me/access-log"))["items"]]
    assert {"reflection.summaries_listed", "reflection.listed"} <= set(seen)


async def test_a_patient_sees_own_drafts_as_summaries(world: World) -> None:
    patient = await world.patient_of(await world.therapist())
    made = await draft(patient)
    (shown,) = (await patient.get("/reflections", params=SUMMARY))["items"]
    assert (shown["id"], shown["state"], shown["sharing"]) == (made["id"], "draft", "private")


async def test_a_reply_is_counted_where_the_reflection_is_shown(world: World) -> None:
    therapist, prescriber = await world.therapist(), await world.staff(Role.PRESCRIBER)
    patient = await world.patient_of(therapist)
    await join(therapist, world.chart_id(patient), prescriber)
    made = await submitted(patient, share=True)
    path = f"/reflections/{made['id']}"
    assert (made["reply_count"], made["last_reply_at"]) == (0, None)
    for count, person in enumerate((patient, therapist, prescriber), start=1):
        before = (await patient.send("GET", path)).headers["ETag"]
        reply = await person.post(f"{path}/replies", {"text": "x"})
        shown = await patient.get(path)
        assert (shown["reply_count"], shown["last_reply_at"]) == (count, reply["created_at"])
        assert shown["version"] == made["version"]
        assert (await patient.send("GET", path)).headers["ETag"] != before
        for view in ("summary", "full"):
            (item,) = (await patient.get("/reflections", params={"view": view}))["items"]
            assert (item["reply_count"], item["last_reply_at"]) == (count, reply["created_at"])
    edited = await patient.patch(path, {"text": "On second thought"}, made["version"])
    assert edited["reply_count"] == 3


async def test_only_shown_replies_are_a_reading(world: World) -> None:
    """An empty list shows nothing, so the patient can still take the reflection back."""
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    path = f"/reflections/{(await submitted(patient, share=True))['id']}"
    assert (await therapist.get(f"{path}/replies"))["items"] == []
    assert (await patient.get(path))["first_read_at"] is None
    await patient.post(f"{path}/replies", {"text": "Did you see this?"})
    assert (await patient.get(path))["first_read_at"] is None
    await therapist.get(f"{path}/replies")
    assert (await patient.get(path))["first_read_at"] is not None


async def test_reflections_are_found_by_kind(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    plain = await submitted(patient, share=True)
    asked = await submitted(
        patient, share=True, kind="prompted", prompt_set="coming_back", prompt_set_version=1, answers=[]
    )
    for person in (patient, therapist):
        for view in ("summary", "full"):
            assert await ids(person, kind="prompted", view=view) == [asked["id"]]
            assert await ids(person, kind="text", view=view) == [plain["id"]]


async def tagged(person: Person, tag: str, **more: object) -> list[str]:
    found = await person.post("/reflections/search", {"tag": tag, **more}, expect=200)
    return [item["id"] for item in found["items"]]


@pytest.mark.thorough
async def test_reflections_are_found_by_tag(world: World) -> None:
    therapist, auditor = await world.therapist(), await world.staff(Role.AUDITOR)
    patient, other = await world.patient_of(therapist), await world.patient_of(therapist)
    chart = world.chart_id(patient)
    first = await submitted(patient, share=True, tags=["Lake ", "body"])
    second = await submitted(patient, share=True, tags=["lake", "LAKE"])
    hidden = await submitted(patient, tags=["lake"])
    await submitted(other, share=True, tags=["lake"])
    assert await tagged(patient, "LAKE") == [hidden["id"], second["id"], first["id"]]
    assert await tagged(therapist, "lake", patient_id=chart) == [second["id"], first["id"]]
    assert await tagged(patient, "body") == [first["id"]]
    assert await tagged(patient, "lak") == []
    assert (await patient.get(f"/reflections/{first['id']}"))["first_read_at"] is None
    recorded = (await auditor.get("/ledger", params={"event": "reflection.searched"}))["items"]
    assert [(item["actor_id"], item["patient_id"]) for item in recorded] == [(therapist.id, chart)]
    assert await tagged(therapist, "moon", patient_id=chart) == []
    for stranger in (await world.therapist(), other):
        for unseen in (chart, str(new_id())):
            await stranger.post("/reflections/search", {"tag": "lake", "patient_id": unseen}, expect=404)
    refused = await therapist.post("/reflections/search", {"tag": "lake"}, expect=422)
    assert refused["errors"][0]["field"] == "body.patient_id"


async def test_a_search_runs_on_page_by_page(world: World) -> None:
    patient = await world.patient_of(await world.therapist())
    made = [await submitted(patient, tags=["lake"]) for _ in range(3)]
    ago = (world.api.clock() - timedelta(days=3)).isoformat()
    late = await submitted(patient, tags=["lake"], captured_at=ago)
    found: list[str] = []
    cursor: Json = {}
    while True:
        answer = await patient.send("POST", "/reflections/search", {"tag": "lake"}, params={"limit": 1, **cursor})
        found += [item["id"] for item in answer.json()["items"]]
        if answer.json()["next_cursor"] is None:
            break
        cursor = {"cursor": answer.json()["next_cursor"]}
    assert found == [*(item["id"] for item in reversed(made)), late["id"]]
    answer = await patient.send("POST", "/reflections/search", {"tag": "body"}, params={"limit": 1, **cursor})
    assert answer.status_code == 422


async def test_a_tag_is_found_as_the_content_says_now(world: World) -> None:
    patient = await world.patient_of(await world.therapist())
    made = await submitted(patient, tags=["lake", "body"])
    path = f"/reflections/{made['id']}"
    edited = await patient.patch(path, {"tags": ["BODY", "moon"]}, made["version"])
    assert [await tagged(patient, tag) for tag in ("lake", "body", "moon")] == [[], [made["id"]], [made["id"]]]
    (shown,) = (await patient.get("/reflections", params=SUMMARY))["items"]
    assert shown["tags"] == ["BODY", "moon"]
    await patient.delete(path, edited["version"])
    assert await tagged(patient, "moon") == []


async def test_a_tag_says_nothing_across_charts(world: World) -> None:
    """Each chart has a key of its own, so that equal tags of two patients have different tokens."""
    therapist = await world.therapist()
    patient, other = await world.patient_of(therapist), await world.patient_of(therapist)
    for person in (patient, other):
        await submitted(person, tags=["lake"])
    keys = world.api.runtime.database
    tokens = [
        (await keys.blind_index(person.actor.clinic_id, person.actor.patient_id, "tag", ["lake"]))["lake"]
        for person in (patient, other)
        if person.actor.patient_id is not None
    ]
    assert len(set(tokens)) == 2
