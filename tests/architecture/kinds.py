"""The kinds of an expression, as far as they can be read without running the code."""

import dataclasses
import functools
import itertools
import types
import typing
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from pydantic import BaseModel


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class Known:
    """An object that exists when the module is loaded: a Statement, a class, a function, a module, a constant."""

    value: Any


@dataclasses.dataclass(frozen=True, slots=True)
class Of:
    """Some value of a type."""

    kind: Any


@dataclasses.dataclass(frozen=True, slots=True)
class Method:
    """A function found on a class or on a value of a type."""

    owner: Any
    function: Callable[..., Any]


@dataclasses.dataclass(frozen=True, slots=True)
class Each:
    """A sequence, by what its items may be."""

    items: tuple["Value", ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Keys:
    """A mapping: `named` keys are written out one by one, `carried` ones come with a whole row."""

    named: frozenset[str] = frozenset()
    carried: frozenset[str] = frozenset()

    def __or__(self, other: "Keys") -> "Keys":
        """Return the keys of both."""
        return Keys(self.named | other.named, self.carried | other.carried)


Value = Known | Of | Method | Each | Keys
Values = list[Value]
UNKNOWN = Of(object)


def fields_of(kind: Any) -> frozenset[str] | None:
    """Return the names in `__dict__` of a value of this type, or None if it is neither a model nor a dataclass."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return frozenset(kind.model_fields)
    if dataclasses.is_dataclass(kind):
        return frozenset(field.name for field in dataclasses.fields(kind))
    return None


def one_by_one(kind: Any) -> Iterator[Value]:
    """Yield the alternatives of a type, without None."""
    if isinstance(kind, typing.TypeAliasType if hasattr(typing, "TypeAliasType") else ()):
        kind = kind.__value__
    if typing.get_origin(kind) in {typing.Union, types.UnionType}:
        for part in typing.get_args(kind):
            yield from one_by_one(part)
    elif isinstance(kind, typing.TypeVar) and kind.__bound__ is not None:
        yield from one_by_one(kind.__bound__)
    elif typing.get_origin(kind) is typing.Annotated:
        yield from one_by_one(typing.get_args(kind)[0])
    elif kind is not type(None):
        yield Of(kind)


def hints_of(thing: Any) -> dict[str, Any]:
    try:
        return typing.get_type_hints(thing)
    except (NameError, TypeError):  # a name that exists for type checkers alone
        return {}


def joined(parts: Sequence[Values]) -> Values:
    """Return the mappings that these make together, one for each choice among alternatives."""
    found: Values = []
    for chosen in itertools.product(*parts):
        keys = [part for part in chosen if isinstance(part, Keys)]
        found.append(functools.reduce(Keys.__or__, keys, Keys()) if len(keys) == len(chosen) else UNKNOWN)
    return distinct(found)


def items_of(whole: Value) -> Values:
    match whole:
        case Each(items=items):
            return list(items)
        case Known(value=tuple() | list() as known):
            return [Known(item) for item in known]
        case Of(kind=kind) if typing.get_args(kind) and typing.get_origin(kind) is not dict:
            return list(one_by_one(typing.get_args(kind)[0]))
    return [UNKNOWN]


def distinct(values: Iterable[Value]) -> Values:
    found: Values = []
    for value in values:
        is_there = any(
            value.value is other.value if isinstance(value, Known) and isinstance(other, Known) else value == other
            for other in found
        )
        if not is_there:
            found.append(value)
    return found
