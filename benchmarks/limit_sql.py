"""What the limit runs: the product's own Statements, put together so that a request, or a batch of them, is one.

A text under construction has its parameters by name («now»); `single` numbers them for one request, `batched` takes
those that differ from request to request out of arrays, row by row.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import cast

from integration_api.access.statements import ACTOR_STANDS
from integration_api.ledger.append import INSERT_LEDGER
from integration_api.resources.attention.worklist.statements import COUNT_TASKS, CURRENT_TEAM, INSERT_TASK
from integration_api.resources.journal.reflections.statements import (
    INSERT_REFLECTION,
    INSERT_REFLECTION_VERSION,
    INSERT_TAG,
    LIST_REFLECTIONS,
    READ_REFLECTION,
    UPDATE_REFLECTION,
)
from integration_api.resources.people.clinics.statements import READ_CLINIC
from integration_api.resources.views.home.task_statements import LIST_TASKS
from integration_api.storage.postgres_sql import all_together
from integration_api.storage.statements import READ_VAULT_KEY, Statement

Pick = Callable[[Mapping[str, object]], tuple[object, ...]]

CONSTANTS: dict[str, object] = {}
"""Values that the Statements carry themselves, as the driver takes them."""

_NUMBERED = re.compile(r"\$(\d+)")
_NAMED = re.compile(r"«([^»]+)»")
_TYPED = re.compile(r"«([^»]+)»::([A-Z]+(?: WITH TIME ZONE)?)")
_AMBIENT = ("actor_", "scope_", "now")


@dataclass(frozen=True, slots=True)
class Query:
    """One text, and the names of its parameters in order."""

    sql: str
    arguments: Pick


@dataclass(frozen=True, slots=True)
class Batch:
    """One text for many requests: arrays of what differs, then what is the same for all."""

    sql: str
    varying: Pick
    shared: tuple[str, ...]


def _pick(names: Sequence[str]) -> Pick:
    return cast(Pick, itemgetter(*names))  # a tuple, since every text here has several parameters


def named(statement: Statement, prefix: str = "") -> str:
    """The Statement's text with its parameters by name; `prefix` sets apart names that another one has too."""
    compiled = statement.compiled("postgresql")
    names = []
    for name in compiled.parameters:
        if name in compiled.constants:
            key, value = f"{statement.name}.{name}", compiled.constants[name]
            CONSTANTS[key] = compiled.converters[name](value) if name in compiled.converters else value
            names.append(key)
        else:
            names.append(name if name.startswith(_AMBIENT) else prefix + name)
    return _NUMBERED.sub(lambda found: f"«{names[int(found[1]) - 1]}»", compiled.sql)


def single(text: str) -> Query:
    """The text for one request."""
    names = list(dict.fromkeys(_NAMED.findall(text)))
    return Query(_NAMED.sub(lambda found: f"${names.index(found[1]) + 1}", text), _pick(names))


def batched(text: str, varying: Sequence[str]) -> Batch:
    """The text for many; it reads from `i`, which has a column for each of `varying`, and `ord`."""
    types = dict(_TYPED.findall(text))
    shared = [name for name in dict.fromkeys(_NAMED.findall(text)) if name not in varying]
    arrays = ", ".join(f"${at}::{types[name]}[]" for at, name in enumerate(varying, 1))
    columns = ", ".join(f'"{name}"' for name in varying)
    given = f"input AS MATERIALIZED (SELECT * FROM unnest({arrays}) WITH ORDINALITY AS u({columns}, ord))"

    def place(found: re.Match[str]) -> str:
        name = found[1]
        return f'i."{name}"' if name in varying else f"${len(varying) + shared.index(name) + 1}"

    return Batch(f"WITH {given}, {_NAMED.sub(place, text)}", _pick(varying), tuple(shared))


_LEDGER = named(INSERT_LEDGER, "ledger_")
_LEDGER_INTO, _, _LEDGER_VALUES = _LEDGER.partition(" VALUES ")
_LEDGER_COLUMNS = INSERT_LEDGER.compiled("postgresql").parameters


def ledger(source: str, **columns: str) -> str:
    """The product's ledger INSERT, fed from `source`; some of its columns from there."""
    values = _LEDGER_VALUES.strip("() ").split(", ")
    chosen = ", ".join(columns.get(name, value) for name, value in zip(_LEDGER_COLUMNS, values, strict=True))
    return f"{_LEDGER_INTO} SELECT {_of_now(chosen, 'ledger_')} {source}"


def _of_now(text: str, prefix: str) -> str:
    """A ledger row is of the actor's clinic and of now."""
    return text.replace(f"«{prefix}clinic_id»", "«actor_clinic_id»").replace(f"«{prefix}at»", "«now»")


_READ, _LIST = named(READ_REFLECTION), named(LIST_REFLECTIONS)
_TASKS = named(LIST_TASKS)
_COUNT = named(COUNT_TASKS)
_OF_FOUND = {"subject_id": "found.id", "patient_id": "found.patient_id"}
_ANY_FOUND = "WHERE EXISTS (SELECT 1 FROM found)"
_ANY_OF_I = "FROM input i WHERE EXISTS (SELECT 1 FROM found WHERE found.ord = i.ord)"
_LISTED = {"patient_id": "«patient_id»::UUID", "subject_id": "NULL::UUID"}
_WORKED = {"patient_id": "NULL::UUID", "subject_id": "NULL::UUID"}

STANDS = single(named(ACTOR_STANDS))
VAULT_KEY = single(named(READ_VAULT_KEY))

READ = single(f"WITH found AS ({_READ}), told AS ({ledger('FROM found', **_OF_FOUND)}) SELECT * FROM found")
LIST = single(f"WITH found AS ({_LIST}), told AS ({ledger(_ANY_FOUND, **_LISTED)}) SELECT * FROM found")
WORKLIST = single(
    f"WITH found AS ({_TASKS}), told AS ({ledger(_ANY_FOUND, **_WORKED)}) "
    f"SELECT found.*, ({_COUNT}) AS waiting FROM found"
)

_ACTOR = ("actor_clinic_id", "actor_id", "actor_sign_in_id", "actor_epoch", "now", "ledger_id", "ledger_request_id")


def _each(query: str) -> str:
    return f"found AS (SELECT i.ord, f.* FROM input i CROSS JOIN LATERAL ({query}) f)"


READ_BATCH = batched(
    f"{_each(_READ)}, told AS ({ledger('FROM input i JOIN found ON found.ord = i.ord', **_OF_FOUND)}) "
    "SELECT * FROM found",
    (*_ACTOR, "id"),
)
LIST_BATCH = batched(
    f"{_each(_LIST)}, told AS ({ledger(_ANY_OF_I, **_LISTED)}) "
    "SELECT * FROM found ORDER BY ord, happened_at DESC, id DESC",
    (*_ACTOR, "patient_id"),
)


def together(parts: Sequence[tuple[str, int | None]]) -> Query:
    """Changes as one statement, by the product's own hand."""
    numbered, names = [], []
    for text, rows in parts:
        own = list(dict.fromkeys(_NAMED.findall(text)))
        numbered.append((_NAMED.sub(lambda found, own=own: f"${own.index(found[1]) + 1}", text), rows))  # type: ignore[misc]  # mypy reads the default as part of the signature
        names += own
    return Query(all_together(tuple(numbered)), _pick(names))


_INSERT = named(INSERT_REFLECTION).replace("«clinic_id»", "«actor_clinic_id»")
TAGS = 2
"""Each body of W1 has so many, and no insight."""


def _of_reflection(statement: Statement, prefix: str) -> str:
    """A row that belongs to the new reflection."""
    text = named(statement, prefix)
    for name, of in (("clinic_id", "actor_clinic_id"), ("reflection_id", "id"), ("patient_id", "patient_id")):
        text = text.replace(f"«{prefix}{name}»", f"«{of}»")
    return text.replace(f"«{prefix}happened_at»", "«happened_at»")


_PARTS = [_of_reflection(INSERT_TAG, f"tag{at}_") for at in range(TAGS)]
CREATE = together([(_INSERT, 1), *((part, 1) for part in _PARTS), (_of_now(_LEDGER, "ledger_"), 1)])


def _each_of_input(text: str) -> str:
    return text.replace(" WHERE ", " FROM input i WHERE ", 1)


_INSERT_EACH = (
    _each_of_input(_INSERT)
    .replace("«kind»", "«kind»::VARCHAR")  # an enum is bound untyped; a column of an array has a type
    .replace("«created_at»", "«now»")
    .replace("«updated_at»", "«now»")
)
_PARTS_EACH = ", ".join(f"part{at} AS ({_each_of_input(part)})" for at, part in enumerate(_PARTS))
CREATE_BATCH = batched(
    f"added AS ({_INSERT_EACH} RETURNING id), {_PARTS_EACH}, "
    f"told AS ({ledger('FROM input i JOIN added ON added.id = i.id', subject_id='i.id', patient_id='i.patient_id')}) "
    "SELECT i.ord FROM input i JOIN added ON added.id = i.id",
    (
        *(*_ACTOR, "scope_patient_id", "id", "patient_id", "kind", "captured_at", "happened_at", "content", "outline"),
        *(f"tag{at}_{name}" for at in range(TAGS) for name in ("id", "token")),
    ),
)

READ_TO_SUBMIT = single(
    f"WITH found AS ({_READ}), clinic AS ({named(READ_CLINIC)}), team AS ({named(CURRENT_TEAM)}) "
    "SELECT found.*, clinic.hours, clinic.time_zone, clinic.country, clinic.policies, clinic.phone, "
    "clinic.emergency_instruction, "
    "ARRAY(SELECT account_id FROM team WHERE role IN ('therapist', 'prescriber')) AS team FROM found, clinic"
)
"""W5 thinks between reading and writing (its text is sealed anew), so it is two statements."""


def submit(readers: int) -> Query:
    """W5's change, for this many readers."""
    parts: list[tuple[str, int | None]] = [
        (named(UPDATE_REFLECTION, "row_"), 1),
        (named(INSERT_REFLECTION_VERSION, "version_"), 1),
        *((named(INSERT_TASK, f"task{at}_"), None) for at in range(readers)),
        (_of_now(named(INSERT_LEDGER, "submitted_"), "submitted_"), 1),
        (_of_now(named(INSERT_LEDGER, "shared_"), "shared_"), 1),
    ]
    return together(parts)
