"""Psychotherapy notes over HTTP: who writes them, what they hold, and what becomes of them."""

from datetime import timedelta
from uuid import UUID

import pytest

from integration_api.access.actor import Role
from integration_api.core.ids import new_id
from integration_api.resources.journal.psychotherapy_notes.rules import is_mental_health_credential
from integration_api.settings import Settings
from integration_api.storage.vault import DecryptionFailed, associated_data
from tests.document import whole
from tests.factories import psychotherapy, sessions
from tests.factories.care_teams import join
from tests.factories.emergencies import WHY
from tests.factories.retention import erase, keep_nothing
from tests.storage.hand import Hand
from tests.support import Json, Person, World

EXCLUDED = (
    *("medic", "drug", "dose", "prescri", "start", "stop", "ended", "duration", "minutes", "modality", "frequency"),
    *("test", "score", "result", "vital", "diagnos", "functional", "plan", "symptom", "prognosis", "progress"),
)
"""Words of fields that 45 CFR 164.501 leaves to the progress note."""
HOLD = {"reason": "litigation", "reference": "Docket 26-CV-0117", "note": "Keep everything."}


async def chart_of(world: World) -> tuple[Person, Person, str]:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    return therapist, patient, world.chart_id(patient)


async def with_credential(world: World, person: Person, credential: str | None) -> None:
    account = await world.admin.get(f"/accounts/{person.id}")
    await world.admin.patch(f"/accounts/{person.id}", {"credential": credential}, account["version"])


async def test_a_note_is_written_read_changed_signed_and_kept(world: World) -> None:
    therapist, _, chart = await chart_of(world)
    session = await sessions.session(therapist, chart)
    made = await psychotherapy.write(therapist, chart, session_id=session["id"])
    assert (made["state"], made["session_id"], made["author_id"]) == ("draft", session["id"], therapist.id)
    assert "text" not in made
    path = f"/psychotherapy-notes/{made['id']}"
    answer = await therapist.send("GET", path)
    assert (answer.json()["text"], answer.json()["granted_until"]) == ("He spoke of his father.", None)
    await therapist.patch(path, {"text": "And of his mother."}, 7, expect=412)
    changed = await therapist.patch(path, {"text": "And of his mother."}, 1)
    assert (changed["version"], (await therapist.get(path))["text"]) == (2, "And of his mother.")
    signed = await therapist.post(f"{path}/sign", match=2, expect=200)
    assert (signed["state"], signed["version"], signed["signed_at"] is None) == ("signed", 3, False)
    assert (await therapist.get(path))["text"] == "And of his mother."
    for method, body in (("PATCH", {"text": "Else."}), ("DELETE", None)):
        refused = await therapist.send(method, path, body, match=3)
        assert (refused.status_code, refused.json()["code"]) == (409, "psychotherapy-note-signed")
    second = await psychotherapy.write(therapist, chart)
    listed = await therapist.get("/psychotherapy-notes", params={"patient_id": chart})
    assert [item["id"] for item in listed["items"]] == [second["id"], made["id"]]
    assert listed == await therapist.get("/psychotherapy-notes")
    await therapist.delete(f"/psychotherapy-notes/{second['id']}", match=1)
    await therapist.get(f"/psychotherapy-notes/{second['id']}", expect=404)


async def test_a_retry_makes_no_second_note_and_stores_no_text(world: World) -> None:
    therapist, _, chart = await chart_of(world)
    path, body = f"/patients/{chart}/psychotherapy-notes", {"text": "He spoke of his father."}
    first = await therapist.send("POST", path, body, key="once")
    again = await therapist.send("POST", path, body, key="once")
    assert (first.status_code, again.status_code, first.json()) == (201, 201, again.json())
    assert "father" not in again.text
    assert len((await therapist.get("/psychotherapy-notes"))["items"]) == 1
    await therapist.delete(f"/psychotherapy-notes/{first.json()['id']}", match=1)
    assert (await therapist.send("POST", path, body, key="once")).status_code == 410


@pytest.mark.thorough
async def test_who_may_write_one(world: World) -> None:
    therapist, patient, chart = await chart_of(world)
    path, body = f"/patients/{chart}/psychotherapy-notes", {"text": "He spoke."}
    assert (await world.api.send("POST", path, json=body)).status_code == 401
    stranger = await world.therapist()
    assert (await stranger.send("POST", path, body)).status_code == 404
    for role in (Role.SUPERVISOR, Role.CLINIC_ADMIN, Role.AUDITOR, Role.PRIVACY_OFFICER, Role.SERVICE):
        assert (await (await world.staff(role)).send("POST", path, body)).status_code == 403
    assert (await patient.send("POST", path, body)).status_code == 403
    prescriber = await world.staff(Role.PRESCRIBER)
    await join(therapist, chart, prescriber)
    for credential in (None, "MD", "RN"):
        await with_credential(world, prescriber, credential)
        refused = await prescriber.send("POST", path, body)
        assert (refused.status_code, refused.json()["code"]) == (403, "no-mental-health-licence"), credential
    await with_credential(world, prescriber, "PMHNP-BC")
    await prescriber.post(path, body)
    await stranger.post(f"/patients/{chart}/emergency-access", WHY)
    refused = await stranger.send("POST", path, body)
    assert (refused.status_code, refused.json()["code"]) == (403, "not-on-care-team")


async def test_a_licence_that_has_ended_writes_and_signs_no_note(world: World) -> None:
    therapist, _, chart = await chart_of(world)
    made = await psychotherapy.write(therapist, chart)
    account = await world.admin.get(f"/accounts/{therapist.id}")
    over = (world.api.clock() - timedelta(days=3)).date().isoformat()
    await world.admin.patch(f"/accounts/{therapist.id}", {"licence_ends_on": over}, account["version"])
    for path, body, match in (
        (f"/patients/{chart}/psychotherapy-notes", {"text": "He spoke."}, None),
        (f"/psychotherapy-notes/{made['id']}/sign", None, 1),
    ):
        refused = await therapist.send("POST", path, body, match=match)
        assert (refused.status_code, refused.json()["code"]) == (403, "licence-ended")
    assert (await therapist.get(f"/psychotherapy-notes/{made['id']}"))["state"] == "draft"


@pytest.mark.parametrize(
    ("credential", "is_one"),
    [
        *((it, True) for it in ("LMFT", "L.C.S.W.", "PsyD, LP", "MD (psychiatry)", "PMHNP-BC", "Psychotherapeutin")),
        *((it, False) for it in (None, "", "MD", "DO", "RN", "NP", "PhD", "LPN", "Psychic")),
    ],
)
def test_which_credentials_are_of_mental_health(credential: str | None, is_one: bool) -> None:
    assert is_mental_health_credential(credential) is is_one


async def test_a_session_must_be_of_the_same_patient(world: World) -> None:
    therapist, _, chart = await chart_of(world)
    other = await world.patient_of(therapist)
    elsewhere = await sessions.session(therapist, world.chart_id(other))
    for session_id in (elsewhere["id"], str(new_id())):
        body = {"text": "He spoke.", "session_id": session_id}
        refused = await therapist.send("POST", f"/patients/{chart}/psychotherapy-notes", body)
        assert refused.status_code == 404
        assert [error["field"] for error in refused.json()["errors"]] == ["body.session_id"]


async def test_the_schema_has_no_field_for_what_a_psychotherapy_note_must_not_hold(world: World) -> None:
    schemas = world.api.document["components"]["schemas"]
    found = {name: schema for name, schema in schemas.items() if name.startswith("PsychotherapyNote")}
    assert {"PsychotherapyNote", "PsychotherapyNoteCreate", "PsychotherapyNoteUpdate"} <= found.keys()
    names = [(schema, field) for schema, made in found.items() for field in whole(schemas, made)["properties"]]
    assert len(names) > 10
    assert [one for one in names for word in EXCLUDED if word in one[1]] == []
    therapist, _, chart = await chart_of(world)
    for word in EXCLUDED:
        body = {"text": "He spoke.", word: "1"}
        assert (await therapist.send("POST", f"/patients/{chart}/psychotherapy-notes", body)).status_code == 422


async def test_the_author_keeps_a_note_after_leaving_the_care_team_and_is_not_succeeded(world: World) -> None:
    therapist, _, chart = await chart_of(world)
    successor = await world.therapist()
    member = await join(therapist, chart, successor)
    assert member
    made = await psychotherapy.write(therapist, chart)
    path = f"/psychotherapy-notes/{made['id']}"
    team = (await therapist.get(f"/patients/{chart}/care-team"))["items"]
    mine = next(one for one in team if one["account_id"] == therapist.id)
    await therapist.delete(f"/patients/{chart}/care-team/{mine['id']}", match=mine["version"])
    assert (await therapist.get(path))["text"] == "He spoke of his father."
    await therapist.send("POST", f"/patients/{chart}/psychotherapy-notes", {"text": "More."})
    account = await world.admin.get(f"/accounts/{therapist.id}")
    gone = {"state": "disabled", "successor_id": successor.id}
    await world.admin.patch(f"/accounts/{therapist.id}", gone, account["version"])
    assert (await therapist.send("GET", path)).status_code == 401
    assert (await successor.send("GET", path)).status_code == 404
    assert (await successor.get("/psychotherapy-notes"))["items"] == []
    assert (await world.admin.send("GET", path)).status_code == 403


async def test_a_legal_hold_keeps_a_draft_as_it_is(world: World) -> None:
    therapist, _, chart = await chart_of(world)
    made = await psychotherapy.write(therapist, chart)
    path = f"/psychotherapy-notes/{made['id']}"
    version = (await world.admin.get(f"/patients/{chart}"))["version"]
    await world.admin.put(f"/patients/{chart}/legal-hold", HOLD, version)
    for method, body in (("PATCH", {"text": "Else."}), ("DELETE", None)):
        refused = await therapist.send(method, path, body, match=1)
        assert (refused.status_code, refused.json()["code"]) == (409, "legal-hold")
    await psychotherapy.write(therapist, chart)
    signed = await therapist.post(f"{path}/sign", match=1, expect=200)
    assert (signed["state"], (await therapist.get(path))["text"]) == ("signed", "He spoke of his father.")
    kept = await therapist.get(f"/patients/{chart}/legal-hold/contents")
    assert kept["items"] == []


async def test_neither_the_key_of_the_chart_nor_of_the_clinic_opens_a_note(world: World, settings: Settings) -> None:
    therapist, _, chart = await chart_of(world)
    made = await psychotherapy.write(therapist, chart)
    hand, vault = Hand(settings), world.api.runtime.vault
    sealed = await hand.text("psychotherapy_notes", made["id"], "text")
    bound = (UUID(chart), None, UUID(therapist.id), "draft", None)
    place = associated_data("psychotherapy_notes", UUID(made["id"]), "text", 1, bound)
    opened: dict[str, str | None] = {}
    for name, owner in (("chart", UUID(chart)), ("clinic", world.clinic_id), ("domain", await domain(hand, made))):
        wrapped = bytes(await hand.value("SELECT wrapped_key FROM vault_keys WHERE id = ?", owner))
        key = vault.unwrap(wrapped, world.clinic_id, owner)
        try:
            opened[name] = key.decrypt(sealed, place).decode()
        except DecryptionFailed:
            opened[name] = None
    assert opened == {"chart": None, "clinic": None, "domain": "He spoke of his father."}


async def domain(hand: Hand, note: Json) -> UUID:
    """The owner of a note's key."""
    return UUID(str(await hand.value("SELECT domain_id FROM psychotherapy_notes WHERE id = ?", UUID(note["id"]))))


async def test_erasure_ends_the_notes_of_the_chart(world: World, settings: Settings) -> None:
    therapist, _, chart = await chart_of(world)
    await keep_nothing(world)
    supervisor = await world.staff(Role.SUPERVISOR)
    made = await psychotherapy.write(therapist, chart)
    await psychotherapy.grant(therapist, made, supervisor)
    hand = Hand(settings)
    owner = await domain(hand, made)
    key = (await hand.run("SELECT clinic_id, id, wrapped_key, created_at FROM vault_keys WHERE id = ?", owner))[0]
    await erase(world.admin, chart)
    assert await hand.value("SELECT count(*) FROM vault_keys WHERE id = ?", owner) == 0
    await hand.run("INSERT INTO vault_keys (clinic_id, id, wrapped_key, created_at) VALUES (?, ?, ?, ?)", *key)
    for person in (therapist, supervisor):  # not even with a key that another request made meanwhile
        assert (await person.send("GET", f"/psychotherapy-notes/{made['id']}")).status_code == 404
        assert (await person.get("/psychotherapy-notes"))["items"] == []
        assert (await person.get("/psychotherapy-notes", params={"granted": "true"}))["items"] == []
    late = await therapist.send("PATCH", f"/psychotherapy-notes/{made['id']}", {"text": "x"}, match=1)
    assert late.status_code == 404
