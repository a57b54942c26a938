"""Rows, made and changed by what a body gives, and the blind indexes by which a chart's are found."""

import hashlib
from collections.abc import Iterable, Mapping, Set
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel

from integration_api.access.work import Work
from integration_api.core.ids import derived_id, new_id
from integration_api.web.schemas import Schema


def new_values(work: Work, body: Schema, **stored: object) -> dict[str, Any]:
    """Return the values that a new row begins with: `CourseRow(**new_values(work, body), created_by_id=...)`.

    They are the fields of the body, its id or a new one, the actor's clinic, and this moment. `stored` names fields of
    the body that a row holds in another form. Raises TypeError for a field that the body does not have.
    """
    given, now = body.__dict__, work.now
    if stored and (unknown := stored.keys() - given.keys()):
        msg = f"{type(body).__name__} has no {', '.join(sorted(unknown))}"
        raise TypeError(msg)
    return {
        **given,
        **stored,
        "clinic_id": work.actor.clinic_id,
        "id": given.get("id") or new_id(),
        "created_at": now,
        "updated_at": now,
    }


def kept_id(work: Work, thing_id: UUID, version: int, key: str) -> UUID:
    """Return the id of the draft that keeps a change: it follows from the thing, the version read, and the key.

    It is keyed, so that nobody else can make it.
    """
    text = f"{work.actor.clinic_id} {work.actor.id} {thing_id} {version} {key}"
    digest = hashlib.blake2b(text.encode(), key=work.runtime.retry_key, digest_size=10).digest()
    return derived_id(thing_id, digest)


def changed_values(
    body: Schema,
    present: Mapping[str, Any],
    *,
    mode: Literal["json", "python"] = "python",
    only: Set[str] | None = None,
) -> dict[str, Any]:
    """Return the values that a PATCH gives, its objects merged into the `present` ones by RFC 7396.

    Within an object as outside of it, an absent member stays and null clears it. Lists are replaced. `only` names the
    fields that are wanted.
    """
    given = body.model_dump(mode=mode, include=set(only) if only else None)
    return {name: _merged(getattr(body, name), value, present.get(name)) for name, value in given.items()}


def _merged(given: object, value: Any, present: object) -> Any:  # noqa: ANN401
    """Merge a value, which is `given` as it is stored: an object keeps its members, a map loses those that are null."""
    old = present if isinstance(present, Mapping) else {}
    if isinstance(given, BaseModel):
        return {
            name: _merged(getattr(given, name), part, old.get(name))
            if name in given.model_fields_set
            else old.get(name, part)
            for name, part in value.items()
        }
    if isinstance(given, Mapping):
        merged = {**old, **{name: _merged(given[name], part, old.get(name)) for name, part in value.items()}}
        return {name: part for name, part in merged.items() if part is not None}
    return value


async def chart_index(
    work: Work, patient_id: UUID, purpose: str, values: Iterable[str], clinic_id: UUID | None = None
) -> dict[str, bytes]:
    """Return the blind index of each value under a chart's key; of none if the chart was erased, or is unknown.

    `clinic_id` is that of the chart, if no actor asks.
    """
    return await work.runtime.database.blind_index(clinic_id or work.actor.clinic_id, patient_id, purpose, values)
