"""Work is one unit of work: the actor, the operation, the time; its reads; and the changes it makes as one step.

A slice reads with Statements, collects changes and records Events. Nothing is written until the response is ready.
Then changes, ledger rows and a stored response are applied as one step, before the response is sent. Only the code that
began a Work applies it, once: the exchange for a request (`access/exchange.py`), never a slice. A change that affects
an unexpected number of rows raises the error that the slice named for it.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.actor import Actor, Role
from integration_api.access.audience import Telling
from integration_api.access.conflicts import Gone
from integration_api.access.operations import Operation
from integration_api.access.policy import Grant
from integration_api.access.reads import Reads, StartAgain
from integration_api.access.refusals import Pending, refusal, refused_row
from integration_api.access.revisions import Versioned, revised
from integration_api.access.runtime import Runtime
from integration_api.access.statements import BLANK_ANSWERS
from integration_api.access.tombstones import INSERT_TOMBSTONE, READ_TOMBSTONE
from integration_api.core.ids import new_id
from integration_api.ledger.append import INSERT_LEDGER
from integration_api.ledger.events import PATIENT_CREATED, Event, Outcome
from integration_api.storage.database import Duplicate, Missed, Step
from integration_api.storage.statements import INSERT_VAULT_KEY, Change
from integration_api.storage.tables import ClinicRow
from integration_api.web.errors import ApiError, IdTaken, NotFound, StaleVersion, StepUpRequired, Unavailable
from integration_api.web.schemas import Resource

Tagged = TypeVar("Tagged", bound=Resource)

MAX_AGE = timedelta(minutes=2)
"""A Work is not applied later, so that no ledger row is dated long before its commit (see `ledger/sealer.py`)."""


Refusal = Callable[[], ApiError | StartAgain]


class Work(Reads):
    """The unit of work of one request, one command of the command line, or one job."""

    def __init__(
        self,
        runtime: Runtime,
        operation: Operation,
        request_id: str,
        actor: Actor | None = None,
        grant: Grant | None = None,
        scope: Mapping[str, Any] | None = None,
    ) -> None:
        """Begin; `grant` is the policy's for this actor and operation, `scope` the request's ASGI scope."""
        super().__init__(runtime, operation, actor, grant)
        self.request_id = request_id
        self.entity_version: int | None = None
        self.entity_id: UUID | None = None
        self.patient_id: UUID | None = None
        self.cookie: str | None = None  # the Set-Cookie header of the response
        self.kept_as: str | None = None  # the Cache-Control header of a response that its person may keep
        self.is_secret = False  # the response holds a secret, so a retry gets ShownOnce
        self.scope = scope or {}
        self._pending: list[Pending] = []
        self._ledger: list[dict[str, object]] = []
        self._is_applied = False
        self.charts: set[UUID] = set()
        self.telling = Telling()

    @property
    def role(self) -> Role:
        """Return the role by which the policy allows this operation."""
        if self._grant is None:
            msg = f"{self.operation} has no grant"
            raise RuntimeError(msg)
        return self._grant.role

    @property
    def role_is_granted(self) -> bool:
        """Return whether the policy grants this operation to one of the actor's roles."""
        return self._grant is not None

    def claimed_actor(self) -> Actor | None:
        """Return whom the token of a public request names, although it may have expired; None if it names nobody."""
        if not self.operation.takes_any_token:
            msg = f"{self.operation} takes no token"
            raise RuntimeError(msg)
        headers: dict[bytes, bytes] = dict(self.scope.get("headers", ()))
        return self.runtime.tokens.claimed(headers.get(b"authorization", b"").decode("latin-1"))

    def require_fresh(self) -> None:
        """Raise StepUpRequired if the last authentication is not fresh."""
        if not self.actor.is_fresh(self.now):
            raise StepUpRequired

    # ── changing ──

    def change(
        self,
        change: Change,
        row: BaseModel | None = None,
        *,
        rows: int | None = 1,
        missed: Refusal = StaleVersion,
        conflicts: Mapping[str, Refusal] | None = None,
        before: BaseModel | None = None,
        **values: object,
    ) -> None:
        """Collect one change: `row` gives values by column name, `values` the other parameters.

        Updates go first, so that a stale version is reported before a collision that it caused; then inserts and
        deletes. Within each, they go in the order in which they are collected. The first refused one is reported.

        `missed` is raised if the change affects another number of rows than `rows` (None: any). Give StartAgain if the
        request should read again. `conflicts` maps names of unique constraints to errors. `before` is the row as it was
        read, if `row` differs from it in who may see it.
        """
        was = None if isinstance(change.query, sa.Insert) else before or row
        self.telling.collect(change, was, None if isinstance(change.query, sa.Delete) else row, self._actor)
        given = {**(row.__dict__ if row is not None else {}), **self._ambient, **values}
        self._pending.append(Pending(Step(change, given, rows), missed, conflicts or {}))

    def create(
        self, change: Change, row: BaseModel, conflicts: Mapping[str, Refusal] | None = None, missed: Refusal = NotFound
    ) -> None:
        """Collect the insert of a new row. Raises `missed`, when applied, if the actor may not see its chart."""
        self.change(change, row, missed=missed, conflicts=conflicts)

    def revise(
        self,
        change: Change,
        row: Versioned,
        values: Mapping[str, object] | None = None,
        missed: Refusal = StaleVersion,
        before: BaseModel | None = None,
    ) -> Versioned:
        """Collect the UPDATE of a row at the version that was read, and return the row as it will be.

        Give the row as it was read as `before`, if `row` already differs in who may see it.
        """
        changed = revised(change, row, self.now, values or {})
        self.change(change, changed, before=before or row, missed=missed, expected_version=row.version)
        return changed

    def forget_responses(self, patient_id: UUID, subject_id: UUID) -> None:
        """Collect the deletion of stored responses about a thing that is deleted for good."""
        self.change(BLANK_ANSWERS, rows=None, owner_id=patient_id, subject_id=subject_id)

    def leave_tombstone(self, kind: str, row: ClinicRow, patient_id: UUID) -> None:
        """Collect the tombstone of a thing that is deleted, of this table: no create can bring its id back."""
        self.change(
            INSERT_TOMBSTONE,
            rows=None,
            clinic_id=row.clinic_id,
            id=row.id,
            patient_id=patient_id,
            kind=kind,
            deleted_at=self.now,
        )

    def new_vault_key(self, owner_id: UUID, clinic_id: UUID | None = None, *, taken: Refusal = IdTaken) -> None:
        """Collect a data key for a new owner; it encrypts the other rows of the same step too.

        `taken` is raised if the owner has one.
        """
        clinic_id = clinic_id or self.actor.clinic_id
        wrapped = self.runtime.vault.new_key(clinic_id, owner_id)
        self.change(
            INSERT_VAULT_KEY,
            conflicts={"pk_vault_keys": taken},
            clinic_id=clinic_id,
            id=owner_id,
            wrapped_key=wrapped,
            created_at=self.now,
        )

    # ── recording ──

    def record(
        self,
        subject_id: UUID | None = None,
        patient_id: UUID | None = None,
        *,
        event: Event | None = None,
        is_private: bool = False,
        is_opened: bool = True,
        outcome: Outcome = Outcome.DONE,
        reason: str | None = None,
        clinic_id: UUID | None = None,
        actor_id: UUID | None = None,
        digest: bytes | None = None,
    ) -> None:
        """Collect one ledger row: the operation's Event, or another `event` that comes with it.

        `is_private` hides it from all but the patient; `digest` is of the signed content. If it `is_opened`, the chart
        limit counts the chart. The row of a confidential operation is private, and names no chart.
        """
        if self.operation.is_confidential:
            patient_id, is_private = None, True
        event = event or self.operation.recorded
        self.patient_id = patient_id or self.patient_id
        if patient_id is not None and is_opened and event != PATIENT_CREATED:
            self.charts.add(patient_id)
        actor, clinic_id = self._actor, clinic_id or self.actor.clinic_id
        self.runtime.written.add(clinic_id)
        self._ledger.append(
            {
                "clinic_id": clinic_id,
                "id": new_id(),
                "at": self.now,
                "event": event,
                "action": self.operation.action,
                "outcome": outcome,
                "reason": reason,
                "actor_id": actor.id if actor else actor_id,
                "actor_role": self._grant.role.value if self._grant else None,
                "purpose": self._grant.purpose if self._grant else None,
                "digest": digest,
                "subject_id": subject_id,
                "patient_id": patient_id,
                "is_private": is_private,
                "request_id": self.request_id,
                "changed": None,
            }
        )

    def record_list(
        self,
        patients: Iterable[UUID],
        *,
        event: Event | None = None,
        is_private: bool = False,
        named: Collection[UUID] = (),
    ) -> None:
        """Collect one ledger row for each chart in a list; without a chart if it is empty. `named` are not opened."""
        for patient_id in dict.fromkeys(patients) or [None]:
            self.record(patient_id=patient_id, event=event, is_private=is_private, is_opened=patient_id not in named)

    # ── answering ──

    def tagged(self, resource: Tagged) -> Tagged:
        """Return this resource, and make its version the ETag of the response."""
        self.entity_version, self.entity_id = resource.version, resource.id
        return resource

    @property
    def has_changes(self) -> bool:
        """Return whether the Work has changes, besides ledger rows."""
        return bool(self._pending)

    @property
    def has_records(self) -> bool:
        """Return whether an Event was recorded."""
        return bool(self._ledger)

    def anew(self) -> "Work":
        """Begin another, empty Work of the same request and actor."""
        return Work(self.runtime, self.operation, self.request_id, self._actor, self._grant, self.scope)

    def _end(self) -> None:
        if self._is_applied:
            msg = f"{self.operation}: a Work is applied once"
            raise RuntimeError(msg)
        self._is_applied = True

    async def apply(self, last: Step | None = None) -> None:
        """Apply the collected changes as one atomic step. `last` is the response to store for retries.

        Raises the slice's error for a missed guard or a conflict, and Gone for a row whose id was deleted. Raises
        Duplicate if `last` exists already; Unavailable after MAX_AGE.
        """
        self._end()
        if self.runtime.clock() - self.now > MAX_AGE:
            raise Unavailable
        self.telling.write(self._ledger)
        pending, ledger = sorted(self._pending, key=lambda item: not item.step.change.precedes), self._ledger
        if not pending and last is None:
            if ledger:
                await self.runtime.database.append(INSERT_LEDGER, ledger)
            return
        steps = [item.step for item in pending] + [Step(INSERT_LEDGER, row) for row in ledger]
        try:
            await self.runtime.database.apply([*steps, last] if last else steps)
        except (Missed, Duplicate) as error:
            refused = refusal(pending, error)
            made = refused_row(pending, error) if isinstance(refused, NotFound | IdTaken | StartAgain) else None
            if made is not None and self.role_is_granted:
                was_there = await self.one(READ_TOMBSTONE, kind=made.kind, id=made.id)
                refused = refused if was_there is None else Gone()
            raise refused from error
