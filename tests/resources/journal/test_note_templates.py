"""Note templates: sections of a clinic's own, in versions, and notes that are pinned to one."""

from uuid import uuid4

import pytest

from integration_api.access.actor import Role
from integration_api.resources.journal.note_templates.rules import MAX_SECTIONS, SECTION_KEYS
from tests.factories import notes
from tests.factories.note_templates import SECTIONS, keys_of, template
from tests.support import Api, Json, Person, World

TEXTS = {"section_1": "Slept well.", "section_3": "The garden again."}


async def chart(world: World) -> tuple[Person, Person, str]:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    return therapist, patient, world.chart_id(patient)


async def draft(therapist: Person, patient_id: str, of: Json, **facts: object) -> Json:
    body = {"format": "template", "template_id": of["id"], "sections": TEXTS, **facts}
    made: Json = await notes.draft(therapist, patient_id, **body)
    return made


async def test_nobody_without_a_token(api: Api) -> None:
    for method, path in (("GET", ""), ("POST", ""), ("GET", f"/{uuid4()}"), ("POST", f"/{uuid4()}/retire")):
        assert (await api.send(method, f"/note-templates{path}")).status_code == 401


async def test_admins_and_supervisors_write_them_and_everybody_of_the_clinic_reads_them(world: World) -> None:
    therapist, patient, _ = await chart(world)
    supervisor = await world.staff(Role.SUPERVISOR)
    made = await template(world)
    assert [(one["key"], one["title"], one["hint"], one["is_required"]) for one in made["sections"]] == [
        ("section_1", "Since last time", "Sleep, mood, one change noticed.", True),
        ("section_2", "In the room", None, False),
        ("section_3", "Next", None, True),
    ]
    assert (made["family_id"], made["number"], made["state"]) == (made["id"], 1, "active")
    for person in (therapist, patient, supervisor, await world.staff(Role.AUDITOR)):
        assert await person.get(f"/note-templates/{made['id']}") == made
        assert (await person.get("/note-templates"))["items"] == [made]
    for person in (therapist, patient, await world.staff(Role.PRESCRIBER)):
        await person.post("/note-templates", {"title": "Mine", "sections": SECTIONS}, expect=403)
        await person.post(f"/note-templates/{made['id']}/retire", match=1, expect=403)
    await supervisor.post("/note-templates", {"title": "Group", "sections": SECTIONS})
    elsewhere = await World.build(world.api)
    await elsewhere.admin.get(f"/note-templates/{made['id']}", expect=404)
    await elsewhere.admin.post(f"/note-templates/{made['id']}/retire", match=1, expect=404)
    await template(elsewhere, 404, replaces_id=made["id"])


async def test_a_next_version_takes_the_place_of_one_and_of_no_other(world: World) -> None:
    first = await template(world)
    second = await template(world, replaces_id=first["id"], sections=SECTIONS[:2], title="Shorter")
    assert (second["family_id"], second["number"], second["replaces_id"]) == (first["id"], 2, first["id"])
    assert (await world.admin.get(f"/note-templates/{first['id']}"))["state"] == "replaced"
    listed = (await world.admin.get("/note-templates", params={"state": "active"}))["items"]
    assert [one["id"] for one in listed] == [second["id"]]
    refused = await template(world, 409, replaces_id=first["id"])
    assert refused["code"] == "superseded"
    await world.admin.post(f"/note-templates/{second['id']}/retire", match=7, expect=412)
    gone = await world.admin.post(f"/note-templates/{second['id']}/retire", match=1, expect=200)
    assert (gone["state"], gone["version"]) == ("retired", 2)
    again = await world.admin.post(f"/note-templates/{second['id']}/retire", match=2, expect=409)
    assert again["code"] == "superseded"


@pytest.mark.parametrize(
    "wrong",
    [
        {"sections": []},
        {"sections": [{"title": "One more"}] * (MAX_SECTIONS + 1)},
        {"sections": [{"title": " "}]},
        {"sections": [{"title": "Own key", "key": "section_9"}]},
        {"title": ""},
    ],
)
async def test_a_template_has_a_few_sections_with_headings(world: World, wrong: Json) -> None:
    await template(world, 422, **wrong)


@pytest.mark.thorough
async def test_a_note_follows_its_version_for_ever(world: World) -> None:
    therapist, patient, patient_id = await chart(world)
    first = await template(world)
    made = await draft(therapist, patient_id, first)
    assert (made["format"], made["template_id"], made["sections"]) == ("template", first["id"], TEXTS)
    await template(world, replaces_id=first["id"], sections=SECTIONS[:1])
    changed = await therapist.patch(f"/notes/{made['id']}", {"sections": {"section_2": "Quiet."}}, made["version"])
    assert list(changed["sections"]) == ["section_1", "section_2", "section_3"]
    empty = {"sections": {"section_1": None, "section_2": None}}
    less = await therapist.patch(f"/notes/{made['id']}", empty, changed["version"])
    refused = await therapist.post(f"/notes/{made['id']}/sign", None, expect=409, match=less["version"])
    assert (refused["code"], refused["missing"]) == ("sections-missing", ["section_1"])
    whole = await therapist.patch(f"/notes/{made['id']}", {"sections": TEXTS}, less["version"])
    signed = await notes.sign(therapist, whole)
    assert (await patient.get(f"/notes/{made['id']}"))["template_id"] == first["id"]
    body = {"sections": {**TEXTS, "section_2": "Late words."}, "reason": "Forgot the middle."}
    amended = await therapist.post(f"/notes/{made['id']}/amendments", body, expect=200, match=signed["version"])
    assert (amended["template_id"], amended["sections"]["section_2"]) == (first["id"], "Late words.")
    wrong = {"sections": {"section_1": "Only this."}, "reason": "Too little."}
    refused = await therapist.post(f"/notes/{made['id']}/amendments", wrong, expect=409, match=amended["version"])
    assert refused["missing"] == ["section_3"]


async def test_a_note_takes_only_what_is_in_use_in_its_clinic(world: World) -> None:
    therapist, _, patient_id = await chart(world)
    session_id = await notes.past_session(therapist, patient_id)
    gone, foreign = await template(world), await template(await World.build(world.api))
    await world.admin.post(f"/note-templates/{gone['id']}/retire", match=1, expect=200)
    body = {"session_id": session_id, "format": "template", "sections": TEXTS}
    refused = await therapist.post("/notes", {**body, "template_id": gone["id"]}, expect=409)
    assert refused["code"] == "template-not-in-use"
    for template_id in (foreign["id"], str(uuid4())):
        unseen = await therapist.post("/notes", {**body, "template_id": template_id}, expect=404)
        assert unseen["errors"][0]["field"] == "body.template_id"


async def test_a_template_goes_with_its_format_alone(world: World) -> None:
    therapist, _, patient_id = await chart(world)
    made, session_id = await template(world), await notes.past_session(therapist, patient_id)
    for facts in (
        {"format": "template", "sections": TEXTS},
        {"format": "dap", "template_id": made["id"], "sections": {}},
    ):
        refused = await therapist.post("/notes", {"session_id": session_id, **facts}, expect=422)
        assert refused["errors"][0]["field"] == "body.template_id"
    for keys in (["plan"], [SECTION_KEYS[-1]]):
        body = {"session_id": session_id, "format": "template", "template_id": made["id"]}
        refused = await therapist.post("/notes", {**body, "sections": dict.fromkeys(keys, "x")}, expect=422)
        assert refused["errors"][0]["code"] == "unknown_section"
    body = {"session_id": session_id, "format": "template", "template_id": made["id"], "carry_forward": True}
    refused = await therapist.post("/notes", body, expect=422)
    assert refused["errors"][0]["field"] == "body.carry_forward"


@pytest.mark.thorough
async def test_a_plan_is_carried_from_a_note_that_has_one(world: World) -> None:
    """The last note follows a template, and has no section of that name."""
    therapist, _, patient_id = await chart(world)
    planned = await notes.signed_note(therapist, patient_id)
    await notes.sign(therapist, await draft(therapist, patient_id, await template(world)))
    made = await notes.draft(therapist, patient_id, sections={}, carry_forward=True)
    assert made["sections"] == {"plan": planned["sections"]["plan"]}
    assert made["carried_from_id"] == planned["id"]


@pytest.mark.thorough
async def test_a_signature_is_over_the_template_too(world: World) -> None:
    therapist, _, patient_id = await chart(world)
    first, second = await template(world), await template(world)
    session_id = await notes.past_session(therapist, patient_id)
    made = await draft(therapist, patient_id, first, session_id=session_id)
    other = await draft(therapist, patient_id, second, session_id=session_id)
    hashes = {(await notes.sign(therapist, one))["content_sha256"] for one in (made, other)}
    assert len(hashes) == 2
    assert keys_of(first) == keys_of(second)


@pytest.mark.thorough
async def test_a_draft_that_is_kept_beside_another_follows_the_same_template(world: World) -> None:
    therapist, _, patient_id = await chart(world)
    made = await draft(therapist, patient_id, await template(world))
    await therapist.patch(f"/notes/{made['id']}", {"sections": {"section_2": "Here."}}, made["version"])
    late = {"sections": {"section_2": "There."}}
    headers = {"On-Conflict": "keep_both"}
    kept = await therapist.patch(
        f"/notes/{made['id']}", late, made["version"], expect=409, key=str(uuid4()), headers=headers
    )
    second = await therapist.get(f"/notes/{kept['kept_id']}")
    assert (second["template_id"], second["sections"]["section_2"]) == (made["template_id"], "There.")
