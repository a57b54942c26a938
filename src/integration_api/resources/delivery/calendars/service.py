"""One's own calendar address, and the calendar that is fetched by it."""

import hashlib
import hmac
from datetime import timedelta
from zoneinfo import ZoneInfo

from integration_api.access import alarms
from integration_api.access.actor import Role
from integration_api.access.bindings import BoundAccount
from integration_api.access.limits import attempts
from integration_api.access.limits.buckets import Bucket, Limit
from integration_api.access.notices import tell_account
from integration_api.access.reads import StartAgain
from integration_api.access.tables import CalendarRow
from integration_api.access.tokens import pack_secret, unpack_secret
from integration_api.access.work import Work
from integration_api.core.tasks import in_turns
from integration_api.resources.care.sessions.operations import LIST_SESSIONS
from integration_api.resources.care.sessions.tables import SessionState
from integration_api.resources.delivery.calendars import rules
from integration_api.resources.delivery.calendars import statements as sql
from integration_api.resources.delivery.calendars.schemas import CalendarAddress, CalendarStatus
from integration_api.resources.delivery.calendars.statements import CalendarOfAccount, SessionTime
from integration_api.web.errors import NotFound, TooManyRequests

FETCHES = Limit(60, timedelta(minutes=1))
"""Of one address: calendar programs of several devices ask every few minutes at most."""
_TURN_PRACTICES = 3
_TURN_EVENTS = 30
"""In one turn of the event loop: about a millisecond."""


async def read_calendar(work: Work) -> CalendarStatus:
    """Return when the actor's address was made. Raises NotFound if there is none that works."""
    row = await work.get(sql.READ_CALENDAR)
    if row.epoch != work.actor.epoch:
        raise NotFound
    work.record(row.id)
    return CalendarStatus(made_at=row.updated_at)


async def create_calendar(work: Work) -> CalendarAddress:
    """Make an address; the one before stops working at once."""
    me = work.actor
    text, secret = pack_secret(me.clinic_id, me.id)
    digest = hashlib.sha256(secret).digest()
    before = await work.one(sql.READ_CALENDAR)
    if before is None:
        row = CalendarRow(
            clinic_id=me.clinic_id,
            id=me.id,
            created_at=work.now,
            updated_at=work.now,
            epoch=me.epoch,
            secret_digest=digest,
        )
        row = work.runtime.bindings.bound("calendars", row)
        work.create(sql.INSERT_CALENDAR, row, conflicts={"pk_calendars": StartAgain}, missed=StartAgain)
    else:
        given = {"epoch": me.epoch, "secret_digest": digest}
        binding = work.runtime.bindings.of("calendars", {**vars(before), **given})
        work.revise(sql.ROTATE_CALENDAR, before, {**given, "binding": binding}, missed=StartAgain)
    tell_account(work, me.id, work.operation.recorded)
    work.record(me.id)
    work.is_secret = True
    return CalendarAddress(made_at=work.now, path=f"/v1/calendars/{text}.ics")


async def delete_calendar(work: Work) -> None:
    """End the actor's address. Raises NotFound if there is none."""
    work.change(sql.DELETE_CALENDAR, missed=NotFound)
    work.record(work.actor.id)


@attempts.counted(NotFound)
async def fetch_calendar(work: Work, secret: str) -> bytes:
    """Return the calendar of an address. Raises NotFound, alike whatever is wrong."""
    calendar = await _calendar_of(work, secret)
    account = await work.get(
        sql.ACCOUNT_OF_CALENDAR, clinic_id=calendar.clinic_id, id=calendar.id, epoch=calendar.epoch
    )
    if not await alarms.is_bound(work, "accounts", account):
        raise NotFound
    if wait := await Bucket.of(work, FETCHES, "calendar", account.clinic_id.bytes, account.id.bytes).take(work):
        raise TooManyRequests(-(-wait // 1_000_000))
    entries = await in_turns(await _session_times(work, account), _appointment, _TURN_EVENTS)
    if account.patient_id is not None and calendar.time_zone is not None:
        asked = {"clinic_id": account.clinic_id, "patient_id": account.patient_id}
        first_at, until_at = rules.span(work.now)
        windows = await work.part(sql.WINDOWS_OF_PATIENT, **asked, first_at=first_at, until_at=until_at)
        entries += [rules.check_in(row.id, row.due_at, row.version, row.updated_at) for row in windows]
        found = await work.part(sql.SCHEDULES_OF_PATIENT, **asked)
        schedules = [
            rules.Schedule(row.id, row.schedule, row.starts_on, row.duration_minutes, row.version - 1, row.updated_at)
            for row in found
        ]
        ahead = rules.practices(schedules, ZoneInfo(calendar.time_zone), work.now)
        entries += filter(None, await in_turns(ahead, lambda entry: entry, _TURN_PRACTICES))
    work.record(account.id, clinic_id=account.clinic_id, actor_id=account.id)
    key = work.runtime.calendar_key
    events = await in_turns(entries, lambda entry: rules.event(entry, key, account.id), _TURN_EVENTS)
    return rules.BEGINS + b"".join(events) + rules.ENDS


async def _calendar_of(work: Work, text: str) -> CalendarOfAccount:
    """Return the address that a secret is for. Raises NotFound."""
    try:
        clinic_id, account_id, secret = unpack_secret(text)
    except ValueError as error:
        raise NotFound from error
    found = await work.get(sql.CALENDAR_OF_SECRET, clinic_id=clinic_id, id=account_id)
    if not hmac.compare_digest(found.secret_digest, hashlib.sha256(secret).digest()):
        raise NotFound
    if not await alarms.is_bound(work, "calendars", found):
        raise NotFound
    return found


async def _session_times(work: Work, account: BoundAccount) -> list[SessionTime]:
    """Return the times of the account's own sessions, or of its case load; none without a role that may see them."""
    first_at, until_at = rules.span(work.now)
    of, between = account.clinic_id, {"first_at": first_at, "until_at": until_at}
    if account.patient_id is not None:
        return await work.part(sql.TIMES_OF_PATIENT, clinic_id=of, patient_id=account.patient_id, **between)
    if LIST_SESSIONS.who.keys().isdisjoint(map(Role, account.roles)):
        return []
    return await work.part(sql.TIMES_OF_CASE_LOAD, clinic_id=of, account_id=account.id, **between)


def _appointment(row: SessionTime) -> rules.Entry:
    is_cancelled = row.state is SessionState.CANCELLED
    begins, ends = row.planned_start_at, row.planned_end_at
    return rules.appointment(row.id, begins, ends, row.version, row.updated_at, is_cancelled=is_cancelled)
