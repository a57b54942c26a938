"""Group sessions: a session in each member's chart, and nobody's name in another's."""

from uuid import uuid4

import pytest

from integration_api.access.actor import Role
from integration_api.core.ids import new_id
from integration_api.resources.care.group_sessions.rules import MAX_MADE, MAX_MEMBERS, Named, naming
from tests.factories import notes
from tests.factories.care_teams import join
from tests.support import Api, Json, Person, World

START = "2026-11-25T13:00:00Z"
BODY: Json = {"phase": "integration", "modality": "in_person", "planned_start_at": START, "topic": "Back to work"}


async def group(therapist: Person, charts: list[str], expect: int = 201, **facts: object) -> Json:
    made: Json = await therapist.post("/group-sessions", {**BODY, "patient_ids": charts, **facts}, expect=expect)
    return made


async def members(world: World, *names: str) -> tuple[Person, list[Person], list[str]]:
    therapist = await world.therapist()
    patients = [await world.patient_of(therapist, name=name) for name in names]
    return therapist, patients, [world.chart_id(patient) for patient in patients]


def of_chart(made: Json, chart: str) -> Json:
    [one] = [session for session in made["sessions"] if session["patient_id"] == chart]
    return dict(one)


async def cancel(person: Person, session: Json) -> None:
    path = f"/sessions/{session['id']}/cancel"
    await person.post(path, {"reason": "Not today."}, expect=200, match=session["version"])


async def test_nobody_without_a_token(api: Api) -> None:
    paths = (("GET", ""), ("POST", ""), ("GET", f"/{uuid4()}"), ("POST", f"/{uuid4()}/members"))
    for method, path in paths:
        assert (await api.send(method, f"/group-sessions{path}")).status_code == 401


async def test_each_member_has_a_session_in_the_own_chart_and_nothing_of_another(world: World) -> None:
    therapist, (rowan, wren), charts = await members(world, "Rowan Alder", "Wren Birch")
    made = await group(therapist, charts, facilitator_ids=[therapist.id])
    assert (made["member_count"], len(made["sessions"])) == (2, 2)
    for patient, chart, other in ((rowan, charts[0], charts[1]), (wren, charts[1], charts[0])):
        [own] = (await patient.get("/sessions"))["items"]
        assert own == {**of_chart(made, chart), "allowed_actions": own["allowed_actions"]}
        assert (own["is_group"], own["state"], own["phase"]) == (True, "planned", "integration")
        assert own["people"] == [{"role": "therapist", "name": None, "account_id": therapist.id}]
        assert other not in str(own)
        assert made["id"] not in str(own)
        await patient.get(f"/group-sessions/{made['id']}", expect=403)
        await patient.get("/group-sessions", expect=403)
        await patient.get(f"/sessions/{of_chart(made, other)['id']}", expect=404)
        shown = (await patient.get("/me/access-log"))["items"]
        assert "session.created" in {one["event"] for one in shown}


async def test_who_comes_later_is_not_told_who_supports_another_member(world: World) -> None:
    therapist, _, charts = await members(world, "Rowan Alder", "Wren Birch", "Ash Cedar")
    made = await group(therapist, charts[:2], facilitator_ids=[therapist.id])
    staff = {"role": "therapist", "account_id": therapist.id}
    for chart in charts[:2]:
        own = of_chart(made, chart)
        people = [staff, {"role": "support_person", "name": "Sorrel Supporter"}]
        await therapist.patch(f"/sessions/{own['id']}", {"people": people}, own["version"])
    joined = await therapist.post(f"/group-sessions/{made['id']}/members", {"patient_id": charts[2]}, expect=200)
    assert of_chart(joined, charts[2])["people"] == [{"role": "therapist", "name": None, "account_id": therapist.id}]


async def test_staff_see_the_sessions_of_the_charts_that_they_may_see(world: World) -> None:
    therapist, _, charts = await members(world, "Rowan Alder", "Wren Birch")
    made = await group(therapist, charts)
    colleague, outsider = await world.staff(Role.SUPERVISOR), await world.therapist()
    await join(therapist, charts[0], colleague)
    seen = await colleague.get(f"/group-sessions/{made['id']}")
    assert (seen["member_count"], [one["patient_id"] for one in seen["sessions"]]) == (2, charts[:1])
    assert [one["id"] for one in (await colleague.get("/group-sessions"))["items"]] == [made["id"]]
    await outsider.get(f"/group-sessions/{made['id']}", expect=404)
    assert (await outsider.get("/group-sessions"))["items"] == []
    await outsider.post(f"/group-sessions/{made['id']}/members", {"patient_id": charts[0]}, expect=404)
    await colleague.post("/group-sessions", {**BODY, "patient_ids": charts}, expect=403)
    for person in (world.admin, await world.staff(Role.AUDITOR)):
        await person.get(f"/group-sessions/{made['id']}", expect=403)


async def test_a_chart_that_is_not_theirs_is_no_member(world: World) -> None:
    therapist, _, charts = await members(world, "Rowan Alder", "Wren Birch")
    other = await world.therapist()
    foreign = world.chart_id(await world.patient_of(other))
    refused = await group(therapist, [charts[0], foreign], expect=404)
    assert refused["errors"][0]["field"] == "body.patient_ids"
    assert (await therapist.get("/sessions"))["items"] == []
    unknown = await group(therapist, charts, expect=404, facilitator_ids=[str(uuid4())])
    assert unknown["errors"][0]["field"] == "body.facilitator_ids"
    made = await group(therapist, charts)
    path = f"/group-sessions/{made['id']}/members"
    refused = await therapist.post(path, {"patient_id": foreign}, expect=404)
    assert refused["errors"][0]["field"] == "body.patient_id"
    assert (await therapist.get(f"/group-sessions/{made['id']}"))["member_count"] == 2


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"phase": "dosing"}, "body.phase"),
        ({"patient_ids": []}, "body.patient_ids"),
        ({"planned_end_at": START}, "body.planned_end_at"),
    ],
)
async def test_a_group_is_of_several_and_without_a_dose(world: World, facts: Json, field: str) -> None:
    therapist, _, charts = await members(world, "Rowan Alder", "Wren Birch")
    refused = await group(therapist, charts, expect=422, **facts)
    assert refused["errors"][0]["field"] == field
    for wrong in (charts[:1], [charts[0], charts[0]], charts * MAX_MEMBERS):
        await therapist.post("/group-sessions", {**BODY, "patient_ids": wrong}, expect=422)


@pytest.mark.thorough
async def test_members_join_until_it_is_full(world: World) -> None:
    therapist, _, charts = await members(world, *(f"Rowan{number} Alder" for number in range(MAX_MEMBERS + 1)))
    made = await group(therapist, charts[: MAX_MEMBERS - 1], facilitator_ids=[therapist.id])
    path = f"/group-sessions/{made['id']}/members"
    again = await therapist.post(path, {"patient_id": charts[0]}, expect=409)
    assert again["code"] == "already-member"
    mine = str(new_id())
    full = await therapist.post(path, {"patient_id": charts[-2], "id": mine}, expect=200)
    assert full["member_count"] == MAX_MEMBERS
    joined = of_chart(full, charts[-2])
    assert (joined["id"], joined["people"]) == (mine, of_chart(full, charts[0])["people"])
    refused = await therapist.post(path, {"patient_id": charts[-1]}, expect=409)
    assert refused["code"] == "group-full"
    await cancel(therapist, joined)
    instead = await therapist.post(path, {"patient_id": charts[-1]}, expect=200)
    assert (instead["member_count"], len(instead["sessions"])) == (MAX_MEMBERS, MAX_MEMBERS)
    assert await therapist.get(f"/group-sessions/{made['id']}") == instead
    refused = await therapist.post(path, {"patient_id": charts[-2]}, expect=409)
    assert refused["code"] == "group-full"


async def test_a_member_whose_session_was_cancelled_is_none_and_may_come_back(world: World) -> None:
    therapist, _, charts = await members(world, "Rowan Alder", "Wren Birch", "Ash Cedar")
    made = await group(therapist, charts)
    await cancel(therapist, of_chart(made, charts[1]))
    left = [of_chart(made, chart) for chart in (charts[0], charts[2])]
    seen = await therapist.get(f"/group-sessions/{made['id']}")
    assert (seen["member_count"], seen["sessions"]) == (2, sorted(left, key=lambda one: one["id"]))
    [item] = (await therapist.get("/group-sessions"))["items"]
    assert item["member_count"] == 2
    back = await therapist.post(f"/group-sessions/{made['id']}/members", {"patient_id": charts[1]}, expect=200)
    assert (back["member_count"], len(back["sessions"])) == (3, 3)
    again = await therapist.post(f"/group-sessions/{made['id']}/members", {"patient_id": charts[1]}, expect=409)
    assert again["code"] == "already-member"


@pytest.mark.thorough
async def test_members_come_and_go_only_so_often(world: World) -> None:
    therapist, _, charts = await members(world, "Rowan Alder", "Wren Birch")
    made = await group(therapist, charts)
    path = f"/group-sessions/{made['id']}/members"
    for _ in range(MAX_MADE - len(charts)):
        await cancel(therapist, of_chart(await therapist.get(f"/group-sessions/{made['id']}"), charts[1]))
        await therapist.post(path, {"patient_id": charts[1]}, expect=200)
    await cancel(therapist, of_chart(await therapist.get(f"/group-sessions/{made['id']}"), charts[1]))
    assert (await therapist.post(path, {"patient_id": charts[1]}, expect=409))["code"] == "group-full"


async def test_a_note_names_no_other_member(world: World) -> None:
    therapist, patients, charts = await members(world, "Rowan Alder", "Wren Birch")
    made = await group(therapist, charts, facilitator_ids=[therapist.id])
    for session in made["sessions"]:
        started = await therapist.post(f"/sessions/{session['id']}/start", None, expect=200, match=session["version"])
        await therapist.post(f"/sessions/{session['id']}/complete", None, expect=200, match=started["version"])
    about = of_chart(made, charts[0])["id"]
    texts = notes.sections(data="Rowan said that WREN's silence helped.", plan="Meet again.")
    draft = await notes.draft(therapist, charts[0], session_id=about, sections=texts)
    path = f"/notes/{draft['id']}"
    refused = await therapist.post(f"{path}/sign", None, expect=409, match=draft["version"])
    assert (refused["code"], refused["places"]) == ("names-another", ["data"])
    assert "Wren" not in str(refused)
    better = await therapist.patch(path, {"sections": {"data": "Rowan liked the silence."}}, draft["version"])
    signed = await notes.sign(therapist, better)
    refused = await therapist.post(f"{path}/addenda", {"text": "Birch was there."}, expect=409)
    assert (refused["code"], refused["places"]) == ("names-another", ["text"])
    await therapist.post(f"{path}/addenda", {"text": "A birch was there.", "names_confirmed": True})
    amended: Json = {"sections": {**texts, "data": "With Wren."}, "reason": "More."}
    refused = await therapist.post(f"{path}/amendments", amended, expect=409, match=signed["version"])
    assert refused["places"] == ["data"]
    amended |= {"names_confirmed": True}
    await therapist.post(f"{path}/amendments", amended, expect=200, match=signed["version"])
    other = await notes.draft(therapist, charts[1], session_id=of_chart(made, charts[1])["id"])
    await notes.sign(therapist, other)
    for patient, own in zip(patients, (draft, other), strict=True):
        assert [one["id"] for one in (await patient.get("/notes"))["items"]] == [own["id"]]


async def test_a_note_about_a_session_alone_may_name_anybody(world: World) -> None:
    therapist, _, charts = await members(world, "Rowan Alder", "Wren Birch")
    await group(therapist, charts)
    await notes.signed_note(therapist, charts[0], sections=notes.sections(data="Wren came up."))


def test_names_are_found_as_words_in_any_form_and_own_ones_are_nobody_elses() -> None:
    own, other = uuid4(), uuid4()
    group_of = [Named(own, ("Rowan Birch", "Ro")), Named(other, ("Zo\u00eb O'Hara Birch", None))]
    for text in ("Zoe came", "ZO\u00cb!", "with O\u2019Hara", "zo\u00eb's idea", "Ohara-like"):
        assert naming({"a": text, "b": "nobody"}, group_of, own) == ["a"], text
    for text in ("Birch", "Ro and Rowan", "the zoetrope", "o h"):
        assert naming({"a": text}, group_of, own) == [], text
    assert naming({"a": "Zoe"}, [], own) == []
