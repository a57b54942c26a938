"""Fragments: one word, three taps, a body map, a moment of music; and entries that say more about them."""

import pytest

from integration_api.core.ids import new_id
from integration_api.resources.journal.attachments.rules import fits_form
from integration_api.resources.journal.notes.tables import MediaType
from tests.factories.attachments import PDF, attached, facts, png
from tests.factories.reflections import draft, submitted
from tests.support import Json, Person, World

TAPS = {"mood": 6, "anxiety": 3, "connection": 8}
POINTS = [{"region": "chest", "intensity": 7}, {"region": "hands", "intensity": 0}]
MOMENT = {"title": "The one with the cello", "at_seconds": 215}
FORMS: dict[str, Json] = {
    "word": {"word": "weightless"},
    "mood": {"mood": TAPS},
    "body_map": {"regions": POINTS},
    "music": {"music": MOMENT},
    "drawing": {},
    "voice": {},
}
EMPTY: Json = {"word": None, "mood": None, "regions": [], "music": None}


async def pair(world: World) -> tuple[Person, Person]:
    therapist = await world.therapist()
    return therapist, await world.patient_of(therapist)


def fragment(form: str, **facts: object) -> Json:
    return {"kind": "fragment", "text": None, "fragment": {"form": form, **FORMS[form], **facts}}


@pytest.mark.parametrize("form", FORMS)
async def test_each_form_is_kept_and_read_whole(world: World, form: str) -> None:
    therapist, patient = await pair(world)
    made = await submitted(patient, share=True, **fragment(form))
    whole = {"form": form, **EMPTY, **FORMS[form]}
    path = f"/reflections/{made['id']}"
    listed = (await patient.get("/reflections", params={"kind": "fragment"}))["items"]
    versions = (await patient.get(f"{path}/versions"))["items"]
    for seen in (made, await patient.get(path), await therapist.get(path), *listed, *versions):
        assert seen["fragment"] == whole
    [summary] = (await therapist.get("/reflections", params={"view": "summary"}))["items"]
    assert (summary["kind"], "fragment" in summary) == ("fragment", False)


@pytest.mark.parametrize(
    ("form", "facts", "fields"),
    [
        ("word", {"word": None}, ["fragment.word"]),
        ("mood", {"mood": None}, ["fragment.mood"]),
        ("body_map", {"regions": []}, ["fragment.regions"]),
        ("music", {"music": None}, ["fragment.music"]),
        ("word", {"mood": TAPS}, ["fragment.mood"]),
        ("drawing", {"word": "spiral"}, ["fragment.word"]),
        ("voice", {"music": MOMENT}, ["fragment.music"]),
        ("mood", {"regions": POINTS, "music": MOMENT}, ["fragment.regions", "fragment.music"]),
        ("body_map", {"word": "here"}, ["fragment.word"]),
        ("body_map", {"regions": [POINTS[0], POINTS[0]]}, ["fragment.regions.1.region"]),
        ("body_map", {"regions": [{"region": "chest", "intensity": 11}]}, ["fragment.regions.0.intensity"]),
        ("body_map", {"regions": [{"region": "aura", "intensity": 1}]}, ["fragment.regions.0.region"]),
        ("mood", {"mood": {"mood": 6, "anxiety": 3}}, ["fragment.mood.connection"]),
        ("word", {"word": "two words"}, ["fragment.word"]),
        ("word", {"word": "x" * 61}, ["fragment.word"]),
        ("music", {"music": {"title": "A", "at_seconds": -1}}, ["fragment.music.at_seconds"]),
    ],
)
async def test_what_does_not_go_with_a_form_is_refused(world: World, form: str, facts: Json, fields: list[str]) -> None:
    _, patient = await pair(world)
    refused = await patient.post("/reflections", fragment(form, **facts), expect=422)
    assert [one["field"] for one in refused["errors"]] == [f"body.{name}" for name in fields]


@pytest.mark.parametrize("body", [{"kind": "fragment"}, {**fragment("word"), "kind": "text"}])
async def test_a_fragment_and_its_kind_go_together(world: World, body: Json) -> None:
    _, patient = await pair(world)
    refused = await patient.post("/reflections", body, expect=422)
    assert [(one["field"], one["code"]) for one in refused["errors"]] == [("body.fragment", "not_of_kind")]


async def test_a_fragment_stays_as_it_was_captured(world: World) -> None:
    _, patient = await pair(world)
    made = await draft(patient, **fragment("body_map"))
    path = f"/reflections/{made['id']}"
    await patient.patch(path, {"fragment": {"form": "word", "word": "other"}}, 1, expect=422)
    changed = await patient.patch(path, {"text": "It was warm.", "tags": ["warm"]}, 1)
    assert (changed["text"], changed["fragment"]) == ("It was warm.", made["fragment"])


async def test_a_title_of_the_inbox_is_the_word(world: World) -> None:
    therapist, patient = await pair(world)
    made = await submitted(patient, share=True, **fragment("word"))
    await therapist.post(f"/reflections/{made['id']}/replies", {"text": "Thank you."})
    assert [item["title"] for item in (await patient.get("/me/inbox"))["items"]] == ["weightless"]


async def test_a_later_entry_elaborates_it(world: World) -> None:
    therapist, patient = await pair(world)
    first = await submitted(patient, **fragment("word"))
    later = await submitted(patient, share=True, elaborates_id=first["id"])
    path = f"/reflections/{later['id']}"
    assert (await patient.get(path))["elaborates_id"] == first["id"]
    assert (await therapist.get(path))["elaborates_id"] is None
    for view in ("full", "summary"):
        [seen] = (await therapist.get("/reflections", params={"view": view}))["items"]
        assert seen["elaborates_id"] is None
    await patient.post(f"/reflections/{first['id']}/share", None, expect=200, match=first["version"])
    assert (await therapist.get(path))["elaborates_id"] == first["id"]


async def test_a_link_ends_with_what_it_leads_to(world: World) -> None:
    _, patient = await pair(world)
    first = await draft(patient, **fragment("mood"))
    later = await draft(patient, elaborates_id=first["id"])
    await patient.delete(f"/reflections/{first['id']}", match=1)
    assert (await patient.get(f"/reflections/{later['id']}"))["elaborates_id"] is None


async def test_nobody_elaborates_the_entry_of_another(world: World) -> None:
    therapist, patient = await pair(world)
    other = await world.patient_of(therapist, birth_on="1980-02-01")
    theirs = await submitted(other, share=True)
    for unknown in (theirs["id"], str(new_id())):
        refused = await patient.post("/reflections", {"elaborates_id": unknown}, expect=404)
        assert [one["field"] for one in refused["errors"]] == ["body.elaborates_id"]


@pytest.mark.parametrize(("form", "content_type"), [("drawing", "image/png"), ("voice", "audio/ogg")])
async def test_a_drawing_has_an_image_and_a_voice_a_sound(world: World, form: str, content_type: str) -> None:
    therapist, patient = await pair(world)
    made = await draft(patient, **fragment(form))
    path = f"/reflections/{made['id']}"
    data = png() if form == "drawing" else b"OggS\x00" + b"hum" * 9
    refused = await patient.post(f"{path}/attachments", facts(PDF, "application/pdf"), expect=422)
    assert [(one["field"], one["code"]) for one in refused["errors"]] == [("body.content_type", "not_of_form")]
    kept = await attached(patient, path, data, content_type)
    shared = await patient.post(f"{path}/submit", {"share": True}, expect=200, match=made["version"])
    assert shared["fragment"]["form"] == form
    listed = (await therapist.get("/attachments", params={"reflection_id": made["id"]}))["items"]
    assert [one["id"] for one in listed] == [kept["id"]]


def test_other_entries_take_files_of_every_type() -> None:
    assert all(fits_form(form, one) for form in (None, "word", "mood", "body_map", "music") for one in MediaType)
    fitting = {form: {one.value.partition("/")[0] for one in MediaType if fits_form(form, one)} for form in FORMS}
    assert (fitting["drawing"], fitting["voice"]) == ({"image"}, {"audio"})
