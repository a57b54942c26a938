"""Statements of the end of a chart. Setting and releasing a hold is an update of the chart (`patients`)."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.tables import AccountTable, CareTeamRow, CareTeamTable
from integration_api.access.visible import in_clinic, key_stands, visible
from integration_api.resources.attention.worklist.tables import TaskTable
from integration_api.resources.care.sessions.tables import SessionTable
from integration_api.resources.journal.notes.tables import AttachmentTable
from integration_api.resources.people.patients.tables import NamePartTable, PatientTable
from integration_api.storage.statements import VAULT_KEYS, Change, KeyNames, Read, Scope, next_version, param
from integration_api.storage.tables import table_of
from integration_api.web.idempotency import StoredResponseTable

_patients, _parts, _accounts, _team, _answers, _tasks, _sessions, _attachments = (
    table_of(PatientTable),
    table_of(NamePartTable),
    table_of(AccountTable),
    table_of(CareTeamTable),
    table_of(StoredResponseTable),
    table_of(TaskTable),
    table_of(SessionTable),
    table_of(AttachmentTable),
)
MAX_MEMBERS = 1000
"""Of one care team, past emergencies included that nobody ended."""
_PATIENT_ID = sa.bindparam("patient_id", type_=sa.Uuid())
_NOW = sa.bindparam("now", type_=_patients.c.updated_at.type)


class LastSession(BaseModel):
    """When the last meeting is or was planned."""

    planned_start_at: datetime


LAST_SESSION = Read(
    "last_session",
    sa.select(_sessions.c.planned_start_at)
    .where(in_clinic(_sessions), visible(_PATIENT_ID), _sessions.c.patient_id == _PATIENT_ID)
    .order_by(_sessions.c.planned_start_at.desc(), _sessions.c.id.desc())
    .limit(1),
    LastSession,
    Scope.OWNER,
)


def erased_values() -> dict[str, Any]:
    """Return the values of the row of a chart that is erased: nothing of the person stays."""
    emptied = ("preferred_name", "birth_on", "email", "phone", "emergency_contact", "language")
    return {
        "name": sa.literal(b"", sa.LargeBinary()),
        **dict.fromkeys((*emptied, "hold_reference", "hold_note"), sa.null()),
        "erased_at": _NOW,
        "updated_at": _NOW,
        "version": _patients.c.version + 1,
    }


ERASE_PATIENT = Change(
    "erase_patient",
    sa.update(_patients)
    .where(
        in_clinic(_patients),
        visible(_patients.c.id),
        _patients.c.id == param("id", _patients.c.id),
        _patients.c.version == param("expected_version", _patients.c.version),
        _patients.c.held_at.is_(None),
        key_stands(_patients.c.id),
    )
    .values(erased_values()),
    Scope.OWNER,
)
"""The chart's row stays for what refers to it. Every change of it meets the next at its version. A hold that is
set at the same moment is either seen here, or is refused as stale."""

DESTROY_KEY = Change(
    "destroy_key",
    sa.delete(VAULT_KEYS).where(
        VAULT_KEYS.c.clinic_id == param("clinic_id", VAULT_KEYS.c.clinic_id),
        VAULT_KEYS.c.id == param("key_owner_id", VAULT_KEYS.c.id),
    ),
    Scope.SYSTEM,
    "goes together with the row of its chart, whose step carries the guards; after a restore the command line erases",
    destroys_key=KeyNames("clinic_id", "key_owner_id"),
)

DELETE_NAME_PARTS = Change(
    "delete_name_parts",
    sa.delete(_parts).where(in_clinic(_parts), visible(_parts.c.patient_id), _parts.c.patient_id == _PATIENT_ID),
    Scope.OWNER,
)

DELETE_STORED_RESPONSES = Change(
    "delete_stored_responses",
    sa.delete(_answers).where(in_clinic(_answers), visible(_answers.c.owner_id), _answers.c.owner_id == _PATIENT_ID),
    Scope.OWNER,
)

DELETE_CHART_TASKS = Change(
    "delete_chart_tasks",
    sa.delete(_tasks).where(in_clinic(_tasks), visible(_tasks.c.patient_id), _tasks.c.patient_id == _PATIENT_ID),
    Scope.OWNER,
)

FORGET_OBJECTS = Change(
    "forget_attachment_objects",
    sa.update(_attachments)
    .where(in_clinic(_attachments), visible(_attachments.c.patient_id), _attachments.c.patient_id == _PATIENT_ID)
    .values(objects=sa.literal(b"", sa.LargeBinary())),
    Scope.OWNER,
)
"""No row names the bytes of attachments any more, so they are swept. Without the chart's key nobody can read them."""

OPEN_MEMBERS = Read(
    "open_members",
    sa.select(*_team.c)
    .where(in_clinic(_team), visible(_team.c.patient_id), _team.c.patient_id == _PATIENT_ID, _team.c.ended_at.is_(None))
    .order_by(_team.c.created_at, _team.c.id)
    .limit(MAX_MEMBERS),
    CareTeamRow,
    Scope.OWNER,
)
"""The memberships that END_TEAM ends: of a team that is larger, the erasure begins again."""

END_TEAM = Change(
    "end_team",
    sa.update(_team)
    .where(in_clinic(_team), visible(_team.c.patient_id), _team.c.patient_id == _PATIENT_ID, _team.c.ended_at.is_(None))
    .values(ended_at=_NOW, updated_at=_NOW, version=_team.c.version + 1),
    Scope.OWNER,
)

END_ACCOUNT = Change(
    "end_account",
    sa.update(_accounts)
    .where(
        in_clinic(_accounts),
        visible(_accounts.c.patient_id),
        _accounts.c.patient_id == _PATIENT_ID,
        _accounts.c.version == param("expected_version", _accounts.c.version),
        key_stands(_accounts.c.clinic_id),
    )
    .values(next_version(_accounts, ("state", "epoch", "email_index", "password_hash", "binding"))),
    Scope.OWNER,
)
