"""Models made from trusted values, without validation."""

from typing import Any, TypeVar

from pydantic import BaseModel

Model = TypeVar("Model", bound=BaseModel)
_set = object.__setattr__
_NONE_SET: set[str] = set()
"""Shared by all: only bodies are asked which fields were given, and a copy of a model makes its own set."""


def trusted(cls: type[Model], fields: dict[str, Any]) -> Model:
    """Make a model from a value for each of its fields, known to be right: nothing is looked up, checked or copied.

    Like `model_construct`, but without the search for aliases, defaults and extra values, in a tenth of its time.
    """
    made: Model = object.__new__(cls)
    _set(made, "__dict__", fields)
    _set(made, "__pydantic_fields_set__", _NONE_SET)
    _set(made, "__pydantic_extra__", None)
    _set(made, "__pydantic_private__", None)
    return made
