"""Statements of psychotherapy notes. No scope of a chart opens one: each row is held to its author or to a grant.

A row is found only while its own key and the key of its chart stand.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.audience import declare
from integration_api.access.tables import AccountState, AccountTable
from integration_api.access.visible import (
    actor_is_current,
    at_version,
    clinic_rows,
    in_clinic,
    insert_for_chart,
    is_member_now,
    key_stands,
    optional,
    to_key,
    visible,
)
from integration_api.ledger.changes import Changed, Channel
from integration_api.resources.journal.psychotherapy_notes.tables import (
    PsychotherapyGrantTable,
    PsychotherapyNoteFactsRow,
    PsychotherapyNoteRow,
    PsychotherapyNoteState,
    PsychotherapyNoteTable,
)
from integration_api.resources.people.patients.tables import PatientTable
from integration_api.storage.compiling import WRAPPED_KEY
from integration_api.storage.statements import VAULT_KEYS, Change, Read, Scope, any_for_row, next_version, param
from integration_api.storage.tables import bound_columns, table_of
from integration_api.web.idempotency import StoredResponseTable
from integration_api.web.paging import newest_first

KIND = "psychotherapy_note"
AUTHOR = "a psychotherapy note is its author's, on the care team or not"
GRANTEE = "the author of the note has named this account"
_notes, _grants = table_of(PsychotherapyNoteTable), table_of(PsychotherapyGrantTable)
_patients, _answers = table_of(PatientTable), table_of(StoredResponseTable)
_keys = VAULT_KEYS.alias("psychotherapy_key")
_standing, _authors = _grants.alias("standing_grant"), table_of(AccountTable).alias("granting_author")
_ACTOR_ID = sa.bindparam("actor_id", type_=sa.Uuid())
_IS_SUPERVISOR = sa.bindparam("actor_is_supervisor", type_=sa.Boolean())
_NOW = sa.bindparam("now", type_=_grants.c.ends_at.type)
_NOTE_ID = sa.bindparam("note_id", type_=sa.Uuid())
_ONE: sa.ColumnElement[Any] = sa.literal_column("1")
_FACTS = tuple(_notes.c[name] for name in PsychotherapyNoteFactsRow.model_fields)


class WriterRow(BaseModel):
    """A chart that the actor may see: whether they are on its care team, and whether its notes have a key."""

    id: UUID
    is_member: bool
    has_key: bool


class GrantedFactsRow(PsychotherapyNoteFactsRow):
    """A note that somebody granted to the actor, by the grant."""

    grant_id: UUID
    granted_at: datetime
    granted_until: datetime


def stands(grants: sa.FromClause) -> sa.ColumnElement[bool]:
    """Match a grant that was not revoked and has not ended."""
    return sa.and_(grants.c.revoked_at.is_(None), grants.c["ends_at"] > _NOW)


def author_stands(author_id: sa.ColumnElement[UUID]) -> sa.ColumnElement[bool]:
    """Match an author whose account is active: nobody can revoke what the author of an ended account granted."""
    is_active = _authors.c.state == AccountState.ACTIVE
    return any_for_row(sa.select(_ONE).where(in_clinic(_authors), _authors.c.id == author_id, is_active))


def granted(notes: sa.FromClause) -> sa.ColumnElement[bool]:
    """Match notes that their author lets the actor read now; both accounts stand, and the actor is a supervisor still.

    The encrypted terms of the grant are not looked at: who reads a note or a list of them decrypts those too.
    """
    return (
        sa.select(_ONE)
        .where(
            _IS_SUPERVISOR,
            in_clinic(_standing),
            _standing.c.note_id == notes.c.id,
            _standing.c.author_id == notes.c.author_id,
            _standing.c.account_id == _ACTOR_ID,
            stands(_standing),
            author_stands(_standing.c.author_id),
        )
        .exists()
    )


def readable(notes: sa.FromClause) -> sa.ColumnElement[bool]:
    """Match notes that the actor may read now: their own, and those that were granted to them."""
    return sa.and_(sa.or_(notes.c.author_id == _ACTOR_ID, granted(notes)), key_stands(notes.c.patient_id))


def mine(table: sa.Table) -> tuple[sa.ColumnElement[bool], ...]:
    return in_clinic(table), actor_is_current(), table.c.author_id == _ACTOR_ID


_is_held = (
    sa.select(_ONE)
    .where(in_clinic(_patients), _patients.c.id == _notes.c.patient_id, _patients.c.held_at.is_not(None))
    .exists()
)
_is_draft = _notes.c.state == PsychotherapyNoteState.DRAFT
_is_it = _notes.c.id == param("id", _notes.c.id)
chart_stands = key_stands(_notes.c.patient_id)

READ_WRITER = Read(
    "read_psychotherapy_writer",
    sa.select(
        _patients.c.id,
        is_member_now(_patients.c.id).label("is_member"),
        key_stands(sa.bindparam("domain_id", type_=sa.Uuid())).label("has_key"),
    ).where(
        in_clinic(_patients),
        visible(_patients.c.id),
        _patients.c.id == param("id", _patients.c.id),
        _patients.c.erased_at.is_(None),
    ),
    WriterRow,
    Scope.OWNER,
)


class HeldNoteRow(PsychotherapyNoteRow):
    """A note, and whether a legal hold keeps it."""

    is_held: bool


READ_OWN = Read(
    "read_own_psychotherapy_note",
    clinic_rows(PsychotherapyNoteTable, _is_held.label("is_held")).where(
        _notes.c.author_id == _ACTOR_ID, _is_it, chart_stands
    ),
    HeldNoteRow,
    Scope.CLINIC,
    AUTHOR,
)
READ_READABLE = Read(
    "read_psychotherapy_note",
    clinic_rows(PsychotherapyNoteTable).where(readable(_notes), _is_it),
    PsychotherapyNoteRow,
    Scope.CLINIC,
    f"{AUTHOR}; or {GRANTEE}",
)


def _key_of(owner_id: sa.ColumnElement[UUID]) -> sa.ColumnElement[bool]:
    """Match a row whose key stands; it is looked up for each row of a page."""
    found: sa.Select[Any] = sa.select(_ONE).where(in_clinic(_keys), _keys.c.id == owner_id)
    return any_for_row(found)


def _listed(*guards: sa.ColumnElement[bool]) -> sa.Select[Any]:
    keys = _key_of(_notes.c.patient_id), _key_of(_notes.c.domain_id)
    found = sa.select(*_FACTS).where(*mine(_notes), *keys, *guards)
    return newest_first(found, _notes.c.created_at, _notes.c.id)


LIST_OWN = Read("list_psychotherapy_notes", _listed(), PsychotherapyNoteFactsRow, Scope.CLINIC, AUTHOR)
LIST_OWN_OF_PATIENT = Read(
    "list_psychotherapy_notes_of_patient",
    _listed(_notes.c.patient_id == param("patient_id", _notes.c.patient_id)),
    PsychotherapyNoteFactsRow,
    Scope.CLINIC,
    AUTHOR,
)


_TERMS = ("clinic_id", "domain_id", "terms", *bound_columns(_grants))
LIST_GRANTED = Read(
    "list_granted_psychotherapy_notes",
    newest_first(
        sa.select(
            *_FACTS,
            _grants.c.id.label("grant_id"),
            _grants.c.created_at.label("granted_at"),
            _grants.c.ends_at.label("granted_until"),
            *(_grants.c[name].label(f"grant_{name}") for name in _TERMS),
            VAULT_KEYS.c.wrapped_key.label(WRAPPED_KEY),
        )
        .select_from(_grants)
        .join(_notes, sa.and_(_notes.c.clinic_id == _grants.c.clinic_id, _notes.c.id == _grants.c.note_id))
        .join(*to_key(_grants))
        .where(
            in_clinic(_grants),
            actor_is_current(),
            _IS_SUPERVISOR,
            _grants.c.account_id == _ACTOR_ID,
            _grants.c.author_id == _notes.c.author_id,
            stands(_grants),
            author_stands(_grants.c.author_id),
            _key_of(_notes.c.patient_id),
            optional(_notes.c.patient_id),
        ),
        _grants.c.created_at,
        _grants.c.id,
    ),
    GrantedFactsRow,
    Scope.CLINIC,
    GRANTEE,
)
"""In the order of the grants, of which one account has few. The terms are read so that a forged grant is an alarm."""

_patient_id = sa.bindparam("patient_id", type_=sa.Uuid())
INSERT_NOTE = Change(
    "insert_psychotherapy_note",
    insert_for_chart(PsychotherapyNoteTable, is_member_now(_patient_id)),
    Scope.CLINIC,
    "made by a member of the care team; its key may be made in the same step",
)


def _update(columns: Iterable[str], *guards: sa.ColumnElement[bool]) -> sa.Update:
    """UPDATE these columns of the actor's own draft at `expected_version`."""
    return (
        sa.update(_notes)
        .where(
            *mine(_notes),
            *at_version(PsychotherapyNoteTable),
            _is_draft,
            chart_stands,
            key_stands(_notes.c.domain_id),
            *guards,
        )
        .values(next_version(_notes, columns))
    )


UPDATE_NOTE = Change("update_psychotherapy_note", _update(("text",), ~_is_held), Scope.CLINIC, AUTHOR)
SIGN_NOTE = Change("sign_psychotherapy_note", _update(("state", "signed_at")), Scope.CLINIC, AUTHOR)
DELETE_NOTE = Change(
    "delete_psychotherapy_note",
    sa.delete(_notes).where(*mine(_notes), *at_version(PsychotherapyNoteTable), _is_draft, ~_is_held),
    Scope.CLINIC,
    AUTHOR,
)
BLANK_ANSWERS = Change(
    "blank_psychotherapy_answers",
    sa.update(_answers)
    .where(
        in_clinic(_answers),
        actor_is_current(),
        _answers.c.account_id == _ACTOR_ID,
        _answers.c.owner_id == sa.bindparam("actor_clinic_id", type_=sa.Uuid()),
        _answers.c.subject_id == param("subject_id", _answers.c.subject_id),
    )
    .values(body=None),
    Scope.CLINIC,
    "the actor's own stored responses, about a note that they delete",
)


def _to_author(row: PsychotherapyNoteFactsRow, _: object) -> tuple[Changed, ...]:
    return (Changed(KIND, row.id, Channel.ACCOUNT, account_id=row.author_id),)


declare(PsychotherapyNoteTable, _to_author)
