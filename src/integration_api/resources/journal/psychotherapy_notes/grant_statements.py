"""Statements of grants. A grant is its author's; the account that it names sees by it one note."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.audience import declare
from integration_api.access.tables import AccountState, AccountTable
from integration_api.access.visible import clinic_rows, in_clinic, insert_for_clinic, key_stands, visible
from integration_api.ledger.changes import NEVER, Changed, Channel
from integration_api.resources.journal.psychotherapy_notes.rules import MAX_GRANTS, MAX_TOLD
from integration_api.resources.journal.psychotherapy_notes.statements import (
    AUTHOR,
    GRANTEE,
    KIND,
    author_stands,
    chart_stands,
    mine,
    stands,
)
from integration_api.resources.journal.psychotherapy_notes.tables import (
    PsychotherapyGrantRow,
    PsychotherapyGrantTable,
    PsychotherapyNoteTable,
)
from integration_api.storage.statements import Change, Read, Scope, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import newest_first

_notes, _grants = table_of(PsychotherapyNoteTable), table_of(PsychotherapyGrantTable)
_counted = _grants.alias("counted_grant")
_ACTOR_ID = sa.bindparam("actor_id", type_=sa.Uuid())
_NOW = sa.bindparam("now", type_=_grants.c.ends_at.type)
_NOTE_ID = sa.bindparam("note_id", type_=sa.Uuid())
_ONE: sa.ColumnElement[Any] = sa.literal_column("1")


class GrantStateRow(BaseModel):
    """The grants of one note: the last ordinal, whether one stands for an account, and how many stand in all."""

    last_ordinal: int
    stands: bool
    standing: int


_to_account = sa.bindparam("account_id", type_=sa.Uuid())
_of_note = (in_clinic(_counted), _counted.c.note_id == _NOTE_ID)
_last = sa.select(sa.func.coalesce(sa.func.max(_counted.c.ordinal), 0)).where(*_of_note)
_has_one = sa.select(_ONE).where(*_of_note, _counted.c.account_id == _to_account, stands(_counted)).exists()
_number = sa.select(sa.func.count()).select_from(_counted).where(*_of_note, stands(_counted))
READ_GRANT_STATE = Read(
    "read_psychotherapy_grant_state",
    sa.select(
        _last.scalar_subquery().label("last_ordinal"),
        _has_one.label("stands"),
        _number.scalar_subquery().label("standing"),
    ).where(sa.select(_ONE).where(*mine(_notes), _notes.c.id == _NOTE_ID).exists()),
    GrantStateRow,
    Scope.CLINIC,
    AUTHOR,
)
_to = table_of(AccountTable).alias("granted_account")
_is_as_read = (
    sa.select(_ONE)
    .where(
        in_clinic(_to),
        _to.c.id == _to_account,
        _to.c.state == AccountState.ACTIVE,
        _to.c.patient_id.is_(None),
        _to.c.roles == param("roles_before", _to.c.roles),
    )
    .exists()
)
INSERT_GRANT = Change(
    "insert_psychotherapy_grant",
    insert_for_clinic(
        PsychotherapyGrantTable,
        sa.select(_ONE)
        .where(*mine(_notes), _notes.c.id == _NOTE_ID, chart_stands, key_stands(_notes.c.domain_id))
        .exists(),
        _is_as_read,
        ~_has_one,
        _number.scalar_subquery() < MAX_GRANTS,
    ),
    Scope.CLINIC,
    AUTHOR,
)
"""The account still has the roles that were read. The ordinal is unique for a note, so of two that are made at once the
second reads anew, and finds the first."""
LIST_GRANTS = Read(
    "list_psychotherapy_grants",
    newest_first(
        clinic_rows(PsychotherapyGrantTable).where(_grants.c.author_id == _ACTOR_ID, _grants.c.note_id == _NOTE_ID),
        _grants.c.created_at,
        _grants.c.id,
    ),
    PsychotherapyGrantRow,
    Scope.CLINIC,
    AUTHOR,
)
READ_GRANT = Read(
    "read_psychotherapy_grant",
    clinic_rows(PsychotherapyGrantTable).where(
        _grants.c.author_id == _ACTOR_ID,
        _grants.c.note_id == _NOTE_ID,
        _grants.c.id == param("id", _grants.c.id),
        stands(_grants),
    ),
    PsychotherapyGrantRow,
    Scope.CLINIC,
    AUTHOR,
)
_standing_of_note = (
    clinic_rows(PsychotherapyGrantTable)
    .where(_grants.c.note_id == _NOTE_ID, stands(_grants))
    .order_by(_grants.c.created_at.desc(), _grants.c.id.desc())
)
LIST_STANDING = Read(
    "list_standing_psychotherapy_grants",
    _standing_of_note.where(_grants.c.author_id == _ACTOR_ID).limit(100),
    PsychotherapyGrantRow,
    Scope.CLINIC,
    AUTHOR,
)
"""Those who are told of a change of the note."""
READ_OWN_GRANT = Read(
    "read_granted_psychotherapy_grant",
    _standing_of_note.where(_grants.c.account_id == _ACTOR_ID, author_stands(_grants.c.author_id)).limit(1),
    PsychotherapyGrantRow,
    Scope.CLINIC,
    GRANTEE,
)
REVOKE_GRANT = Change(
    "revoke_psychotherapy_grant",
    sa.update(_grants)
    .where(*mine(_grants), _grants.c.id == param("id", _grants.c.id), stands(_grants))
    .values(revoked_at=param("revoked_at", _grants.c.revoked_at), terms=param("terms", _grants.c.terms)),
    Scope.CLINIC,
    AUTHOR,
)
"""It encrypts the terms anew, which are bound to `revoked_at`."""
DELETE_GRANTS = Change(
    "delete_psychotherapy_grants",
    sa.delete(_grants).where(*mine(_grants), _grants.c.note_id == _NOTE_ID),
    Scope.CLINIC,
    AUTHOR,
)
_ending = _grants.alias("ending_grant")
_PATIENT_ID = sa.bindparam("patient_id", type_=sa.Uuid())
_of_patient = (in_clinic(_notes), visible(_PATIENT_ID), _notes.c.patient_id == _PATIENT_ID)


class ReaderRow(BaseModel):
    """A note, and an account that may read it: its author, or one that it was granted to."""

    note_id: UUID
    account_id: UUID


READERS_OF_CHART = Read(
    "psychotherapy_readers_of_chart",
    sa.select(_notes.c.id.label("note_id"), _notes.c.author_id.label("account_id"))
    .where(*_of_patient)
    .union_all(
        sa.select(_ending.c.note_id, _ending.c.account_id).where(
            in_clinic(_ending), _ending.c.note_id.in_(sa.select(_notes.c.id).where(*_of_patient)), stands(_ending)
        )
    )
    .limit(MAX_TOLD),
    ReaderRow,
    Scope.OWNER,
)
"""Those who are told that a chart was erased."""


def to_grantee(row: PsychotherapyGrantRow, _: object = None) -> tuple[Changed, ...]:
    """Return what the account of a grant is told: the note, until the grant ends. Nothing if it was revoked."""
    if row.revoked_at is not None:
        return ()
    return (Changed(KIND, row.note_id, Channel.ACCOUNT, account_id=row.account_id, due_at=row.ends_at),)


def gone(row: PsychotherapyGrantRow) -> tuple[Changed, ...]:
    """Return what the account of a grant is told once its note is deleted."""
    return tuple(replace(one, visible_from=NEVER, due_at=None) for one in to_grantee(row))


declare(PsychotherapyGrantTable, to_grantee)
