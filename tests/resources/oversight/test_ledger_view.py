"""The ledger, as an auditor reads it."""

import json
from uuid import UUID, uuid4

from integration_api.access.actor import Role
from integration_api.access.policy import grant
from integration_api.access.work import Work
from integration_api.resources.journal.reflections import operations as reflections_operations
from tests.factories.sessions import session, started_session
from tests.support import Api, Json, Person, World

FIELDS = {
    "id",
    "at",
    "event",
    "action",
    "outcome",
    "reason",
    "actor_id",
    "actor_role",
    "subject_id",
    "patient_id",
    "request_id",
}


async def chart(world: World) -> tuple[Person, Person, str]:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    return therapist, patient, world.chart_id(patient)


async def entries(auditor: Person, **params: object) -> list[Json]:
    items: list[Json] = (await auditor.get("/ledger", params={"limit": 100, **params}))["items"]
    return items


async def private_read(world: World, patient: Person, subject_id: UUID) -> None:
    """What a slice does when a patient reads an entry that they keep to themselves."""
    given = grant(reflections_operations.READ_REFLECTION, patient.actor.roles)
    work = Work(world.api.runtime, reflections_operations.READ_REFLECTION, "private-request", patient.actor, given)
    work.record(subject_id, patient.actor.patient_id, is_private=True)
    await work.apply()


async def test_nobody_without_a_token(api: Api) -> None:
    assert (await api.send("GET", "/ledger")).status_code == 401


async def test_only_an_auditor_reads_it(world: World) -> None:
    therapist, patient, _ = await chart(world)
    for person in (therapist, patient, world.admin, await world.staff(Role.SUPERVISOR, Role.PRESCRIBER)):
        await person.get("/ledger", expect=403)
    await (await world.staff(Role.AUDITOR)).get("/ledger")


async def test_it_tells_who_did_what_when_and_how_it_ended(world: World) -> None:
    therapist, _, patient_id = await chart(world)
    auditor, other = await world.staff(Role.AUDITOR), await world.therapist()
    made = await started_session(therapist, patient_id)
    await other.get(f"/sessions/{made['id']}", expect=404)
    refused, started, created, *_ = await entries(auditor)
    assert all(set(item) == FIELDS for item in (refused, started, created))
    assert (started["event"], started["action"], started["outcome"]) == ("session.started", "session:start", "done")
    assert (started["actor_id"], started["actor_role"], started["reason"]) == (therapist.id, "therapist", None)
    assert (started["subject_id"], started["patient_id"]) == (made["id"], patient_id)
    assert started["at"] == made["started_at"]
    assert (created["event"], created["request_id"] != started["request_id"]) == ("session.created", True)
    assert (refused["event"], refused["outcome"], refused["reason"]) == ("request.refused", "denied", "not-found")
    assert (refused["actor_id"], refused["subject_id"], refused["patient_id"]) == (other.id, made["id"], None)


async def test_no_name_and_no_prose_is_in_it(world: World) -> None:
    therapist = await world.staff(Role.THERAPIST, name="Quillon Marsh")
    patient = await world.patient_of(therapist, name="Tamsin Petrel", email="tamsin.petrel@example.org")
    auditor = await world.staff(Role.AUDITOR)
    made = await session(
        therapist,
        world.chart_id(patient),
        intention="Petrichor on the lake",
        people=[{"role": "therapist", "name": "Quillon Marsh"}],
        set_and_setting={"music": "Petrichor strings"},
    )
    await therapist.post(
        f"/sessions/{made['id']}/cancel", {"reason": "Petrichor flood"}, expect=200, match=made["version"]
    )
    text = json.dumps(await entries(auditor)).lower()
    assert made["id"] in text
    for word in ("quillon", "tamsin", "petrel", "petrichor", "music", "example.org"):
        assert word not in text


async def test_a_private_entry_is_never_in_it(world: World) -> None:
    _, patient, patient_id = await chart(world)
    auditor, secret = await world.staff(Role.AUDITOR), uuid4()
    await private_read(world, patient, secret)
    for params in (
        {},
        {"patient_id": patient_id},
        {"actor_id": patient.id},
        {"event": "reflection.read"},
        {"after": "2020-01-01T00:00:00Z", "patient_id": patient_id, "actor_id": patient.id},
    ):
        found = await entries(auditor, **params)
        assert str(secret) not in json.dumps(found)
        assert "private-request" not in json.dumps(found)


async def test_filters(world: World) -> None:
    therapist, _, patient_id = await chart(world)
    other_id = world.chart_id(await world.patient_of(therapist))
    auditor = await world.staff(Role.AUDITOR)
    for chart_id in (patient_id, other_id):
        await session(therapist, chart_id)
    created = await entries(auditor, event="session.created")
    assert [item["patient_id"] for item in created] == [other_id, patient_id]
    assert {item["patient_id"] for item in await entries(auditor, patient_id=patient_id)} == {patient_id}
    assert await entries(auditor, patient_id=str(uuid4())) == []
    assert {item["actor_id"] for item in await entries(auditor, actor_id=therapist.id)} == {therapist.id}
    at = created[0]["at"]
    assert at in [item["at"] for item in await entries(auditor, after=at)]
    assert {item["event"] for item in await entries(auditor, after=at)} == {"session.created", "ledger.listed"}
    assert all(item["at"] < at for item in await entries(auditor, before=at))
    assert len(await entries(auditor, after=created[1]["at"], before=at, event="session.created")) == 1
    for wrong in ({"event": "party.held"}, {"actor_id": "x"}, {"after": "2026-11-02T00:00:00"}):
        await auditor.get("/ledger", params=wrong, expect=422)


async def test_pages_run_newest_first_and_lose_nothing(world: World) -> None:
    therapist, _, patient_id = await chart(world)
    auditor = await world.staff(Role.AUDITOR)
    for _ in range(4):
        await session(therapist, patient_id)
    expected = [item["id"] for item in await entries(auditor, actor_id=therapist.id)]
    seen: list[str] = []
    cursor: str | None = None
    while True:
        params = {"limit": 2, "actor_id": therapist.id, **({"cursor": cursor} if cursor else {})}
        page = await auditor.get("/ledger", params=params)
        seen += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == expected
    assert len(seen) >= 5


async def test_reading_it_is_recorded(world: World) -> None:
    _, _, patient_id = await chart(world)
    auditor = await world.staff(Role.AUDITOR)
    await entries(auditor, patient_id=patient_id)
    await entries(auditor)
    found = await entries(auditor, event="ledger.listed")
    assert [(item["actor_id"], item["patient_id"]) for item in found] == [
        (auditor.id, None),
        (auditor.id, patient_id),
    ]


async def test_another_clinic_stays_out(world: World, api: Api) -> None:
    therapist, _, patient_id = await chart(world)
    await session(therapist, patient_id)
    elsewhere = await World.build(api)
    auditor = await elsewhere.staff(Role.AUDITOR)
    assert patient_id not in json.dumps(await entries(auditor))
    assert await entries(auditor, patient_id=patient_id) == []
    assert await entries(auditor, actor_id=therapist.id) == []
