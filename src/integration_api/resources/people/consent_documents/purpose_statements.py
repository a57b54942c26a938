"""Whether a patient permits a purpose, as SQL: in Statements of whatever leaves, and for `purposes.permitted`.

A purpose is permitted if the patient's last signature for it was not withdrawn, and counts by the version in force. If
the clinic has no version in force, it does not ask: then only a withdrawal forbids (ADR 70). A signature that came
with a chart from another clinic counts as none, and hides none that was given here; its withdrawal forbids here too.
"""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.visible import visible
from integration_api.resources.people.consent_documents.tables import (
    ConsentDocumentTable,
    ConsentPurpose,
    ConsentTable,
)
from integration_api.storage.statements import Read, Scope, param
from integration_api.storage.tables import table_of

_documents = table_of(ConsentDocumentTable).alias("asked_document")
_consents = table_of(ConsentTable).alias("last_consent")
_CLINIC_ID = sa.bindparam("actor_clinic_id", type_=sa.Uuid())
_PATIENT_ID = sa.bindparam("patient_id", type_=sa.Uuid())
_IS_PROGRAM = sa.bindparam("actor_is_program", type_=sa.Boolean())
Purpose = ConsentPurpose | sa.ColumnElement[Any]
"""A purpose, or the parameter that names it."""
_WITHDRAWN = sa.literal(0, sa.Integer())


def _asked(purpose: Purpose) -> sa.ScalarSelect[Any]:
    """Return the lowest number that counts by the version in force; null if the clinic does not ask."""
    return (
        sa.select(_documents.c.valid_from)
        .where(
            _documents.c.clinic_id == _CLINIC_ID,
            _documents.c.purpose == purpose,
            _documents.c.retired_at.is_(None),
            _documents.c.imported_number.is_(None),
        )
        .order_by(_documents.c.number.desc())
        .limit(1)
        .scalar_subquery()
    )


def _last(patient_id: sa.ColumnElement[UUID], purpose: Purpose, what: sa.ColumnElement[Any]) -> Any:  # noqa: ANN401
    """Return a value of the patient's last signature for a purpose that counts here; null if there is none."""
    return (
        sa.select(what)
        .where(
            _consents.c.clinic_id == _CLINIC_ID,
            _consents.c.patient_id == patient_id,
            _consents.c.purpose == purpose,
            sa.or_(_consents.c.imported_at.is_(None), _consents.c.withdrawn_at.is_not(None)),
        )
        .order_by(_consents.c.ordinal.desc())
        .limit(1)
        .scalar_subquery()
    )


def permits(patient_id: sa.ColumnElement[UUID], purpose: Purpose) -> sa.ColumnElement[bool]:
    """Match a patient who permits a purpose, in a Statement that has `actor_clinic_id`."""
    counts = sa.case((_consents.c.withdrawn_at.is_not(None), _WITHDRAWN), else_=_consents.c.number)
    if_never_signed = sa.case((_asked(purpose).is_(None), sa.literal_column("1")), else_=_WITHDRAWN)
    signed = sa.func.coalesce(_last(patient_id, purpose, counts), if_never_signed)
    return sa.and_(signed >= sa.func.coalesce(_asked(purpose), sa.literal_column("1")))


def has_signed(patient_id: sa.ColumnElement[UUID], purpose: Purpose) -> sa.ColumnElement[bool]:
    """Match a patient whose own signature for a purpose counts now: stricter than `permits`.

    There is a version in force, and the last signature given here was not withdrawn and counts by it.
    """
    counts = sa.case((_consents.c.withdrawn_at.is_not(None), _WITHDRAWN), else_=_consents.c.number)
    return sa.and_(_last(patient_id, purpose, counts) >= _asked(purpose))


def shown_to_programs(patient_id: sa.ColumnElement[UUID]) -> sa.ColumnElement[bool]:
    """Match a patient whom the actor may be told of: a program, only if the patient permits sharing."""
    return sa.or_(sa.not_(_IS_PROGRAM), permits(patient_id, ConsentPurpose.SHARING))


def consent_columns(patient_id: sa.ColumnElement[UUID], purpose: ConsentPurpose) -> tuple[sa.ColumnElement[Any], ...]:
    """Return what a row of a chart says of a purpose: the columns of a ConsentFacts."""
    return (
        permits(patient_id, purpose).label("consent_permits"),
        _asked(purpose).is_not(None).label("consent_is_asked"),
        _last(patient_id, purpose, _consents.c.withdrawn_at).label("consent_withdrawn_at"),
    )


class PermittedRow(BaseModel):
    """Whether a patient permits a purpose."""

    is_permitted: bool


READ_PERMISSION = Read(
    "read_permission",
    sa.select(permits(_PATIENT_ID, param("purpose", _consents.c.purpose)).label("is_permitted")).where(
        visible(_PATIENT_ID)
    ),
    PermittedRow,
    Scope.OWNER,
)
