"""The patient sees who looked at or changed what of their chart."""

from datetime import datetime, timedelta

import pytest

from integration_api.access.actor import Role
from integration_api.core.ids import new_id
from tests.factories import notes, reflections
from tests.support import Api, Json, Person, World

FIELDS = {
    "id",
    "at",
    "event",
    "outcome",
    "reason",
    "actor",
    "actor_role",
    "purpose",
    "basis",
    "subject_id",
    "study",
    "is_private",
}


async def chart(world: World) -> tuple[Person, Person, str]:
    therapist = await world.staff(Role.THERAPIST, name="Imani Vale")
    patient = await world.patient_of(therapist)
    return therapist, patient, world.chart_id(patient)


async def entries(patient: Person, **params: object) -> list[Json]:
    items: list[Json] = (await patient.get("/me/access-log", params={"limit": 100, **params}))["items"]
    return items


async def test_nobody_without_a_token(api: Api) -> None:
    assert (await api.send("GET", "/me/access-log")).status_code == 401


async def test_only_patients_have_one(world: World) -> None:
    for role in set(Role) - {Role.PATIENT}:
        await (await world.staff(role)).get("/me/access-log", expect=403)


async def test_it_tells_who_did_what_in_which_role_and_for_what(world: World) -> None:
    therapist, patient, patient_id = await chart(world)
    note = await notes.signed_note(therapist, patient_id)
    supervisor = await notes.supervisor_of(world, therapist, patient_id)
    await supervisor.get(f"/notes/{note['id']}")
    await world.admin.get(f"/patients/{patient_id}")
    await patient.get(f"/notes/{note['id']}")
    own, admin, read, *rest = await entries(patient)
    assert all(set(item) == FIELDS for item in (own, admin, read))
    assert (read["event"], read["subject_id"], read["outcome"]) == ("note.read", note["id"], "done")
    assert read["actor"] == {
        "account_id": supervisor.id,
        "is_you": False,
        "name": "Noor Supervisor",
        "credential": None,
    }
    assert [(item["actor_role"], item["purpose"]) for item in (own, admin, read)] == [
        ("patient", "own"),
        ("clinic_admin", "operations"),
        ("supervisor", "supervision"),
    ]
    assert own["actor"] == {"account_id": patient.id, "is_you": True, "name": None, "credential": None}
    assert rest[-1]["event"] == "patient.created"
    signed = next(item for item in rest if item["event"] == "note.signed")
    assert (signed["actor"]["name"], signed["actor"]["credential"], signed["purpose"]) == (
        "Imani Vale",
        "LMFT",
        "treatment",
    )
    assert {item["basis"] for item in (own, admin, read, *rest)} == {None}


async def test_of_several_roles_the_first_that_is_allowed_is_told(world: World) -> None:
    """Not the one on the care team; but never one that the policy does not allow it to."""
    _, patient, patient_id = await chart(world)
    both = await world.staff(Role.THERAPIST, Role.SUPERVISOR)
    await world.admin.post(f"/patients/{patient_id}/care-team", {"account_id": both.id, "role": "supervisor"})
    await both.get(f"/patients/{patient_id}")
    await both.post(f"/notes/{new_id()}/cosign", match=1, expect=404)
    rows = await (await world.staff(Role.AUDITOR)).get("/ledger", params={"actor_id": both.id})
    assert [(row["event"], row["actor_role"]) for row in rows["items"]] == [
        ("request.refused", "supervisor"),
        ("patient.read", "therapist"),
    ]
    assert [item["purpose"] for item in await entries(patient) if item["actor"]["account_id"] == both.id] == [
        "treatment"
    ]


async def test_it_shows_a_name_as_the_clinic_does_now(world: World) -> None:
    """The ledger holds no names: who is renamed is known by the new name, and who left is still named."""
    therapist, patient, _ = await chart(world)
    account = await world.admin.get(f"/accounts/{therapist.id}")
    await world.admin.patch(f"/accounts/{therapist.id}", {"name": "Imani Brook"}, account["version"])
    assert (await entries(patient))[0]["actor"]["name"] == "Imani Brook"
    account = await world.admin.get(f"/accounts/{therapist.id}")
    await world.admin.patch(f"/accounts/{therapist.id}", {"state": "disabled"}, account["version"])
    assert (await entries(patient))[-1]["actor"]["name"] == "Imani Brook"


async def test_a_refused_attempt_on_the_chart_is_in_it(world: World) -> None:
    therapist, patient, patient_id = await chart(world)
    curious = await world.staff(Role.THERAPIST, name="Curious Finch")
    await curious.get(f"/patients/{patient_id}", expect=404)
    await world.admin.get(f"/patients/{patient_id}/timeline", expect=403)
    by_admin, by_finch, *_ = await entries(patient)
    assert (by_finch["event"], by_finch["outcome"], by_finch["reason"]) == ("request.refused", "denied", "not-found")
    assert by_finch["actor"]["name"] == "Curious Finch"
    assert (by_admin["outcome"], by_admin["reason"], by_admin["actor_role"]) == ("denied", "forbidden", None)
    assert therapist.id != curious.id


async def test_what_is_private_to_the_patient_is_in_it_and_only_there(world: World) -> None:
    therapist, patient, patient_id = await chart(world)
    entry = await patient.post("/reflections", {"kind": "text", "text": "t"})
    await patient.get(f"/reflections/{entry['id']}")
    private = [item for item in await entries(patient) if item["is_private"]]
    assert {item["event"] for item in private} == {"reflection.created", "reflection.read"}
    assert {item["subject_id"] for item in private} == {entry["id"]}
    auditor = await world.staff(Role.AUDITOR)
    shown = (await auditor.get("/ledger", params={"patient_id": patient_id, "limit": 100}))["items"]
    assert not {item["id"] for item in private} & {item["id"] for item in shown}
    assert therapist.id


async def test_another_patient_s_is_another_s(world: World) -> None:
    therapist, patient, _ = await chart(world)
    other = await world.patient_of(therapist)
    elsewhere = await World.build(world.api)
    stranger = await elsewhere.patient_of(await elsewhere.therapist())
    await reflections.submitted(other, share=True)
    mine = {item["id"] for item in await entries(patient)}
    assert not mine & {item["id"] for item in await entries(other)}
    assert not mine & {item["id"] for item in await entries(stranger)}
    for wrong in ({"patient_id": world.chart_id(other)}, {"actor_id": other.id}):
        await patient.get("/me/access-log", params=wrong, expect=422)


async def test_pages_run_newest_first_and_lose_nothing(world: World) -> None:
    therapist, patient, patient_id = await chart(world)
    for _ in range(7):
        await therapist.get(f"/patients/{patient_id}")
    expected = [item["id"] for item in await entries(patient)]
    first = await patient.get("/me/access-log", params={"limit": 1})
    own = first["items"][0]["id"]  # reading it is an entry: it stands before those that were read
    seen, cursor = [], first["next_cursor"]
    while cursor:
        page = await patient.get("/me/access-log", params={"limit": 3, "cursor": cursor})
        seen += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
    assert [own, *seen][1:] == expected
    assert len(expected) >= 8


async def test_it_is_kept_to_a_time(world: World) -> None:
    therapist, patient, patient_id = await chart(world)
    for _ in range(3):
        await therapist.get(f"/patients/{patient_id}")
    times = [item["at"] for item in await entries(patient)]
    newest, middle = times[0], times[1]
    after = [item["at"] for item in await entries(patient, after=middle, before=newest)]
    assert after == [at for at in times if middle <= at < newest]
    assert all(item["at"] < middle for item in await entries(patient, before=middle))
    later = datetime.fromisoformat(newest) + timedelta(days=1)
    assert await entries(patient, after=later.isoformat()) == []


@pytest.mark.parametrize("wrong", [{"after": "yesterday"}, {"before": "2026-11-02T00:00:00"}, {"limit": 101}])
async def test_what_it_does_not_take(world: World, wrong: Json) -> None:
    _, patient, _ = await chart(world)
    await patient.get("/me/access-log", params=wrong, expect=422)


async def test_reading_it_is_recorded(world: World) -> None:
    _, patient, patient_id = await chart(world)
    await entries(patient)
    assert (await entries(patient))[0]["event"] == "access_log.read"
    auditor = await world.staff(Role.AUDITOR)
    [row, _] = (await auditor.get("/ledger", params={"event": "access_log.read"}))["items"]
    assert (row["actor_id"], row["patient_id"]) == (patient.id, patient_id)


async def test_what_was_seen_in_an_emergency_says_so(world: World) -> None:
    therapist, other = await world.therapist(), await world.therapist()
    patient = await world.patient_of(therapist)
    chart = world.chart_id(patient)
    clinic = await world.admin.get("/clinic")
    await world.admin.patch("/clinic", {"policies": {"emergency_access_hours": 1}}, clinic["version"])
    await other.get(f"/patients/{chart}", expect=404)
    why = {"reason_code": "crisis_call", "reason": "They called and nobody of their team was there."}
    await other.post(f"/patients/{chart}/emergency-access", why)
    await other.get(f"/patients/{chart}")
    await therapist.get(f"/patients/{chart}")
    world.api.clock.advance(minutes=62)
    await other.get(f"/patients/{chart}", expect=404)
    found = [
        (item["actor"]["account_id"], item["event"], item["basis"])
        for item in (await patient.get("/me/access-log"))["items"]
    ]
    assert (other.id, "patient.read", "emergency") in found
    assert (therapist.id, "patient.read", None) in found
    assert [basis for who, event, basis in found if (who, event) == (other.id, "request.refused")] == [None, None]


async def test_what_the_patient_did_can_be_left_out(world: World) -> None:
    """A patient who opens the app every day finds who else looked, page by page."""
    therapist, patient, patient_id = await chart(world)
    for _ in range(3):
        await patient.get(f"/patients/{patient_id}")
        await therapist.get(f"/patients/{patient_id}")
    everybody = await entries(patient)
    others = await entries(patient, others=True)
    assert others == [item for item in everybody if item["actor"]["account_id"] != patient.id]
    assert len(others) == 4
    page = await patient.get("/me/access-log", params={"others": "true", "limit": 3})
    rest = await patient.get("/me/access-log", params={"others": "true", "limit": 3, "cursor": page["next_cursor"]})
    assert page["items"] + rest["items"] == others
    await patient.get("/me/access-log", params={"others": "false", "cursor": page["next_cursor"]}, expect=422)
    await patient.get("/me/access-log", params={"others": "maybe"}, expect=422)
