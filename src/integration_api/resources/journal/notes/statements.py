"""Statements of notes, their addenda and versions."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from integration_api.access.tables import AccountTable, CareTeamRole, CareTeamTable
from integration_api.access.visible import (
    chart_rows,
    in_clinic,
    insert_for_chart,
    is_granted_now,
    list_by_chart,
    list_by_team,
    optional,
    update_in_chart,
    visible,
)
from integration_api.ledger.seal import COLUMNS, ENCODING
from integration_api.ledger.tables import LedgerRow, LedgerTable, PlaceTable
from integration_api.resources.journal.notes.rules import MAX_ADDENDA
from integration_api.resources.journal.notes.schemas import NoteUpdate
from integration_api.resources.journal.notes.tables import (
    NoteAddendumRow,
    NoteAddendumTable,
    NoteRow,
    NoteState,
    NoteTable,
    NoteVersionRow,
    NoteVersionTable,
    SharingState,
)
from integration_api.storage.statements import Change, Read, Scope, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import between

_notes, _addenda, _versions, _team = (
    table_of(NoteTable),
    table_of(NoteAddendumTable),
    table_of(NoteVersionTable),
    table_of(CareTeamTable),
)
_authors = table_of(AccountTable).alias("note_author")
_ledger, _places = table_of(LedgerTable), table_of(PlaceTable)
_CLINIC_ID = sa.bindparam("actor_clinic_id", type_=sa.Uuid())
_ACTOR_ID = sa.bindparam("actor_id", type_=sa.Uuid())
_NOW = sa.bindparam("now", type_=_notes.c.created_at.type)
_SCOPE_PATIENT_ID = sa.bindparam("scope_patient_id", type_=sa.Uuid())


class SignedEntry(LedgerRow):
    """A ledger row and its place; null while it is not sealed."""

    position: int | None
    seal_number: int | None


def _is(table: sa.FromClause, *states: NoteState) -> sa.ColumnElement[bool]:
    return sa.or_(*(table.c.state == state for state in states))


def _supervises(patient_id: sa.ColumnElement[UUID]) -> sa.ColumnElement[bool]:
    """The actor is a supervisor on this patient's care team now."""
    team = _team.alias("supervising_team")
    return (
        sa.select(sa.literal_column("1"))
        .where(
            team.c.clinic_id == _CLINIC_ID,
            team.c.patient_id == patient_id,
            team.c.account_id == _ACTOR_ID,
            team.c.role == CareTeamRole.SUPERVISOR,
            sa.bindparam("actor_is_supervisor", type_=sa.Boolean()),
            is_granted_now(team),
        )
        .exists()
    )


def _supervises_author(author_id: sa.ColumnElement[UUID]) -> sa.ColumnElement[bool]:
    """The actor is the supervisor whom the author's account names."""
    return (
        sa.select(sa.literal_column("1"))
        .where(
            _authors.c.clinic_id == _CLINIC_ID,
            _authors.c.id == author_id,
            _authors.c.supervised_by == _ACTOR_ID,
            sa.bindparam("actor_is_supervisor", type_=sa.Boolean()),
        )
        .exists()
    )


def readable(table: sa.FromClause) -> sa.ColumnElement[bool]:
    """Which notes of a chart that the actor may see are theirs to read.

    The patient: what is finally signed and not withheld now. Staff: their own, and what is final. A supervisor of the
    patient's team also what waits for a co-signature; the author's own supervisor also drafts. Nobody: what was
    deleted.
    """
    for_patient = sa.and_(
        table.c.patient_id == _SCOPE_PATIENT_ID,
        _is(table, NoteState.SIGNED, NoteState.AMENDED),
        sa.or_(table.c.sharing == SharingState.SHARED, table.c.withheld_until <= _NOW),
    )
    for_staff = sa.and_(
        _SCOPE_PATIENT_ID.is_(None),
        sa.or_(
            table.c.author_id == _ACTOR_ID,
            _is(table, NoteState.SIGNED, NoteState.AMENDED, NoteState.ENTERED_IN_ERROR),
            sa.and_(_is(table, NoteState.PENDING_COSIGN), _supervises(table.c.patient_id)),
            _supervises_author(table.c.author_id),
        ),
    )
    return sa.and_(table.c.deleted_at.is_(None), sa.or_(for_patient, for_staff))


def _of_readable_note(table: sa.Table) -> sa.ColumnElement[bool]:
    """Rows of one note (parameter `note_id`) that the actor may read."""
    return sa.and_(
        table.c.note_id == param("note_id", table.c.note_id),
        sa.select(sa.literal_column("1"))
        .where(
            in_clinic(_notes),
            _notes.c.patient_id == table.c.patient_id,
            _notes.c.id == table.c.note_id,
            readable(_notes),
        )
        .exists(),
    )


_filters = (
    readable(_notes),
    optional(_notes.c.session_id),
    optional(_notes.c.state),
    optional(_notes.c.format),
    between(_notes.c.created_at, "written_after", "written_before"),
)

READ_NOTE = Read(
    "read_note",
    chart_rows(NoteTable).where(_notes.c.id == param("id", _notes.c.id), readable(_notes)),
    NoteRow,
    Scope.OWNER,
)
LIST_NOTES = Read("list_notes", list_by_chart(NoteTable, "created_at", *_filters), NoteRow, Scope.OWNER)
LIST_TEAM_NOTES = Read("list_team_notes", list_by_team(NoteTable, "created_at", *_filters), NoteRow, Scope.OWNER)
LIST_ADDENDA = Read(
    "list_note_addenda",
    chart_rows(NoteAddendumTable)
    .where(_addenda.c.patient_id == param("patient_id", _addenda.c.patient_id), _of_readable_note(_addenda))
    .order_by(_addenda.c.created_at, _addenda.c.id)
    .limit(MAX_ADDENDA),
    NoteAddendumRow,
    Scope.OWNER,
)
LIST_VERSIONS = Read(
    "list_note_versions",
    list_by_chart(NoteVersionTable, "created_at", _of_readable_note(_versions)),
    NoteVersionRow,
    Scope.OWNER,
)

SIGNED_ENTRY = Read(
    "read_signed_entry",
    sa.select(*(_ledger.c[name] for name in COLUMNS[ENCODING]), _places.c.position, _places.c.seal_number)
    .select_from(
        _ledger.outerjoin(_places, sa.and_(_places.c.clinic_id == _ledger.c.clinic_id, _places.c.id == _ledger.c.id))
    )
    .where(
        in_clinic(_ledger),
        visible(_ledger.c.patient_id),
        _ledger.c.patient_id == param("patient_id", _ledger.c.patient_id),
        _ledger.c["at"] == param("signed_at", _ledger.c["at"]),
        _ledger.c.subject_id == param("note_id", _ledger.c.subject_id),
        _ledger.c.digest == param("digest", _ledger.c.digest),
    ),
    SignedEntry,
    Scope.OWNER,
)
"""The row of the ledger in which a signature under a note is told, and its place where it has one."""

INSERT_NOTE = Change("insert_note", insert_for_chart(NoteTable), Scope.OWNER)
INSERT_ADDENDUM = Change("insert_note_addendum", insert_for_chart(NoteAddendumTable), Scope.OWNER)
INSERT_VERSION = Change("insert_note_version", insert_for_chart(NoteVersionTable), Scope.OWNER)

_mine = _notes.c.author_id == _ACTOR_ID
_draft = sa.and_(_is(_notes, NoteState.DRAFT), _notes.c.deleted_at.is_(None))
_pending = _is(_notes, NoteState.PENDING_COSIGN)
_final = _is(_notes, NoteState.SIGNED, NoteState.AMENDED)
_supervised = sa.and_(_notes.c.author_id != _ACTOR_ID, _supervises(_notes.c.patient_id))
_SIGNATURE = ("content_sha256", "signed_at", "signed_by_id", "signer_name", "signer_credential", "attestation")
_COSIGNATURE = (
    "cosigned_at",
    "cosigned_by_id",
    "cosigner_name",
    "cosigner_credential",
    "cosigner_attestation",
)
_LATENESS = ("service_at", "is_late_entry", "late_entry_reason")


def _update(name: str, columns: Iterable[str], *guards: sa.ColumnElement[Any]) -> Change:
    """Only two of these change `sections`: one guards that it is a draft, the other keeps the old in its versions."""
    return Change(name, update_in_chart(NoteTable, columns, *guards), Scope.OWNER)


UPDATE_DRAFT = _update("update_note_draft", NoteUpdate.model_fields, _mine, _draft)
DELETE_DRAFT = _update("delete_note_draft", ("deleted_at",), _mine, _draft)
SIGN_NOTE = _update("sign_note", ("state", "needs_cosign", "content_version", *_SIGNATURE, *_LATENESS), _mine, _draft)
COSIGN_NOTE = _update("cosign_note", ("state", "content_version", *_COSIGNATURE), _pending, _supervised)
RETURN_NOTE = _update("return_note", ("state", "returns", *_SIGNATURE, *_LATENESS), _pending, _supervised)
AMEND_NOTE = _update("amend_note", ("state", "sections", "content_version", *_SIGNATURE, *_COSIGNATURE), _mine, _final)
ENTER_IN_ERROR = _update("enter_note_in_error", ("state", "entered_in_error_at", "error_reason"), _mine, _final)
SET_SHARING = _update(
    "set_note_sharing",
    ("sharing", "withhold_reason", "withheld_until"),
    _mine,
    _notes.c.deleted_at.is_(None),
    _notes.c.state != NoteState.ENTERED_IN_ERROR,
)
COUNT_ADDENDUM = Change(
    "count_note_addendum",
    sa.update(_notes)
    .where(
        in_clinic(_notes),
        visible(_notes.c.patient_id),
        _notes.c.patient_id == param("patient_id", _notes.c.patient_id),
        _notes.c.id == param("note_id", _notes.c.id),
        _final,
        _notes.c.addenda_count < MAX_ADDENDA,
    )
    .values(addenda_count=_notes.c.addenda_count + 1, updated_at=param("now", _notes.c.updated_at)),
    Scope.OWNER,
)
"""The version stays, so that addenda of several people do not wait for each other: the note's own text is as it was."""
