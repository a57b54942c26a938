"""A patient's statement of disagreement is in every answer that holds text of its note, whoever asks for what."""

import base64
import re

import pytest

from tests.factories import notes
from tests.fhir.clients import ask
from tests.scene import OPERATIONS, Scene, send
from tests.support import World, enter_again

pytestmark = pytest.mark.thorough
WORDS = "DISPUTED"
"""In each section of the note, before and after its amendment."""
SAID = "I-DISAGREE"
_BASE64 = re.compile(r'"data":"([A-Za-z0-9+/=]{16,})"')
TITLES = {"read_timeline", "read_patient_chart", "read_worklist", "read_home"}
"""Views that show the first words of a note as its title: they say that it is disputed, or the task is about that."""


@pytest.fixture
async def disputed(world: World) -> Scene:
    """A scene whose note was amended, has an addendum, and a statement of its patient."""
    scene = await Scene.build(world)
    texts = {name: f"{WORDS} {text}" for name, text in notes.sections().items()}
    note = await notes.signed_note(scene.therapist, scene.chart, sections=texts)
    body = {"sections": {**texts, "plan": f"{WORDS} otherwise."}, "reason": "Corrected."}
    path = f"/notes/{note['id']}"
    note = await scene.therapist.post(f"{path}/amendments", body, match=note["version"], expect=200)
    await scene.therapist.post(f"{path}/addenda", {"text": "More."})
    note = await scene.patient.get(path)
    await scene.patient.post(f"{path}/disagreement", {"text": SAID}, match=note["version"], expect=200)
    scene.ids["note_id"] = note["id"]
    return scene


def plain(text: str) -> str:
    """The text of an answer, with what it holds in base64."""
    inside = [
        base64.b64decode(found).decode("utf-8", "replace") for found in _BASE64.findall(text.replace('": "', '":"'))
    ]
    return " ".join([text, *inside])


async def test_the_statement_is_wherever_text_of_the_note_is(disputed: Scene) -> None:
    seen, without = set(), set()
    for name, prepare in OPERATIONS.items():
        request = await prepare(disputed)
        if request.person is None:
            continue
        for person in {request.person.id: request.person, disputed.patient.id: disputed.patient}.values():
            answer = await send(disputed.world.api, request._replace(person=person, key=None))
            await enter_again(person)
            told = plain(answer.text)
            if WORDS in told:
                seen.add(name)
                if SAID not in told:
                    without.add(name)
    assert {"read_note", "list_notes", "read_note_diff", "list_note_versions"} <= seen
    assert without - TITLES == set()


async def test_search_and_fhir_show_it_too(disputed: Scene) -> None:
    note_id, chart = disputed.ids["note_id"], disputed.chart
    for person in (disputed.therapist, disputed.patient):
        found = await person.post(f"/patients/{chart}/search", {"words": WORDS}, expect=200)
        assert {one["kind"] for one in found["items"]} == {"note"}
        for one in found["items"]:
            assert [said["text"] for said in one["disagreements"]] == [SAID]
    for path in (f"DocumentReference/{note_id}", f"DocumentReference?patient={chart}"):
        answer = await ask(disputed.therapist, path)
        assert answer.status_code == 200, answer.text
        told = plain(answer.text)
        assert (WORDS in told, SAID in told) == (True, True), path


async def test_views_of_titles_say_that_a_note_is_disputed(disputed: Scene) -> None:
    note_id, chart = disputed.ids["note_id"], disputed.chart
    for person in (disputed.therapist, disputed.patient):
        shown = (await person.get(f"/patients/{chart}/timeline?kind=note&limit=100"))["items"]
        assert {one["id"]: one["is_disputed"] for one in shown}[note_id]
        assert len({one["is_disputed"] for one in shown}) == 2, "those that nobody disputes are there too"
