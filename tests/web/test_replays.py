"""What a retry is answered, and to whom: never more than the same person would be shown now."""

from uuid import UUID, uuid4

from integration_api.access.actor import Role
from integration_api.access.statements import READ_STORED_RESPONSE
from integration_api.web.idempotency import digest, fingerprint
from tests.factories import notes, reflections
from tests.support import Json, Person, World


async def shared_entry(world: World) -> tuple[Person, Person, Json]:
    """A reflection that a therapist may read."""
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    made = await patient.post("/reflections", {"kind": "text", "text": "The river."}, key="write")
    made = await patient.post(f"/reflections/{made['id']}/submit", {"share": True}, match=1, expect=200)
    return therapist, patient, made


async def test_who_has_left_the_team_is_not_shown_the_answer_again(world: World) -> None:
    therapist, patient, made = await shared_entry(world)
    path, chart = f"/reflections/{made['id']}/review", world.chart_id(patient)
    first = await therapist.send("POST", path, match=made["version"], key="review")
    again = await therapist.send("POST", path, match=made["version"], key="review")
    assert (first.status_code, again.status_code, again.content) == (200, 200, first.content)
    [member] = (await world.admin.get(f"/patients/{chart}/care-team"))["items"]
    await world.admin.delete(f"/patients/{chart}/care-team/{member['id']}", member["version"])
    for key in ("review", "other"):
        gone = await therapist.send("POST", path, match=made["version"], key=key)
        assert (gone.status_code, gone.json()["code"]) == (404, "not-found")


async def test_who_has_lost_the_role_is_refused(world: World) -> None:
    therapist = await world.therapist()
    await therapist.post("/patients", {"name": "Rowan Sample"}, key="k")
    await world.admin.patch(f"/accounts/{therapist.id}", {"roles": ["auditor"]}, 1)
    await therapist.post("/patients", {"name": "Rowan Sample"}, key="k", expect=403)


async def test_a_replay_is_in_the_ledger(world: World) -> None:
    therapist, auditor = await world.therapist(), await world.staff(Role.AUDITOR)
    for _ in range(2):
        chart = await therapist.post("/patients", {"name": "Rowan Sample"}, key="k")
    rows = (await auditor.get("/ledger", params={"patient_id": chart["id"]}))["items"]
    assert [row["event"] for row in rows] == ["request.replayed", "patient.created"]


async def test_what_was_deleted_for_good_is_in_no_answer(world: World) -> None:
    patient = await world.patient_of(await world.therapist())
    body = {"kind": "text", "text": "Not meant to stay."}
    made = await patient.post("/reflections", body, key="write")
    await patient.delete(f"/reflections/{made['id']}", match=1)
    answer = await patient.send("POST", "/reflections", body, key="write")
    assert (answer.status_code, answer.json()["code"]) == (410, "gone")
    assert "stay" not in answer.text
    assert (await patient.get("/reflections"))["items"] == []


async def test_another_page_or_version_is_another_request(world: World) -> None:
    therapist, _, made = await shared_entry(world)
    path = f"/reflections/{made['id']}/review"
    await therapist.post(path, match=made["version"], key="k", expect=200)
    reused = await therapist.post(path, match=made["version"] + 1, key="k", expect=422)
    assert reused["code"] == "idempotency-key-reused"


async def test_the_order_of_keys_white_space_and_escapes_are_no_other_request(world: World) -> None:
    patient = await world.patient_of(await world.therapist())
    ratings = {"mood": 4, "sleep": 6}
    first = await patient.post("/reflections", {"kind": "text", "text": "The küste.", "ratings": ratings}, key="k")
    head = {"Authorization": f"Bearer {patient.token}", "Idempotency-Key": "k", "Content-Type": "application/json"}
    for content in (
        '{"ratings": {"sleep": 6, "mood": 4},\n  "text": "The k\\u00fcste.", "kind": "text"}',
        '{"kind":"text","text":"The küste.","ratings":{"mood":4.0,"sleep":6e0}}',
    ):
        again = await world.api.send("POST", "/reflections", content=content.encode(), headers=head)
        assert (again.status_code, again.json()) == (201, first), again.text
    other = b'{"kind":"text","text":"The kueste.","ratings":{"mood":4,"sleep":6}}'
    refused = await world.api.send("POST", "/reflections", content=other, headers=head)
    assert (refused.status_code, refused.json()["code"]) == (422, "idempotency-key-reused")
    assert len((await patient.get("/reflections"))["items"]) == 1


async def test_a_change_whose_answer_was_lost_is_answered_from_the_first(world: World) -> None:
    """Not 412 against one's own text; also if the version is named in another spelling."""
    patient = await world.patient_of(await world.therapist())
    made = await patient.send("POST", "/reflections", {"kind": "text", "text": "The river."})
    path, change = f"/reflections/{made.json()['id']}", {"text": "The river, and the bank."}
    first = await patient.send("PATCH", path, change, match=made.headers["etag"], key="k")
    for match in (made.headers["etag"], 1, 'W/"1"'):
        again = await patient.send("PATCH", path, change, match=match, key="k")
        assert (again.status_code, again.content, again.headers["etag"]) == (200, first.content, first.headers["etag"])
        assert again.headers["idempotency-replayed"] == "true"
    assert (await patient.get(path))["version"] == 2
    assert (await patient.send("PATCH", path, {"text": "Other."}, match=1, key="k")).status_code == 422
    assert (await patient.send("PATCH", path, change, match=1)).status_code == 412


async def test_a_put_is_answered_from_the_first_too(world: World) -> None:
    admin, patient = world.admin, await world.patient_of(await world.therapist())
    path, body = (
        f"/patients/{world.chart_id(patient)}/legal-hold",
        {"reason": "audit", "reference": "17 C 4", "note": "Asked by post."},
    )
    first = await admin.send("PUT", path, body, match=1, key="k")
    again = await admin.send("PUT", path, body, match=1, key="k")
    assert (first.status_code, again.status_code, again.content) == (200, 200, first.content)


async def test_a_delete_is_answered_from_the_first_too(world: World) -> None:
    """Of a row that is gone and of one that stays; without its key it is 404, as of what is not there."""
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    entry, note = await reflections.draft(patient), await notes.draft(therapist, world.chart_id(patient))
    for person, path in ((patient, f"/reflections/{entry['id']}"), (therapist, f"/notes/{note['id']}")):
        first = await person.send("DELETE", path, match=1, key="k")
        again = await person.send("DELETE", path, match=1, key="k")
        assert [(answer.status_code, answer.content) for answer in (first, again)] == [(204, b"")] * 2
        assert again.headers["idempotency-replayed"] == "true"
        assert (await person.send("DELETE", path, match=1)).status_code == 404
        assert (await person.send("DELETE", path, match=2, key="k")).status_code == 422


async def test_what_is_kept_of_a_request_cannot_be_guessed_from(world: World) -> None:
    """The digest is keyed: a copy of the database does not tell whether a short body was this or that."""
    patient = await world.patient_of(await world.therapist())
    await patient.post("/reflections", {"kind": "text", "text": "sea"}, key="k")
    values = {**patient.ambient(), "scope_patient_id": UUID(world.chart_id(patient)), "key_digest": digest("k")}
    stored = await world.api.runtime.database.one(READ_STORED_RESPONSE, values)
    assert stored is not None
    asked = ("POST", "/v1/reflections", "", "", {"kind": "text", "text": "sea"})
    assert stored.request_digest == fingerprint(world.api.runtime.retry_key, *asked)
    assert stored.request_digest != fingerprint(b"", *asked)


async def test_a_code_is_shown_once_and_not_kept(world: World) -> None:
    """Of invitations and resets: what is kept for a retry does not hold the code, and the code goes on working."""
    therapist = await world.therapist()
    chart = await therapist.post("/patients", {"name": "Rowan Sample", "email": f"{uuid4().hex}@example.org"})
    body, password = {"patient_id": chart["id"]}, "nine lamps beside a ferry"
    made = await therapist.post("/invitations", body, key="invited")
    asked = [("/invitations", body, "invited", made)]
    answer = await world.api.send("POST", "/invitations/accept", json={"code": made["code"], "password": password})
    assert answer.status_code == 204
    path = f"/accounts/{made['account_id']}/password-reset"
    asked.append((path, {}, "reset", await therapist.post(path, key="reset")))
    for path, sent, key, shown in asked:
        values = {**therapist.ambient(), "scope_team": True, "key_digest": digest(key)}
        stored = await world.api.runtime.database.one(READ_STORED_RESPONSE, values)
        assert stored is not None
        assert shown["code"] not in repr(stored)
        assert (await therapist.post(path, sent or None, key=key, expect=409))["code"] == "shown-once"
    code = {"code": asked[1][3]["code"], "password": f"{password} again"}
    assert (await world.api.send("POST", "/invitations/accept", json=code)).status_code == 204


async def test_a_search_is_made_anew_each_time(world: World) -> None:
    therapist = await world.therapist()
    body = {"name_part": "sample"}
    assert (await therapist.post("/patients/search", body, key="k", expect=200))["items"] == []
    await therapist.post("/patients", {"name": "Rowan Sample"})
    assert len((await therapist.post("/patients/search", body, key="k", expect=200))["items"]) == 1


async def test_a_patient_s_refused_requests_name_no_private_reflection(world: World) -> None:
    auditor = await world.staff(Role.AUDITOR)
    patient = await world.patient_of(await world.therapist())
    made = await patient.post("/reflections", {"kind": "text", "text": "Mine."})
    await patient.delete(f"/reflections/{made['id']}", match=1)
    await patient.delete(f"/reflections/{made['id']}", match=1, expect=404)
    await patient.post(f"/reflections/{made['id']}/review", match=1, expect=403)
    rows = (await auditor.get("/ledger", params={"limit": 100}))["items"]
    assert made["id"] not in {row["subject_id"] for row in rows}


async def test_a_list_of_somebody_else_s_chart_leaves_no_row_in_it(world: World) -> None:
    auditor, stranger = await world.staff(Role.AUDITOR), await world.therapist()
    patient = await world.patient_of(await world.therapist())
    chart = world.chart_id(patient)
    for path in ("/notes", "/sessions", "/plans", "/reflections", "/courses", "/practices"):
        assert (await stranger.get(path, params={"patient_id": chart}))["items"] == []
    rows = (await auditor.get("/ledger", params={"patient_id": chart}))["items"]
    assert stranger.id not in {row["actor_id"] for row in rows}
