"""Statements that erase a chart again in a database that was restored, and end sign-ins. A command runs them.

Each does what the one of `statements.py` does, in the clinic that the exported list names. Whether the chart may be
erased was decided before. If the older database still has a hold on it, that was released before it was erased.
"""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.bindings import BOUND_ACCOUNT, BoundAccount
from integration_api.access.tables import AccountTable, CareTeamTable, InvitationTable, SignInTable
from integration_api.resources.attention.worklist.tables import TaskTable
from integration_api.resources.journal.notes.tables import AttachmentTable
from integration_api.resources.oversight.research_studies.statements import ended_research_values
from integration_api.resources.oversight.research_studies.tables import ResearchExportTable
from integration_api.resources.oversight.retention.statements import erased_values
from integration_api.resources.people.patients.tables import NamePartTable, PatientTable
from integration_api.resources.people.service_accounts.statements import ended_export_values
from integration_api.resources.people.service_accounts.tables import BulkExportTable
from integration_api.storage.statements import Change, Read, Scope, param
from integration_api.storage.tables import encrypted_columns, table_of
from integration_api.web.idempotency import StoredResponseTable

_patients, _accounts, _team, _sign_ins, _invitations, _attachments, _bulk = (
    table_of(PatientTable),
    table_of(AccountTable),
    table_of(CareTeamTable),
    table_of(SignInTable),
    table_of(InvitationTable),
    table_of(AttachmentTable),
    table_of(BulkExportTable),
)
_research = table_of(ResearchExportTable)
_parts, _answers, _tasks = table_of(NamePartTable), table_of(StoredResponseTable), table_of(TaskTable)
_AGAIN = "run by the command line after a restore, for charts that a signed list of this installation names as erased"
_PATIENT_ID = sa.bindparam("patient_id", type_=sa.Uuid())
_NOW = sa.bindparam("now", type_=_patients.c.updated_at.type)


class ErasedRow(BaseModel):
    """A chart that was erased, and when."""

    clinic_id: UUID
    id: UUID
    erased_at: datetime


class ChartRow(BaseModel):
    """A chart that was not."""

    version: int


class AccountOfChart(BoundAccount):
    """The account of the patient of a chart."""

    version: int


def _here(table: sa.Table) -> sa.ColumnElement[bool]:
    return sa.and_(table.c.clinic_id == param("clinic_id", table.c.clinic_id))


def _of_account(table: sa.Table) -> sa.ColumnElement[bool]:
    return sa.and_(_here(table), table.c.account_id == param("account_id", table.c.account_id))


LIST_ERASED = Read(
    "list_erased_charts",
    sa.select(_patients.c.clinic_id, _patients.c.id, _patients.c.erased_at)
    .where(_here(_patients), _patients.c.erased_at.is_not(None), _patients.c.id > param("last_id", _patients.c.id))
    .order_by(_patients.c.id)
    .limit(sa.bindparam("page_rows", type_=sa.Integer())),
    ErasedRow,
    Scope.SYSTEM,
    "run by the command line: ids that are exported with the heads of the ledger",
)

CHART_TO_ERASE = Read(
    "chart_to_erase_again",
    sa.select(_patients.c.version).where(
        _here(_patients), _patients.c.id == _PATIENT_ID, _patients.c.erased_at.is_(None)
    ),
    ChartRow,
    Scope.SYSTEM,
    _AGAIN,
)

ERASE_AGAIN = Change(
    "erase_patient_again",
    sa.update(_patients)
    .where(
        _here(_patients),
        _patients.c.id == _PATIENT_ID,
        _patients.c.version == param("expected_version", _patients.c.version),
        _patients.c.erased_at.is_(None),
    )
    .values({**erased_values(), **dict.fromkeys(("hold_reason", "held_at", "held_by_id"), sa.null())}),
    Scope.SYSTEM,
    _AGAIN,
)

CLEAR_CHART = (
    Change(
        "delete_name_parts_again",
        sa.delete(_parts).where(_here(_parts), _parts.c.patient_id == _PATIENT_ID),
        Scope.SYSTEM,
        _AGAIN,
    ),
    Change(
        "delete_stored_responses_again",
        sa.delete(_answers).where(_here(_answers), _answers.c.owner_id == _PATIENT_ID),
        Scope.SYSTEM,
        _AGAIN,
    ),
    Change(
        "delete_chart_tasks_again",
        sa.delete(_tasks).where(_here(_tasks), _tasks.c.patient_id == _PATIENT_ID),
        Scope.SYSTEM,
        _AGAIN,
    ),
    Change(
        "forget_attachment_objects_again",
        sa.update(_attachments)
        .where(_here(_attachments), _attachments.c.patient_id == _PATIENT_ID)
        .values(objects=sa.literal(b"", sa.LargeBinary())),
        Scope.SYSTEM,
        _AGAIN,
    ),
    Change(
        "end_team_again",
        sa.update(_team)
        .where(_here(_team), _team.c.patient_id == _PATIENT_ID, _team.c.ended_at.is_(None))
        .values(ended_at=_NOW, updated_at=_NOW, version=_team.c.version + 1),
        Scope.SYSTEM,
        _AGAIN,
    ),
)
"""Changes of all that goes with a chart; each takes `clinic_id`, `patient_id` and `now`."""

END_BULK_EXPORTS_AGAIN = Change(
    "end_bulk_exports_again",
    sa.update(_bulk).where(_here(_bulk), _bulk.c.due_at.is_not(None)).values(ended_export_values()),
    Scope.SYSTEM,
    _AGAIN,
)

END_RESEARCH_EXPORTS_AGAIN = Change(
    "end_research_exports_again",
    sa.update(_research).where(_here(_research), _research.c.due_at.is_not(None)).values(ended_research_values()),
    Scope.SYSTEM,
    _AGAIN,
)

ACCOUNT_OF_CHART = Read(
    "account_of_chart_to_erase",
    sa.select(*BOUND_ACCOUNT, _accounts.c.version).where(_here(_accounts), _accounts.c.patient_id == _PATIENT_ID),
    AccountOfChart,
    Scope.SYSTEM,
    _AGAIN,
)

_ENDED = ("state", "epoch", "email_index", "binding")
END_ACCOUNT_AGAIN = Change(
    "end_account_again",
    sa.update(_accounts)
    .where(
        _here(_accounts),
        _accounts.c.id == param("account_id", _accounts.c.id),
        _accounts.c.version == param("expected_version", _accounts.c.version),
    )
    .values(
        {
            **{name: param(name, _accounts.c[name]) for name in _ENDED},
            **dict.fromkeys(("password_hash", *encrypted_columns(_accounts)), sa.null()),
            "updated_at": _NOW,
            "version": _accounts.c.version + 1,
        }
    ),
    Scope.SYSTEM,
    _AGAIN,
)
"""Nothing that was encrypted in it stays either."""

END_ACCESS = (
    Change(
        "end_sign_ins_again",
        sa.update(_sign_ins)
        .where(_of_account(_sign_ins), _sign_ins.c.revoked_at.is_(None))
        .values(revoked_at=param("now", _sign_ins.c.revoked_at)),
        Scope.SYSTEM,
        _AGAIN,
    ),
    Change(
        "end_invitations_again",
        sa.update(_invitations)
        .where(_of_account(_invitations), _invitations.c.accepted_at.is_(None))
        .values(expires_at=param("now", _invitations.c.expires_at)),
        Scope.SYSTEM,
        _AGAIN,
    ),
)
"""Changes that bar an account; each takes `clinic_id`, `account_id` and `now`."""

END_SIGN_INS_OF_CLINIC = Change(
    "end_sign_ins_of_clinic",
    sa.update(_sign_ins)
    .where(_here(_sign_ins), _sign_ins.c.revoked_at.is_(None))
    .values(revoked_at=param("now", _sign_ins.c.revoked_at)),
    Scope.SYSTEM,
    "run by the command line after a restore: everybody signs in anew",
)
