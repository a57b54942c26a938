"""The timeline's Statement: one arm for each kind of thing, all in one UNION ALL, and the titles of that page.

A new kind is one member of `TimelineKind` and one entry of `ARMS`, made by `arm`. It gives every arm the columns
clinic_id, id, patient_id, kind, at, state, session_id, detail and title_id. It also gives the rules that hold for all.
They are the actor's clinic, this chart, visible to the actor now, in the time asked for, after the cursor. The entry
names

- `at`: a column that is never null, with an index `(clinic_id, patient_id, at, id)`. Each arm reads no more than
  one page of its index, from the cursor on. So a page costs the same however far down it is;
- `state`, `session_id`, `detail`: columns, or None if the kind has none. `detail` is an enum column and never prose;
- `title_id`: the column that names the row whose title, or text, the item shows. `_titled` joins that row to the page,
  after the guards. So only texts of one page are decrypted, and none of an item that the actor may not see (ADR 34);
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
from integration_api.resources.journal.plans.tables import PlanTable, StrategyTable
from integration_api.resources.journal.practices import statements as practices
from integration_api.resources.journal.practices.tables import PracticeTable
from integration_api.resources.journal.reflections import statements as reflections
from integration_api.resources.journal.reflections.contents import Content
from integration_api.resources.journal.reflections.tables import ReflectionTable
from integration_api.resources.views.timeline.rules import TimelineKind
from integration_api.storage.compiling import WRAPPED_KEY
from integration_api.storage.statements import VAULT_KEYS, Read, Scope
from integration_api.storage.tables import table_of
from integration_api.web.paging import PAGE_ROWS, between, newest_first

_plans, _strategies, _notes, _reflections = (
    table_of(PlanTable),
    table_of(StrategyTable),
    table_of(NoteTable),
    table_of(ReflectionTable),
)
_SCOPE_PATIENT_ID = sa.bindparam("scope_patient_id", type_=sa.Uuid())


class TimelineRow(BaseModel):
    """One thing of a chart, and the text that its title is made of."""

    clinic_id: UUID
    id: UUID
    patient_id: UUID
    kind: str
    at: datetime
    state: str | None
    session_id: UUID | None
    detail: str | None
    plan_title: str | None
    strategy_title: str | None
    note_sections: dict[str, str] | None
    reflection_content: Content | None


def arm(
    model: type[SQLModel],
    kind: TimelineKind,
    at: str,
    *,
    state: str | None = None,
    session_id: str | None = None,
    detail: str | None = None,
    title_id: str | None = None,
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
        _id(table, session_id).label("session_id"),
        _word(table, detail).label("detail"),
        _id(table, title_id).label("title_id"),
    ).where(
        in_clinic(table),
        visible(patient_id),
        table.c.patient_id == patient_id,
        sa.bindparam(f"shows_{kind.value}", type_=sa.Boolean()),
        between(moment, "happened_from", "happened_to"),
        *guards,
    )
    return newest_first(found, moment, row_id)


def newest_of(arms: Sequence[sa.Select[Any]]) -> sa.Select[Any]:
    """Return the query for one page of all arms. A database takes ORDER BY and LIMIT of an arm only in a subquery."""
    every = sa.union_all(*(sa.select(*one.subquery().c) for one in arms)).subquery("every")
    page = sa.select(*every.c).order_by(every.c["at"].desc(), every.c.id.desc()).limit(PAGE_ROWS).subquery()
    return _titled(page)


def _titled(page: sa.Subquery) -> sa.Select[Any]:
    """Return the rows of a page, each beside the row that holds its title, and the chart's key.

    A reflection that no staff has read gives staff no text, because its row is not joined.
    """

    def of(kind: TimelineKind, table: sa.Table, *rules: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
        return sa.and_(
            page.c.kind == kind.value,
            table.c.clinic_id == page.c.clinic_id,
            table.c.id == page.c.title_id,
            in_clinic(table),
            table.c.patient_id == sa.bindparam("patient_id", type_=table.c.patient_id.type),
            *rules,
        )

    is_read = sa.or_(_reflections.c.patient_id == _SCOPE_PATIENT_ID, _reflections.c.first_read_at.is_not(None))
    key = sa.and_(VAULT_KEYS.c.clinic_id == page.c.clinic_id, VAULT_KEYS.c.id == page.c.patient_id)
    return (
        sa.select(
            *page.c,
            VAULT_KEYS.c.wrapped_key.label(WRAPPED_KEY),
            *_bound(_plans, "title", "plan_title"),
            *_bound(_strategies, "title", "strategy_title"),
            *_bound(_notes, "sections", "note_sections"),
            *_bound(_reflections, "content", "reflection_content"),
        )
        .select_from(page)
        .join(VAULT_KEYS, key)
        .outerjoin(_plans, of(TimelineKind.PLAN, _plans))
        .outerjoin(_strategies, of(TimelineKind.PRACTICE, _strategies))
        .outerjoin(_notes, of(TimelineKind.NOTE, _notes))
        .outerjoin(_reflections, of(TimelineKind.REFLECTION, _reflections, is_read))
        .order_by(page.c["at"].desc(), page.c.id.desc())
    )


def _bound(table: sa.Table, text: str, label: str) -> list[sa.ColumnElement[Any]]:
    """Return an encrypted column and those that its ciphertext is bound to."""
    names = ("clinic_id", "id", "patient_id", "version")
    return [table.c[text].label(label), *(table.c[name].label(f"{label}_{name}") for name in names)]


def _id(table: sa.Table, name: str | None) -> sa.ColumnElement[Any]:
    return table.c[name] if name else sa.cast(sa.null(), sa.Uuid())


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
        title_id="id",
        guards=(notes.readable(table_of(NoteTable)),),
    ),
    arm(
        ReflectionTable,
        TimelineKind.REFLECTION,
        "happened_at",
        state="state",
        session_id="session_id",
        detail="kind",
        title_id="id",
        guards=(reflections.readable(table_of(ReflectionTable)),),
    ),
    arm(
        PlanTable,
        TimelineKind.PLAN,
        "created_at",
        state="state",
        title_id="id",
        guards=(plans.readable(table_of(PlanTable)),),
    ),
    arm(
        PracticeTable,
        TimelineKind.PRACTICE,
        "happened_at",
        detail="skipped_reason",
        title_id="strategy_id",
        guards=(practices.counts,),
    ),
)

READ_TIMELINE = Read("read_timeline", newest_of(ARMS), TimelineRow, Scope.OWNER)
