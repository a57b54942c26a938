"""The scene holds one of everything: each resource has its file in `tests/scene`, and needs no other."""

import re
from pathlib import Path

import pytest

from integration_api.app import action_routes
from tests import scene
from tests.scene import Scene, noun_of
from tests.support import World

FOLDER = Path(scene.__file__).parent
ROUTES = list(action_routes())
NOUNS = {noun_of(route.endpoint.__module__) for route in ROUTES}


def test_each_resource_has_its_file_and_each_file_its_resource() -> None:
    assert {path.stem for path in FOLDER.glob("*.py")} - {"__init__", "scene", "requests"} == NOUNS


@pytest.mark.parametrize("noun", sorted(NOUNS))
def test_a_file_asks_for_the_operations_of_its_resource_alone(noun: str) -> None:
    text = (FOLDER / f"{noun}.py").read_text("utf-8")
    asked = re.findall(r'\b(?:operation|reads)\(\s*"(\w+)', text)
    assert set(asked) == {route.name for route in ROUTES if noun_of(route.endpoint.__module__) == noun}
    assert not re.search(r"from tests\.scene\.(?!requests|scene)", text), "what two files need is a factory"


async def test_each_path_parameter_has_a_thing(world: World) -> None:
    names = {name for route in ROUTES for name in re.findall(r"{(\w+)}", route.path)}
    named_in_bodies_alone, more_of_a_kind = (
        {"insight_id"},
        {"critical_vital_id", "program_id", "program_of_set_id"},
    )
    assert (await Scene.build(world)).ids.keys() == names | named_in_bodies_alone | more_of_a_kind
