"""Two applications on one PostgreSQL, as two processes would be: whatever each remembers, the outcome is one."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import asyncpg
import pytest

from integration_api.access.actor import Role
from tests.applications import APPLY_AS, application, settings_of
from tests.databases import migrated_postgres
from tests.factories import notes, reflections
from tests.support import Api, Person, World

Both = tuple[Api, Api, str]


@pytest.fixture(scope="module")
async def both(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Both]:
    """Two applications, and the address of their database."""
    url = await migrated_postgres(postgres_url)
    settings = settings_of(tmp_path_factory.mktemp("both"), url).model_copy(update={"postgres_apply": APPLY_AS})
    async with application(settings) as one, application(settings, one.clock) as other:
        yield one, other, url


def at(api: Api, person: Person) -> Person:
    """The same person with the same token, speaking to another application."""
    return replace(person, api=api)


async def test_a_key_sent_to_both_at_once_is_done_once(both: Both) -> None:
    one, other, _ = both
    world = await World.build(one)
    patient = await world.patient_of(await world.therapist())
    await patient.post("/reflections", {"text": "Both know the key of this chart."})
    await at(other, patient).post("/reflections", {"text": "Both know it."})
    replays = 0
    for turn in range(10):
        key, body = uuid4().hex, {"text": f"The lake was still, {turn}."}
        answers = await asyncio.gather(
            *(person.send("POST", "/reflections", body, key=key) for person in (patient, at(other, patient)))
        )
        assert [answer.status_code for answer in answers] == [201, 201]
        assert answers[0].content == answers[1].content
        assert answers[0].headers["etag"] == answers[1].headers["etag"]
        replays += sum("idempotency-replayed" in answer.headers for answer in answers)
    assert replays == 10
    assert len((await patient.get("/reflections"))["items"]) == 12


async def test_a_change_sent_to_both_at_once_is_made_once(both: Both) -> None:
    one, other, _ = both
    world = await World.build(one)
    therapist = await world.therapist()
    chart = world.chart_id(await world.patient_of(therapist))
    for _ in range(5):
        note = await notes.draft(therapist, chart)
        path = f"/notes/{note['id']}/sign"
        answers = await asyncio.gather(
            *(person.send("POST", path, match=1) for person in (therapist, at(other, therapist)))
        )
        codes = sorted(answer.status_code for answer in answers)
        assert codes[0] == 200
        assert codes[1] in (409, 412)
        assert len((await therapist.get(f"/notes/{note['id']}/versions"))["items"]) == 1


async def test_signing_out_of_one_is_signing_out_of_both(both: Both) -> None:
    one, other, _ = both
    therapist = await (await World.build(one)).therapist()
    for person in (therapist, at(other, therapist)):
        await person.get("/patients")
    await therapist.delete("/auth/tokens/current")
    await at(other, therapist).get("/patients", expect=401)
    await at(other, therapist).post("/patients", {"name": "Rowan Sample"}, expect=401)


async def test_an_account_disabled_or_changed_at_one_is_so_at_the_other(both: Both) -> None:
    one, other, _ = both
    world = await World.build(one)
    gone, changed = await world.therapist(), await world.therapist()
    for person in (at(other, gone), at(other, changed)):
        await person.get("/worklist")
    await world.admin.patch(f"/accounts/{gone.id}", {"state": "disabled"}, 1)
    await at(other, gone).get("/worklist", expect=401)
    await world.admin.patch(f"/accounts/{changed.id}", {"roles": ["auditor"]}, 1)
    await at(other, changed).get("/worklist", expect=403)
    await at(other, changed).get("/ledger")


async def test_a_membership_ended_at_one_is_over_at_the_other(both: Both) -> None:
    one, other, _ = both
    world = await World.build(one)
    therapist = await world.therapist()
    chart = world.chart_id(await world.patient_of(therapist))
    member = await notes.join(world, therapist, chart, Role.PRESCRIBER)
    await at(other, member).get(f"/patients/{chart}")
    [grant] = [
        m for m in (await therapist.get(f"/patients/{chart}/care-team"))["items"] if m["account_id"] == member.id
    ]
    await therapist.delete(f"/patients/{chart}/care-team/{grant['id']}", match=grant["version"])
    await at(other, member).get(f"/patients/{chart}", expect=404)


async def test_a_chart_s_key_made_at_one_is_found_at_the_other(both: Both) -> None:
    one, other, _ = both
    world = await World.build(one)
    patient = await world.patient_of(await world.therapist())
    written = await reflections.draft(at(other, patient), text="Encrypted at the other.")
    assert (await patient.get(f"/reflections/{written['id']}"))["text"] == "Encrypted at the other."


async def test_a_chart_s_key_destroyed_at_one_opens_and_seals_nothing_at_the_other(both: Both) -> None:
    """What would be written under a key that is gone could never be read again: it is refused, not lost."""
    one, other, url = both
    world = await World.build(one)
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    there = at(other, patient)
    entry = await reflections.draft(there)
    note = await notes.draft(at(other, therapist), world.chart_id(patient))
    connection = await asyncpg.connect(url)
    await connection.execute(
        "DELETE FROM vault_keys WHERE clinic_id = $1 AND id = $2", world.clinic_id, UUID(world.chart_id(patient))
    )
    await connection.close()
    await there.get(f"/reflections/{entry['id']}", expect=404)
    await there.post("/reflections", {"text": "Nobody could read this."}, expect=404)
    await there.patch(f"/reflections/{entry['id']}", {"text": "Nor this."}, 1, expect=404)
    await at(other, therapist).post(
        "/notes", {"session_id": note["session_id"], "format": "dap", "sections": notes.sections()}, expect=404
    )


async def test_what_one_hands_out_the_other_takes(both: Both) -> None:
    """Access tokens (in every test here), refresh tokens and cursors."""
    one, other, _ = both
    world = await World.build(one)
    patient = await world.patient_of(await world.therapist())
    for turn in range(3):
        await reflections.draft(patient, text=f"{turn}")
    first = await patient.get("/reflections", params={"limit": 2})
    second = await at(other, patient).get("/reflections", params={"limit": 2, "cursor": first["next_cursor"]})
    assert [item["text"] for item in first["items"] + second["items"]] == ["2", "1", "0"]
    expired = world.api.runtime.tokens.issue(patient.actor, one.clock() - timedelta(hours=1))
    for api in (one, other):
        await replace(patient, api=api, token=expired).get("/reflections", expect=401)
