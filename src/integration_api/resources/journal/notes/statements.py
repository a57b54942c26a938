"""Statements of notes, their addenda and versions."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.chart_lists import ChartList, rows_by_ids
from integration_api.access.tables import AccountTable, CareTeamTable, ClinicTable
from integration_api.access.visible import (
    actor_is_current,
    chart_rows,
    in_clinic,
    insert_for_chart,
    list_by_chart,
    list_by_team,
    optional,
    update_in_chart,
    visible,
)
from integration_api.resources.care.sessions.tables import SessionTable
from integration_api.resources.journal.notes.reader_statements import (
    in_states,
    is_left,
    is_mine,
    of_readable,
    readable,
    shown_to_programs,
    signer_or_author,
    supervises,
)
from integration_api.resources.journal.notes.rules import MAX_ADDENDA
from integration_api.resources.journal.notes.schemas import NoteUpdate
from integration_api.resources.journal.notes.tables import (
    NoteAddendumRow,
    NoteAddendumTable,
    NoteFormat,
    NoteRow,
    NoteSeen,
    NoteState,
    NoteTable,
    NoteToAdd,
    NoteVersionRow,
    NoteVersionTable,
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
_sessions = table_of(SessionTable).alias("session_of_note")
_actors, _clinics = table_of(AccountTable).alias("note_actor"), table_of(ClinicTable)
_CLINIC_ID = sa.bindparam("actor_clinic_id", type_=sa.Uuid())
_ACTOR_ID = sa.bindparam("actor_id", type_=sa.Uuid())
_NOW = sa.bindparam("now", type_=_notes.c.created_at.type)
_SCOPE_PATIENT_ID = sa.bindparam("scope_patient_id", type_=sa.Uuid())


class NoteId(BaseModel):
    """The id of a note, for whoever needs to know no more than that there is one."""

    id: UUID


def _of_readable_note(table: sa.Table) -> sa.ColumnElement[bool]:
    """Match rows of one note (parameter `note_id`) that the actor may read."""
    return sa.and_(table.c.note_id == param("note_id", table.c.note_id), of_readable(table))


class NoteWriter(BaseModel):
    """The actor's account and clinic, as far as a note asks for them."""

    is_supervised: bool
    licence_ends_on: date | None
    clinic_time_zone: str
    policies: dict[str, int]


def _of_actor(column: sa.ColumnElement[Any]) -> sa.ScalarSelect[Any]:
    return sa.select(column).where(in_clinic(_actors), _actors.c.id == _ACTOR_ID).scalar_subquery()


_is_supervised = _actors.c.supervised_by.is_not(None)
_theirs = (
    is_mine(_notes).label("is_mine"),
    is_left(_notes).label("is_left"),
    _of_actor(_is_supervised).label("is_supervised"),
    _of_actor(_actors.c.licence_ends_on).label("licence_ends_on"),
    sa.select(_clinics.c.time_zone).where(in_clinic(_clinics)).scalar_subquery().label("clinic_time_zone"),
)
NOTE_WRITER = Read(
    "read_note_writer",
    sa.select(
        _is_supervised.label("is_supervised"),
        _actors.c.licence_ends_on,
        _clinics.c.time_zone.label("clinic_time_zone"),
        _clinics.c.policies,
    )
    .join(_clinics, _clinics.c.clinic_id == _actors.c.clinic_id)
    .where(in_clinic(_actors), in_clinic(_clinics), _actors.c.id == _ACTOR_ID, actor_is_current()),
    NoteWriter,
    Scope.CLINIC,
    "the actor's own account",
)
"""In one round trip with the clinic, because each note that is begun needs both."""
_shown = sa.and_(readable(_notes), shown_to_programs(_notes))
_filters = (
    _shown,
    optional(_notes.c.session_id),
    optional(_notes.c.state),
    optional(_notes.c.format),
    between(_notes.c.happened_at, "written_after", "written_before"),
)

READ_NOTE = Read(
    "read_note",
    chart_rows(NoteTable, *_theirs).where(_notes.c.id == param("id", _notes.c.id), _shown),
    NoteSeen,
    Scope.OWNER,
)
_of_session = sa.select(_sessions.c.group_session_id).where(
    in_clinic(_sessions), _sessions.c.patient_id == _notes.c.patient_id, _sessions.c.id == _notes.c.session_id
)
READ_NOTE_TO_ADD = Read(
    "read_note_to_add",
    chart_rows(NoteTable, *_theirs, _of_session.scalar_subquery().label("group_session_id")).where(
        _notes.c.id == param("id", _notes.c.id), readable(_notes)
    ),
    NoteToAdd,
    Scope.OWNER,
)
"""The same with the group, so that notes of sessions alone take no look at names."""
READ_DELETED_NOTE = Read(
    "read_deleted_note",
    chart_rows(NoteTable, *_theirs).where(
        _notes.c.id == param("id", _notes.c.id), _notes.c.author_id == _ACTOR_ID, _notes.c.deleted_at.is_not(None)
    ),
    NoteSeen,
    Scope.OWNER,
)
"""A draft that its author deleted, for its author alone."""
LIST_NOTES = Read("list_notes", list_by_chart(NoteTable, "happened_at", *_filters, more=_theirs), NoteSeen, Scope.OWNER)
LIST_TEAM_NOTES = Read(
    "list_team_notes", list_by_team(NoteTable, "happened_at", *_filters, more=_theirs), NoteSeen, Scope.OWNER
)
LAST_PLAN = Read(
    "read_last_plan",
    list_by_chart(
        NoteTable,
        "happened_at",
        readable(_notes),
        in_states(_notes, NoteState.SIGNED, NoteState.AMENDED),
        _notes.c.format != NoteFormat.NARRATIVE,
        _notes.c.format != NoteFormat.TEMPLATE,
    ),
    NoteRow,
    Scope.OWNER,
)
"""The signed notes of a chart that have a plan, newest first: the first is what a new draft carries forward."""
OTHER_NOTE = Read(
    "read_other_note",
    sa.select(_notes.c.id)
    .where(
        in_clinic(_notes),
        visible(_notes.c.patient_id),
        _notes.c.patient_id == param("patient_id", _notes.c.patient_id),
        _notes.c.session_id == param("session_id", _notes.c.session_id),
        _notes.c.id != param("id", _notes.c.id),
        _notes.c.state != NoteState.ENTERED_IN_ERROR,
        readable(_notes),
    )
    .limit(1),
    NoteId,
    Scope.OWNER,
)
"""Whether a session has another note that the actor may read."""
NOTES_BY_IDS = Read("notes_by_ids", rows_by_ids(NoteTable, _shown, more=_theirs), NoteSeen, Scope.OWNER)
NOTES = ChartList(LIST_NOTES, LIST_TEAM_NOTES, NOTES_BY_IDS, at="happened_at", bound="written_before")
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
NOTE_VERSION_PAIR = Read(
    "read_note_version_pair",
    chart_rows(NoteVersionTable)
    .where(
        _versions.c.patient_id == param("patient_id", _versions.c.patient_id),
        _of_readable_note(_versions),
        sa.or_(
            _versions.c.number == param("earlier", _versions.c.number),
            _versions.c.number == param("later", _versions.c.number),
        ),
    )
    .limit(2),
    NoteVersionRow,
    Scope.OWNER,
)

INSERT_NOTE = Change("insert_note", insert_for_chart(NoteTable), Scope.OWNER)
INSERT_ADDENDUM = Change("insert_note_addendum", insert_for_chart(NoteAddendumTable), Scope.OWNER)
INSERT_VERSION = Change("insert_note_version", insert_for_chart(NoteVersionTable), Scope.OWNER)

_written = _notes.c.author_id == _ACTOR_ID
_mine, _left = is_mine(_notes), is_left(_notes)
_draft = sa.and_(in_states(_notes, NoteState.DRAFT), _notes.c.deleted_at.is_(None))
_pending = in_states(_notes, NoteState.PENDING_COSIGN)
_final = in_states(_notes, NoteState.SIGNED, NoteState.AMENDED)
_supervised = sa.and_(
    _notes.c.author_id != _ACTOR_ID, signer_or_author(_notes) != _ACTOR_ID, supervises(_notes.c.patient_id)
)
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
    """Return an update. Only two change `sections`: one requires a draft, the other keeps the old in its versions."""
    return Change(name, update_in_chart(NoteTable, columns, *guards), Scope.OWNER)


UPDATE_DRAFT = _update("update_note_draft", [*NoteUpdate.model_fields, "happened_at"], _mine, _draft)
DELETE_DRAFT = _update("delete_note_draft", ("deleted_at",), _written, _draft)
SIGN_NOTE = _update("sign_note", ("state", "needs_cosign", "content_version", *_SIGNATURE, *_LATENESS), _mine, _draft)
COSIGN_NOTE = _update("cosign_note", ("state", "content_version", *_COSIGNATURE), _pending, _supervised)
RETURN_NOTE = _update("return_note", ("state", "returns", *_SIGNATURE, *_LATENESS), _pending, _supervised)
AMEND_NOTE = _update("amend_note", ("state", "sections", "content_version", *_SIGNATURE, *_COSIGNATURE), _mine, _final)
ENTER_IN_ERROR = _update(
    "enter_note_in_error",
    ("state", "entered_in_error_at", "error_reason"),
    sa.or_(_mine, _left),
    sa.or_(_final, in_states(_notes, NoteState.FILED_UNSIGNED)),
)
FILE_UNSIGNED = _update("file_note_unsigned", ("state", "filed_at", "filed_by_id", "filed_reason"), _left, _draft)
SET_SHARING = _update(
    "set_note_sharing",
    ("sharing", "withhold_reason", "withheld_until"),
    sa.or_(_mine, _left),
    _notes.c.deleted_at.is_(None),
    in_states(_notes, NoteState.DRAFT, NoteState.PENDING_COSIGN, NoteState.SIGNED, NoteState.AMENDED),
)
ADD_DISAGREEMENT = _update("add_note_disagreement", ("disagreements",), readable(_notes), _final)
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
