"""Issuing, showing and ending the capture link of a session."""

import hashlib
from datetime import UTC, datetime, timedelta
from uuid import UUID

from integration_api.access.limits.buckets import Bucket
from integration_api.access.notices import tell_account
from integration_api.access.operations import CAPTURE
from integration_api.access.reading_tokens import UNIQUE_SLOT
from integration_api.access.reads import StartAgain
from integration_api.access.rows import new_values
from integration_api.access.tables import ReadingTokenRow, SignInRow
from integration_api.access.tokens import pack_secret
from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.resources.care.readiness.evaluation import NotDosing
from integration_api.resources.care.sessions.service import load_session
from integration_api.resources.care.sessions.tables import Phase
from integration_api.resources.journal.capture_links import statements as sql
from integration_api.resources.journal.capture_links.capture_errors import (
    CaptureLinkFull,
    CaptureWaits,
    NoDoseYet,
    NoPatientAccount,
)
from integration_api.resources.journal.capture_links.captures import WRITES, content_of
from integration_api.resources.journal.capture_links.schemas import (
    CaptureCreate,
    Captured,
    CaptureLink,
    IssuedCaptureLink,
)
from integration_api.resources.journal.capture_links.statements import CapturedSessionRow, StandingLinkRow
from integration_api.resources.journal.capture_links.tables import CaptureLinkRow
from integration_api.resources.journal.reflections.captured_entries import keep_captured
from integration_api.resources.journal.reflections.contents import outline_of
from integration_api.resources.journal.reflections.service import own_chart
from integration_api.resources.journal.reflections.tables import (
    LoadedReflectionRow,
    ReflectionKind,
    ReflectionState,
    Sharing,
)
from integration_api.resources.people.patients.service import EmergencyOnly
from integration_api.web.errors import NotFound
from integration_api.web.instants import credible_time

LIFETIME = timedelta(hours=72)
"""The time for which a link stands. Source: clinical.md section 1.8, POLICY."""
LABEL = "Link of your clinic"
"""The name of the link among its person's sign-ins: without a clinical word."""
PAGE = "/phone/#/capture/"
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""Nobody proved who they are for a link, so nothing that asks for a fresh proof may ever be done by it."""
_SLOT = 1
"""An account has one link at a time."""


async def read_capture_link(work: Work, session_id: UUID) -> CaptureLink:
    """Return the newest link of a session. Raises NotFound if there is none."""
    row = await _newest(work, session_id)
    work.record(row.session_id, row.patient_id)
    return CaptureLink.of(row, issued_at=row.created_at, issued_by_id=row.created_by_id)


async def create_capture_link(work: Work, session_id: UUID) -> IssuedCaptureLink:
    """Issue a link for the patient of a session, and end the one before.

    Raises NotFound, EmergencyOnly, NotDosing, NoDoseYet, NoPatientAccount.
    """
    session = await work.get(sql.READ_SESSION_TO_CAPTURE, id=session_id)
    if not session.is_member:
        raise EmergencyOnly
    if session.phase is not Phase.DOSING:
        raise NotDosing
    if session.first_dose_at is None:
        raise NoDoseYet
    if session.account_id is None:
        raise NoPatientAccount
    text, sign_in = _issue(work, session, session.account_id)
    row = CaptureLinkRow(
        clinic_id=session.clinic_id,
        id=new_id(),
        patient_id=session.patient_id,
        session_id=session.id,
        sign_in_id=sign_in.id,
        created_at=work.now,
        created_by_id=work.actor.id,
        expires_at=sign_in.expires_at,
    )
    work.create(sql.INSERT_LINK, row)
    tell_account(work, session.account_id, work.operation.recorded, session.id, session.patient_id)
    work.record(session.id, session.patient_id)
    work.is_secret = True
    return IssuedCaptureLink(session_id=session.id, token=text, path=PAGE + text, expires_at=row.expires_at)


async def delete_capture_link(work: Work, session_id: UUID) -> None:
    """End the newest link of a session, from its next request on. Raises NotFound if there is none."""
    row = await _newest(work, session_id)
    work.change(sql.END_LINK, rows=None, patient_id=row.patient_id, sign_in_id=row.sign_in_id)
    work.telling.tell(sql.told(row.session_id, row.patient_id))
    work.record(row.session_id, row.patient_id)


async def create_capture(work: Work, body: CaptureCreate) -> Captured:
    """Keep one moment as a private entry of the patient. Raises IdTaken, CaptureWaits, CaptureLinkFull."""
    patient_id = own_chart(work)
    if wait := await Bucket.of(work, WRITES, "capture link", work.actor.sign_in_id.bytes).take(work):
        raise CaptureWaits(-(-wait // 1_000_000))
    link = await work.one(sql.READ_LINK_OF_SIGN_IN)
    content, values = content_of(body), new_values(work, body)
    row = LoadedReflectionRow(
        **{name: values[name] for name in ("clinic_id", "id", "created_at", "updated_at", "captured_at")},
        patient_id=patient_id,
        session_id=link.session_id if link else None,
        capture_link_id=link.id if link else None,
        kind=ReflectionKind.FRAGMENT if "fragment" in content else ReflectionKind.TEXT,
        state=ReflectionState.SUBMITTED,
        sharing=Sharing.PRIVATE,
        submitted_at=work.now,
        happened_at=credible_time(body.captured_at, work.now),
        outline=outline_of(content),
        content=content,
    )
    if link is not None:
        work.change(sql.COUNT_ENTRY, missed=CaptureLinkFull, patient_id=patient_id, id=link.id)
    told = await keep_captured(work, row)
    return Captured(id=row.id, text=told["text"], crisis_resources=told["crisis_resources"])


def _issue(work: Work, session: CapturedSessionRow, account_id: UUID) -> tuple[str, SignInRow]:
    """Collect the sign-in that is the link, and its token in the place of the one before."""
    token_id = session.token_id or new_id()
    text, secret = pack_secret(session.clinic_id, token_id)
    sign_in = SignInRow(
        clinic_id=session.clinic_id,
        id=new_id(),
        account_id=account_id,
        label=LABEL,
        created_at=work.now,
        refreshed_at=work.now,
        expires_at=work.now + LIFETIME,
        proved_at=_NEVER,
    )
    sign_in = work.runtime.bindings.bound("sign_ins", sign_in)
    token = ReadingTokenRow(
        clinic_id=session.clinic_id,
        id=token_id,
        account_id=account_id,
        action=CAPTURE,
        slot=_SLOT,
        sign_in_id=sign_in.id,
        digest=hashlib.sha256(secret).digest(),
        created_at=work.now,
    )
    token = work.runtime.bindings.bound("reading_tokens", token)
    chart = session.patient_id
    if session.ended_sign_in_id is None:
        work.change(
            sql.INSERT_LINK_TOKEN, token, missed=StartAgain, conflicts={UNIQUE_SLOT: StartAgain}, patient_id=chart
        )
    else:
        work.change(sql.END_LINK, rows=None, sign_in_id=session.ended_sign_in_id, patient_id=chart)
        work.change(
            sql.REUSE_LINK_TOKEN, token, missed=StartAgain, ended_sign_in_id=session.ended_sign_in_id, patient_id=chart
        )
    work.change(sql.INSERT_LINK_SIGN_IN, sign_in, missed=StartAgain, patient_id=chart)
    return text, sign_in


async def _newest(work: Work, session_id: UUID) -> StandingLinkRow:
    """Return the newest link of a session. Raises NotFound."""
    session = await load_session(work, session_id)
    row = await work.one(sql.READ_NEWEST_LINK, patient_id=session.patient_id, session_id=session.id)
    if row is None:
        raise NotFound
    return row
