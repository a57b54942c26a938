"""Statements of patients and care teams."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from integration_api.access.audience import declare
from integration_api.access.tables import AccountRow, AccountTable, CareTeamRow, CareTeamTable, ClinicTable
from integration_api.access.visible import (
    actor_is_current,
    chart_rows,
    clinic_rows,
    in_clinic,
    insert_for_chart,
    insert_for_clinic,
    is_granted_now,
    is_member_now,
    key_stands,
    manages,
    to_key,
    visible,
)
from integration_api.ledger.changes import Changed, Channel
from integration_api.resources.people.accounts.outside_role_statements import IS_STAFF
from integration_api.resources.people.consent_documents.purpose_statements import shown_to_programs
from integration_api.resources.people.patients.monitoring_statements import ClinicOfPatient
from integration_api.resources.people.patients.rules import NameWords
from integration_api.resources.people.patients.tables import NamePartTable, PatientRow, PatientTable
from integration_api.storage.statements import VAULT_KEYS, Change, Read, Scope, next_version, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import PAGE_ROWS, newest_first

_patients, _parts, _team, _accounts = (
    table_of(PatientTable),
    table_of(NamePartTable),
    table_of(CareTeamTable),
    table_of(AccountTable),
)

_clinics = table_of(ClinicTable)

_same_name = _parts.alias("same_name")


class Member(CareTeamRow):
    """A grant with the name of the person."""

    account_clinic_id: UUID
    account_row_id: UUID
    name: str | None
    credential: str | None
    licence_region: str | None
    licence_ends_on: date | None


class ManagedPatient(PatientRow):
    """A chart, and whether who may see it is the actor's to decide."""

    is_managed: bool


class ManagedMember(CareTeamRow):
    """A grant, and whether it is the actor's to end."""

    is_managed: bool


class ListedPatient(PatientRow):
    """A chart, and whether it is of the actor's own case load."""

    is_own: bool


_is_shown = shown_to_programs(_patients.c.id)
"""A program is shown the patients alone who permit sharing, once the clinic asks for that consent."""
READ_PATIENT = Read(
    "read_patient",
    chart_rows(PatientTable).where(_patients.c.id == param("id", _patients.c.id), _is_shown),
    PatientRow,
    Scope.OWNER,
)

READ_MANAGED_PATIENT = Read(
    "read_managed_patient",
    chart_rows(PatientTable, manages(_patients.c.id).label("is_managed")).where(
        _patients.c.id == param("id", _patients.c.id), _is_shown
    ),
    ManagedPatient,
    Scope.OWNER,
)

_is_own = is_member_now(_patients.c.id).label("is_own")
LIST_PATIENTS = Read(
    "list_patients",
    newest_first(chart_rows(PatientTable, _is_own).where(_is_shown), _patients.c.created_at, _patients.c.id),
    ListedPatient,
    Scope.OWNER,
)

_first_word, *_further_words = (field.name for field in fields(NameWords))
_other_words = [
    sa.or_(
        param(word, _parts.c.part_index).is_(None),
        sa.select(sa.literal_column("1"))
        .where(
            in_clinic(_same_name),
            _same_name.c.part_index == param(word, _parts.c.part_index),
            _same_name.c.patient_id == _patients.c.id,
        )
        .exists(),
    )
    for word in _further_words
]
SEARCH_PATIENTS = Read(
    "search_patients",
    chart_rows(PatientTable, _is_own)
    .join(_parts, sa.and_(_parts.c.clinic_id == _patients.c.clinic_id, _parts.c.patient_id == _patients.c.id))
    .where(
        _parts.c.part_index == param(_first_word, _parts.c.part_index),
        _parts.c.patient_id < param("cursor_id", _parts.c.patient_id),
        *_other_words,
        _is_shown,
    )
    .order_by(_parts.c.patient_id.desc())
    .limit(PAGE_ROWS),
    ListedPatient,
    Scope.OWNER,
)
"""Newest first by id, which is made of its time, so that a page enters the index of the name and costs no more."""

INSERT_PATIENT = Change("insert_patient", insert_for_clinic(PatientTable), Scope.CLINIC, "a new chart")

UPDATE_PATIENT = Change(
    "update_patient",
    sa.update(_patients)
    .where(
        in_clinic(_patients),
        visible(_patients.c.id),
        _patients.c.id == param("id", _patients.c.id),
        _patients.c.version == param("expected_version", _patients.c.version),
        key_stands(_patients.c.id),
    )
    .values(next_version(_patients, ("time_zone", "language", "hold_reason", "held_at", "held_by_id"))),
    Scope.OWNER,
)

INSERT_FIRST_NAME_PART = Change(
    "insert_first_name_part",
    insert_for_clinic(NamePartTable),
    Scope.CLINIC,
    "with a new chart, in the same step",
)

INSERT_NAME_PART = Change("insert_name_part", insert_for_chart(NamePartTable), Scope.OWNER)

DELETE_NAME_PART = Change(
    "delete_name_part",
    sa.delete(_parts).where(
        in_clinic(_parts),
        visible(_parts.c.patient_id),
        _parts.c.patient_id == param("patient_id", _parts.c.patient_id),
        _parts.c.part_index == param("part_index", _parts.c.part_index),
    ),
    Scope.OWNER,
)

_members = newest_first(
    sa.select(
        *_team.c,
        _accounts.c.clinic_id.label("account_clinic_id"),
        _accounts.c.id.label("account_row_id"),
        _accounts.c.version.label("account_version"),
        _accounts.c.name,
        _accounts.c.credential,
        _accounts.c.licence_region,
        _accounts.c.licence_ends_on,
        VAULT_KEYS.c.wrapped_key,
    )
    .join(_accounts, sa.and_(_accounts.c.clinic_id == _team.c.clinic_id, _accounts.c.id == _team.c.account_id))
    .join(*to_key(_accounts))
    .where(
        in_clinic(_team),
        visible(_team.c.patient_id),
        _team.c.patient_id == param("patient_id", _team.c.patient_id),
        shown_to_programs(_team.c.patient_id),
    ),
    _team.c.created_at,
    _team.c.id,
)
LIST_MEMBERS = Read("list_care_team", _members, Member, Scope.OWNER)
CURRENT_MEMBERS = Read("current_members", _members.where(is_granted_now(_team)), Member, Scope.OWNER)
"""Those who are on the care team now."""

READ_MEMBER = Read(
    "read_care_team_member",
    chart_rows(CareTeamTable, manages(_team.c.patient_id).label("is_managed")).where(
        _team.c.patient_id == param("patient_id", _team.c.patient_id), _team.c.id == param("id", _team.c.id)
    ),
    ManagedMember,
    Scope.OWNER,
)

INSERT_FIRST_MEMBER = Change(
    "insert_first_member",
    insert_for_clinic(CareTeamTable),
    Scope.CLINIC,
    "with a new chart, in the same step",
)

INSERT_MEMBER = Change("insert_member", insert_for_chart(CareTeamTable, IS_STAFF), Scope.OWNER)

END_MEMBER = Change(
    "end_member",
    sa.update(_team)
    .where(
        in_clinic(_team),
        visible(_team.c.patient_id),
        _team.c.id == param("id", _team.c.id),
        _team.c.version == param("expected_version", _team.c.version),
        _team.c.ended_at.is_(None),
    )
    .values(
        ended_at=param("now", _team.c.ended_at),
        updated_at=param("now", _team.c.updated_at),
        version=_team.c.version + 1,
    ),
    Scope.OWNER,
)

ACCOUNT_TO_RESET = Read(
    "account_to_reset",
    clinic_rows(AccountTable).where(
        _accounts.c.id == param("id", _accounts.c.id),
        sa.or_(_accounts.c.patient_id.is_(None), visible(_accounts.c.patient_id)),
    ),
    AccountRow,
    Scope.CLINIC,
    "accounts belong to the clinic; a patient's only where the chart is visible",
)
"""Of staff, or of a patient whose chart the actor may see: any other is not found, rather than found and refused."""

ACCOUNT_OF_PATIENT = Read(
    "account_of_patient",
    clinic_rows(AccountTable).where(_accounts.c.patient_id == param("patient_id", _accounts.c.patient_id)),
    AccountRow,
    Scope.CLINIC,
)


def _of_own_chart(column: sa.ColumnElement[Any]) -> sa.ScalarSelect[Any]:
    own = sa.bindparam("scope_patient_id", type_=sa.Uuid())
    return sa.select(column).where(in_clinic(_patients), _patients.c.id == own).scalar_subquery()


READ_CLINIC_OF_PATIENT = Read(
    "read_clinic_of_patient",
    sa.select(
        _clinics,
        _of_own_chart(_patients.c.time_zone).label("patient_time_zone"),
        _of_own_chart(_patients.c.language).label("patient_language"),
    ).where(in_clinic(_clinics), actor_is_current()),
    ClinicOfPatient,
    Scope.CLINIC,
    "of the chart, only the time zone and the language of the actor's own",
)
"""The clinic, with time zone and language of the actor's own chart: null for staff."""


def audience(row: PatientRow, _: object = None) -> Iterator[Changed]:
    """Yield everybody of the chart, and the clinic's admins."""
    yield Changed("patient", row.id, Channel.CHART, row.id)
    yield Changed("patient", row.id, Channel.ADMINS, row.id)


def membership(row: CareTeamRow, _: object = None) -> Iterator[Changed]:
    """Yield the member, to whom the chart opens or closes, and everybody who sees the care team.

    Staff on the team read the chart anew: drafts of whoever leaves are theirs to read, or are no more.
    """
    ends_at = row.ends_at if row.ended_at is None else None
    yield Changed("chart", row.id, Channel.ACCOUNT, row.patient_id, row.account_id, due_at=ends_at)
    yield Changed("chart", row.patient_id, Channel.TEAM, row.patient_id)
    yield Changed("care_team", row.patient_id, Channel.CHART, row.patient_id)
    yield Changed("care_team", row.patient_id, Channel.ADMINS, row.patient_id)


declare(PatientTable, audience)
declare(CareTeamTable, membership)
