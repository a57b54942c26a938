"""Objects in the body of a PATCH are merged by RFC 7396, one rule for all: absent stays, null clears."""

from collections.abc import Iterator

import pytest

from tests.document import follow, forms, made_document, operations
from tests.scene.requests import first_case
from tests.scene.scene import Scene
from tests.support import Api, Json, World

DOCUMENT = made_document()
TWO_MEMBERS: dict[tuple[str, str], tuple[Json, Json]] = {
    ("update_clinic", "hours"): (
        {"sat": [{"opens": "10:00", "closes": "12:00"}]},
        {"sun": [{"opens": "08:00", "closes": "09:00"}]},
    ),
    ("update_clinic", "policies"): ({"late_entry_hours": 3}, {"cosign_days": 4}),
    ("update_note", "sections"): ({"data": "The lake"}, {"assessment": "Calm"}),
    ("update_reflection", "ratings"): ({"mood": 3}, {"sleep": 4}),
    ("update_readiness_check", "items"): ({"rd.screen": {"status": "met"}}, {"rd.clearance": {"status": "not_met"}}),
    ("update_readiness_check", "contraindications"): (
        {"hypersensitivity": {"status": "absent"}},
        {"aneurysmal_vascular_disease": {"status": "absent"}},
    ),
    ("update_measure_response", "answers"): ({"phq9.1": 1}, {"phq9.2": 2}),
    ("update_session", "set_and_setting"): ({"room": "Garden room"}, {"music": "Own list"}),
}
"""For each object in the body of a PATCH, two different members of it. A new object is added here."""


ALL_NEEDED = {("update_note", "source")}
"""Objects whose members are all needed: null clears none of them, and a first one names all."""


def objects() -> Iterator[tuple[tuple[str, str], bool]]:
    """Every object in the body of a PATCH, and whether it may be null."""
    for _, method, operation in operations(DOCUMENT):
        if method != "patch":
            continue
        body = follow(DOCUMENT, operation["requestBody"]["content"]["application/json"]["schema"])
        for name, field in body["properties"].items():
            found = forms(DOCUMENT, field)
            if any(form.get("type") == "object" for form in found):
                yield (operation["operationId"], name), {"type": "null"} in found


OBJECTS = dict(objects())


def holds(whole: Json, part: Json) -> bool:
    """Whether an object has these members, in objects in it too; the API may add others, such as who wrote them."""
    return all(
        holds(whole[name], value) if isinstance(value, dict) else whole[name] == value for name, value in part.items()
    )


def test_every_object_in_a_patch_is_shown_here() -> None:
    assert OBJECTS.keys() == TWO_MEMBERS.keys() | ALL_NEEDED


@pytest.fixture(scope="module")
async def scene(api: Api) -> Scene:
    """A clinic in which everything exists once."""
    api.clock.reset()
    return await Scene.build(await World.build(api))


@pytest.mark.thorough
@pytest.mark.parametrize(("operation", "field"), TWO_MEMBERS)
async def test_absent_stays_and_null_clears(scene: Scene, operation: str, field: str) -> None:
    asked = await first_case(scene, operation)
    assert asked.person is not None
    assert asked.match is not None
    person, version = asked.person, asked.match

    async def patch(value: object) -> Json:
        nonlocal version
        answer: Json = await person.patch(asked.path, {field: value}, version)
        version = answer["version"]
        assert (await person.get(asked.path))[field] == answer[field]
        found: Json = answer[field]
        return found

    one, two = TWO_MEMBERS[operation, field]
    [key] = one
    assert holds(await patch(one), one)
    both = await patch(two)
    assert holds(both, one | two)
    assert await patch({}) == both
    cleared = await patch({key: None})
    assert cleared.get(key) != one[key]
    assert {**cleared, key: None} == {**both, key: None}
    if OBJECTS[operation, field]:
        assert await patch(None) is None
        assert {name for name, part in (await patch(one)).items() if part is not None} == {key}


@pytest.mark.thorough
async def test_a_label_is_merged_and_stays_whole(scene: Scene) -> None:
    asked = await first_case(scene, "update_note")
    assert asked.person is not None
    assert asked.match is not None
    whole = {"kind": "dictation", "tool": "Quiet Pen", "tool_version": "4.2", "patient_consented": True}
    refused = await asked.person.patch(asked.path, {"source": {"tool": "Quiet Pen"}}, asked.match, expect=422)
    assert {one["field"] for one in refused["errors"]} == {f"body.source.{name}" for name in whole} - {
        "body.source.tool"
    }
    first = await asked.person.patch(asked.path, {"source": whole}, asked.match)
    changed = await asked.person.patch(asked.path, {"source": {"tool_version": "4.3"}}, first["version"])
    assert changed["source"] == {**whole, "tool_version": "4.3"}
    await asked.person.patch(asked.path, {"source": {"tool": None}}, changed["version"], expect=422)
    assert await asked.person.get(asked.path) == changed
