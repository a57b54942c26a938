"""Batches of an observer's device: checks and events of links, late or in time, and advice for this moment."""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
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
from integration_api.resources.attention.worklist.statements import TeamMember
from integration_api.resources.attention.worklist.tables import RANKS, TaskKind, TaskRow, Urgency
from integration_api.resources.care.monitoring.bands import VitalField
from integration_api.resources.care.monitoring.rules import reading_problems
from integration_api.resources.care.readiness.rules import HoldState
from integration_api.resources.care.readiness.tables import HoldRow
from integration_api.resources.care.remote_sessions import support_statements as sql
from integration_api.resources.care.remote_sessions.happening_statements import HappeningRow
from integration_api.resources.care.remote_sessions.link_events import (
    happening_of,
    link_row,
    links_of,
    new_of,
    tell_session,
)
from integration_api.resources.care.remote_sessions.rules import ALARM, check_findings, is_alarming, next_check_at
from integration_api.resources.care.remote_sessions.schemas import OnCallThere
from integration_api.resources.care.remote_sessions.service import OPEN_STATES, every_of
from integration_api.resources.care.remote_sessions.support_errors import ObserverCheckDiffers, SupportEnded
from integration_api.resources.care.remote_sessions.support_statements import SupportedRow
from integration_api.resources.care.remote_sessions.tables import ObserverCheckRow
from integration_api.resources.care.remote_sessions.watch_schemas import (
    EmergencyCard,
    LookFacts,
    ObserverAnswer,
    ObserverBatch,
    ObserverCheckCreate,
)
from integration_api.resources.care.sessions.session_tasks import observer_times
from integration_api.resources.people.clinics.crisis import crisis_resources
from integration_api.web.errors import FieldError, IdTaken, Invalid, TooManyRequests
from integration_api.web.instants import credible_time, is_skewed

BATCHES = Limit(60, timedelta(seconds=10))
"""Of one token: a device sends a few an hour, and after a lost connection a few at once."""
ALARM_ANSWER = timedelta(minutes=5)
"""In an open dosing session what is critical is acknowledged so soon. Source: clinical.md section 6, Due, POLICY."""

_PRESSURE = {"value": "systolic", "diastolic": "diastolic"}


@dataclass(frozen=True)
class _Stands:
    """The parameters by which a change proves that the token stands."""

    session_id: UUID
    token_id: UUID
    token_digest: bytes


@attempts.counted(SupportEnded)
async def record_observer_checks(work: Work, body: ObserverBatch) -> ObserverAnswer:
    """Record checks and events of links by a support token; what is stored already changes nothing.

    Raises SupportEnded, ObserverCheckDiffers, IdTaken, TooManyRequests, Invalid.
    """
    session = await _supported(work, body.token)
    if wait := await Bucket.of(work, BATCHES, "support token", session.token_id.bytes).take(work):
        raise TooManyRequests(-(-wait // 1_000_000))
    _check(body.checks)
    of, chart = session.clinic_id, session.patient_id
    before = await work.all(sql.HAPPENINGS_OF_TOKEN, clinic_id=of, patient_id=chart, session_id=session.id)
    if differing := _differing(body.checks, before):
        raise ObserverCheckDiffers(extra={"ids": differing})
    stands = _Stands(session.id, session.token_id, session.digest)
    made = [_row(work, item, session) for item in new_of(body.checks, before)]
    for check in made:
        taken = {"pk_observer_checks": IdTaken}
        work.change(sql.INSERT_OBSERVER_CHECK, check, missed=SupportEnded, conflicts=taken, **vars(stands))
    events = [link_row(work, item, session, session.issued_at, by_id=None) for item in new_of(body.link_events, before)]
    for event in events:
        used = {"pk_link_events": IdTaken}
        work.change(sql.INSERT_LINK_EVENT, event, missed=SupportEnded, conflicts=used, **vars(stands))
    if events:
        links = links_of(session, [*before, *map(happening_of, events)])
        work.change(sql.NOTE_LINKS, missed=StartAgain, clinic_id=session.clinic_id, **vars(links), **vars(stands))
        tell_session(work, session)
    looked = [one.at for one in before if one.link is None] + [check.taken_at for check in made]
    last = max(looked, default=None)
    if made and last is not None:
        due_at, missed_at = observer_times(session.policies, last)
        waiting = _task(session, TaskKind.OBSERVER_CHECK_MISSED, due_at, missed_at)
        work.change(sql.WAIT_FOR_CHECK, waiting, rows=None, **vars(stands))
    alarming = [item for item in body.checks if is_alarming(check_findings(item, item.taken_at, session.first_dose_at))]
    if any(is_alarming(check_findings(check, check.taken_at, session.first_dose_at)) for check in made):
        _alarm(work, session, await work.all(sql.TEAM_OF_TOKEN, clinic_id=of, patient_id=chart), stands)
    work.record(session.id, session.patient_id, clinic_id=session.clinic_id, actor_id=session.token_id)
    return ObserverAnswer(
        next_check_at=next_check_at(session.first_dose_at, last, every_of(session.policies)),
        is_alarming=bool(alarming),
        card=_card(session) if alarming else None,
        crisis_resources=list(crisis_resources(session.country)),
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
    country = work.runtime.countries.get(clinic_id, "*") if clinic_id else "*"
    lines = [f"{line['contact']}: {line['name']}" for line in crisis_resources(country)]
    ended = SupportEnded()
    ended.extra = {"crisis_lines": lines}
    return ended


def _check(checks: Sequence[ObserverCheckCreate]) -> None:
    """Raise Invalid for a blood pressure that cannot be; the other numbers have their bounds."""
    problems: list[FieldError] = []
    for at, item in enumerate(checks):
        if item.systolic is not None or item.diastolic is not None:
            found = reading_problems(VitalField.BLOOD_PRESSURE, item.systolic, item.diastolic, None)
            problems += [
                {"field": f"body.checks.{at}.{_PRESSURE[name]}", "code": code, "message": text}
                for name, code, text in found
            ]
    if problems:
        raise Invalid(errors=problems)


def _differing(items: Sequence[ObserverCheckCreate], stored: Sequence[HappeningRow]) -> list[str]:
    """Return the ids whose words or numbers differ from those stored, or from those of the same id in this request."""
    seen = {row.id: _values(row) for row in stored}
    return sorted({str(item.id) for item in items if seen.setdefault(item.id, _values(item)) != _values(item)})


def _values(look: HappeningRow | ObserverCheckCreate) -> tuple[object, ...]:
    return tuple(getattr(look, name) for name in LookFacts.model_fields)


def _row(work: Work, item: ObserverCheckCreate, session: SupportedRow) -> ObserverCheckRow:
    taken_at = credible_time(item.taken_at, work.now, session.issued_at)
    return ObserverCheckRow(
        **{name: getattr(item, name) for name in LookFacts.model_fields},
        clinic_id=session.clinic_id,
        id=item.id,
        patient_id=session.patient_id,
        session_id=session.id,
        token_id=session.token_id,
        created_at=work.now,
        taken_at=taken_at,
        claimed_taken_at=item.taken_at if is_skewed(item.taken_at, taken_at) else None,
    )


def _alarm(work: Work, session: SupportedRow, team: Sequence[TeamMember], stands: _Stands) -> None:
    """Collect what follows from an alarming check: a critical task of the whole team, and the hold of R10."""
    task = _task(session, TaskKind.OBSERVER_ALARM, work.now + ALARM_ANSWER, work.now)
    accounts: list[UUID | None] = [*sorted({one.account_id for one in team})]
    for account_id in accounts or [None]:
        row = task.model_copy(update={"id": new_id(), "account_id": account_id})
        work.change(sql.OPEN_ALARM, row, rows=None, **vars(stands))
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


def _task(session: SupportedRow, kind: TaskKind, due_at: datetime, opened_at: datetime) -> TaskRow:
    return TaskRow(
        clinic_id=session.clinic_id,
        id=new_id(),
        account_id=None,
        patient_id=session.patient_id,
        kind=kind,
        subject_id=session.id,
        urgency_rank=RANKS.index(Urgency.CRITICAL),
        opened_at=opened_at,
        due_at=due_at,
    )


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
