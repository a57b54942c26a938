"""Writing reflections: drafts, handing in, versions, deleting, and who may do what."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from integration_api.access.actor import Role
from integration_api.access.reads import StartAgain
from integration_api.core.ids import new_id
from integration_api.resources.journal.reflections import operations, service
from tests.factories.reflections import draft, ledger_of, submitted, work_of
from tests.factories.sessions import session
from tests.support import Api, World

EVERYTHING: dict[str, Any] = {
    "kind": "prompted",
    "text": "  The lake was still.\n\nSo was I. ",
    "prompt_set": "coming_back",
    "prompt_set_version": 1,
    "answers": [{"prompt_id": "picture", "text": "A door of water"}, {"prompt_id": "safe_now", "text": "yes"}],
    "ratings": {"mood": 7, "anxiety": 0, "energy": 10, "sleep": None, "connection": 5, "distress": 1},
    "tags": ["lake", "Body"],
    "safety": "safe",
    "contact_me": False,
}


async def test_nobody_without_a_token(api: Api) -> None:
    for method, path in (("GET", "/reflections"), ("POST", "/reflections"), ("GET", "/prompt-sets")):
        assert (await api.send(method, path, json={} if method == "POST" else None)).status_code == 401


async def test_another_patients_reflection_answers_like_one_that_does_not_exist(world: World) -> None:
    therapist = await world.therapist()
    patient, other = await world.patient_of(therapist), await world.patient_of(therapist)
    made = await draft(patient)
    for thing in (made["id"], str(uuid4())):
        await other.get(f"/reflections/{thing}", expect=404)
        await other.patch(f"/reflections/{thing}", {"text": "x"}, 1, expect=404)
        await other.delete(f"/reflections/{thing}", 1, expect=404)
        for step in ("submit", "share", "unshare"):
            await other.post(f"/reflections/{thing}/{step}", {}, match=1, expect=404)
        await other.get(f"/reflections/{thing}/versions", expect=404)
    found = await other.get("/reflections", params={"patient_id": world.chart_id(patient)})
    assert found["items"] == []


async def test_only_the_patient_writes(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    made = await submitted(patient, share=True)
    for person in (therapist, await world.staff(Role.SUPERVISOR), world.admin):
        await person.post("/reflections", {"text": "x"}, expect=403)
        await person.patch(f"/reflections/{made['id']}", {"text": "x"}, made["version"], expect=403)
        await person.delete(f"/reflections/{made['id']}", made["version"], expect=403)
        await person.get(f"/reflections/{made['id']}/versions", expect=403)
        for step in ("submit", "share", "unshare"):
            await person.post(f"/reflections/{made['id']}/{step}", {}, match=1, expect=403)
    await patient.post(f"/reflections/{made['id']}/review", match=made["version"], expect=403)
    await world.admin.get(f"/reflections/{made['id']}", expect=403)
    await patient.post("/reflections", {"patient_id": world.chart_id(patient)}, expect=422)


async def test_everything_that_was_written_is_read_back(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    own, insight_id = str(new_id()), str(new_id())
    body = {
        **EVERYTHING,
        "id": own,
        "session_id": (await session(therapist, world.chart_id(patient)))["id"],
        "insights": [{"id": insight_id, "text": "Stillness is allowed."}, {"text": "I can rest."}],
        "captured_at": "2026-11-20T22:10:00+01:00",
    }
    made = await patient.post("/reflections", body)
    assert made["insights"][0] == {"id": insight_id, "text": "Stillness is allowed."}
    assert made["insights"][1]["id"][14] == "7"
    assert {name: made[name] for name in EVERYTHING} == EVERYTHING
    assert (made["id"], made["session_id"], made["captured_at"]) == (own, body["session_id"], "2026-11-20T21:10:00Z")
    assert (made["state"], made["sharing"]) == ("draft", "private")
    assert made["allowed_actions"] == ["update", "delete", "submit"]
    assert await patient.get(f"/reflections/{own}") == made
    await patient.post("/reflections", {"id": own}, expect=409)


async def test_a_session_of_somebody_else_does_not_exist(world: World) -> None:
    therapist = await world.therapist()
    patient, other = await world.patient_of(therapist), await world.patient_of(therapist)
    session_id = (await session(therapist, world.chart_id(other)))["id"]
    await patient.post("/reflections", {"session_id": session_id}, expect=404)
    made = await draft(patient)
    await patient.patch(f"/reflections/{made['id']}", {"session_id": session_id}, 1, expect=404)
    await patient.patch(f"/reflections/{made['id']}", {"session_id": str(uuid4())}, 1, expect=404)
    own = (await session(therapist, world.chart_id(patient)))["id"]
    assert (await patient.patch(f"/reflections/{made['id']}", {"session_id": own}, 1))["session_id"] == own


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"kind": "prompted", "answers": [{"prompt_id": "picture", "text": "x"}]}, "body.prompt_set"),
        ({**EVERYTHING, "prompt_set_version": 2}, "body.prompt_set"),
        ({**EVERYTHING, "answers": [{"prompt_id": "nonsense", "text": "x"}]}, "body.answers.0.prompt_id"),
        ({**EVERYTHING, "answers": EVERYTHING["answers"][:1] * 2}, "body.answers.1.prompt_id"),
        ({**EVERYTHING, "kind": "text"}, "body.answers"),
        ({"ratings": {"mood": 11}}, "body.ratings.mood"),
        ({"ratings": {"luck": 1}}, "body.ratings.(unknown)"),
        ({"safety": "maybe"}, "body.safety"),
        ({"tags": ["x"] * 21}, "body.tags"),
        ({"tags": [" "]}, "body.tags.0"),
        ({"insights": [{"text": "x"}] * 21}, "body.insights"),
        ({"insights": [{"text": "x" * 501}]}, "body.insights.0.text"),
        ({"insights": [{"id": str(uuid4()), "text": "x"}]}, "body.insights.0.id"),
        ({"captured_at": "2026-11-20T22:10:00"}, "body.captured_at"),
        ({"sharing": "shared"}, "body.(unknown)"),
    ],
)
async def test_what_is_refused_is_named(world: World, body: dict[str, object], field: str) -> None:
    patient = await world.patient_of(await world.therapist())
    refused = await patient.post("/reflections", body, expect=422)
    assert [error["field"] for error in refused["errors"]] == [field]


async def test_a_draft_is_saved_again_and_again(world: World) -> None:
    patient = await world.patient_of(await world.therapist())
    made = await patient.post("/reflections", EVERYTHING)
    path = f"/reflections/{made['id']}"
    assert (await patient.send("PATCH", path, {"text": "x"})).status_code == 428
    changed = await patient.patch(path, {"text": "New", "ratings": None, "tags": [], "contact_me": True}, 1)
    assert (changed["text"], changed["ratings"], changed["tags"], changed["contact_me"]) == ("New", None, [], True)
    assert (changed["answers"], changed["version"], changed["edited_at"]) == (made["answers"], 2, None)
    await patient.patch(path, {"text": "late"}, 1, expect=412)
    await patient.patch(path, {"prompt_set_version": 9}, 2, expect=422)
    await patient.patch(path, {"kind": "text"}, 2, expect=422)
    assert await patient.get(path) == changed
    assert (await patient.get(f"{path}/versions"))["items"] == []


async def test_an_empty_reflection_can_be_handed_in(world: World) -> None:
    patient = await world.patient_of(await world.therapist())
    for body in ({}, {"kind": "prompted"}, {"safety": "not_safe", "contact_me": True}, {"safety": None}):
        made = await patient.post("/reflections", body)
        done = await patient.send("POST", f"/reflections/{made['id']}/submit", match=1)
        assert done.status_code == 200
        assert (done.json()["state"], done.json()["sharing"]) == ("submitted", "private")


async def test_handing_in_is_answered_with_who_watches_and_the_words_are_kept(world: World) -> None:
    patient = await world.patient_of(await world.therapist())
    calm, urgent = await submitted(patient, safety="safe"), await submitted(patient, safety="not_sure")
    assert calm["monitoring"]["is_monitored_now"] is False
    assert calm["monitoring"]["reviewed_by"] is None
    assert calm["monitoring"]["text"].startswith("Nobody watches")
    assert "If you are in danger, call 911 (Emergency services)" in urgent["monitoring"]["text"]
    assert "This entry itself alerts nobody" in urgent["monitoring"]["text"]
    before = await patient.get(f"/reflections/{calm['id']}")
    clinic = await world.admin.get("/clinic")
    await world.admin.patch("/clinic", {"country": "NZ", "hours": dict.fromkeys(clinic["hours"])}, clinic["version"])
    world.api.clock.advance(minutes=50)
    assert await patient.get(f"/reflections/{calm['id']}") == before == calm
    assert "call 111" in (await submitted(patient))["monitoring"]["text"]


async def test_handing_in_twice(world: World) -> None:
    patient = await world.patient_of(await world.therapist())
    made = await draft(patient)
    path = f"/reflections/{made['id']}/submit"
    assert (await patient.send("POST", path, {})).status_code == 428
    await patient.post(path, {}, match=2, expect=412)
    first = await patient.send("POST", path, {"share": True}, match=1, key="tired-1")
    again = await patient.send("POST", path, {"share": True}, match=1, key="tired-1")
    assert first.status_code == again.status_code == 200
    assert (first.content, first.headers["etag"]) == (again.content, again.headers["etag"])
    for version in (1, 2):
        refused = await patient.post(path, {"share": True}, match=version, expect=409)
        assert refused["code"] == "already-submitted"


async def test_an_edit_keeps_what_was_handed_in(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    made = await submitted(patient, share=True, text="First")
    path = f"/reflections/{made['id']}"
    insights = [{"text": "Rest"}]
    second = await patient.patch(path, {"text": "Second", "insights": insights}, 2)
    assert (second["text"], second["state"], second["sharing"]) == ("Second", "submitted", "shared")
    assert second["edited_at"] is not None
    same = await patient.patch(path, {"text": "Second"}, 3)
    assert (same["version"], same["edited_at"]) == (4, second["edited_at"])
    third = await patient.patch(path, {"insights": second["insights"], "safety": "not_safe"}, 4)
    assert third["insights"] == second["insights"]
    assert "If you are in danger, call 911" in third["monitoring"]["text"]
    versions = (await patient.get(f"{path}/versions"))["items"]
    assert [(item["number"], item["text"], item["safety"]) for item in versions] == [
        (3, "Second", "not_safe"),
        (2, "Second", None),
        (1, "First", None),
    ]
    assert versions[0]["monitoring"] == third["monitoring"]
    assert versions[2]["monitoring"] == made["monitoring"]
    assert (await therapist.get(path))["text"] == "Second"
    page = await patient.get(f"{path}/versions", params={"limit": 2})
    rest = await patient.get(f"{path}/versions", params={"limit": 2, "cursor": page["next_cursor"]})
    assert [item["number"] for item in page["items"] + rest["items"]] == [3, 2, 1]


async def test_deleting_takes_versions_and_replies_along(world: World) -> None:
    patient = await world.patient_of(await world.therapist())
    for made in (await draft(patient), await submitted(patient)):
        path = f"/reflections/{made['id']}"
        await patient.delete(path, made["version"] + 1, expect=412)
        await patient.delete(path, made["version"])
        await patient.get(path, expect=404)
        await patient.delete(path, made["version"], expect=404)
    shared = await submitted(patient, share=True)
    path = f"/reflections/{shared['id']}"
    await patient.post(f"{path}/replies", {"text": "One more thing"})
    assert (await patient.delete(path, 2, expect=409))["code"] == "already-shared"
    await patient.patch(path, {"text": "Changed"}, 2)
    await patient.post(f"{path}/unshare", match=3, expect=200)
    await patient.delete(path, 4)
    await patient.get(f"{path}/versions", expect=404)
    assert (await ledger_of(world.api, shared["id"]))[-2] == ("reflection.deleted", True)


async def test_the_patient_filters_their_own(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    session_id = (await session(therapist, world.chart_id(patient)))["id"]
    first = await draft(patient, session_id=session_id)
    second = await submitted(patient)
    third = await submitted(patient, share=True)

    async def ids(**params: object) -> list[str]:
        return [item["id"] for item in (await patient.get("/reflections", params=params))["items"]]

    assert await ids() == [third["id"], second["id"], first["id"]]
    assert await ids(session_id=session_id) == await ids(state="draft") == [first["id"]]
    assert await ids(sharing="shared") == [third["id"]]
    assert await ids(state="submitted", sharing="private") == [second["id"]]
    assert await ids(written_after=second["created_at"]) == [third["id"], second["id"]]
    assert await ids(written_before=second["created_at"]) == [first["id"]]
    page = await patient.get("/reflections", params={"limit": 2})
    rest = await patient.get("/reflections", params={"limit": 2, "cursor": page["next_cursor"]})
    assert [item["id"] for item in page["items"] + rest["items"]] == [third["id"], second["id"], first["id"]]
    await patient.get("/reflections", params={"state": "lost"}, expect=422)


async def test_prompt_sets_are_there_for_everybody_who_is_signed_in(world: World) -> None:
    therapist = await world.therapist()
    found = await (await world.patient_of(therapist)).get("/prompt-sets")
    assert found == await therapist.get("/prompt-sets")
    assert found["items"][0]["id"] == "coming_back"
    await therapist.delete("/auth/tokens/current")
    await therapist.get("/prompt-sets", expect=401)


@pytest.mark.parametrize("asking", [{"safety": "not_safe"}, {"safety": "not_sure"}, {"contact_me": True}], ids=str)
async def test_who_asks_for_help_is_told_at_once_also_in_a_draft(world: World, asking: dict[str, object]) -> None:
    patient = await world.patient_of(await world.therapist())
    calm = await patient.post("/reflections", {"kind": "text", "text": "Rain."})
    assert calm["monitoring"] is None
    for told in (
        await patient.post("/reflections", {"kind": "text", **asking}),
        await patient.patch(f"/reflections/{calm['id']}", asking, 1),
    ):
        assert told["state"] == "draft"
        assert "If you are in danger, call 911" in told["monitoring"]["text"]
        assert "This entry itself alerts nobody" in told["monitoring"]["text"]


async def test_a_legal_hold_keeps_what_its_patient_would_delete(world: World) -> None:
    """A private entry stays private, and is kept: the refusal says that the clinic must keep the whole chart."""
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    made = await draft(patient, text="Mine alone")
    path, hold = f"/reflections/{made['id']}", f"/patients/{world.chart_id(patient)}/legal-hold"
    held = await world.admin.put(hold, {"reason": "litigation", "reference": "26-CV-0117"}, 1)
    refused = await patient.delete(path, made["version"], expect=409)
    assert refused["code"] == "legal-hold"
    assert (await patient.get(path))["text"] == "Mine alone"
    await therapist.get(path, expect=404)
    await world.admin.delete(hold, held["version"])
    await patient.delete(path, made["version"])
    await patient.get(path, expect=404)


async def test_a_hold_that_comes_between_reading_and_deleting_wins(world: World) -> None:
    """The patient's request, held still after it saw no hold, deletes nothing and starts again."""
    patient = await world.patient_of(await world.therapist())
    made = await draft(patient, text="Mine alone")
    deleting = work_of(patient, operations.DELETE_REFLECTION)
    await service.delete_reflection(deleting, UUID(made["id"]), made["version"])
    hold = {"reason": "litigation", "reference": "26-CV-0117"}
    await world.admin.put(f"/patients/{world.chart_id(patient)}/legal-hold", hold, 1)
    with pytest.raises(StartAgain):
        await deleting.apply()
    assert (await patient.get(f"/reflections/{made['id']}"))["text"] == "Mine alone"
