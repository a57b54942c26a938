"""SQL expressions for the reflections that somebody reads: by whose they are, and by what is shared and released."""

from collections.abc import Iterator

import sqlalchemy as sa

from integration_api.access.audience import declare
from integration_api.access.prose import reads_prose
from integration_api.access.viewers import Rules, SeenBy
from integration_api.ledger.changes import AT_ONCE, Changed, Channel
from integration_api.resources.journal.reflections.promises import is_waited_for
from integration_api.resources.journal.reflections.tables import ReflectionRow, ReflectionTable, Sharing
from integration_api.storage.statements import param
from integration_api.storage.tables import table_of

_SCOPE_PATIENT_ID = sa.bindparam("scope_patient_id", type_=sa.Uuid())
_reflections = table_of(ReflectionTable)


def readable(table: sa.FromClause) -> sa.ColumnElement[bool]:
    """Match reflections that the actor may read: the patient's own, or those shared and released.

    A prescriber of the team reads them only if the clinic lets prescribers read prose (POLICY).

    Used beside `visible`.
    """
    return sa.or_(*reader_rules(table).values())


def reader_rules(table: sa.FromClause) -> Rules:
    """Return the rules that `readable` is made of, each by itself."""
    released = sa.or_(table.c.release_at.is_(None), table.c.release_at <= param("now", table.c.release_at))
    return {
        SeenBy.AUTHOR: table.c.patient_id == _SCOPE_PATIENT_ID,
        SeenBy.SHARED: sa.and_(table.c.sharing == Sharing.SHARED, released, reads_prose(table.c.patient_id)),
    }


is_read = sa.or_(_reflections.c.patient_id == _SCOPE_PATIENT_ID, _reflections.c.first_read_at.is_not(None))
"""Match for staff what somebody of the staff has read: until then a view gives them no text of it."""


def audience(row: ReflectionRow, _: object) -> Iterator[Changed]:
    """Yield the patient, and the care team from its release on if it is shared: as `readable` says in SQL.

    The patient is told again when a promised reply is missed.
    """
    missed_at = row.review_due_at if is_waited_for(row.promised_at, row.answered_at) else None
    yield Changed("reflection", row.id, Channel.PATIENT, row.patient_id, due_at=missed_at)
    if row.sharing is Sharing.SHARED:
        since = row.release_at or AT_ONCE
        yield Changed("reflection", row.id, Channel.TEAM, row.patient_id, visible_from=since)


declare(ReflectionTable, audience)
