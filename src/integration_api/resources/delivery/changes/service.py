"""Reading the change feed."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from integration_api.access.actor import Role
from integration_api.access.reads import Reads
from integration_api.access.work import Work
from integration_api.ledger import statements as ledger_sql
from integration_api.ledger.changes import MAX_CHANGES, NEVER
from integration_api.ledger.seal import NO_HEAD
from integration_api.ledger.tables import SealRow
from integration_api.resources.delivery.changes import cursors, operations
from integration_api.resources.delivery.changes import statements as sql
from integration_api.resources.delivery.changes.cursors import HEAD_BYTES, Cursor
from integration_api.resources.delivery.changes.rules import AUDIENCE, ChangeKind, ChangeWord
from integration_api.resources.delivery.changes.schemas import ChangeFilter, ChangeItem, ChangePage
from integration_api.resources.delivery.changes.statements import FeedRow
from integration_api.web.errors import ApiError
from integration_api.web.paging import bound_key

MAX_CURSOR_AGE = timedelta(days=400)
"""After it a client begins anew. Removals are kept longer, so that they can be swept out one day. POLICY."""


class CursorExpired(ApiError):
    """The cursor no longer leads on: it is too old, your access has changed, or the database was restored."""

    status = 410
    code = "cursor-expired"
    title = "Cursor expired"
    remedy = "Ask without a cursor, keep what the new answers name, and drop the rest."


async def list_changes(work: Work, only: ChangeFilter) -> ChangePage:
    """Return the next changes that the actor is to be told of. Raises CursorExpired, Invalid."""
    actor = work.actor
    work.runtime.watch.ask(actor.clinic_id)
    last = await work.one(ledger_sql.LAST_SEAL, clinic_id=actor.clinic_id)
    end = last_sequence(last)
    if only.cursor is None:
        cursor = cursor_at(work, last, cursors.FIRST_SEQUENCE, end)
    else:
        cursor = cursors.read(only.cursor, key_of(work, only.patient_id), key_of(work))
        await check_cursor(work, cursor, end)
    rows = await read_feed(work, cursor, end, only.limit, only.patient_id)
    if any(row.kind == AUDIENCE and row.change for row in rows):
        raise CursorExpired
    shown = rows[: only.limit]
    has_more = len(rows) > only.limit
    items = told_items(shown)
    _record(work, items)
    reached = shown[-1].sequence if has_more else end
    following = cursor_at(work, last, reached, cursor.since)
    return ChangePage(
        items=items,
        next_cursor=following.write(key_of(work, only.patient_id if rows else None)),
        has_more=has_more,
        caught_up_at=last.reached_at if last else work.now,
    )


def _record(work: Work, items: Sequence[ChangeItem]) -> None:
    """Record that something was told, in no chart. An answer that names nothing leaves no row, however often it is."""
    if items:
        work.record(event=operations.CHANGES_LISTED)


def key_of(work: Reads, patient_id: UUID | None = None) -> bytes:
    """Return the key of the actor's cursors, in one chart or in everything.

    The second also goes with a chart, and an empty answer gives it: so it does not tell whether there is such a chart.
    """
    return bound_key(work.runtime.cursor_key, work.actor.id, "changes", {"patient_id": patient_id})


def cursor_at(work: Reads, last: SealRow | None, sequence: int, since: int) -> Cursor:
    """Return the actor's cursor after this sequence, as of the last seal."""
    if last is None:
        return Cursor(sequence, since, work.actor.epoch, 0, NO_HEAD[:HEAD_BYTES], 0)
    sealed_at = int(last.sealed_at.timestamp())
    return Cursor(sequence, since, work.actor.epoch, last.number, last.head[:HEAD_BYTES], sealed_at)


async def read_feed(work: Reads, cursor: Cursor, end: int, limit: int, patient_id: UUID | None) -> list[FeedRow]:
    """Return the changes after the cursor up to `end`, one more than `limit`. Some have no word and tell nothing."""
    roles = work.actor.roles
    found = await work.all(
        sql.LIST_CHANGES,
        after_sequence=cursor.sequence,
        since_sequence=cursor.since,
        end_sequence=end,
        page_rows=limit + 1,
        only_patient_id=patient_id,
        is_staff=not work.actor.is_patient,
        is_clinic_admin=Role.CLINIC_ADMIN in roles,
        is_privacy_officer=Role.PRIVACY_OFFICER in roles,
    )
    return sorted(found, key=lambda row: row.sequence)


async def read_channels(work: Reads) -> set[UUID]:
    """Return whose channels the actor reads. Raises ActorChanged if the sign-in has ended."""
    roles = work.actor.roles
    rows = await work.all(
        sql.LIST_CHANNELS,
        only_patient_id=None,
        is_staff=not work.actor.is_patient,
        is_clinic_admin=Role.CLINIC_ADMIN in roles,
        is_privacy_officer=Role.PRIVACY_OFFICER in roles,
    )
    return {row.channel_id for row in rows}


def last_sequence(last: SealRow | None) -> int:
    """Return the sequence that everything sealed is below."""
    return (last.first_position + last.row_count) * MAX_CHANGES - 1 if last else 0


async def check_cursor(work: Work, cursor: Cursor, end: int) -> None:
    """Raise CursorExpired if the cursor is of another history or epoch, beyond the end, or too old."""
    if cursor.epoch != work.actor.epoch or cursor.sequence > end or cursor.since > end:
        raise CursorExpired
    if cursor.seal_number == 0:
        return
    seal = await work.one(ledger_sql.READ_SEAL, clinic_id=work.actor.clinic_id, number=cursor.seal_number)
    if seal is None or seal.head[:HEAD_BYTES] != cursor.head or work.now - seal.sealed_at > MAX_CURSOR_AGE:
        raise CursorExpired


def told_items(rows: Sequence[FeedRow]) -> list[ChangeItem]:
    """Return what is told, each thing once, as it was told of last."""
    found: dict[tuple[str, UUID], ChangeItem] = {}
    for row in rows:
        if row.change is None or row.id is None:
            continue
        found.pop((row.kind, row.id), None)
        found[row.kind, row.id] = ChangeItem(
            kind=ChangeKind(row.kind),
            id=row.id,
            patient_id=row.patient_id,
            change=ChangeWord(row.change),
            at=row.at,
            until=row.until if row.until is not None and row.until < NEVER else None,
        )
    return [*found.values()]
