"""Statements of capture links: issued by staff for the patient's own account, and read by the sign-in that they are."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.audience import declare
from integration_api.access.operations import CAPTURE
from integration_api.access.tables import AccountState, AccountTable, ReadingTokenTable, SignInTable
from integration_api.access.visible import (
    chart_rows,
    in_clinic,
    insert_for_chart,
    is_member_now,
    key_stands,
    visible,
)
from integration_api.ledger.changes import Changed, Channel
from integration_api.resources.care.sessions.tables import Phase, SessionTable
from integration_api.resources.journal.capture_links.tables import MAX_ENTRIES, CaptureLinkRow, CaptureLinkTable
from integration_api.storage.statements import Change, Read, Scope, insert_rows, param
from integration_api.storage.tables import table_of

_links, _sessions, _tokens = table_of(CaptureLinkTable), table_of(SessionTable), table_of(ReadingTokenTable)
_accounts, _sign_ins = table_of(AccountTable), table_of(SignInTable)
_CLINIC_ID = sa.bindparam("actor_clinic_id", type_=sa.Uuid())
_patient_id = sa.bindparam("patient_id", type_=sa.Uuid())
_account_id = sa.bindparam("account_id", type_=sa.Uuid())


class CapturedSessionRow(BaseModel):
    """A session, the account of its patient if it can sign in, and the token of a link that this account has."""

    clinic_id: UUID
    id: UUID
    patient_id: UUID
    phase: Phase
    first_dose_at: datetime | None
    account_id: UUID | None = None
    token_id: UUID | None = None
    ended_sign_in_id: UUID | None = None
    is_member: bool


class StandingLinkRow(CaptureLinkRow):
    """A link, and when its sign-in was ended."""

    revoked_at: datetime | None = None


_revoked_at = (
    sa.select(_sign_ins.c.revoked_at)
    .where(_sign_ins.c.clinic_id == _CLINIC_ID, _sign_ins.c.id == _links.c.sign_in_id)
    .correlate(_links)
    .scalar_subquery()
    .label("revoked_at")
)
READ_SESSION_TO_CAPTURE = Read(
    "read_session_to_capture",
    sa.select(
        *(_sessions.c[name] for name in ("clinic_id", "id", "patient_id", "phase", "first_dose_at")),
        _accounts.c.id.label("account_id"),
        _tokens.c.id.label("token_id"),
        _tokens.c.sign_in_id.label("ended_sign_in_id"),
        is_member_now(_sessions.c.patient_id).label("is_member"),
    )
    .select_from(_sessions)
    .outerjoin(
        _accounts,
        sa.and_(
            _accounts.c.clinic_id == _CLINIC_ID,
            _accounts.c.patient_id == _sessions.c.patient_id,
            _accounts.c.state == AccountState.ACTIVE,
        ),
    )
    .outerjoin(
        _tokens,
        sa.and_(_tokens.c.clinic_id == _CLINIC_ID, _tokens.c.account_id == _accounts.c.id, _tokens.c.action == CAPTURE),
    )
    .where(in_clinic(_sessions), visible(_sessions.c.patient_id), _sessions.c.id == param("id", _sessions.c.id)),
    CapturedSessionRow,
    Scope.OWNER,
)
"""An account holds one token of a link, in slot 1."""
READ_NEWEST_LINK = Read(
    "read_newest_capture_link",
    chart_rows(CaptureLinkTable, _revoked_at)
    .where(
        _links.c.patient_id == param("patient_id", _links.c.patient_id),
        _links.c.session_id == param("session_id", _links.c.session_id),
    )
    .order_by(_links.c.created_at.desc(), _links.c.id.desc())
    .limit(1),
    StandingLinkRow,
    Scope.OWNER,
)
READ_LINK_OF_SIGN_IN = Read(
    "read_capture_link_of_sign_in",
    chart_rows(CaptureLinkTable).where(
        _links.c.patient_id == sa.bindparam("scope_patient_id", type_=sa.Uuid()),
        _links.c.sign_in_id == sa.bindparam("actor_sign_in_id", type_=sa.Uuid()),
    ),
    CaptureLinkRow,
    Scope.OWNER,
)
"""The link by which the actor is here; none for a patient who is signed in."""
COUNT_ENTRY = Change(
    "count_capture_link_entry",
    sa.update(_links)
    .where(
        in_clinic(_links),
        visible(_links.c.patient_id),
        _links.c.patient_id == _patient_id,
        _links.c.id == param("id", _links.c.id),
        _links.c.entries < MAX_ENTRIES,
    )
    .values(entries=_links.c.entries + 1),
    Scope.OWNER,
)
_is_of_patient = (
    sa.select(sa.literal_column("1"))
    .where(
        _accounts.c.clinic_id == _CLINIC_ID,
        _accounts.c.id == _account_id,
        _accounts.c.patient_id == _patient_id,
        _accounts.c.state == AccountState.ACTIVE,
    )
    .exists()
)
"""The account is the patient's own."""
_clinic_id = sa.bindparam("clinic_id", type_=sa.Uuid())
_for_patient = (
    _clinic_id == _CLINIC_ID,
    visible(_patient_id),
    is_member_now(_patient_id),
    _is_of_patient,
)
INSERT_LINK = Change("insert_capture_link", insert_for_chart(CaptureLinkTable), Scope.OWNER)
INSERT_LINK_SIGN_IN = Change(
    "insert_capture_sign_in", insert_rows(SignInTable, *_for_patient, key_stands(_clinic_id)), Scope.OWNER
)
INSERT_LINK_TOKEN = Change("insert_capture_token", insert_rows(ReadingTokenTable, *_for_patient), Scope.OWNER)
REUSE_LINK_TOKEN = Change(
    "reuse_capture_token",
    sa.update(_tokens)
    .where(
        in_clinic(_tokens),
        visible(_patient_id),
        _is_of_patient,
        _tokens.c.account_id == _account_id,
        _tokens.c.id == param("id", _tokens.c.id),
        _tokens.c.action == CAPTURE,
        _tokens.c.sign_in_id == param("ended_sign_in_id", _tokens.c.sign_in_id),
    )
    .values({name: param(name, _tokens.c[name]) for name in ("sign_in_id", "digest", "created_at", "binding")}),
    Scope.OWNER,
)
"""The secret before it has another digest, so it opens nothing any more."""
END_LINK = Change(
    "end_capture_link",
    sa.update(_sign_ins)
    .where(
        in_clinic(_sign_ins),
        visible(_patient_id),
        _sign_ins.c.id == param("sign_in_id", _sign_ins.c.id),
        _sign_ins.c.revoked_at.is_(None),
        sa.select(sa.literal_column("1"))
        .where(
            _links.c.clinic_id == _CLINIC_ID,
            _links.c.patient_id == _patient_id,
            _links.c.sign_in_id == _sign_ins.c.id,
        )
        .exists(),
    )
    .values(revoked_at=param("now", _sign_ins.c.revoked_at)),
    Scope.OWNER,
)
"""Ends only a sign-in that is a link of this chart: staff end no other sign-in of a patient."""


def told(session_id: UUID, patient_id: UUID) -> Changed:
    """Return what the issue and the end of a link are told as: the links of a session."""
    return Changed("capture_link", session_id, Channel.CHART, patient_id)


def _audience(row: CaptureLinkRow, _: object) -> tuple[Changed]:
    return (told(row.session_id, row.patient_id),)


declare(CaptureLinkTable, _audience, is_strict=False)
