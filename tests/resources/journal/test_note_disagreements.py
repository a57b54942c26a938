"""Statements of disagreement over HTTP: the patient writes, and they go wherever the note goes."""

from datetime import timedelta

import pytest

from integration_api.access.actor import Role
from integration_api.core.ids import new_id
from tests.factories.feeds import client, seal
from tests.factories.notes import draft, join, sections, sign, signed_note, supervise, supervisor_of
from tests.support import Api, Json, Person, World

TEXT = "I did not say that."


async def disagree(who: Person, note: Json, text: str = TEXT, expect: int = 200) -> Json:
    told: Json = await who.post(
        f"/notes/{note['id']}/disagreement", {"text": text}, match=note["version"], expect=expect
    )
    return told


async def shown(world: World) -> tuple[Person, Person, Json]:
    """A therapist, the patient, and a signed note that the patient reads."""
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    return therapist, patient, await signed_note(therapist, world.chart_id(patient))


async def test_nobody_without_a_token(api: Api) -> None:
    assert (await api.send("POST", f"/notes/{new_id()}/disagreement", json={"text": TEXT})).status_code == 401


async def test_a_statement_goes_with_the_note(world: World) -> None:
    therapist, patient, note = await shown(world)
    assert "add_disagreement" in (await patient.get(f"/notes/{note['id']}"))["allowed_actions"]
    told = await disagree(patient, note)
    [statement] = told["disagreements"]
    assert (statement["text"], told["version"]) == (TEXT, note["version"] + 1)
    assert told["monitoring"]["told"] == "team"
    for reader in (patient, therapist):
        assert (await reader.get(f"/notes/{note['id']}"))["disagreements"] == [statement]
        [row] = (await reader.get(f"/notes?patient_id={note['patient_id']}"))["items"]
        assert row["disagreements"] == [statement]
    tasks = (await therapist.get("/worklist"))["items"]
    assert [task["kind"] for task in tasks if task["subject_id"] == note["id"]] == ["disagreement_to_read"]


async def test_a_statement_goes_with_versions_diffs_and_what_is_found(world: World) -> None:
    therapist, patient, note = await shown(world)
    path, chart = f"/notes/{note['id']}", note["patient_id"]
    body = {"sections": sections(plan="Otherwise."), "reason": "Corrected."}
    note = await therapist.post(f"{path}/amendments", body, match=note["version"], expect=200)
    await signed_note(therapist, chart)
    said = (await disagree(patient, note))["disagreements"]
    for reader in (patient, therapist):
        versions = (await reader.get(f"{path}/versions"))["items"]
        assert [one["disagreements"] for one in versions] == [said, said]
        assert (await reader.get(f"{path}/diff"))["disagreements"] == said
        [found] = (await reader.post(f"/patients/{chart}/search", {"words": "Otherwise"}, expect=200))["items"]
        assert (found["id"], found["disagreements"]) == (note["id"], said)
        shown_notes = (await reader.get(f"/patients/{chart}/timeline?kind=note"))["items"]
        assert {one["id"] for one in shown_notes if one["is_disputed"]} == {note["id"]}
        assert len(shown_notes) == 2


async def test_what_was_signed_stays(world: World) -> None:
    therapist, patient, note = await shown(world)
    await disagree(patient, note)
    after = await therapist.get(f"/notes/{note['id']}")
    for name in ("sections", "content_sha256", "signature", "state", "content_version", "sharing"):
        assert after[name] == note[name], name


async def test_it_stays_after_an_amendment_and_an_error(world: World) -> None:
    therapist, patient, note = await shown(world)
    said = await disagree(patient, note)
    body = {"sections": sections(plan="Otherwise."), "reason": "Corrected."}
    path = f"/notes/{note['id']}"
    amended = await therapist.post(f"{path}/amendments", body, match=said["version"], expect=200)
    assert amended["disagreements"] == said["disagreements"]
    wrong = {"reason": "Wrong chart."}
    gone = await therapist.post(f"{path}/enter-in-error", wrong, match=amended["version"], expect=200)
    assert gone["disagreements"] == said["disagreements"]


@pytest.mark.thorough
async def test_a_statement_never_changes_and_more_may_follow(world: World) -> None:
    _, patient, note = await shown(world)
    for number in range(1, 11):
        note = await disagree(patient, note, f"{TEXT} {number}")
    assert [one["text"] for one in note["disagreements"]] == [f"{TEXT} {number}" for number in range(1, 11)]
    assert (await disagree(patient, note, expect=409))["code"] == "too-many-statements"


async def test_a_stale_version_is_refused(world: World) -> None:
    _, patient, note = await shown(world)
    await disagree(patient, note)
    await disagree(patient, note, expect=412)


async def test_it_is_the_patient_s(world: World) -> None:
    therapist, _, note = await shown(world)
    supervisor = await join(world, therapist, note["patient_id"], Role.SUPERVISOR)
    for person in (therapist, supervisor, world.admin):
        await disagree(person, note, expect=403)
    other = await world.patient_of(therapist)
    await disagree(other, note, expect=404)


@pytest.mark.thorough
async def test_only_with_a_note_that_they_read(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    chart = world.chart_id(patient)
    begun = await draft(therapist, chart)
    await disagree(patient, begun, expect=404)
    await supervise(world, therapist, await supervisor_of(world, therapist, chart))
    await disagree(patient, await sign(therapist, begun), expect=404)
    await supervise(world, therapist, None)
    note = await signed_note(therapist, chart)
    until = (world.api.clock() + timedelta(days=5)).isoformat()
    withheld = {"state": "withheld", "reason_code": "danger_to_life", "until": until}
    kept = await therapist.put(f"/notes/{note['id']}/sharing", withheld, match=note["version"])
    await disagree(patient, kept, expect=404)


async def test_the_feed_tells_of_it(world: World) -> None:
    therapist, patient, note = await shown(world)
    await seal(world)
    staff = await client(therapist)
    await disagree(patient, note)
    await seal(world)
    assert ("note", note["id"]) in {(one["kind"], one["id"]) for one in await staff.poll()}


async def test_an_empty_statement_is_refused(world: World) -> None:
    _, patient, note = await shown(world)
    for text in ("", "  ", "x" * 5001):
        await disagree(patient, note, text, expect=422)
