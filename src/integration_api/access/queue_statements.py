"""The Statements of a queue: a table whose rows are due some time, each made by the one process that claims it.

They are made of the table by one function, as the tables of exports differ in their columns alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import SQLModel

from integration_api.access.visible import at_version, to_key
from integration_api.ledger.statements import OneClinic, of_clinic
from integration_api.storage.compiling import WRAPPED_KEY
from integration_api.storage.statements import VAULT_KEYS, Change, Read, Scope, next_version, param, row_key
from integration_api.storage.tables import ClinicRow, VersionedRow, encrypted_columns, table_of
from integration_api.web.paging import PAGE_ROWS


class DueRow(ClinicRow):
    """A row that the job has something to do with. `account_id` asked for it."""

    account_id: UUID
    state: StrEnum
    attempts: int
    version: int


Due = TypeVar("Due", bound=DueRow)
Queued = TypeVar("Queued", bound=VersionedRow)


@dataclass(frozen=True, slots=True, eq=False)
class Queue(Generic[Due, Queued]):
    """The Statements of one table, and what its columns are."""

    table: type[SQLModel]
    name: str
    """The word for one row, as in `{name}_failed` of the log."""
    states: type[StrEnum]
    failures: type[StrEnum]
    number: str
    """The column that tells claims apart: whoever claims a row later has counted one more."""
    fresh: Mapping[str, Any]
    """Columns that begin anew with each claim, and are empty at the end."""
    kept: tuple[str, ...]
    """Columns that the claim keeps while it lasts."""
    erased: tuple[str, ...]
    """The columns with a key, which goes at the end."""
    next_clinic: Read[OneClinic]
    due: Read[Due]
    claim: Change
    """One process gets it. If that says nothing more, the row is due again after its claim. The version stays."""
    read: Read[Queued]
    """Nothing once the claim is lost, or the key of the row is destroyed."""
    keep: Change
    """The claim goes on, and `kept` with it. The version stays."""
    finish: Change
    end: Change
    """Failed or expired. An erased chart needs no key for that."""

    @property
    def emptied(self) -> dict[str, Any]:
        """Return the columns that hold nothing after the end."""
        return {**self.fresh, **dict.fromkeys(self.erased)}


QUEUES: list[Queue[Any, Any]] = []
"""Every queue of the product."""


def queue_of(
    model: type[SQLModel],
    due: type[Due],
    row: type[Queued],
    job: str,
    *,
    states: type[StrEnum],
    failures: type[StrEnum],
    ready: Sequence[str],
    kept: tuple[str, ...],
    fresh: Mapping[str, Any] | None = None,
    number: str = "attempts",
    guards: Sequence[sa.ColumnElement[bool]] = (),
) -> Queue[Due, Queued]:
    """Return the queue of a table with the columns `state`, `due_at`, `attempts` and `version`.

    `job` says why its Statements need no actor. `ready` are the columns that a made row has beside its times, and
    `guards` must hold then.
    """
    table, fresh = table_of(model), fresh or {}
    name, erased = table.name.removesuffix("s"), encrypted_columns(table)
    is_due = table.c.due_at <= param("now", table.c.due_at)
    is_making = table.c.state == states("making")
    is_ours = table.c[number] == param(number, table.c[number])
    until = {"due_at": param("claimed_until", table.c.due_at)}
    whole = sa.select(*table.c)
    if erased:
        whole = sa.select(*table.c, VAULT_KEYS.c.wrapped_key.label(WRAPPED_KEY)).join(*to_key(table))
    clinics = sa.select(table.c.clinic_id).where(table.c.clinic_id > param("last_clinic_id", table.c.clinic_id), is_due)
    made = Queue(
        model,
        name,
        states,
        failures,
        number,
        fresh,
        kept,
        erased,
        Read(
            f"next_clinic_of_due_{table.name}",
            clinics.order_by(table.c.clinic_id).limit(1),
            OneClinic,
            Scope.SYSTEM,
            "finds the clinics themselves, one after the other",
        ),
        Read(
            f"due_{table.name}",
            sa.select(*(table.c[field] for field in due.model_fields))
            .where(of_clinic(table), is_due)
            .order_by(table.c.due_at, table.c.id)
            .limit(PAGE_ROWS),
            due,
            Scope.SYSTEM,
            job,
        ),
        Change(
            f"claim_{name}",
            sa.update(table)
            .where(row_key(table), is_making, is_due, is_ours)
            .values(
                {one: table.c[one] + 1 for one in dict.fromkeys(("attempts", number))}
                | until
                | {one: param(one, table.c[one]) for one in fresh}
            ),
            Scope.SYSTEM,
            job,
        ),
        Read(f"read_claimed_{name}", whole.where(row_key(table), is_making, is_ours), row, Scope.SYSTEM, job),
        Change(
            f"keep_{name}",
            sa.update(table)
            .where(row_key(table), is_making, is_ours)
            .values(until | {one: param(one, table.c[one]) for one in kept}),
            Scope.SYSTEM,
            job,
        ),
        Change(
            f"finish_{name}",
            sa.update(table)
            .where(of_clinic(table), *at_version(model), is_making, is_ours, *guards)
            .values(next_version(table, ("state", *ready, "ready_at", "expires_at", "due_at"))),
            Scope.SYSTEM,
            job,
        ),
        Change(
            f"end_{name}",
            sa.update(table)
            .where(of_clinic(table), *at_version(model), is_ours)
            .values(next_version(table, ("state", "failure", *fresh, "due_at"))),
            Scope.SYSTEM,
            job,
        ),
    )
    QUEUES.append(made)
    return made
