"""Attachments over HTTP: sent in parts, checked, shown to whoever may read their parent, deleted while that is open."""

import hashlib

import pytest

from integration_api.access.actor import Role
from integration_api.core.ids import new_id
from integration_api.resources.journal.attachments import rules
from integration_api.resources.journal.attachments.rules import MAX_OF_PARENT, PART_BYTES
from tests.factories import notes, reflections
from tests.factories.attachments import CAMERA, PDF, announced, attached, content, facts, part, png, sent
from tests.support import Api, Json, Person, World


async def people(world: World) -> tuple[Person, Person]:
    """A therapist and their patient."""
    therapist = await world.therapist()
    return therapist, await world.patient_of(therapist)


async def entry(patient: Person, *, share: bool = False) -> tuple[Json, str]:
    """A reflection that was handed in, and its path."""
    made = await reflections.submitted(patient, share=share)
    return made, f"/reflections/{made['id']}"


def of(made: Json, rest: str = "") -> str:
    return f"/attachments/{made['id']}{rest}"


def large(size: int = PART_BYTES * 2 + 7) -> bytes:
    """A document of three parts."""
    return (PDF + bytes(range(256)) * (size // 256 + 1))[:size]


async def test_nobody_without_a_token(api: Api) -> None:
    path = f"/attachments/{new_id()}"
    for method, end in (("GET", ""), ("GET", "/content"), ("POST", "/parts"), ("POST", "/complete"), ("DELETE", "")):
        assert (await api.send(method, path + end)).status_code == 401
    assert (await api.send("GET", "/attachments")).status_code == 401
    assert (await api.send("POST", f"/notes/{new_id()}/attachments", json=facts(PDF))).status_code == 401
    assert (await api.send("POST", f"/reflections/{new_id()}/attachments", json=facts(PDF))).status_code == 401


async def test_a_file_of_several_parts_comes_back_as_it_was_sent(world: World) -> None:
    _, patient = await people(world)
    _, path = await entry(patient)
    data = large()
    made = await attached(patient, path, data, "application/pdf")
    assert (made["state"], made["size_bytes"], made["received_bytes"]) == ("ready", len(data), len(data))
    assert made["sha256"] == hashlib.sha256(data).hexdigest()
    answer = await patient.send("GET", of(made, "/content"))
    assert answer.content == data
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-length"] == str(len(data))
    assert answer.headers["content-disposition"] == f'attachment; filename="{made["id"]}.pdf"'
    assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert answer.headers["cache-control"] == "no-store"
    assert (await patient.send("HEAD", of(made, "/content"))).headers["content-length"] == str(len(data))


@pytest.mark.parametrize(
    ("asked", "begin", "end"),
    [
        ("bytes=0-9", 0, 10),
        (f"bytes={PART_BYTES - 3}-{PART_BYTES + 2}", PART_BYTES - 3, PART_BYTES + 3),
        (f"bytes={PART_BYTES}-", PART_BYTES, None),
        ("bytes=-5", -5, None),
    ],
)
async def test_a_download_that_broke_off_goes_on(world: World, asked: str, begin: int, end: int | None) -> None:
    _, patient = await people(world)
    _, path = await entry(patient)
    data = large()
    made = await attached(patient, path, data, "application/pdf")
    answer = await patient.send("GET", of(made, "/content"), headers={"Range": asked})
    assert (answer.status_code, answer.content) == (206, data[begin:end])
    at = begin % len(data)
    assert answer.headers["content-range"] == f"bytes {at}-{at + len(answer.content) - 1}/{len(data)}"


async def test_an_upload_goes_on_where_it_broke_off(world: World) -> None:
    _, patient = await people(world)
    _, path = await entry(patient)
    data = large()
    made = await announced(patient, path, data, "application/pdf")
    first = part(data[:PART_BYTES])
    one = await patient.post(of(made, "/parts"), first, match=1, key="one", expect=200)
    again = await patient.post(of(made, "/parts"), first, match=1, key="one", expect=200)
    assert again == one
    assert one["received_bytes"] == PART_BYTES
    await patient.post(of(made, "/parts"), first, match=1, expect=412)
    await patient.post(of(made, "/complete"), match=2, expect=409)
    found = await patient.get(of(made))
    assert found["received_bytes"] == PART_BYTES
    two = await patient.post(of(made, "/parts"), part(data[PART_BYTES : 2 * PART_BYTES]), match=2, expect=200)
    done = await patient.post(of(made, "/parts"), part(data[2 * PART_BYTES :]), match=two["version"], expect=200)
    await patient.post(of(made, "/complete"), match=done["version"], expect=200)
    assert await content(patient, made["id"]) == data


async def test_a_part_is_of_its_size_and_of_its_type(world: World) -> None:
    _, patient = await people(world)
    _, path = await entry(patient)
    data = large()
    made = await announced(patient, path, data, "application/pdf")
    for wrong in (part(data[:9]), {"data": "!!!!"}, {"data": "é"}, part(b"MZ" + data[: PART_BYTES - 2])):
        answer = await patient.send("POST", of(made, "/parts"), wrong, match=1)
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "body.data")
    assert (await patient.get(of(made)))["received_bytes"] == 0


async def test_what_was_sent_is_what_was_announced(world: World) -> None:
    _, patient = await people(world)
    _, path = await entry(patient)
    told = facts(PDF, "application/pdf") | {"sha256": "0" * 64}
    made = await patient.post(f"{path}/attachments", told)
    made = await patient.post(of(made, "/parts"), part(PDF), match=1, expect=200)
    broken = await sent(patient, path, png()[:-9])
    for one, code in ((made, "digest-differs"), (broken, "unfit-image")):
        refused = await patient.post(of(one, "/complete"), match=2, key=code, expect=409)
        assert refused["code"] == code
        assert await patient.post(of(one, "/complete"), match=2, key=code, expect=409) == refused
        now = await patient.get(of(one))
        assert (now["state"], now["received_bytes"]) == ("uploading", 0), "nobody has the same bytes checked again"
        refused = await patient.post(of(one, "/complete"), match=now["version"], expect=409)
        assert refused["code"] == "upload-incomplete"
        await patient.delete(of(one), match=now["version"])
    ledger = await reflections.ledger_of(world.api, made["id"])
    assert (("attachment.completed", True) in ledger, ("request.refused", True) in ledger) == (False, True)


async def test_what_has_come_whole_takes_no_part(world: World) -> None:
    _, patient = await people(world)
    _, path = await entry(patient)
    made = await sent(patient, path, PDF, "application/pdf")
    refused = await patient.post(of(made, "/parts"), part(b"more"), match=made["version"], expect=409)
    assert refused["code"] == "upload-received"
    await patient.post(of(made, "/complete"), match=made["version"], expect=200)


async def test_a_chart_has_so_many_bytes_and_no_more(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MAX_CHART_BYTES", 2 * len(PDF))
    _, patient = await people(world)
    for expect in (201, 201, 409):
        _, path = await entry(patient)
        made = await patient.post(f"{path}/attachments", facts(PDF, "application/pdf"), expect=expect)
    assert made["code"] == "chart-attachments-full"


@pytest.mark.parametrize(
    "wrong",
    [
        {"content_type": "image/svg+xml"},
        {"content_type": "text/html"},
        {"size_bytes": 50_000_001},
        {"size_bytes": 0},
        {"content_type": "image/jpeg", "size_bytes": 20_000_001},
        {"sha256": "no digest"},
    ],
)
async def test_types_and_sizes_are_limited(world: World, wrong: Json) -> None:
    _, patient = await people(world)
    _, path = await entry(patient)
    answer = await patient.send("POST", f"{path}/attachments", facts(PDF, "application/pdf") | wrong)
    assert answer.status_code == 422


async def test_an_image_loses_its_metadata(world: World) -> None:
    _, patient = await people(world)
    _, path = await entry(patient)
    made = await attached(patient, path, png())
    kept = await content(patient, made["id"])
    assert CAMERA in png()
    assert CAMERA not in kept
    assert (made["size_bytes"], made["sha256"]) == (len(kept), hashlib.sha256(kept).hexdigest())


async def test_a_private_entry_s_file_is_the_patient_s_alone(world: World) -> None:
    therapist, patient = await people(world)
    made, path = await entry(patient)
    one = await attached(patient, path)
    for end in ("", "/content"):
        await therapist.get(of(one, end), expect=404)
    assert (await therapist.get(f"/attachments?reflection_id={made['id']}"))["items"] == []
    assert (await patient.get(f"/attachments?reflection_id={made['id']}"))["items"] == [one]
    await patient.post(f"{path}/share", match=made["version"], expect=200)
    assert (await therapist.get(of(one)))["id"] == one["id"]
    assert (await therapist.get(f"/attachments?reflection_id={made['id']}"))["items"] == [one]
    assert (await therapist.get(f"/attachments?ids={one['id']}"))["items"] == [one]


async def test_the_content_counts_as_reading_and_the_facts_do_not(world: World) -> None:
    therapist, patient = await people(world)
    made, path = await entry(patient)
    one = await attached(patient, path)
    await patient.post(f"{path}/share", match=made["version"], expect=200)
    await therapist.get(of(one))
    assert (await patient.get(path))["first_read_at"] is None
    await content(therapist, one["id"])
    assert (await patient.get(path))["first_read_at"] is not None


async def test_nothing_is_added_to_what_is_shared_or_taken_from_it(world: World) -> None:
    _, patient = await people(world)
    made, path = await entry(patient)
    one, late = await attached(patient, path), await sent(patient, path, png())
    half = await announced(patient, path, PDF, "application/pdf")
    await patient.post(f"{path}/share", match=made["version"], expect=200)
    refused = await patient.post(of(half, "/parts"), part(PDF), match=half["version"], expect=409)
    assert refused["code"] == "attachments-closed"
    for method, at, version in (("DELETE", of(one), one["version"]), ("POST", of(late, "/complete"), late["version"])):
        answer = await patient.send(method, at, match=version)
        assert (answer.status_code, answer.json()["code"]) == (409, "attachments-closed")
    answer = await patient.send("POST", f"{path}/attachments", facts(PDF, "application/pdf"))
    assert (answer.status_code, answer.json()["code"]) == (409, "attachments-closed")


async def test_a_signed_note_refuses_children(world: World) -> None:
    therapist, patient = await people(world)
    note = await notes.draft(therapist, world.chart_id(patient))
    path = f"/notes/{note['id']}"
    one, late = await attached(therapist, path), await sent(therapist, path, png())
    await patient.get(of(one), expect=404)
    await notes.sign(therapist, note)
    for method, at, version in (("DELETE", of(one), one["version"]), ("POST", of(late, "/complete"), late["version"])):
        answer = await therapist.send(method, at, match=version)
        assert (answer.status_code, answer.json()["code"]) == (409, "note-signed")
    answer = await therapist.send("POST", f"{path}/attachments", facts(PDF, "application/pdf"))
    assert (answer.status_code, answer.json()["code"]) == (409, "note-signed")
    assert await content(patient, one["id"])
    await patient.get(of(late), expect=404)


async def test_a_colleague_reads_no_file_of_a_draft_and_adds_none(world: World) -> None:
    therapist, patient = await people(world)
    note = await notes.draft(therapist, world.chart_id(patient))
    one = await attached(therapist, f"/notes/{note['id']}")
    colleague = await notes.join(world, therapist, world.chart_id(patient), Role.THERAPIST)
    await colleague.get(of(one), expect=404)
    await colleague.post(f"/notes/{note['id']}/attachments", facts(PDF, "application/pdf"), expect=404)
    await therapist.delete(f"/notes/{note['id']}", match=note["version"])
    await therapist.get(of(one), expect=404)


async def test_an_upload_is_its_sender_s_alone(world: World) -> None:
    therapist, patient = await people(world)
    note = await notes.draft(therapist, world.chart_id(patient))
    made = await sent(therapist, f"/notes/{note['id']}", png())
    supervisor = await notes.own_supervisor_of(world, therapist, world.chart_id(patient))
    await supervisor.get(f"/notes/{note['id']}")
    await supervisor.get(of(made), expect=404)
    await therapist.get(of(made, "/content"), expect=409)


async def test_a_deleted_file_is_gone_and_its_id_stays_used(world: World) -> None:
    _, patient = await people(world)
    _, path = await entry(patient)
    one = await attached(patient, path)
    await patient.delete(of(one), match=one["version"])
    await patient.get(of(one, "/content"), expect=404)
    again = facts(PDF, "application/pdf") | {"id": one["id"]}
    await patient.post(f"{path}/attachments", again, expect=410)


async def test_a_deleted_reflection_takes_its_files_along(world: World) -> None:
    _, patient = await people(world)
    made, path = await entry(patient)
    one, half = await attached(patient, path), await announced(patient, path, PDF, "application/pdf")
    await patient.delete(path, match=made["version"])
    for gone in (one, half):
        await patient.get(of(gone), expect=404)
    _, other = await entry(patient)
    await patient.post(f"{other}/attachments", facts(PDF, "application/pdf") | {"id": one["id"]}, expect=410)


async def test_a_complete_file_takes_no_more_parts(world: World) -> None:
    _, patient = await people(world)
    _, path = await entry(patient)
    one = await attached(patient, path)
    for end, body in (("/parts", part(b"more")), ("/complete", None)):
        answer = await patient.send("POST", of(one, end), body, match=one["version"])
        assert (answer.status_code, answer.json()["code"]) == (409, "upload-complete")


async def test_an_entry_has_so_many_files_and_no_more(world: World) -> None:
    _, patient = await people(world)
    _, path = await entry(patient)
    for _ in range(MAX_OF_PARENT):
        await announced(patient, path, PDF, "application/pdf")
    answer = await patient.send("POST", f"{path}/attachments", facts(PDF, "application/pdf"))
    assert (answer.status_code, answer.json()["code"]) == (409, "attachments-full")


async def test_a_legal_hold_keeps_files(world: World) -> None:
    _, patient = await people(world)
    _, path = await entry(patient)
    one = await attached(patient, path)
    chart = f"/patients/{world.chart_id(patient)}"
    version = (await world.admin.get(chart))["version"]
    hold = {"reason": "litigation", "reference": "Docket 1"}
    await world.admin.put(f"{chart}/legal-hold", hold, match=version)
    answer = await patient.send("DELETE", of(one), match=one["version"])
    assert (answer.status_code, answer.json()["code"]) == (409, "legal-hold")
