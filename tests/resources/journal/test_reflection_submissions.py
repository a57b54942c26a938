"""Sharing and taking back; what staff sees, and above all what staff does not see."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest

from integration_api.access.actor import Role
from integration_api.access.reads import StartAgain
from integration_api.core.ids import new_id
from integration_api.resources.journal.reflections import operations as reflections_operations
from integration_api.resources.journal.reflections import service, submissions
from tests.factories.care_teams import join
from tests.factories.reflections import draft, ledger_of, submitted, work_of
from tests.support import Api, Json, Person, World

CANARY = "canary-7f3e"
SECRETS: Json = {
    "text": f"{CANARY} text",
    "kind": "prompted",
    "prompt_set": "coming_back",
    "prompt_set_version": 1,
    "answers": [{"prompt_id": "hard", "text": f"{CANARY} answer"}],
    "tags": [f"{CANARY} tag"],
    "insights": [{"text": f"{CANARY} insight"}],
    "ratings": {"distress": 9},
    "safety": "not_safe",
    "contact_me": True,
}
CALM: Json = {**SECRETS, "safety": "safe", "contact_me": False}  # nothing of it opens before its release
FIXED = {"X-Request-Id": "same"}


def soon(api: Api, minutes: int = 20) -> str:
    """An instant that a test can let pass while its sign-ins last."""
    return (api.clock() + timedelta(minutes=minutes)).isoformat()


async def everything_staff_can_ask(person: Person, patient_id: str, reflection_id: str) -> str:
    """Every answer in which the reflection could show, as one text without the id that was asked for."""
    path = f"/reflections/{reflection_id}"
    filters: tuple[dict[str, str], ...] = (
        {},
        {"patient_id": patient_id},
        {"sharing": "private"},
        {"state": "draft"},
        {"state": "submitted"},
    )
    reads = (
        path,
        f"{path}/replies",
        f"{path}/versions",
        "/worklist",
        f"/patients/{patient_id}",
        f"/patients/{patient_id}/timeline",
    )
    answers = [await person.send("GET", "/reflections", params=params, headers=FIXED) for params in filters]
    answers += [await person.send("GET", address, headers=FIXED) for address in reads]
    answers.append(await person.send("POST", f"{path}/replies", {"text": "hello"}, headers=FIXED))
    for version in (1, 2, 3):
        answers.append(await person.send("POST", f"{path}/review", match=version, headers=FIXED))
        answers.append(await person.send("PATCH", path, {"text": "x"}, match=version, headers=FIXED))
        answers.append(await person.send("DELETE", path, match=version, headers=FIXED))
        answers.append(await person.send("POST", f"{path}/unshare", match=version, headers=FIXED))
    return "\n".join(f"{answer.status_code} {answer.headers.get('etag')} {answer.text}" for answer in answers)


async def team_of(world: World) -> tuple[Person, list[Person]]:
    """A patient, and one on their team of each kind."""
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    team = [therapist, await world.staff(Role.PRESCRIBER), await world.staff(Role.SUPERVISOR)]
    for person in team[1:]:
        await join(therapist, world.chart_id(patient), person)
    return patient, team


@pytest.mark.thorough
async def test_what_is_not_shared_answers_exactly_like_what_does_not_exist(world: World) -> None:
    patient, team = await team_of(world)
    team = [*team, world.admin, await world.staff(Role.AUDITOR), await world.therapist()]
    chart = world.chart_id(patient)
    before = [await everything_staff_can_ask(person, chart, str(new_id())) for person in team]
    hidden = [
        await draft(patient, **SECRETS),
        await submitted(patient, **SECRETS),
        await submitted(patient, share=True, release_at=soon(world.api), **CALM),
    ]
    taken_back = await submitted(patient, share=True, **CALM)
    await patient.post(f"/reflections/{taken_back['id']}/unshare", match=2, expect=200)
    for made in [*hidden, taken_back]:
        for person, nothing in zip(team, before, strict=True):
            seen = await everything_staff_can_ask(person, chart, made["id"])
            assert CANARY not in seen
            assert seen == nothing


async def test_the_ledger_hides_what_staff_may_not_see(world: World) -> None:
    patient, (therapist, *_) = await team_of(world)
    made = await draft(patient, **SECRETS)
    path = f"/reflections/{made['id']}"
    await patient.patch(path, {"text": "x"}, 1)
    await patient.get(path)
    await patient.post(f"{path}/submit", {}, match=2, expect=200)
    await patient.get(f"{path}/versions")
    await patient.get(f"{path}/replies")
    await patient.post(f"{path}/share", {"release_at": soon(world.api)}, match=3, expect=200)
    await patient.post(f"{path}/unshare", match=4, expect=200)
    private = await ledger_of(world.api, made["id"])
    assert len(private) == 8
    assert all(is_private for _, is_private in private)
    auditor = await world.staff(Role.AUDITOR)
    assert made["id"] not in str(await auditor.get("/ledger", params={"patient_id": world.chart_id(patient)}))
    await patient.post(f"{path}/share", {}, match=5, expect=200)
    await patient.get(path)
    await therapist.get(path)
    assert (await ledger_of(world.api, made["id"]))[8:] == [
        ("reflection.shared", False),
        ("reflection.read", False),
        ("reflection.first_read", False),
        ("reflection.read", False),
    ]
    assert made["id"] in str(await auditor.get("/ledger", params={"patient_id": world.chart_id(patient)}))


async def test_the_timeline_shows_each_what_they_may_read(world: World) -> None:
    patient, (therapist, *_) = await team_of(world)
    made = [await draft(patient), await submitted(patient), await submitted(patient, share=True)]
    later = await submitted(patient, share=True, release_at=soon(world.api))
    path = f"/patients/{world.chart_id(patient)}/timeline"

    async def ids(person: Person) -> list[str]:
        return [item["id"] for item in (await person.get(path, params={"kind": "reflection"}))["items"]]

    assert await ids(patient) == [item["id"] for item in [later, *made[::-1]]]
    assert await ids(therapist) == [made[2]["id"]]
    assert (await patient.get(f"/reflections/{made[2]['id']}"))["first_read_at"] is None
    world.api.clock.advance(minutes=21)
    assert await ids(therapist) == [later["id"], made[2]["id"]]


async def test_the_care_team_reads_what_is_shared_and_the_patient_learns_when(world: World) -> None:
    patient, (therapist, prescriber, supervisor) = await team_of(world)
    made = await submitted(patient, share=True)
    path = f"/reflections/{made['id']}"
    assert (made["sharing"], made["first_read_at"]) == ("shared", None)
    assert made["allowed_actions"] == ["update", "unshare", "reply"]
    assert made["monitoring"]["reviewed_by"] is not None
    read = await therapist.get(path)
    assert read["first_read_at"] is not None
    assert (read["text"], read["allowed_actions"]) == (made["text"], ["reply", "review"])
    world.api.clock.advance(minutes=5)
    for person in (prescriber, supervisor, patient):
        again = await person.get(path)
        assert (again["first_read_at"], again["version"]) == (read["first_read_at"], made["version"])
    assert (await supervisor.get(path))["allowed_actions"] == ["review"]
    refused = await patient.post(f"{path}/unshare", match=2, expect=409)
    assert (refused["code"], refused["first_read_at"]) == ("already-read", read["first_read_at"])
    assert (await patient.delete(path, 2, expect=409))["code"] == "already-shared"
    assert (await patient.patch(path, {"text": "still mine"}, 2))["first_read_at"] == read["first_read_at"]


async def test_a_list_is_reading_too(world: World) -> None:
    patient, (therapist, _, supervisor) = await team_of(world)
    made = [await submitted(patient, share=True) for _ in range(3)]
    await submitted(patient)
    shown = (await supervisor.get("/reflections", params={"limit": 2}))["items"]
    assert [item["id"] for item in shown] == [made[2]["id"], made[1]["id"]]
    assert all(item["first_read_at"] for item in shown)
    mine = {item["id"]: item for item in (await patient.get("/reflections"))["items"]}
    assert [mine[item["id"]]["first_read_at"] for item in made] == [None, *[i["first_read_at"] for i in shown[::-1]]]
    await patient.post(f"/reflections/{made[0]['id']}/unshare", match=2, expect=200)
    assert len((await therapist.get("/reflections", params={"patient_id": world.chart_id(patient)}))["items"]) == 2


async def test_a_delayed_share_opens_by_itself(world: World) -> None:
    patient, (therapist, *_) = await team_of(world)
    made = await submitted(patient, share=True, release_at=soon(world.api))
    assert "unless you take it back" in made["monitoring"]["text"]
    await therapist.get(f"/reflections/{made['id']}", expect=404)
    assert (await therapist.get("/worklist"))["items"] == []
    late = await world.therapist()
    await join(therapist, world.chart_id(patient), late)
    assert (await late.get("/worklist"))["waiting"] == 0
    world.api.clock.advance(minutes=21)
    for person in (therapist, late):
        waiting = (await person.get("/worklist"))["items"]
        assert [task["subject_id"] for task in waiting] == [made["id"]]
        assert waiting[0]["opened_at"] == made["release_at"]
    assert (await therapist.get(f"/reflections/{made['id']}"))["release_at"] == made["release_at"]
    past = await submitted(patient, share=True, release_at="2020-01-01T00:00:00Z")
    assert past["release_at"] is None
    await therapist.get(f"/reflections/{past['id']}")


async def test_sharing_later_and_taking_it_back(world: World) -> None:
    patient, (therapist, _, supervisor) = await team_of(world)
    made = await draft(patient)
    path = f"/reflections/{made['id']}"
    assert (await patient.post(f"{path}/share", {}, match=1, expect=409))["code"] == "not-submitted"
    await patient.post(f"{path}/submit", {}, match=1, expect=200)
    assert (await patient.post(f"{path}/unshare", match=2, expect=409))["code"] == "not-shared"
    assert (await patient.send("POST", f"{path}/share")).status_code == 428
    await patient.post(f"{path}/share", match=1, expect=412)
    shared = await patient.post(f"{path}/share", match=2, expect=200)
    assert "Your care team means to read it by" in shared["monitoring"]["text"]
    assert (await patient.post(f"{path}/share", {}, match=3, expect=409))["code"] == "already-shared"
    tasks = (await therapist.get("/worklist"))["items"]
    assert [(task["kind"], task["subject_id"]) for task in tasks] == [("reflection_to_review", made["id"])]
    assert tasks[0]["due_at"] == shared["monitoring"]["reviewed_by"]
    assert (await supervisor.get("/worklist"))["items"] == []
    await patient.post(f"{path}/unshare", match=2, expect=412)
    back = await patient.post(f"{path}/unshare", match=3, expect=200)
    assert (back["sharing"], back["shared_at"], back["release_at"]) == ("private", None, None)
    assert "nobody but you can read it" in back["monitoring"]["text"]
    assert await patient.get(path) == back
    assert (await therapist.get("/worklist"))["items"] == []
    await therapist.get(path, expect=404)
    await patient.post(f"{path}/share", {}, match=4, expect=200)
    await therapist.get(path)


async def test_a_release_without_a_share_shares_nothing(world: World) -> None:
    patient, (therapist, *_) = await team_of(world)
    made = await submitted(patient, share=False, release_at=soon(world.api))
    assert (made["sharing"], made["release_at"]) == ("private", None)
    world.api.clock.advance(minutes=21)
    await therapist.get(f"/reflections/{made['id']}", expect=404)


async def test_the_policy_decides_until_when_it_is_reviewed(world: World) -> None:
    patient, _ = await team_of(world)
    clinic = await world.admin.get("/clinic")
    await world.admin.patch("/clinic", {"policies": {"reflection_review_hours": 0}}, clinic["version"])
    assert "at no set time" in (await submitted(patient, share=True))["monitoring"]["text"]


async def test_nobody_is_promised_where_nobody_is_on_the_team(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    chart = world.chart_id(patient)
    [member] = (await therapist.get(f"/patients/{chart}/care-team"))["items"]
    await world.admin.delete(f"/patients/{chart}/care-team/{member['id']}", member["version"])
    made = await submitted(patient, share=True)
    assert made["monitoring"]["reviewed_by"] is None
    assert "Nobody is on your care team now" in made["monitoring"]["text"]
    assert (await therapist.get("/worklist"))["waiting"] == 0
    joined = await world.therapist()
    body = {"account_id": joined.id, "role": "therapist"}
    await world.admin.post(f"/patients/{chart}/care-team", body)
    assert [task["subject_id"] for task in (await joined.get("/worklist"))["items"]] == [made["id"]]


async def test_a_disabled_account_reads_nothing_and_is_not_counted_on(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    await world.admin.patch(f"/accounts/{therapist.id}", {"state": "disabled"}, 1)
    made = await submitted(patient, share=True)
    assert "Nobody is on your care team now" in made["monitoring"]["text"]


@pytest.mark.parametrize("key", [None, "k"])
@pytest.mark.parametrize("name", ["submit", "share"])
async def test_of_three_at_one_version_one_is_done(world: World, name: str, key: str | None) -> None:
    patient, _ = await team_of(world)
    made = await patient.post("/reflections", {"kind": "text", "text": "Once."})
    if name == "share":
        made = await patient.post(f"/reflections/{made['id']}/submit", match=1, expect=200)
    path = f"/reflections/{made['id']}/{name}"
    keys = [f"{key}{at}" if key else None for at in range(3)]
    ended = await asyncio.gather(*(patient.send("POST", path, match=made["version"], key=k) for k in keys))
    assert min(answer.status_code for answer in ended) == 200
    assert {answer.json().get("code") for answer in ended if answer.status_code != 200} <= {
        "stale-version",
        "already-submitted",
        "already-shared",
    }


async def test_taken_back_between_reading_and_marking_staff_gets_nothing(world: World) -> None:
    """Unshare wins: staff's request, held still after its reading, cannot be completed and starts again."""
    patient, (therapist, *_) = await team_of(world)
    made = await submitted(patient, share=True)
    reading = work_of(therapist, reflections_operations.READ_REFLECTION)
    await service.read_reflection(reading, UUID(made["id"]))
    await patient.post(f"/reflections/{made['id']}/unshare", match=2, expect=200)
    with pytest.raises(StartAgain):
        await reading.apply()
    await therapist.get(f"/reflections/{made['id']}", expect=404)
    assert (await patient.get(f"/reflections/{made['id']}"))["first_read_at"] is None


async def test_read_between_loading_and_taking_back_it_stays_shared(world: World) -> None:
    """The reader wins: the patient's request, held still, cannot be completed and starts again."""
    patient, (therapist, *_) = await team_of(world)
    made = await submitted(patient, share=True)
    taking_back = work_of(patient, reflections_operations.UNSHARE_REFLECTION)
    await submissions.unshare_reflection(taking_back, UUID(made["id"]), 2)
    read = await therapist.get(f"/reflections/{made['id']}")
    with pytest.raises(StartAgain):
        await taking_back.apply()
    refused = await patient.post(f"/reflections/{made['id']}/unshare", match=2, expect=409)
    assert refused["first_read_at"] == read["first_read_at"]


@pytest.mark.thorough
async def test_of_a_reader_and_a_patient_who_takes_it_back_exactly_one_wins(world: World) -> None:
    patient, (therapist, prescriber, _) = await team_of(world)
    for at in range(12):
        made = await submitted(patient, share=True, **SECRETS)
        path = f"/reflections/{made['id']}"
        back, *reads = await asyncio.gather(
            patient.send("POST", f"{path}/unshare", match=2),
            therapist.send("GET", path),
            prescriber.send("GET", "/reflections", params={"patient_id": world.chart_id(patient)}),
        )
        assert back.status_code in (200, 409), back.text
        assert {read.status_code for read in reads} <= {200, 404}
        shown = [made["id"] in read.text for read in reads]
        first_read_at = (await patient.get(path))["first_read_at"]
        if back.status_code == 200:
            assert shown == [False, False], f"round {at}: taken back, and yet it was shown"
            assert first_read_at is None
        else:
            assert back.json()["first_read_at"] == first_read_at
            assert any(shown)
