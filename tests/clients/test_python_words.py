"""The Python client takes words and fields that a newer API may send, and sends none that it does not know."""

import typing
from typing import Any, Literal

import httpx
import pytest
from pydantic import BaseModel, ValidationError

from generate_client.document import read_document
from integration_journal import models, operations
from tests.clients.networks import draft, phone
from tests.document import operations as documented
from tests.support import World


async def test_a_new_word_in_an_answer_is_read_and_a_new_field_too(world: World) -> None:
    device = await phone(world)
    made = (await device.journal.send(draft("Tonight"))).value
    listed = operations.list_reflections()
    body = (await device.journal.send(listed)).value.model_dump(mode="json")
    body["items"][0] |= {"state": "dreamt", "kind": "sung", "colour": "blue", "allowed_actions": ["reflection:sing"]}
    device.network.answer(httpx.Response(200, headers={"x-request-id": "1"}, json=body))
    (found,) = (await device.journal.send(listed)).value.items
    assert (found.id, found.state, found.kind) == (made.id, "dreamt", "sung")
    assert isinstance(found, models.Reflection)


@pytest.mark.thorough
def test_every_answer_takes_new_words_and_no_request_does() -> None:
    sent, answered = _models("requestBody"), _models("responses")
    assert len(sent) > 30
    assert len(answered) > 60
    assert [name for name in answered - sent if _closed_words(getattr(models, name))] == []
    assert sum(bool(_closed_words(getattr(models, name))) for name in sent) > 15


def test_a_request_with_a_word_that_is_not_known_is_not_made() -> None:
    with pytest.raises(ValidationError):
        models.CourseUpdate.model_validate({"state": "dreamt"})
    with pytest.raises(ValidationError):
        models.CourseUpdate.model_validate({"colour": "blue"})


def _models(part: str) -> set[str]:
    """The names of the models that requests, or responses, lead to."""
    document = read_document()
    found: set[str] = set()
    waiting: list[Any] = [operation.get(part, {}) for _, _, operation in documented(document)]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting += value
        elif isinstance(value, dict):
            waiting += value.values()
            reference = value.get("$ref")
            if isinstance(reference, str) and reference not in found:
                found.add(reference)
                at: Any = document
                for name in reference.removeprefix("#/").split("/"):
                    at = at[name]
                waiting.append(at)
    names = {reference.rpartition("/")[2] for reference in found}
    return {name for name in names if isinstance(getattr(models, name, None), type)}


def _closed_words(model: type[BaseModel]) -> list[str]:
    """The fields that take known words alone."""
    return [name for name, hint in typing.get_type_hints(model).items() if _is_closed(hint)]


def _is_closed(hint: Any, outer: Any = None) -> bool:
    if typing.get_origin(hint) is Literal:
        return str not in typing.get_args(outer)
    return any(_is_closed(inner, hint) for inner in typing.get_args(hint))
