"""Differences of two texts on the wire."""

import json
from collections.abc import Mapping
from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from integration_api.core.differences import PartKind, difference
from integration_api.web.schemas import response_part


@response_part
class TextPart(TypedDict):
    """A part of a text, and what became of it."""

    kind: Annotated[PartKind, Field(description="Whether it stayed, was added or was removed.", examples=["added"])]
    text: Annotated[str, Field(description="The part, with its blanks.", examples=["two"])]


@response_part
class FieldDiff(TypedDict):
    """The changes of one field."""

    field: Annotated[str, Field(description="The name of the field or section.", examples=["plan"])]
    parts: Annotated[
        list[TextPart],
        Field(description="In order: `same` and `removed` make up the text before, `same` and `added` that after."),
    ]


def field_diffs(before: Mapping[str, object], after: Mapping[str, object]) -> list[FieldDiff]:
    """Return what became of each field that has or had a value, in their order; values that are no text as JSON."""
    names = dict.fromkeys([*after, *before])
    pairs = {name: (_text(before.get(name)), _text(after.get(name))) for name in names}
    return [
        {"field": name, "parts": [{"kind": part.kind, "text": part.text} for part in difference(*pair)]}
        for name, pair in pairs.items()
        if any(pair)
    ]


def _text(value: object) -> str:
    if value is None or value == []:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
