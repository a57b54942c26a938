"""Statements of an outside therapist: what an agreement shows, and nothing beside it.

No visibility of charts is asked. An outside therapist is on no care team; each Statement proves the agreement instead.
"""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from integration_api.access.visible import clinic_rows, in_clinic, key_stands
from integration_api.resources.care.orders.tables import OrderRow, OrderTable
from integration_api.resources.journal.notes.reader_statements import in_states
from integration_api.resources.journal.notes.tables import NoteRow, NoteState, NoteTable, SharingState
from integration_api.resources.journal.split_care.tables import SplitCareRow, SplitCareTable
from integration_api.resources.people.consent_documents.purpose_statements import permits
from integration_api.resources.people.consent_documents.tables import ConsentPurpose, ConsentTable
from integration_api.storage.statements import Read, Scope, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import newest_first

_agreements, _orders, _notes = table_of(SplitCareTable), table_of(OrderTable), table_of(NoteTable)
_standing, _consents = _agreements.alias("standing_agreement"), table_of(ConsentTable).alias("agreed_consent")
_ACTOR_ID = sa.bindparam("actor_id", type_=sa.Uuid())
_NOW = param("now", _agreements.c.valid_from)
_ONE: sa.ColumnElement[Any] = sa.literal_column("1")
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


def shows_now(agreements: sa.FromClause) -> sa.ColumnElement[bool]:
    """Match an agreement that shows something to the actor now: it stands, and the patient permits sharing."""
    patient_id: sa.ColumnElement[UUID] = agreements.c.patient_id
    return sa.and_(
        agreements.c.outside_account_id == _ACTOR_ID,
        agreements.c.ended_at.is_(None),
        agreements.c.valid_from <= _NOW,
        agreements.c.valid_until > _NOW,
        _consented(agreements),
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
_is_shared = sa.or_(_notes.c.sharing == SharingState.SHARED, _notes.c.withheld_until <= _NOW)
SHARED_NOTES = Read(
    "read_shared_notes",
    newest_first(
        clinic_rows(NoteTable).where(
            _notes.c.patient_id == param("patient_id", _notes.c.patient_id),
            in_states(_notes, NoteState.SIGNED, NoteState.AMENDED),
            _notes.c.deleted_at.is_(None),
            _is_shared,
            _by_agreement(
                _notes.c.patient_id,
                _standing.c.prescriber_id == _notes.c.author_id,
                _standing.c.valid_from <= _notes.c.happened_at,
            ),
        ),
        _notes.c.happened_at,
        _notes.c.id,
    ),
    NoteRow,
    Scope.CLINIC,
    WHY,
)
"""The prescriber's own notes that the patient may read too. What is withheld from them goes to nobody outside."""
