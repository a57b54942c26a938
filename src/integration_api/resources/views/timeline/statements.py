"""The timeline's Statement: one arm for each kind of thing, all in one UNION ALL, built once.

A new kind is one member of `TimelineKind` and one entry of `ARMS`, made by `arm`. It gives every arm the columns
clinic_id, id, patient_id, kind, at, state, session_id and detail. It also gives the rules that hold for all: the
actor's clinic, this chart, visible to the actor now, after the cursor. The entry names

- `at`: a column that is never null, with an index `(clinic_id, patient_id, at, id)`. Each arm reads no more than
  one page of its index, from the cursor on. So a page costs the same however far down it is;
- `state`, `session_id`, `detail`: columns, or None if the kind has none. `detail` is an enum column and never
  prose: no encrypted column can be in a timeline;
- `guards`: the kind's own rule about who sees which rows, the same that its own list has. What only some may see
  (drafts, private entries) must be kept out here, by columns of the row and the parameters of `access.visible`.

So a kind of which the patient sees only what was shared is added like this::

    arm(LetterTable, TimelineKind.LETTER, "sent_at", state="state", session_id="session_id", detail="format",
        guards=(letter_is_shown_to_actor,)),
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel
from sqlmodel import SQLModel

from integration_api.access.visible import in_clinic, visible
from integration_api.resources.care.sessions.tables import SessionTable
from integration_api.resources.journal.notes import reader_statements as notes
from integration_api.resources.journal.notes.tables import NoteTable
from integration_api.resources.journal.plans import statements as plans
from integration_api.resources.journal.plans.tables import PlanTable
from integration_api.resources.journal.practices import statements as practices
from integration_api.resources.journal.practices.tables import PracticeTable
from integration_api.resources.journal.reflections import statements as reflections
from integration_api.resources.journal.reflections.tables import ReflectionTable
from integration_api.resources.views.timeline.rules import TimelineKind
from integration_api.storage.statements import Read, Scope
from integration_api.storage.tables import table_of
from integration_api.web.paging import PAGE_ROWS, newest_first

_wanted_kind = sa.bindparam("kind", type_=sa.String())


class TimelineRow(BaseModel):
    """One thing of a chart."""

    clinic_id: UUID
    id: UUID
    patient_id: UUID
    kind: str
    at: datetime
    state: str | None
    session_id: UUID | None
    detail: str | None


def arm(
    model: type[SQLModel],
    kind: TimelineKind,
    at: str,
    *,
    state: str | None = None,
    session_id: str | None = None,
    detail: str | None = None,
    guards: Sequence[sa.ColumnElement[bool]] = (),
) -> sa.Select[Any]:
    """Return the query for one page of one kind of thing; columns are given by name."""
    table = table_of(model)
    moment, row_id = table.c[at], table.c.id
    patient_id = sa.bindparam("patient_id", type_=table.c.patient_id.type)
    kind_name = sa.literal(kind.value, sa.String())
    found = sa.select(
        table.c.clinic_id,
        row_id,
        table.c.patient_id,
        kind_name.label("kind"),
        moment.label("at"),
        _word(table, state).label("state"),
        (table.c[session_id] if session_id else sa.cast(sa.null(), sa.Uuid())).label("session_id"),
        _word(table, detail).label("detail"),
    ).where(
        in_clinic(table),
        visible(patient_id),
        table.c.patient_id == patient_id,
        sa.or_(_wanted_kind.is_(None), _wanted_kind == kind_name),
        *guards,
    )
    return newest_first(found, moment, row_id)


def newest_of(arms: Sequence[sa.Select[Any]]) -> sa.Select[Any]:
    """Return the query for one page of all arms. A database takes ORDER BY and LIMIT of an arm only in a subquery."""
    every = sa.union_all(*(sa.select(*one.subquery().c) for one in arms)).subquery("timeline")
    return sa.select(*every.c).order_by(every.c["at"].desc(), every.c.id.desc()).limit(PAGE_ROWS)


def _word(table: sa.Table, name: str | None) -> sa.ColumnElement[Any]:
    """Return an enum's value as plain text, as both databases hold it."""
    return sa.type_coerce(table.c[name], sa.String()) if name else sa.cast(sa.null(), sa.String())


ARMS: tuple[sa.Select[Any], ...] = (
    arm(SessionTable, TimelineKind.SESSION, "planned_start_at", state="state", session_id="id", detail="phase"),
    arm(
        NoteTable,
        TimelineKind.NOTE,
        "happened_at",
        state="state",
        session_id="session_id",
        detail="format",
        guards=(notes.readable(table_of(NoteTable)),),
    ),
    arm(
        ReflectionTable,
        TimelineKind.REFLECTION,
        "happened_at",
        state="state",
        session_id="session_id",
        detail="kind",
        guards=(reflections.readable(table_of(ReflectionTable)),),
    ),
    arm(
        PlanTable,
        TimelineKind.PLAN,
        "created_at",
        state="state",
        guards=(plans.readable(table_of(PlanTable)),),
    ),
    arm(
        PracticeTable,
        TimelineKind.PRACTICE,
        "happened_at",
        detail="skipped_reason",
        guards=(practices.counts,),
    ),
)

READ_TIMELINE = Read("read_timeline", newest_of(ARMS), TimelineRow, Scope.OWNER)
