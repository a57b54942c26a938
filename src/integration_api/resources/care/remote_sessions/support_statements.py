"""Statements of a support person, who has no account: each change proves in its own WHERE that the token stands."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.binding_check import Check
from integration_api.access.tables import ClinicTable
from integration_api.resources.attention.worklist.tables import TaskKind, TaskTable
from integration_api.resources.care.discharges.tables import DischargeTable
from integration_api.resources.care.doses.tables import DoseTable, ObserverCheckTable
from integration_api.resources.care.readiness.rules import HoldState
from integration_api.resources.care.readiness.tables import HoldTable
from integration_api.resources.care.remote_sessions.happening_statements import HappeningRow, happenings
from integration_api.resources.care.remote_sessions.rules import MAX_BATCH
from integration_api.resources.care.remote_sessions.tables import (
    LinkEventTable,
    RemoteRow,
    RemoteTable,
    SupportTokenTable,
)
from integration_api.resources.care.sessions.statements import LINKS, LINKS_AS_READ
from integration_api.resources.care.sessions.tables import SessionState, SessionTable
from integration_api.storage.compiling import WRAPPED_KEY
from integration_api.storage.statements import VAULT_KEYS, Change, Read, Scope, insert_rows, param, row_key
from integration_api.storage.tables import table_of

_tokens, _remote, _sessions = table_of(SupportTokenTable), table_of(RemoteTable), table_of(SessionTable)
_doses, _clinics, _tasks, _holds = table_of(DoseTable), table_of(ClinicTable), table_of(TaskTable), table_of(HoldTable)
_checks, _events = table_of(ObserverCheckTable), table_of(LinkEventTable)
_discharges = table_of(DischargeTable)
_PERSON = "a support person, who has no account: "
_clinic_id = param("clinic_id", _tokens.c.clinic_id)
_patient_id, _session_id = param("patient_id", _tokens.c.patient_id), param("session_id", _tokens.c.session_id)
CHECK_SUPPORT_TOKENS = Check(
    SupportTokenTable, _tokens.c.revoked_at.is_(None), _tokens.c.expires_at > param("now", _tokens.c.expires_at)
)


class SupportedRow(RemoteRow):
    """A remote record, the token that was sent, the session, and what its clinic says."""

    token_id: UUID
    digest: bytes
    binding: bytes
    expires_at: datetime
    revoked_at: datetime | None
    issued_at: datetime
    state: SessionState
    video_lost_at: datetime | None
    observer_lost_at: datetime | None
    links_noted: int | None
    ended_at: datetime | None
    discharged_at: datetime | None
    first_dose_at: datetime | None
    country: str
    policies: dict[str, int]

    @property
    def token(self) -> dict[str, object]:
        """Return the facts of the token that its binding covers."""
        return {
            "clinic_id": self.clinic_id,
            "id": self.token_id,
            "patient_id": self.patient_id,
            "session_id": self.id,
            "digest": self.digest,
            "expires_at": self.expires_at,
            "binding": self.binding,
        }


class UsedId(BaseModel):
    """An id that is in use."""

    id: UUID
    session_id: UUID
    is_check: bool


_first_dose_at = (
    sa.select(_doses.c.given_at)
    .where(
        _doses.c.clinic_id == _clinic_id,
        _doses.c.patient_id == _sessions.c.patient_id,
        _doses.c.session_id == _sessions.c.id,
        _doses.c.withdrawn_at.is_(None),
    )
    .order_by(_doses.c.given_at, _doses.c.id)
    .limit(1)
    .correlate(_sessions)
    .scalar_subquery()
)
_newer = _tokens.alias("newer_token")
_IS_NEWEST = ~(
    sa.select(sa.literal_column("1"))
    .where(
        _newer.c.clinic_id == _tokens.c.clinic_id,
        _newer.c.patient_id == _tokens.c.patient_id,
        _newer.c.session_id == _tokens.c.session_id,
        sa.or_(
            _newer.c.created_at > _tokens.c.created_at,
            sa.and_(_newer.c.created_at == _tokens.c.created_at, _newer.c.id > _tokens.c.id),
        ),
    )
    .correlate(_tokens)
    .exists()
)
"""Matches the newest token of its session: of two that were issued at once, the other does not stand."""
READ_SUPPORTED = Read(
    "read_supported_session",
    sa.select(
        *_remote.c,
        VAULT_KEYS.c.wrapped_key.label(WRAPPED_KEY),
        _tokens.c.id.label("token_id"),
        *(_tokens.c[name] for name in ("digest", "binding", "expires_at", "revoked_at")),
        _tokens.c.created_at.label("issued_at"),
        *(_sessions.c[name] for name in ("state", "video_lost_at", "observer_lost_at", "links_noted", "ended_at")),
        _discharges.c.discharged_at,
        _first_dose_at.label("first_dose_at"),
        _clinics.c.country,
        _clinics.c.policies,
    )
    .select_from(_tokens)
    .join(
        _remote,
        sa.and_(
            _remote.c.clinic_id == _tokens.c.clinic_id,
            _remote.c.patient_id == _tokens.c.patient_id,
            _remote.c.id == _tokens.c.session_id,
        ),
    )
    .join(
        _sessions,
        sa.and_(
            _sessions.c.clinic_id == _tokens.c.clinic_id,
            _sessions.c.patient_id == _tokens.c.patient_id,
            _sessions.c.id == _tokens.c.session_id,
        ),
    )
    .join(_clinics, _clinics.c.clinic_id == _tokens.c.clinic_id)
    .outerjoin(
        _discharges,
        sa.and_(
            _discharges.c.clinic_id == _tokens.c.clinic_id,
            _discharges.c.patient_id == _tokens.c.patient_id,
            _discharges.c.id == _tokens.c.session_id,
        ),
    )
    .join(VAULT_KEYS, sa.and_(VAULT_KEYS.c.clinic_id == _remote.c.clinic_id, VAULT_KEYS.c.id == _remote.c.patient_id))
    .where(row_key(_tokens), _IS_NEWEST),
    SupportedRow,
    Scope.SYSTEM,
    _PERSON + "the secret is compared with the digest of the row that it names; the record is told as a card alone",
)
HAPPENINGS_OF_TOKEN = Read(
    "read_happenings_of_token",
    happenings(
        lambda table: (
            table.c.clinic_id == _clinic_id,
            table.c.patient_id == _patient_id,
            table.c.session_id == _session_id,
        )
    ),
    HappeningRow,
    Scope.SYSTEM,
    _PERSON + "what is stored of the session of the token, to store nothing twice; none of it is told",
)
CHECK_IDS, EVENT_IDS = (tuple(f"{kind}_id_{at}" for at in range(MAX_BATCH)) for kind in ("check", "event"))

SENT_IDS = (*CHECK_IDS, *EVENT_IDS)


def _used(table: sa.Table, names: tuple[str, ...]) -> sa.Select[Any]:
    named = table.c.id.in_([param(name, table.c.id) for name in names])
    is_check = sa.cast(sa.literal(int(table is _checks)), sa.Integer()).label("is_check")
    found = sa.select(table.c.id, table.c.session_id, table.c.created_at, is_check)  # else SQLite scans an index
    return found.where(table.c.clinic_id == _clinic_id, named)


USED_IDS = Read(
    "read_used_ids_of_token",
    sa.union_all(_used(_checks, CHECK_IDS), _used(_events, EVENT_IDS)),
    UsedId,
    Scope.SYSTEM,
    _PERSON + "ids that were sent and are in use in the clinic, so that none of them refuses the others",
)
_standing_session = _sessions.alias("standing_session")
STANDS = (
    sa.select(sa.literal_column("1"))
    .select_from(_tokens)
    .join(
        _standing_session,
        sa.and_(_standing_session.c.clinic_id == _tokens.c.clinic_id, _standing_session.c.id == _tokens.c.session_id),
    )
    .where(
        _tokens.c.clinic_id == _clinic_id,
        _tokens.c.id == param("token_id", _tokens.c.id),
        _tokens.c.patient_id == _patient_id,
        _tokens.c.session_id == _session_id,
        _tokens.c.digest == param("token_digest", _tokens.c.digest),
        _tokens.c.revoked_at.is_(None),
        _tokens.c.expires_at > param("now", _tokens.c.expires_at),
        _IS_NEWEST,
        sa.or_(*(_standing_session.c.state == state for state in (SessionState.PLANNED, SessionState.IN_PROGRESS))),
    )
    .exists()
)
"""Matches if the token that was sent stands, and its session is not over."""
_WHY = _PERSON + "guarded by the token, and of its session alone"

INSERT_OBSERVER_CHECK = Change("insert_observer_check", insert_rows(ObserverCheckTable, STANDS), Scope.SYSTEM, _WHY)
INSERT_LINK_EVENT = Change("insert_link_event_of_token", insert_rows(LinkEventTable, STANDS), Scope.SYSTEM, _WHY)
NOTE_LINKS = Change(
    "note_links_of_token",
    sa.update(_sessions)
    .where(
        _sessions.c.clinic_id == _clinic_id,
        _sessions.c.patient_id == _patient_id,
        _sessions.c.id == _session_id,
        STANDS,
        LINKS_AS_READ,
    )
    .values(LINKS),
    Scope.SYSTEM,
    _WHY,
)
_times = {name: param(name, _tasks.c[name]) for name in ("due_at", "opened_at")}
_is_earlier = _tasks.c.opened_at < param("opened_at", _tasks.c.opened_at)


def _of_kind(kind: TaskKind) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        _tasks.c.clinic_id == _clinic_id,
        _tasks.c.patient_id == _patient_id,
        _tasks.c.subject_id == _session_id,
        _tasks.c.kind == kind,
        STANDS,
    )


_MISSED = (*_of_kind(TaskKind.OBSERVER_CHECK_MISSED), _is_earlier)
WAIT_FOR_CHECK = Change("wait_for_observer_check", sa.update(_tasks).where(*_MISSED).values(_times), Scope.SYSTEM, _WHY)
"""The task of a missed check waits for the check after the newest one."""
_LOST = _of_kind(TaskKind.LINK_LOST)
MOVE_LINK = Change("move_link_of_token", sa.update(_tasks).where(*_LOST).values(_times), Scope.SYSTEM, _WHY)
SETTLE_LINK = Change("settle_link_of_token", sa.delete(_tasks).where(*_LOST), Scope.SYSTEM, _WHY)


def _none_open(table: sa.Table, *same: tuple[str, Any]) -> sa.ColumnElement[bool]:
    other = table.alias(f"other_{table.name}")
    found: sa.Select[Any] = sa.select(sa.literal_column("1")).where(
        other.c.clinic_id == _clinic_id,
        other.c.patient_id == _patient_id,
        *(other.c[name].is_not_distinct_from(value) for name, value in same),
    )
    return ~found.exists()


OPEN_TASK = Change(
    "open_task_of_token",
    insert_rows(
        TaskTable,
        STANDS,
        _none_open(
            _tasks,
            ("account_id", param("account_id", _tasks.c.account_id)),  # null is equal to null
            ("kind", sa.cast(param("kind", _tasks.c.kind), sa.String)),
            ("subject_id", _session_id),
        ),
    ),
    Scope.SYSTEM,
    _WHY,
)
HOLD_FOR_ALARM = Change(
    "hold_for_observer_alarm",
    insert_rows(
        HoldTable,
        STANDS,
        _none_open(
            _holds,
            ("session_id", _session_id),
            ("item", sa.cast(param("item", _holds.c.item), _holds.c.item.type)),
            ("rule", sa.cast(param("rule", _holds.c.rule), _holds.c.rule.type)),
            ("state", HoldState.OPEN),
        ),
    ),
    Scope.SYSTEM,
    _WHY,
)
