"""Batches of an observer's device: checks and events of links, late or in time, and advice for this moment."""

import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import cast
from uuid import UUID

from integration_api.access import alarms
from integration_api.access.limits import attempts
from integration_api.access.limits.buckets import Bucket, Limit
from integration_api.access.reads import StartAgain
from integration_api.access.tokens import unpack_secret
from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.resources.attention.flags.rules import IN_SESSION
from integration_api.resources.attention.worklist.tables import TaskKind, TaskTable
from integration_api.resources.attention.worklist.task_audiences import settled
from integration_api.resources.care.doses.tables import ObserverCheckRow
from integration_api.resources.care.readiness.rules import HoldState
from integration_api.resources.care.readiness.tables import HoldRow
from integration_api.resources.care.remote_sessions import support_statements as sql
from integration_api.resources.care.remote_sessions.answered_lines import lines_of, lines_of_clinic
from integration_api.resources.care.remote_sessions.happening_statements import HappeningRow
from integration_api.resources.care.remote_sessions.link_events import (
    happening_of,
    link_row,
    links_of,
    missed_of,
    tell_session,
)
from integration_api.resources.care.remote_sessions.rules import (
    ALARM,
    check_findings,
    is_alarming,
    next_check_at,
)
from integration_api.resources.care.remote_sessions.schemas import OnCallThere
from integration_api.resources.care.remote_sessions.seen_readings import follow_checks
from integration_api.resources.care.remote_sessions.sent_items import (
    Sorted,
    padded,
    sort_out,
    stored,
    told,
    unknown_ids,
)
from integration_api.resources.care.remote_sessions.service import OPEN_STATES, every_of
from integration_api.resources.care.remote_sessions.support_errors import SupportEnded, SupportWaits
from integration_api.resources.care.remote_sessions.support_statements import SupportedRow
from integration_api.resources.care.remote_sessions.support_tasks import Stands, open_for_all, task_of
from integration_api.resources.care.remote_sessions.watch_schemas import (
    EmergencyCard,
    ItemOutcome,
    LinkEventCreate,
    LookFacts,
    ObserverAnswer,
    ObserverBatch,
    ObserverCheckCreate,
    Unread,
)
from integration_api.resources.people.clinics.crisis import crisis_resources
from integration_api.web.instants import credible_time, is_skewed

BATCHES = Limit(60, timedelta(seconds=10))
"""Of one token: a device sends a few an hour, and after a lost connection a few at once."""


@attempts.counted(SupportEnded)
async def record_observer_checks(work: Work, body: ObserverBatch) -> ObserverAnswer:
    """Record checks and events of links by a support token; what is stored already changes nothing.

    An alarming check is heard whatever else is wrong with it or the rest. Raises SupportEnded, SupportWaits.
    """
    session = await _supported(work, body.token)
    calls = [_is_alarming(work, item, session) for item in body.checks]
    wait = await Bucket.of(work, BATCHES, "support token", session.token_id.bytes).take(work)
    if wait and not any(calls):
        raise _waits(session, -(-wait // 1_000_000))
    of, chart = session.clinic_id, session.patient_id
    before = await work.all(sql.HAPPENINGS_OF_TOKEN, clinic_id=of, patient_id=chart, session_id=session.id)
    checks, events_sent = await _sorted(work, session, body, before)
    stands = Stands(session.id, session.token_id, session.digest)
    made = [_row(work, item, session) for item in stored(checks)]
    for check in made:
        taken = {"pk_observer_checks": StartAgain}
        work.change(sql.INSERT_OBSERVER_CHECK, check, missed=SupportEnded, conflicts=taken, **vars(stands))
    events = [link_row(work, item, session, session.issued_at, by_id=None) for item in stored(events_sent)]
    for event in events:
        used = {"pk_link_events": StartAgain}
        work.change(sql.INSERT_LINK_EVENT, event, missed=SupportEnded, conflicts=used, **vars(stands))
    if events:
        links = links_of(session, [*before, *map(happening_of, events)])
        work.change(sql.NOTE_LINKS, missed=StartAgain, clinic_id=session.clinic_id, **vars(links), **vars(stands))
        await _wait_for_link(work, session, missed_of(session, links), stands)
        tell_session(work, session)
    looked = [one.at for one in before if one.link is None] + [check.taken_at for check in made]
    last = max(looked, default=None)
    if made:
        await follow_checks(work, session, before, made, stands)
    if any(calling and one.outcome is not ItemOutcome.KNOWN for calling, one in zip(calls, checks, strict=True)):
        await _alarm(work, session, stands)
    work.record(session.id, session.patient_id, clinic_id=session.clinic_id, actor_id=session.token_id)
    return ObserverAnswer(
        next_check_at=next_check_at(session.first_dose_at, last, every_of(session.policies)),
        is_alarming=any(calls),
        card=_card(session) if any(calls) else None,
        crisis_resources=list(crisis_resources(session.country)),
        checks=told(checks),
        link_events=told(events_sent),
    )


async def _supported(work: Work, token: str) -> SupportedRow:
    """Return the session of a token that stands. Raises SupportEnded, alike whatever is wrong."""
    try:
        clinic_id, row_id, secret = unpack_secret(token)
    except ValueError as error:
        raise _ended(work, None) from error
    found = await work.one(sql.READ_SUPPORTED, clinic_id=clinic_id, id=row_id)
    stands = (
        found is not None
        and hmac.compare_digest(hashlib.sha256(secret).digest(), found.digest)
        and await alarms.is_bound(work, "support_tokens", found.token)
        and found.revoked_at is None
        and found.expires_at > work.now
        and found.state in OPEN_STATES
    )
    if found is None or not stands:
        raise _ended(work, clinic_id)
    return found


def _ended(work: Work, clinic_id: UUID | None) -> SupportEnded:
    ended = SupportEnded()
    ended.extra = {"crisis_lines": lines_of_clinic(work.runtime, clinic_id)}
    return ended


def _waits(session: SupportedRow, seconds: int) -> SupportWaits:
    waits = SupportWaits(seconds)
    waits.extra = {"crisis_lines": lines_of(session.country), "card": _card(session)["text"]}
    return waits


def _is_alarming(work: Work, item: ObserverCheckCreate | Unread, session: SupportedRow) -> bool:
    if isinstance(item, Unread):
        return item.is_alarming
    return is_alarming(check_findings(item, item.taken_at, work.now, session.first_dose_at))


async def _sorted(
    work: Work, session: SupportedRow, body: ObserverBatch, before: Sequence[HappeningRow]
) -> tuple[list[Sorted[ObserverCheckCreate]], list[Sorted[LinkEventCreate]]]:
    """Return what becomes of each check and each event."""
    looks = {row.id: _values(row) for row in before if row.link is None}
    links: dict[UUID, object] = {row.id: None for row in before if row.link is not None}
    new_checks, new_events = unknown_ids(body.checks, looks), unknown_ids(body.link_events, links)
    used: Sequence[sql.UsedId] = ()
    if new_checks or new_events:
        of_both = (*padded(new_checks), *padded(new_events))
        used = await work.all(
            sql.USED_IDS, clinic_id=session.clinic_id, **dict(zip(sql.SENT_IDS, of_both, strict=True))
        )
    of_checks = {one.id: one.session_id for one in used if one.is_check}
    of_events = {one.id: one.session_id for one in used if not one.is_check}
    return (
        sort_out(body.checks, looks, of_checks, session.id, _values),
        sort_out(body.link_events, links, of_events, session.id, lambda _: None),
    )


def _values(look: HappeningRow | ObserverCheckCreate) -> tuple[object, ...]:
    return tuple(getattr(look, name) for name in (*LookFacts.model_fields, "ignored"))


def _row(work: Work, item: ObserverCheckCreate, session: SupportedRow) -> ObserverCheckRow:
    taken_at = credible_time(item.taken_at, work.now, session.issued_at)
    return ObserverCheckRow(
        **{name: getattr(item, name) for name in LookFacts.model_fields},
        ignored=[*item.ignored],
        clinic_id=session.clinic_id,
        id=item.id,
        patient_id=session.patient_id,
        session_id=session.id,
        token_id=session.token_id,
        created_at=work.now,
        taken_at=taken_at,
        claimed_taken_at=item.taken_at if is_skewed(item.taken_at, taken_at) else None,
    )


async def _alarm(work: Work, session: SupportedRow, stands: Stands) -> None:
    """Collect what follows from an alarming check: a critical task of the whole team, and the hold of R10."""
    task = task_of(session, TaskKind.OBSERVER_ALARM, work.now + IN_SESSION, work.now)
    await open_for_all(work, session, task, stands)
    hold = HoldRow(
        clinic_id=session.clinic_id,
        id=new_id(),
        created_at=work.now,
        updated_at=work.now,
        patient_id=session.patient_id,
        session_id=session.id,
        item=ALARM,
        rule="R10",
        state=HoldState.OPEN,
    )
    work.change(sql.HOLD_FOR_ALARM, hold, rows=None, conflicts={"uq_dose_holds_open": StartAgain}, **vars(stands))


async def _wait_for_link(work: Work, session: SupportedRow, missed_at: datetime | None, stands: Stands) -> None:
    """Collect the task of a link that is lost too long (R26), at the time that it has now; or else its end."""
    if missed_at is None:
        of, chart = session.clinic_id, session.patient_id
        work.change(sql.SETTLE_LINK, rows=None, clinic_id=of, patient_id=chart, **vars(stands))
        work.telling.tell(*settled(session.patient_id, session.id), of=TaskTable)
        return
    task = task_of(session, TaskKind.LINK_LOST, missed_at + IN_SESSION, missed_at)
    work.change(sql.MOVE_LINK, task, rows=None, **vars(stands))
    await open_for_all(work, session, task, stands)


def _card(session: SupportedRow) -> EmergencyCard:
    """Return what to do now. Source: clinical.md section 1.8."""
    number = session.local_emergency_number or next(
        line["contact"] for line in crisis_resources(session.country) if line["contact"]
    )
    on_call = session.medical_on_call
    then = f" Then call {on_call['name']}: {on_call['phone']}." if on_call else ""
    return {
        "text": f"Call {number} now, and say where you are.{then} Stay with them.",
        "local_emergency_number": session.local_emergency_number,
        "emergency_address": session.emergency_address,
        "medical_on_call": cast(OnCallThere | None, on_call),
    }
