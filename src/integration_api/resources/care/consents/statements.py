"""Statements of consents."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.audience import declare, of_chart
from integration_api.access.chart_lists import ChartList, rows_by_ids
from integration_api.access.visible import (
    chart_rows,
    in_clinic,
    insert_for_chart,
    is_member_now,
    list_by_chart,
    list_by_team,
    optional,
    update_in_chart,
    visible,
)
from integration_api.resources.care.doses.tables import DoseTable
from integration_api.resources.people.consent_documents.purpose_statements import shown_to_programs
from integration_api.resources.people.consent_documents.tables import (
    ConsentDocumentTable,
    ConsentRow,
    ConsentTable,
)
from integration_api.resources.people.patients.tables import PatientTable
from integration_api.storage.statements import Change, Read, Scope, any_for_row, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import between

_consents, _documents = table_of(ConsentTable), table_of(ConsentDocumentTable)
_patients, _doses = table_of(PatientTable), table_of(DoseTable).alias("dose_of_signer")
_last, _later = _consents.alias("consent_before"), _consents.alias("later_consent")
_ONE: sa.ColumnElement[Any] = sa.literal_column("1")
_PATIENT_ID = sa.bindparam("patient_id", type_=sa.Uuid())
_SIGNED_AT = sa.bindparam("signed_at", type_=_consents.c.signed_at.type)
_shown = shown_to_programs(_consents.c.patient_id)
_filters = (_shown, optional(_consents.c.purpose), between(_consents.c.signed_at, "signed_after", "signed_before"))

_is_last = sa.not_(
    any_for_row(
        sa.select(_ONE)
        .where(
            in_clinic(_later),
            _later.c.patient_id == _consents.c.patient_id,
            _later.c.purpose == _consents.c.purpose,
            _later.c.ordinal > _consents.c.ordinal,
        )
        .correlate(_consents)
    )
)
_MORE = (_is_last.label("is_last"),)


class SeenConsent(ConsentRow):
    """A signature, and whether it is the last of its purpose."""

    is_last: bool


READ_CONSENT = Read(
    "read_consent",
    chart_rows(ConsentTable, *_MORE).where(_consents.c.id == param("id", _consents.c.id), _shown),
    SeenConsent,
    Scope.OWNER,
)
LIST_CONSENTS = Read(
    "list_consents", list_by_chart(ConsentTable, "signed_at", *_filters, more=_MORE), SeenConsent, Scope.OWNER
)
LIST_TEAM_CONSENTS = Read(
    "list_team_consents", list_by_team(ConsentTable, "signed_at", *_filters, more=_MORE), SeenConsent, Scope.OWNER
)
CONSENTS_BY_IDS = Read("consents_by_ids", rows_by_ids(ConsentTable, _shown, more=_MORE), SeenConsent, Scope.OWNER)
CONSENTS = ChartList(LIST_CONSENTS, LIST_TEAM_CONSENTS, CONSENTS_BY_IDS, at="signed_at", bound="signed_before")


class SignerRow(BaseModel):
    """A patient who is to sign: their last signature for the purpose, and the window of a dose at that time."""

    id: UUID
    last_id: UUID | None
    last_ordinal: int | None
    last_document_id: UUID | None
    last_version: int | None
    last_withdrawn_at: datetime | None
    altered_until: datetime | None


def _of_last(column: sa.ColumnElement[Any]) -> sa.ScalarSelect[Any]:
    return (
        sa.select(column)
        .where(
            in_clinic(_last),
            _last.c.patient_id == _PATIENT_ID,
            _last.c.purpose == param("purpose", _last.c.purpose),
        )
        .order_by(_last.c.ordinal.desc())
        .limit(1)
        .scalar_subquery()
    )


_altering = (
    in_clinic(_doses),
    _doses.c.patient_id == _PATIENT_ID,
    _doses.c.withdrawn_at.is_(None),
    _doses.c.given_at <= _SIGNED_AT,
    _doses.c.altered_until > _SIGNED_AT,
)
READ_SIGNER = Read(
    "read_consent_signer",
    sa.select(
        _patients.c.id,
        _of_last(_last.c.id).label("last_id"),
        _of_last(_last.c.ordinal).label("last_ordinal"),
        _of_last(_last.c.document_id).label("last_document_id"),
        _of_last(_last.c.version).label("last_version"),
        _of_last(_last.c.withdrawn_at).label("last_withdrawn_at"),
        sa.select(sa.func.max(_doses.c.altered_until)).where(*_altering).scalar_subquery().label("altered_until"),
    ).where(
        in_clinic(_patients), visible(_patients.c.id), _patients.c.id == _PATIENT_ID, _patients.c.erased_at.is_(None)
    ),
    SignerRow,
    Scope.OWNER,
)
_in_force = (
    sa.select(_ONE)
    .where(
        in_clinic(_documents),
        _documents.c.id == sa.bindparam("document_id", type_=sa.Uuid()),
        _documents.c.retired_at.is_(None),
        _documents.c.imported_number.is_(None),
    )
    .exists()
)
INSERT_CONSENT = Change(
    "insert_consent",
    insert_for_chart(ConsentTable, _in_force, ~sa.select(_ONE).where(*_altering).exists()),
    Scope.OWNER,
)
"""The document is in force, and no dose that was recorded meanwhile opened a window over the signature."""
INSERT_PAPER_CONSENT = Change(
    "insert_paper_consent",
    insert_for_chart(ConsentTable, _in_force, ~sa.select(_ONE).where(*_altering).exists(), is_member_now(_PATIENT_ID)),
    Scope.OWNER,
)
"""The same, by a member of the care team: not by emergency access."""
SUPERSEDE_CONSENT = Change(
    "supersede_consent", update_in_chart(ConsentTable, (), _consents.c.withdrawn_at.is_(None)), Scope.OWNER
)
"""Raises the version of the last consent, so that its withdrawal at the same moment and the next signature meet there.

`_is_last` alone does not see a signature that is not committed yet.
"""
WITHDRAW_CONSENT = Change(
    "withdraw_consent",
    update_in_chart(ConsentTable, ("withdrawn_at", "withdrawn_by_id"), _consents.c.withdrawn_at.is_(None), _is_last),
    Scope.OWNER,
)

declare(ConsentTable, of_chart("consent"))
