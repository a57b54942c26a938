"""The audiences of tasks: who is told that a worklist changed."""

import hashlib
from collections.abc import Iterator
from uuid import UUID

from integration_api.access.audience import declare
from integration_api.core.ids import derived_id
from integration_api.ledger.changes import NEVER, Changed, Channel
from integration_api.resources.attention.worklist.tables import OF_READINGS, TaskKind, TaskRow, TaskTable

_BESIDE = (TaskKind.REPLY_MISSED, TaskKind.OBSERVER_CHECK_MISSED)
_LATER = (TaskKind.REMS_FORM_REMINDER, TaskKind.REMS_FORM_OVERDUE, TaskKind.CHECK_IN_CLOSING, *OF_READINGS)
"""Tasks about one subject that open one after the other: each is told as a thing of its own."""
_OF_ONE = (TaskKind.NOTE_TO_SIGN, TaskKind.NOTE_TO_COSIGN)


def settled(patient_id: UUID, subject_id: UUID) -> tuple[Changed, ...]:
    """Return whom the end of every task about a subject is told to: those who could see one."""
    return tuple(
        Changed("worklist", subject_id, channel, patient_id, visible_from=NEVER)
        for channel in (Channel.TEAM, Channel.DRAFTS)
    )


def taken(account_id: UUID) -> Changed:
    """Return what an account is told of its own worklist when it took a task off it."""
    return Changed("worklist", account_id, Channel.ACCOUNT, None, account_id)


def _of_kind(row: TaskRow, what: str = "") -> UUID:
    named = f"{row.subject_id} {row.kind} {what}"  # subjects of one instant have ids that begin alike
    return derived_id(row.subject_id, hashlib.blake2b(named.encode(), digest_size=10).digest())


def _audience(row: TaskRow, _: object) -> Iterator[Changed]:
    """Yield the care team from when the task is open on, or the one account whose own note it is about."""
    if row.is_beyond_team and row.account_id is not None:
        yield Changed("worklist", row.account_id, Channel.ACCOUNT, None, row.account_id, row.opened_at)
    channel, account_id = (Channel.DRAFTS, row.account_id) if row.kind in _OF_ONE else (Channel.TEAM, None)
    if row.kind in _BESIDE:  # another task is about the same subject, and is open at another time
        channel = Channel.DRAFTS
    told = _of_kind(row) if row.kind in _LATER else row.subject_id
    yield Changed("worklist", told, channel, row.patient_id, account_id, row.opened_at)
    if row.kind is TaskKind.CHECK_IN_CLOSING:  # no step ends it, but the clock: told as a thing of its own
        yield Changed("worklist", _of_kind(row, "end"), channel, row.patient_id, account_id, row.due_at)
    if row.is_beyond_team and row.account_id is not None:
        yield Changed("worklist", row.account_id, Channel.ACCOUNT, None, row.account_id, row.opened_at)


declare(TaskTable, _audience)
