"""Arms: one for each kind of thing of a chart, all in one UNION ALL, and the text of that page beside it.

A new kind is one member of the view's enumeration and one entry of its `ARMS`, made by `arm`. It gives every arm the
columns clinic_id, id, patient_id, kind, at, state, session_id, detail and title_id. It also gives the rules that hold
for all. They are the actor's clinic, this chart, visible to the actor now, in the time asked for, after the cursor. The
entry names

- `at`: a column that is never null, with an index `(clinic_id, patient_id, at, id)`. Each arm reads no more than
  one page of its index, from the cursor on. So a page costs the same however far down it is;
- `state`, `session_id`, `detail`: columns, or None if the kind has none. `detail` is an enum column and never prose;
- `title_id`: the column that names the row whose title, or text, the item shows. `beside` joins that row to the page,
  after the guards. So only texts of one page are decrypted, and none of an item that the actor may not see (ADR 34);
- `guards`: the kind's own rule about who sees which rows, the same that its own list has. What only some may see
  (drafts, private entries) must be kept out here, by columns of the row and the parameters of `access.visible`.

So a kind of which the patient sees only what was shared is added like this::

    arm(LetterTable, TimelineKind.LETTER, "sent_at", state="state", session_id="session_id", detail="format",
        guards=(letter_is_shown_to_actor,)),
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import SQLModel

from integration_api.access.visible import in_clinic, visible
from integration_api.storage.compiling import WRAPPED_KEY
from integration_api.storage.statements import VAULT_KEYS
from integration_api.storage.tables import table_of
from integration_api.web.paging import PAGE_ROWS, between, newest_first


def arm(
    model: type[SQLModel],
    kind: StrEnum,
    at: str,
    *,
    state: str | None = None,
    of_id: str | None = None,
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
        _id(table, of_id).label("of_id"),
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


def newest_of(arms: Sequence[sa.Select[Any]]) -> sa.Subquery:
    """Return one page of all arms. A database takes ORDER BY and LIMIT of an arm only in a subquery."""
    every = sa.union_all(*(sa.select(*one.subquery().c) for one in arms)).subquery("every")
    return sa.select(*every.c).order_by(every.c["at"].desc(), every.c.id.desc()).limit(PAGE_ROWS).subquery()


class Beside(NamedTuple):
    """A row that is joined to the items of one kind for its text: the columns by label, and who may be shown them."""

    kind: StrEnum
    table: sa.Table
    columns: Mapping[str, str]
    rules: Sequence[sa.ColumnElement[bool]] = ()


def with_texts(page: sa.Subquery, texts: Iterable[Beside]) -> sa.Select[Any]:
    """Return the rows of a page, each beside the row that holds its text, and the chart's key."""
    key = sa.and_(VAULT_KEYS.c.clinic_id == page.c.clinic_id, VAULT_KEYS.c.id == page.c.patient_id)
    found = sa.select(*page.c, VAULT_KEYS.c.wrapped_key.label(WRAPPED_KEY)).select_from(page).join(VAULT_KEYS, key)
    for kind, table, columns, rules in texts:
        found = found.add_columns(*_bound(table, columns)).outerjoin(table, _row_of(page, kind, table, rules))
    return found.order_by(page.c["at"].desc(), page.c.id.desc())


def _row_of(
    page: sa.Subquery, kind: StrEnum, table: sa.Table, rules: Sequence[sa.ColumnElement[bool]]
) -> sa.ColumnElement[bool]:
    return sa.and_(
        page.c.kind == kind.value,
        table.c.clinic_id == page.c.clinic_id,
        table.c.id == page.c.title_id,
        in_clinic(table),
        table.c.patient_id == sa.bindparam("patient_id", type_=table.c.patient_id.type),
        *rules,
    )


def _bound(table: sa.Table, columns: Mapping[str, str]) -> Iterator[sa.ColumnElement[Any]]:
    """Yield encrypted columns by label, and those that their ciphertext is bound to."""
    for label, name in columns.items():
        yield table.c[name].label(label)
    for name in ("clinic_id", "id", "patient_id", "version"):
        if name in table.c:
            yield table.c[name].label(f"{table.name}_{name}")


def _id(table: sa.Table, name: str | None) -> sa.ColumnElement[Any]:
    return table.c[name] if name else sa.cast(sa.null(), sa.Uuid())


def _word(table: sa.Table, name: str | None) -> sa.ColumnElement[Any]:
    """Return an enum's value as plain text, as both databases hold it."""
    return sa.type_coerce(table.c[name], sa.String()) if name else sa.cast(sa.null(), sa.String())
