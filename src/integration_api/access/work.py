"""Work is one unit of work: who asks, by which operation, when; what it reads; and the change it makes as one step.

A slice reads with Statements, collects changes and records Events. Nothing is written until the answer is ready;
then changes, ledger rows and the stored answer of a retry are applied as one, before the answer is sent.
Only what began a Work applies it, once: the exchange for a request (`access/exchange.py`), never a slice. A change that
hits another number of rows than it must raises what the slice named for it.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from pydantic import BaseModel

from integration_api.access.actor import Actor, Role
from integration_api.access.operations import Operation
from integration_api.access.policy import Grant
from integration_api.access.refusals import Pending, refusal
from integration_api.access.revisions import Versioned, revised
from integration_api.access.runtime import Runtime
from integration_api.access.statements import ACTOR_STANDS, BLANK_ANSWERS
from integration_api.access.visible import values_of
from integration_api.core.ids import new_id
from integration_api.ledger.append import INSERT_LEDGER
from integration_api.ledger.events import PATIENT_CREATED, Event, Outcome
from integration_api.storage.database import Duplicate, Missed, Step
from integration_api.storage.statements import INSERT_VAULT_KEY, Change, Read
from integration_api.web.errors import ApiError, IdTaken, NotFound, StaleVersion, StepUpRequired
from integration_api.web.paging import Page, Window, bound_key, page
from integration_api.web.schemas import Resource

Row = TypeVar("Row", bound=BaseModel)
Item = TypeVar("Item")
Tagged = TypeVar("Tagged", bound=Resource)


class StartAgain(Exception):
    """The rows that the request read have changed: it starts again, once."""


class ActorChanged(StartAgain):
    """The database no longer agrees with the access token."""


class Work:
    """One request, one command of the command line, or one job."""

    def __init__(
        self,
        runtime: Runtime,
        operation: Operation,
        request_id: str,
        actor: Actor | None = None,
        grant: Grant | None = None,
        scope: Mapping[str, Any] | None = None,
    ) -> None:
        """`grant` is what the policy gives the actor for this operation, `scope` the request's ASGI scope."""
        self.runtime, self.operation, self.request_id = runtime, operation, request_id
        self.now: datetime = runtime.clock()
        self.entity_version: int | None = None
        self.entity_id: UUID | None = None
        self.patient_id: UUID | None = None
        self.is_secret = False  # the answer is shown once: a retry is told just that
        self._actor, self._grant, self.scope = actor, grant, scope or {}
        self._pending: list[Pending] = []
        self._ledger: list[dict[str, object]] = []
        self._is_applied = False
        self.charts: set[UUID] = set()
        self._ambient = values_of(actor, grant, self.now)

    @property
    def actor(self) -> Actor:
        """The signed-in account. Only a public operation has none."""
        if self._actor is None:
            msg = f"{self.operation} has no actor"
            raise RuntimeError(msg)
        return self._actor

    @property
    def role(self) -> Role:
        """The role by which the policy allows this operation."""
        if self._grant is None:
            msg = f"{self.operation} has no grant"
            raise RuntimeError(msg)
        return self._grant.role

    @property
    def role_is_granted(self) -> bool:
        """Whether the policy gives the actor's roles this operation at all."""
        return self._grant is not None

    def require_fresh(self) -> None:
        """Raises StepUpRequired where the actor has not proved lately who they are."""
        if not self.actor.is_fresh(self.now):
            raise StepUpRequired

    # ── reading ──

    async def one(self, read: Read[Row], **values: object) -> Row | None:
        """The first row of a Statement, or None where there is none that the actor may see."""
        return await self.runtime.database.one(read, {**self._ambient, **values})

    async def get(self, read: Read[Row], missing: type[ApiError] = NotFound, **values: object) -> Row:
        """The row of a Statement. Raises `missing`."""
        row = await self.one(read, **values)
        if row is None:
            raise missing
        return row

    async def all(self, read: Read[Row], **values: object) -> list[Row]:
        """The rows of a Statement. Nothing found may mean nobody is signed in: that is looked up."""
        rows = await self.runtime.database.all(read, {**self._ambient, **values})
        if not rows and self._actor is not None:
            await self.confirm()
        return rows

    async def page(
        self,
        read: Read[Row],
        window: Window,
        position: Callable[[Row], tuple[datetime, UUID]],
        present: Callable[[Row], Item],
        *,
        ascending: bool = False,
        until: datetime | None = None,
        **values: object,
    ) -> Page[Item]:
        """One page of a list Statement, which takes `cursor_at`, `cursor_id` and `page_rows`.

        `until` is the end of a time range that the list is kept to: where it begins, running newest first.
        """
        key = bound_key(self.runtime.cursor_key, self.actor.id, read.name, values)
        rows = await self.all(read, **window.values(key, ascending=ascending, until=until), **values)
        return page(rows, window, key, position, present)

    async def confirm(self) -> None:
        """Raises ActorChanged where the sign-in has ended or the account has changed since the token was made."""
        if await self.runtime.database.one(ACTOR_STANDS, self._ambient) is None:
            raise ActorChanged

    # ── changing ──

    def change(
        self,
        change: Change,
        row: BaseModel | None = None,
        *,
        rows: int | None = 1,
        missed: Callable[[], ApiError | StartAgain] = StaleVersion,
        conflicts: Mapping[str, Callable[[], ApiError]] | None = None,
        **values: object,
    ) -> None:
        """Collect one change: `row` gives values by column name, `values` the other parameters.

        Precedence: updates go first, so a stale version is told before what collides because of it; then inserts and
        deletes. Within each, they go in the order in which they are collected. The first that is refused is told.

        `missed` is raised where it hits another number than `rows` (None: any); StartAgain where reading anew
        gives the right answer. `conflicts` names what a unique constraint means, by the constraint's name.
        """
        given = {**(row.__dict__ if row is not None else {}), **self._ambient, **values}
        self._pending.append(Pending(Step(change, given, rows), missed, conflicts or {}))

    def create(
        self, change: Change, row: BaseModel, conflicts: Mapping[str, Callable[[], ApiError]] | None = None
    ) -> None:
        """Collect the insert of a new row whose guards are that the actor may see what it belongs to."""
        self.change(change, row, missed=NotFound, conflicts=conflicts)

    def revise(
        self,
        change: Change,
        row: Versioned,
        values: Mapping[str, object] | None = None,
        missed: Callable[[], ApiError | StartAgain] = StaleVersion,
    ) -> Versioned:
        """Collect the UPDATE of a row at the version that was read, and return the row as it will be."""
        changed = revised(change, row, self.now, values or {})
        self.change(change, changed, missed=missed, expected_version=row.version)
        return changed

    def forget_answers(self, patient_id: UUID, subject_id: UUID) -> None:
        """Collect the end of what retries would be answered about a thing that is deleted for good."""
        self.change(BLANK_ANSWERS, rows=None, owner_id=patient_id, subject_id=subject_id)

    def new_vault_key(self, owner_id: UUID, clinic_id: UUID | None = None) -> None:
        """Collect a data key for a new chart or clinic, which the same step's other rows are sealed under."""
        clinic_id = clinic_id or self.actor.clinic_id
        wrapped = self.runtime.vault.new_key(clinic_id, owner_id)
        self.change(
            INSERT_VAULT_KEY,
            conflicts={"pk_vault_keys": IdTaken},
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
        outcome: Outcome = Outcome.DONE,
        reason: str | None = None,
        clinic_id: UUID | None = None,
        actor_id: UUID | None = None,
        digest: bytes | None = None,
    ) -> None:
        """Collect one row for the ledger: the operation's Event, or another `event` that comes with it.

        `is_private` hides it from all but the patient; `digest` is of what was signed.
        """
        event = event or self.operation.recorded
        self.patient_id = patient_id or self.patient_id
        if patient_id is not None and event != PATIENT_CREATED:
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
            }
        )

    def record_list(self, patient_ids: Iterable[UUID], *, is_private: bool = False) -> None:
        """One row for each chart of which a list showed something, or one without a chart."""
        for patient_id in dict.fromkeys(patient_ids) or [None]:
            self.record(patient_id=patient_id, is_private=is_private)

    # ── answering ──

    def tagged(self, resource: Tagged) -> Tagged:
        """Say that the answer is this one resource: its version becomes the ETag."""
        self.entity_version, self.entity_id = resource.version, resource.id
        return resource

    @property
    def has_changes(self) -> bool:
        """Whether anything is to be written but reads."""
        return bool(self._pending)

    @property
    def has_records(self) -> bool:
        """Whether an Event was recorded."""
        return bool(self._ledger)

    def anew(self) -> "Work":
        """Begin another Work of the same request and actor, which has collected nothing."""
        return Work(self.runtime, self.operation, self.request_id, self._actor, self._grant, self.scope)

    def _end(self) -> None:
        if self._is_applied:
            msg = f"{self.operation}: a Work is applied once"
            raise RuntimeError(msg)
        self._is_applied = True

    async def apply(self, last: Step | None = None) -> None:
        """Apply what was collected as one atomic step. `last` is the stored answer of a retry.

        Raises what the slice named for a missed guard or a conflict; Duplicate where `last` exists already.
        """
        self._end()
        pending = sorted(self._pending, key=lambda item: not item.step.change.precedes)
        ledger = self._ledger
        if not pending and last is None:
            if ledger:
                await self.runtime.database.append(INSERT_LEDGER, ledger)
            return
        steps = [item.step for item in pending] + [Step(INSERT_LEDGER, row) for row in ledger]
        try:
            await self.runtime.database.apply([*steps, last] if last else steps)
        except (Missed, Duplicate) as error:
            raise refusal(pending, error) from error
