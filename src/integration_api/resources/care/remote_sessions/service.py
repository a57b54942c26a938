"""The remote record of a session, the token of its support person, and reading what was seen at home."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from integration_api.access.reads import StartAgain
from integration_api.access.revisions import check_version
from integration_api.access.tokens import pack_secret
from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.resources.attention.worklist import service as worklist
from integration_api.resources.attention.worklist.tables import TaskKind
from integration_api.resources.care.monitoring.rules import minutes_from_dose
from integration_api.resources.care.readiness.evaluation import load_dosing_session
from integration_api.resources.care.readiness.tables import GovernedSessionRow
from integration_api.resources.care.remote_sessions import statements as sql
from integration_api.resources.care.remote_sessions.check_numbers import Number
from integration_api.resources.care.remote_sessions.happening_statements import HappeningRow
from integration_api.resources.care.remote_sessions.link_events import (
    happening_of,
    link_row,
    linked_of,
    links_of,
    missed_of,
    new_of,
    tell_session,
)
from integration_api.resources.care.remote_sessions.rules import (
    Gap,
    check_findings,
    lacking,
    lost_links,
    missed_checks,
    next_check_at,
)
from integration_api.resources.care.remote_sessions.schemas import (
    RemoteRecord,
    RemoteSession,
    RemoteSessionVersion,
    SupportToken,
    SupportTokenCreate,
)
from integration_api.resources.care.remote_sessions.statements import RecordedRow, WatchedRow
from integration_api.resources.care.remote_sessions.support_errors import NoRemoteRecord
from integration_api.resources.care.remote_sessions.tables import (
    RemoteRow,
    RemoteVersionRow,
    SupportTokenRow,
    SupportTokenTable,
)
from integration_api.resources.care.remote_sessions.watch_schemas import (
    LinkEvent,
    LinkEventBatch,
    ObserverCheck,
    ObserverWatch,
    WatchGap,
)
from integration_api.resources.care.sessions.corrections import SessionClosed
from integration_api.resources.care.sessions.service import settle_remote
from integration_api.resources.care.sessions.session_tasks import wait_for_link, wait_for_observer
from integration_api.resources.care.sessions.statements import NOTE_LINKS, NOTE_OBSERVER
from integration_api.resources.care.sessions.tables import SessionState, SessionTable
from integration_api.resources.people.clinics.rules import policy
from integration_api.web.errors import IdTaken, StaleVersion
from integration_api.web.paging import Page, Window

OPEN_STATES = (SessionState.PLANNED, SessionState.IN_PROGRESS)


async def read_remote_session(work: Work, session_id: UUID) -> RemoteSession:
    """Return the remote record of a dosing session; a blank one if nobody wrote it yet. Raises NotFound, NotDosing."""
    row = await work.one(sql.READ_REMOTE, id=session_id) or _blank(await load_dosing_session(work, session_id))
    work.record(row.id, row.patient_id)
    return _present(row)


async def update_remote_session(
    work: Work, session_id: UUID, body: RemoteRecord, expected_version: int
) -> RemoteSession:
    """Write the remote record, and keep what stood. While it lacks anything, a dose at home is held.

    Raises NotFound, NotDosing, StaleVersion, SessionClosed.
    """
    session = await load_dosing_session(work, session_id)
    row = await work.one(sql.READ_REMOTE, id=session.id) or _blank(session)
    check_version(row, expected_version)
    if session.state not in OPEN_STATES:
        raise SessionClosed
    values = {**body.model_dump(mode="json"), "updated_by_id": work.actor.id}
    if row.version:
        more = {"id": new_id(), "session_id": row.id, "kept_at": work.now}
        kept = RemoteVersionRow(**{**row.model_dump(include={*RemoteRow.model_fields}), **more})
        work.create(sql.INSERT_VERSION, kept, {"uq_remote_session_versions_version": StaleVersion})
        changed = work.revise(sql.UPDATE_REMOTE, row, values)
    else:
        changed = row.model_copy(
            update={**values, "version": 1, "created_at": work.now, "updated_at": work.now},
        )
        work.create(sql.INSERT_REMOTE, changed, {"pk_remote_sessions": StaleVersion})
    told = _present(changed)
    settle_remote(work, session, is_settled=not told.lacking)
    if session.remote_written_at is None and session.doses_recorded:
        written = session.model_copy(update={"remote_written_at": work.now})
        await wait_for_observer(work, written, session.policies, session.patient_left_at or work.now)
    work.record(row.id, row.patient_id)
    return told


async def list_remote_session_versions(work: Work, session_id: UUID, window: Window) -> Page[RemoteSessionVersion]:
    """List a remote record as it was before each change, newest first. Raises NotFound, NotDosing."""
    session = await load_dosing_session(work, session_id)
    found = await work.page(
        sql.LIST_VERSIONS,
        window,
        lambda kept: (kept.kept_at, kept.id),
        _present_version,
        patient_id=session.patient_id,
        session_id=session.id,
    )
    work.record(session.id, session.patient_id)
    return found


async def create_support_token(work: Work, session_id: UUID, body: SupportTokenCreate) -> SupportToken:
    """Issue the token of a support person, and end the one before; whoever has it looks from now on.

    Raises SessionClosed, and as `_watched`.
    """
    session = await _watched(work, session_id)
    if session.state not in OPEN_STATES:
        raise SessionClosed
    row_id = new_id()
    text, secret = pack_secret(work.actor.clinic_id, row_id)
    row = SupportTokenRow(
        clinic_id=work.actor.clinic_id,
        id=row_id,
        patient_id=session.patient_id,
        session_id=session.id,
        digest=hashlib.sha256(secret).digest(),
        created_at=work.now,
        created_by_id=work.actor.id,
        expires_at=work.now + timedelta(minutes=body.minutes),
    )
    row = work.runtime.bindings.bound("support_tokens", row)
    _revoke(work, session)
    work.create(sql.INSERT_TOKEN, row)
    _note_observer(work, session, None)
    if session.observer_left_at is not None and session.first_dose_at is not None:
        back = session.model_copy(update={"observer_left_at": None})
        await wait_for_observer(work, back, session.policies, session.first_dose_at)
    work.record(session.id, session.patient_id)
    work.is_secret = True
    return SupportToken(session_id=session.id, token=text, expires_at=row.expires_at)


async def delete_support_token(work: Work, session_id: UUID) -> None:
    """End the token of a session's support person, from its next request on, if there is one.

    Nobody looks any more until there is another, so no check is missed. Raises as `_watched`.
    """
    session = await _watched(work, session_id)
    _revoke(work, session)
    _note_observer(work, session, work.now)
    worklist.settle(work, session.patient_id, session.id, TaskKind.OBSERVER_CHECK_MISSED)
    work.record(session.id, session.patient_id)


def _note_observer(work: Work, session: WatchedRow, left_at: datetime | None) -> None:
    """Collect whether the observer has left; a dose, or an end, that came between is read again."""
    work.change(
        NOTE_OBSERVER,
        missed=StartAgain,
        id=session.id,
        patient_id=session.patient_id,
        state=session.state,
        doses_recorded=session.doses_recorded,
        patient_left_at=session.patient_left_at,
        left_at=left_at,
    )
    work.telling.tell(sql.told(session.id, session.patient_id), of=SessionTable)


def _revoke(work: Work, session: WatchedRow) -> None:
    work.change(
        sql.REVOKE_TOKENS,
        rows=None,
        patient_id=session.patient_id,
        session_id=session.id,
        revoked_at=work.now,
    )
    work.telling.tell(sql.told(session.id, session.patient_id), of=SupportTokenTable)


async def read_observer_watch(work: Work, session_id: UUID) -> ObserverWatch:
    """Return what was seen at home, and what was missed. Raises as `_watched`."""
    session = await _watched(work, session_id)
    found = await _happenings(work, session)
    work.record(session.id, session.patient_id)
    return _watch(work, session, found)


async def record_link_events(work: Work, session_id: UUID, body: LinkEventBatch) -> ObserverWatch:
    """Record events of the links; one that is stored already changes nothing. Raises IdTaken, and as `_watched`."""
    session = await _watched(work, session_id)
    before = await _happenings(work, session)
    since = min(session.planned_start_at, work.now)
    new = [link_row(work, item, session, since, by_id=work.actor.id) for item in new_of(body.items, before)]
    for row in new:
        work.create(sql.INSERT_LINK_EVENT, row, {"pk_link_events": IdTaken})
    after = [*before, *map(happening_of, new)]
    if new:
        links = links_of(session, after)
        work.change(NOTE_LINKS, missed=StartAgain, id=session.id, **vars(links))
        await wait_for_link(work, session.patient_id, session.id, missed_of(session, links))
        tell_session(work, session)
    work.record(session.id, session.patient_id)
    return _watch(work, session, after)


async def _watched(work: Work, session_id: UUID) -> WatchedRow:
    """Return a session that has a remote record. Raises NotFound, NotDosing, NoRemoteRecord."""
    row = await work.one(sql.READ_WATCHED, session_id=session_id)
    if row is None:
        await load_dosing_session(work, session_id)
        raise NoRemoteRecord
    return row


async def _happenings(work: Work, session: WatchedRow) -> list[HappeningRow]:
    return await work.all(sql.HAPPENINGS, patient_id=session.patient_id, session_id=session.id)


def _blank(session: GovernedSessionRow) -> RecordedRow:
    """Return the record that nobody wrote yet, of version 0; it is not stored."""
    return RecordedRow(
        clinic_id=session.clinic_id,
        id=session.id,
        created_at=session.created_at,
        updated_at=session.created_at,
        version=0,
        patient_id=session.patient_id,
        updated_by_id=session.created_by_id,
    )


def _present(row: RecordedRow) -> RemoteSession:
    lacks = lacking(row.emergency_address, row.local_emergency_number, row.observer, row.medical_on_call)
    return RemoteSession.of(row, lacking=lacks, updated_by_id=row.updated_by_id if row.version else None)


def _present_version(row: RemoteVersionRow) -> RemoteSessionVersion:
    return RemoteSessionVersion.of(row, id=row.session_id)


def _watch(work: Work, session: WatchedRow, found: Sequence[HappeningRow]) -> ObserverWatch:
    """Return what was seen, in the order in which it happened, with what is derived of it."""
    found = sorted(found, key=lambda row: (row.at, row.id))
    first, looks = session.first_dose_at, [row for row in found if row.link is None]
    ends = [at for at in (session.discharged_at, session.ended_at) if at is not None]
    until, every = min([*ends, work.now]), every_of(session.policies)
    gaps = [
        *missed_checks(first, [row.at for row in looks], until, every, is_over=bool(ends)),
        *lost_links(first, linked_of(found), until, is_over=bool(ends)),
    ]
    last = looks[-1].at if looks else None
    return ObserverWatch(
        patient_id=session.patient_id,
        session_id=session.id,
        first_dose_at=first,
        next_check_at=None if ends else next_check_at(first, last, every),
        checks=[_check(row, session) for row in looks],
        link_events=[
            LinkEvent.of(row, clock_skewed=row.claimed_at is not None) for row in found if row.link is not None
        ],
        findings=[_gap(one) for one in gaps],
    )


def _check(row: HappeningRow, session: WatchedRow) -> ObserverCheck:
    return ObserverCheck.of(
        row,
        taken_at=row.at,
        clock_skewed=row.claimed_at is not None,
        received_at=row.created_at,
        minute=minutes_from_dose(row.at, session.first_dose_at),
        ignored=[Number(name) for name in row.ignored or []],
        findings=check_findings(row, row.at, row.created_at, session.first_dose_at),
    )


def _gap(one: Gap) -> WatchGap:
    return {**one.finding, "since": one.since, "until": one.until}


def every_of(policies: Mapping[str, int]) -> timedelta:
    """Return how often an observer looks, by the clinic's policy."""
    return timedelta(minutes=policy(policies, "observer_check_minutes"))
