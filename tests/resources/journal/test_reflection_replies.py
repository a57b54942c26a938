"""Replies to shared reflections, and marking them as reviewed."""

from uuid import uuid4

from integration_api.access.actor import Role
from integration_api.core.ids import new_id
from tests.factories.care_teams import join
from tests.factories.reflections import draft, ledger_of, submitted
from tests.support import Api, World


async def test_nobody_without_a_token(api: Api) -> None:
    for method, step in (("GET", "replies"), ("POST", "replies"), ("POST", "review")):
        body = {"text": "x"} if step == "replies" and method == "POST" else None
        assert (await api.send(method, f"/reflections/{uuid4()}/{step}", json=body)).status_code == 401


async def test_who_may_answer(world: World) -> None:
    therapist, stranger = await world.therapist(), await world.therapist()
    patient = await world.patient_of(therapist)
    supervisor = await world.staff(Role.SUPERVISOR)
    await join(therapist, world.chart_id(patient), supervisor)
    made = await submitted(patient, share=True)
    path = f"/reflections/{made['id']}"
    await stranger.post(f"{path}/replies", {"text": "x"}, expect=404)
    await stranger.get(f"{path}/replies", expect=404)
    await stranger.post(f"{path}/review", match=2, expect=404)
    await supervisor.post(f"{path}/replies", {"text": "x"}, expect=403)
    await supervisor.post(f"{path}/review", match=2, expect=200)
    await world.admin.get(f"{path}/replies", expect=403)
    assert (await supervisor.get(f"{path}/replies"))["items"] == []
    assert (await patient.get(path))["first_read_at"] is not None


async def test_patient_and_clinicians_answer_each_other(world: World) -> None:
    therapist, prescriber = await world.therapist(), await world.staff(Role.PRESCRIBER)
    patient = await world.patient_of(therapist)
    await join(therapist, world.chart_id(patient), prescriber)
    path = f"/reflections/{(await submitted(patient, share=True))['id']}"
    own = str(new_id())
    asked = await patient.post(f"{path}/replies", {"id": own, "text": " What do you make of it? "})
    assert (asked["id"], asked["is_patient"], asked["text"]) == (own, True, " What do you make of it? ")
    assert (await patient.get(path))["first_read_at"] is None
    first = await therapist.send("POST", f"{path}/replies", {"text": "Let us talk."}, key="r-1")
    again = await therapist.send("POST", f"{path}/replies", {"text": "Let us talk."}, key="r-1")
    assert (first.status_code, first.content) == (201, again.content)
    assert (first.json()["author_id"], first.json()["is_patient"]) == (therapist.id, False)
    assert (await patient.get(path))["first_read_at"] is not None
    await prescriber.post(f"{path}/replies", {"text": "So do I."})
    for person in (patient, therapist, prescriber):
        found = await person.get(f"{path}/replies")
        assert [item["text"] for item in found["items"]] == ["So do I.", "Let us talk.", asked["text"]]
    page = await patient.get(f"{path}/replies", params={"limit": 2})
    rest = await patient.get(f"{path}/replies", params={"limit": 2, "cursor": page["next_cursor"]})
    assert [item["id"] for item in rest["items"]] == [own]
    await therapist.post(f"{path}/replies", {"id": own, "text": "x"}, expect=409)
    await therapist.post(f"{path}/replies", {"text": ""}, expect=422)


async def test_there_is_nothing_to_answer_in_private(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    for made in (await draft(patient), await submitted(patient)):
        path = f"/reflections/{made['id']}"
        assert (await patient.post(f"{path}/replies", {"text": "x"}, expect=409))["code"] == "not-shared"
        await therapist.post(f"{path}/replies", {"text": "x"}, expect=404)
        await therapist.get(f"{path}/replies", expect=404)
        await therapist.post(f"{path}/review", match=made["version"], expect=404)
        assert (await patient.get(f"{path}/replies"))["items"] == []
        recorded = await ledger_of(world.api, made["id"])
        assert {event for event, is_private in recorded if not is_private} == {"request.refused"}


async def test_a_review_settles_the_task_of_the_whole_team(world: World) -> None:
    therapist, prescriber = await world.therapist(), await world.staff(Role.PRESCRIBER)
    patient = await world.patient_of(therapist)
    await join(therapist, world.chart_id(patient), prescriber)
    made = await submitted(patient, share=True)
    path = f"/reflections/{made['id']}"
    assert (await prescriber.get("/worklist"))["waiting"] == 1
    assert (await therapist.send("POST", f"{path}/review")).status_code == 428
    done = await therapist.post(f"{path}/review", match=2, expect=200)
    assert (done["reviewed_by_id"], done["version"], done["edited_since_review"]) == (therapist.id, 3, False)
    assert done["first_read_at"] == done["reviewed_at"]
    assert await therapist.get(path) == done
    await therapist.post(f"{path}/review", match=1, expect=412)
    for person in (therapist, prescriber):
        assert (await person.get("/worklist"))["items"] == []
    refused = await patient.post(f"{path}/unshare", match=3, expect=409)
    assert refused["code"] == "already-read"


async def test_an_edit_after_the_review_shows(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    path = f"/reflections/{(await submitted(patient, share=True))['id']}"
    read = await therapist.get(path)
    reviewed = await therapist.post(f"{path}/review", match=2, expect=200)
    assert reviewed["first_read_at"] == read["first_read_at"]
    edited = await patient.patch(path, {"text": "On second thought"}, 3)
    assert (edited["edited_since_review"], edited["reviewed_at"]) == (True, reviewed["reviewed_at"])
    assert edited["monitoring"]["reviewed_by"] is not None
    assert [task["kind"] for task in (await therapist.get("/worklist"))["items"]] == ["reflection_to_review"]
    assert (await therapist.get(path))["edited_since_review"] is True
    again = await therapist.post(f"{path}/review", match=4, expect=200)
    assert again["edited_since_review"] is False


async def test_only_who_is_on_the_team_now_reads_on(world: World) -> None:
    therapist, prescriber = await world.therapist(), await world.staff(Role.PRESCRIBER)
    patient = await world.patient_of(therapist)
    chart = world.chart_id(patient)
    await join(therapist, chart, prescriber)
    made = await submitted(patient, share=True)
    await prescriber.get(f"/reflections/{made['id']}")
    members = (await therapist.get(f"/patients/{chart}/care-team"))["items"]
    member = next(item for item in members if item["account_id"] == prescriber.id)
    await therapist.delete(f"/patients/{chart}/care-team/{member['id']}", member["version"])
    await prescriber.get(f"/reflections/{made['id']}", expect=404)
    assert (await prescriber.get("/reflections"))["items"] == []
