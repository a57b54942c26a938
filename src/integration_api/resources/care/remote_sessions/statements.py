"""Statements of remote sessions, for staff and the patient. Those of a support person are in `support_statements`."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.audience import declare, of_chart
from integration_api.access.visible import (
    chart_rows,
    in_clinic,
    insert_for_chart,
    list_by_chart,
    update_in_chart,
    visible,
)
from integration_api.ledger.changes import Changed, Channel
from integration_api.resources.care.discharges.tables import DischargeTable
from integration_api.resources.care.doses.tables import ObserverCheckRow, ObserverCheckTable
from integration_api.resources.care.monitoring.statements import first_dose_of_session
from integration_api.resources.care.readiness.statements import POLICIES
from integration_api.resources.care.remote_sessions.happening_statements import HappeningRow, happenings
from integration_api.resources.care.remote_sessions.tables import (
    LinkEventRow,
    LinkEventTable,
    RemoteRow,
    RemoteTable,
    RemoteVersionRow,
    RemoteVersionTable,
    SupportTokenTable,
)
from integration_api.resources.care.sessions.tables import Modality, SessionState, SessionTable
from integration_api.storage.statements import Change, Read, Scope, param
from integration_api.storage.tables import table_of

_remote, _tokens, _sessions = table_of(RemoteTable), table_of(SupportTokenTable), table_of(SessionTable)
_discharges, _versions = table_of(DischargeTable), table_of(RemoteVersionTable)
_CLINIC_ID = sa.bindparam("actor_clinic_id", type_=sa.Uuid())


class RecordedRow(RemoteRow):
    """A remote record, the links of its session, and its newest token."""

    video_lost_at: datetime | None = None
    observer_lost_at: datetime | None = None
    token_issued_at: datetime | None = None
    token_expires_at: datetime | None = None
    token_revoked_at: datetime | None = None


class WatchedRow(BaseModel):
    """A session that is watched from home."""

    clinic_id: UUID
    id: UUID
    patient_id: UUID
    state: SessionState
    modality: Modality
    planned_start_at: datetime
    ended_at: datetime | None
    doses_recorded: int | None
    remote_written_at: datetime | None
    observer_left_at: datetime | None
    patient_left_at: datetime | None
    video_lost_at: datetime | None
    observer_lost_at: datetime | None
    links_noted: int | None
    discharged_at: datetime | None
    first_dose_at: datetime | None
    policies: dict[str, int]


def _of_newest_token(column: str, name: str) -> sa.Label[datetime]:
    """Return a column of the newest token of a remote record."""
    tokens = _tokens.alias(f"of_{name}")
    return (
        sa.select(tokens.c[column])
        .where(
            tokens.c.clinic_id == _CLINIC_ID,
            tokens.c.patient_id == _remote.c.patient_id,
            tokens.c.session_id == _remote.c.id,
        )
        .order_by(tokens.c.created_at.desc(), tokens.c.id.desc())
        .limit(1)
        .correlate(_remote)
        .scalar_subquery()
        .label(name)
    )


READ_REMOTE = Read(
    "read_remote_session",
    chart_rows(
        RemoteTable,
        _sessions.c.video_lost_at,
        _sessions.c.observer_lost_at,
        _of_newest_token("created_at", "token_issued_at"),
        _of_newest_token("expires_at", "token_expires_at"),
        _of_newest_token("revoked_at", "token_revoked_at"),
    ).where(
        in_clinic(_sessions),
        _sessions.c.patient_id == _remote.c.patient_id,
        _sessions.c.id == _remote.c.id,
        _remote.c.id == param("id", _remote.c.id),
    ),
    RecordedRow,
    Scope.OWNER,
)
INSERT_REMOTE = Change("insert_remote_session", insert_for_chart(RemoteTable), Scope.OWNER)
UPDATE_REMOTE = Change(
    "update_remote_session",
    update_in_chart(
        RemoteTable,
        ("emergency_address", "phone", "local_emergency_number", "observer", "medical_on_call", "updated_by_id"),
    ),
    Scope.OWNER,
)
LIST_VERSIONS = Read(
    "list_remote_session_versions",
    list_by_chart(RemoteVersionTable, "kept_at", _versions.c.session_id == param("session_id", _versions.c.session_id)),
    RemoteVersionRow,
    Scope.OWNER,
)
INSERT_VERSION = Change("insert_remote_session_version", insert_for_chart(RemoteVersionTable), Scope.OWNER)
INSERT_TOKEN = Change("insert_support_token", insert_for_chart(SupportTokenTable), Scope.OWNER)
REVOKE_TOKENS = Change(
    "revoke_support_tokens",
    sa.update(_tokens)
    .where(
        in_clinic(_tokens),
        visible(_tokens.c.patient_id),
        _tokens.c.patient_id == param("patient_id", _tokens.c.patient_id),
        _tokens.c.session_id == param("session_id", _tokens.c.session_id),
        _tokens.c.revoked_at.is_(None),
    )
    .values(revoked_at=param("revoked_at", _tokens.c.revoked_at)),
    Scope.OWNER,
)
_discharged_at = (
    sa.select(_discharges.c.discharged_at)
    .where(
        _discharges.c.clinic_id == _CLINIC_ID,
        _discharges.c.patient_id == _sessions.c.patient_id,
        _discharges.c.id == _sessions.c.id,
    )
    .correlate(_sessions)
    .scalar_subquery()
)
READ_WATCHED = Read(
    "read_watched_session",
    sa.select(
        *(_sessions.c[name] for name in ("clinic_id", "id", "patient_id", "state", "modality")),
        *(_sessions.c[name] for name in ("planned_start_at", "ended_at", "doses_recorded", "remote_written_at")),
        *(_sessions.c[name] for name in ("observer_left_at", "patient_left_at")),
        _sessions.c.video_lost_at,
        _sessions.c.observer_lost_at,
        _sessions.c.links_noted,
        _discharged_at.label("discharged_at"),
        first_dose_of_session("first_dose_at").label("first_dose_at"),
        POLICIES,
    ).where(
        in_clinic(_sessions),
        visible(_sessions.c.patient_id),
        _sessions.c.id == param("session_id", _sessions.c.id),
        sa.select(sa.literal_column("1"))
        .where(
            _remote.c.clinic_id == _CLINIC_ID,
            _remote.c.patient_id == _sessions.c.patient_id,
            _remote.c.id == _sessions.c.id,
        )
        .exists(),
    ),
    WatchedRow,
    Scope.OWNER,
)
"""Only a session that has a remote record."""
HAPPENINGS = Read(
    "read_happenings",
    happenings(
        lambda table: (
            in_clinic(table),
            visible(table.c.patient_id),
            table.c.patient_id == param("patient_id", table.c.patient_id),
            table.c.session_id == param("session_id", table.c.session_id),
        )
    ),
    HappeningRow,
    Scope.OWNER,
)
INSERT_LINK_EVENT = Change("insert_link_event", insert_for_chart(LinkEventTable), Scope.OWNER)


def told(session_id: UUID, patient_id: UUID) -> Changed:
    """Return what a check, an event or a token of a session is told as."""
    return Changed("remote_session", session_id, Channel.CHART, patient_id)


def _of_session(row: ObserverCheckRow | LinkEventRow, _: object = None) -> tuple[Changed]:
    return (told(row.session_id, row.patient_id),)


declare(RemoteTable, of_chart("remote_session"))
declare(ObserverCheckTable, _of_session)
declare(LinkEventTable, _of_session)
