"""Statements of an outside therapist: what an agreement shows, and nothing beside it.

No visibility of charts is asked. An outside therapist is on no care team; each Statement proves the agreement instead.
"""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from integration_api.access.tables import AccountState, AccountTable, CareTeamBasis, CareTeamTable
from integration_api.access.visible import clinic_rows, in_clinic, is_granted_now, key_stands
from integration_api.resources.care.orders.tables import OrderRow, OrderTable
from integration_api.resources.journal.notes.reader_statements import in_states
from integration_api.resources.journal.notes.rules import MAX_ADDENDA
from integration_api.resources.journal.notes.tables import (
    NoteAddendumRow,
    NoteAddendumTable,
    NoteRow,
    NoteState,
    NoteTable,
    SharingState,
)
from integration_api.resources.journal.split_care.tables import SplitCareRow, SplitCareTable
from integration_api.resources.people.consent_documents.purpose_statements import permits
from integration_api.resources.people.consent_documents.tables import ConsentPurpose, ConsentTable
from integration_api.storage.statements import Read, Scope, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import newest_first

_agreements, _orders, _notes = table_of(SplitCareTable), table_of(OrderTable), table_of(NoteTable)
_standing, _consents = _agreements.alias("standing_agreement"), table_of(ConsentTable).alias("agreed_consent")
_addenda, _noted = table_of(NoteAddendumTable), table_of(NoteTable).alias("noted")
_team, _prescribers = (
    table_of(CareTeamTable).alias("agreeing_team"),
    table_of(AccountTable).alias("agreeing_prescriber"),
)
_ACTOR_ID = sa.bindparam("actor_id", type_=sa.Uuid())
_NOW = param("now", _agreements.c.valid_from)
_ONE: sa.ColumnElement[Any] = sa.literal_column("1")
MAX_SHOWN = 20
"""The newest orders, and the newest notes, that one answer shows."""
WHY = "an outside therapist, who is on no care team: held to an agreement that stands, with the patient's consent"


def _consented(agreements: sa.FromClause) -> sa.ColumnElement[bool]:
    """Match an agreement whose consent was not withdrawn."""
    return (
        sa.select(_ONE)
        .where(
            in_clinic(_consents),
            _consents.c.id == agreements.c.consent_id,
            _consents.c.patient_id == agreements.c.patient_id,
            _consents.c.withdrawn_at.is_(None),
        )
        .exists()
    )


def _has_prescriber(agreements: sa.FromClause) -> sa.ColumnElement[bool]:
    """Match an agreement whose prescriber has an active account and is on the care team now."""
    return (
        sa.select(_ONE)
        .where(
            in_clinic(_team),
            _team.c.patient_id == agreements.c.patient_id,
            _team.c.account_id == agreements.c.prescriber_id,
            _team.c.basis == CareTeamBasis.TEAM,
            is_granted_now(_team),
            in_clinic(_prescribers),
            _prescribers.c.id == _team.c.account_id,
            _prescribers.c.state == AccountState.ACTIVE,
        )
        .exists()
    )


def shows_now(agreements: sa.FromClause) -> sa.ColumnElement[bool]:
    """Match an agreement that shows something to the actor now.

    It stands, its prescriber is there, and the patient permits sharing.
    """
    patient_id: sa.ColumnElement[UUID] = agreements.c.patient_id
    return sa.and_(
        agreements.c.outside_account_id == _ACTOR_ID,
        agreements.c.ended_at.is_(None),
        agreements.c.valid_from <= _NOW,
        agreements.c.valid_until > _NOW,
        _consented(agreements),
        _has_prescriber(agreements),
        permits(patient_id, ConsentPurpose.SHARING),
        key_stands(patient_id),
    )


def _by_agreement(patient_id: sa.ColumnElement[UUID], *more: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """Match a chart of which the named agreement shows something to the actor now."""
    return (
        sa.select(_ONE)
        .where(
            in_clinic(_standing),
            _standing.c.id == param("agreement_id", _standing.c.id),
            _standing.c.patient_id == patient_id,
            shows_now(_standing),
            *more,
        )
        .exists()
    )


LIST_SHARED_CARE = Read(
    "list_shared_care",
    newest_first(clinic_rows(SplitCareTable).where(shows_now(_agreements)), _agreements.c.created_at, _agreements.c.id),
    SplitCareRow,
    Scope.CLINIC,
    WHY,
)
READ_SHARED_CARE = Read(
    "read_shared_care",
    clinic_rows(SplitCareTable).where(_agreements.c.id == param("id", _agreements.c.id), shows_now(_agreements)),
    SplitCareRow,
    Scope.CLINIC,
    WHY,
)
SHARED_ORDERS = Read(
    "read_shared_orders",
    newest_first(
        clinic_rows(OrderTable).where(
            _orders.c.patient_id == param("patient_id", _orders.c.patient_id),
            _orders.c.withdrawn_at.is_(None),
            _orders.c.valid_until > _NOW,
            _by_agreement(_orders.c.patient_id),
        ),
        _orders.c.created_at,
        _orders.c.id,
    ),
    OrderRow,
    Scope.CLINIC,
    WHY,
)


def _is_shown(notes: sa.FromClause) -> sa.ColumnElement[bool]:
    """Match a signed note of the prescriber that the patient may read too, of a visit since the agreement began."""
    return sa.and_(
        in_states(notes, NoteState.SIGNED, NoteState.AMENDED),
        notes.c.deleted_at.is_(None),
        sa.or_(notes.c.sharing == SharingState.SHARED, notes.c.withheld_until <= _NOW),
        _by_agreement(
            notes.c.patient_id,
            _standing.c.prescriber_id == notes.c.author_id,
            _standing.c.valid_from <= notes.c.happened_at,
        ),
    )


SHARED_NOTES = Read(
    "read_shared_notes",
    newest_first(
        clinic_rows(NoteTable).where(
            _notes.c.patient_id == param("patient_id", _notes.c.patient_id),
            _is_shown(_notes),
        ),
        _notes.c.happened_at,
        _notes.c.id,
    ),
    NoteRow,
    Scope.CLINIC,
    WHY,
)
"""The prescriber's own notes that the patient may read too. What is withheld from them goes to nobody outside."""
SHARED_ADDENDA = Read(
    "read_shared_addenda",
    clinic_rows(NoteAddendumTable)
    .where(
        _addenda.c.patient_id == param("patient_id", _addenda.c.patient_id),
        sa.select(_ONE)
        .where(
            in_clinic(_noted),
            _noted.c.patient_id == _addenda.c.patient_id,
            _noted.c.id == _addenda.c.note_id,
            _noted.c.happened_at >= param("since", _noted.c.happened_at),
            _is_shown(_noted),
        )
        .exists(),
    )
    .order_by(_addenda.c.created_at, _addenda.c.id)
    .limit(MAX_SHOWN * MAX_ADDENDA),
    NoteAddendumRow,
    Scope.CLINIC,
    WHY,
)
"""All addenda of the notes that are shown, whoever of the team wrote them: a note goes nowhere without them."""
