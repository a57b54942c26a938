"""The promises that must hold after a simulated year, with the times of the rules written down again."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from integration_api.resources.attention.flags.rules import ContactResult, FlagEventKind
from integration_api.resources.attention.notifications.rules import NotificationKind
from integration_api.resources.attention.notifications.tables import NotificationState
from integration_api.resources.attention.roster.tables import CallState, IncidentKind
from integration_api.resources.care.arc_windows.rules import ArcState
from tests.drills import year_rows as rows
from tests.drills.year_clinic import House
from tests.drills.year_lives import Life, Plot
from tests.drills.year_rows import KeptEvent, KeptFlag, KeptSession, KeptTold, KeptWindow
from tests.factories.readiness import holds_of, ready_session
from tests.support import Json

GRACE = timedelta(minutes=3)
"""Jobs look every ten seconds, and are killed in between: so much later at most is what they promise done."""
ACKNOWLEDGE = (timedelta(minutes=15), timedelta(hours=1), timedelta(hours=24), timedelta(days=14))
CONTACT = (timedelta(hours=1), timedelta(hours=12), timedelta(hours=72), timedelta(days=14))
"""By severity, critical first. Source: clinical.md section 6, Due."""
IN_SESSION = timedelta(minutes=5)
"""In an open dosing session, what is critical is acknowledged so soon."""
TRIED_FOR = timedelta(days=2)
"""Longer than quiet hours and all tries of a message together."""
GROUPS = 3
"""Supervisors, the owner, and the notice that nobody is left."""
HOURS = {"t24": (12, 24, 36), "t72": (48, 72, 84)}
DAYS = {"w1": (5, 7, 9), "w2": (12, 14, 16)}
"""When windows open, are due, and close after a dose. Source: clinical.md section 3, POLICY."""
_ALERTS = (FlagEventKind.RAISED, FlagEventKind.RE_ALERTED)
_ANEW = (FlagEventKind.PROPOSED, FlagEventKind.RETURNED)
"""The entries from which on those who come next are counted anew, whoever was reached."""
_DECIDING = (
    *_ALERTS,
    FlagEventKind.ESCALATED,
    FlagEventKind.ACKNOWLEDGED,
    FlagEventKind.CONTACT,
    FlagEventKind.PROPOSED,
    FlagEventKind.RETURNED,
    FlagEventKind.CLOSED,
)
_REACHED = (ContactResult.PATIENT, ContactResult.PROXY)


@dataclass
class Findings:
    """The promises that are broken, and how late the others were kept."""

    broken: list[str] = field(default_factory=list)
    latest_flag: timedelta = timedelta()
    latest_call: timedelta = timedelta()
    counts: Counter[str] = field(default_factory=Counter)

    def unless(self, holds: bool, what: str) -> None:
        """Keep a promise that is broken."""
        if not holds:
            self.broken.append(what)


async def look(plot: Plot) -> Findings:
    """Look at all that was kept, and whether it keeps the promises."""
    house, found = plot.house, Findings()
    database, clinic = house.api.runtime.database, {"clinic_id": house.world.clinic_id}
    flags = await database.all(rows.FLAGS, clinic)
    events: dict[UUID, list[KeptEvent]] = defaultdict(list)
    for event in await database.all(rows.EVENTS, clinic):
        events[event.flag_id].append(event)
    sessions: dict[UUID, list[KeptSession]] = defaultdict(list)
    for session in await database.all(rows.SESSIONS, clinic):
        sessions[session.patient_id].append(session)
    for flag in flags:
        _exactly_due(found, flag, sessions[flag.patient_id])
        _in_time(found, flag, sorted(events[flag.id], key=lambda one: (one.at, one.id)), house.now)
    windows = await database.all(rows.WINDOWS, clinic)
    told = await database.all(rows.TOLD, clinic)
    _once(found, flags, windows, told, house.now)
    zones = {UUID(life.chart): await _zone(plot, life) for life in plot.lives.values()}
    for window in windows:
        _by_the_clock(found, window, ZoneInfo(zones[window.patient_id]))
    await _along_the_roster(found, house, flags, told)
    await _nothing_lost(found, plot, flags, windows)
    found.unless(not house.stuck, f"the jobs do not get done what was due at {house.stuck[:3]}")
    found.unless(not house.untold, f"told nobody: {house.untold[:3]}")
    found.unless(not plot.odd, f"odd: {Counter(plot.odd).most_common(5)}")
    await _every_hold_ends(found, plot, flags)
    return found


async def _zone(plot: Plot, life: Life) -> str:
    chart: Json = await plot.house.seated(life.therapist).get(f"/patients/{life.chart}")
    zone: str = chart["time_zone"]
    return zone


# ── no flag passes its due time without the next person told ──


def _exactly_due(found: Findings, flag: KeptFlag, sessions: Iterable[KeptSession]) -> None:
    """A flag is due by its severity; what is critical, sooner while a dosing session of its chart goes on."""
    at = flag.alerted_at
    begun = [one for one in sessions if one.started_at is not None and one.started_at <= at]
    may_go_on = [one for one in begun if one.ended_at is None or at <= one.ended_at]
    goes_on = [one for one in may_go_on if one.started_at != at != one.ended_at]
    spans = {ACKNOWLEDGE[flag.severity_rank]} if flag.severity_rank or not goes_on else {IN_SESSION}
    if flag.severity_rank == 0 and len(may_go_on) > len(goes_on):
        spans |= {ACKNOWLEDGE[0], IN_SESSION}  # at the very instant of its start or end
    span = flag.acknowledge_due_at - at
    found.unless(span in spans, f"{flag.rule} rank {flag.severity_rank}: due after {span}, not {sorted(spans)}")
    contact = flag.contact_due_at - at
    found.unless(contact == CONTACT[flag.severity_rank], f"{flag.rule}: to be reached after {contact}")


def _in_time(found: Findings, flag: KeptFlag, events: Sequence[KeptEvent], now: datetime) -> None:
    """Go along the history of a flag: each time that passes has told the next person."""
    due: datetime | None = None
    told, reached, is_proposed = 0, False, False
    for event in events:
        if due is not None and event.at > due:
            late = event.at - due
            found.unless(late <= GRACE, f"{flag.rule} rank {flag.severity_rank}: {late} late at {event.kind}")
            if event.kind is FlagEventKind.ESCALATED:
                found.latest_flag = max(found.latest_flag, late)
        if event.kind in _ALERTS:
            told, reached = 0, False
        if event.kind in _ANEW:
            told = 0
        told += event.kind is FlagEventKind.ESCALATED
        found.counts["escalations"] += event.kind is FlagEventKind.ESCALATED
        found.counts["reviews escalated"] += event.kind is FlagEventKind.ESCALATED and is_proposed
        is_proposed = event.kind is FlagEventKind.PROPOSED or (is_proposed and event.kind is FlagEventKind.ESCALATED)
        reached = reached or event.reached in _REACHED
        if event.kind in _DECIDING:
            due = _due_after(flag, event, told, reached=reached)
    if due is not None and now > due + GRACE:
        found.broken.append(f"{flag.rule} {flag.state}: nobody was told since {due}")


def _due_after(flag: KeptFlag, event: KeptEvent, told: int, *, reached: bool) -> datetime | None:
    """When somebody must act, or the next be told, after an entry; None if nobody is left, or nothing is due."""
    span = flag.acknowledge_due_at - flag.alerted_at
    if event.kind in _ALERTS:
        return flag.acknowledge_due_at
    if told >= GROUPS or event.kind is FlagEventKind.CLOSED:
        return None
    if event.kind is FlagEventKind.ESCALATED:
        return event.at + span
    if event.kind is FlagEventKind.PROPOSED and (reached or flag.contact_due_at <= event.at):
        return max(flag.contact_due_at, event.at + span)
    return None if reached else max(flag.contact_due_at, event.at)


# ── no window fires twice ──


def _once(
    found: Findings, flags: Sequence[KeptFlag], windows: Sequence[KeptWindow], told: Sequence[KeptTold], now: datetime
) -> None:
    opened = Counter((one.account_id, one.subject_id) for one in told if one.kind is NotificationKind.CHECK_IN_OPEN)
    twice = [one for one, times in opened.items() if times > 1]
    found.unless(not twice, f"a window told {len(twice)} people twice")
    found.counts["phones told"] = len(opened)
    missed = Counter(flag.source_id for flag in flags if flag.rule == "R16")
    steps: dict[UUID, list[KeptWindow]] = defaultdict(list)
    asked: Counter[tuple[UUID, str]] = Counter()
    for one in windows:
        is_missed = _is_missed(one, now)
        found.counts[f"windows {'missed' if is_missed else one.state.value}"] += 1
        found.counts["windows asked again"] += one.step_id == "again"
        asked[one.patient_id, one.step_id] += one.state is ArcState.OPEN and one.closes_at > now
        if one.step_id in HOURS:
            steps[one.session_id].append(one)
            late = one.settled_at is not None and one.settled_at >= one.closes_at
            wanted = (1,) if is_missed else (0, 1) if late else (0,)
            found.unless(missed[one.id] in wanted, f"{one.state} {one.step_id}: {missed[one.id]} flags of one window")
    ranks = {flag.source_id: flag.severity_rank for flag in flags if flag.rule == "R16"}
    for session, both in steps.items():
        is_twice = len(both) == len(HOURS) and all(_is_missed(one, now) for one in both)
        found.unless(missed[session] <= 1, "a session was flagged twice")
        found.counts["sessions with both missed"] += is_twice
        each = {ranks.get(one.id) for one in both}  # after a first dose each is high, and there is no third flag
        found.unless(not is_twice or missed[session] == 1 or each == {1}, "both missed, and no flag says so")
    found.unless(not [one for one, times in asked.items() if times > 1], "a step is asked twice at a time")


def _is_missed(window: KeptWindow, now: datetime) -> bool:
    return window.state is ArcState.OPEN and window.closes_at <= now - GRACE


def _by_the_clock(found: Findings, window: KeptWindow, zone: ZoneInfo) -> None:
    """Hours pass; days keep the time of day, unless the clock skips it."""
    times = (window.opens_at, window.due_at, window.closes_at)
    if window.step_id in HOURS:
        wanted = tuple(window.dose_at + timedelta(hours=hours) for hours in HOURS[window.step_id])
        found.unless(times == wanted, f"{window.step_id} is not by the hours: {window.dose_at} {times}")
    elif window.step_id in DAYS:
        local = window.dose_at.astimezone(zone)
        for days, at in zip(DAYS[window.step_id], times, strict=True):
            then = at.astimezone(zone)
            wall = (local.replace(tzinfo=None) + timedelta(days=days)).replace(tzinfo=zone)
            is_there = wall.astimezone(ZoneInfo("UTC")).astimezone(zone).replace(tzinfo=None) == wall.replace(
                tzinfo=None
            )
            same = then.replace(tzinfo=None) == wall.replace(tzinfo=None)
            found.unless(same or not is_there, f"{window.step_id} is not by the calendar: {local} {then}")
            found.counts["windows across a change of the clock"] += local.utcoffset() != then.utcoffset()


# ── what is urgent goes along the roster ──


async def _along_the_roster(found: Findings, house: House, flags: Iterable[KeptFlag], told: Sequence[KeptTold]) -> None:
    clinic = {"clinic_id": house.world.clinic_id}
    calls = await house.api.runtime.database.all(rows.CALLS, clinic)
    first: dict[UUID, datetime] = {}
    for one in told:
        found.counts[f"{one.kind.value} {one.state.value}"] += 1
        if one.subject_id is not None:
            first[one.subject_id] = min(first.get(one.subject_id, one.created_at), one.created_at)
        is_pending = one.state is NotificationState.PENDING
        waits = one.due_at < house.now - GRACE or one.created_at < house.now - TRIED_FOR
        found.unless(not (is_pending and waits), f"{one.kind} was never sent")
    for call in calls:
        found.unless(call.state is not CallState.OPEN or call.due_at > house.now - GRACE, "a call that stands still")
        if call.id in first:
            found.latest_call = max(found.latest_call, first[call.id] - call.created_at)
    called = {call.subject_id for call in calls}
    missing = [flag.rule for flag in flags if flag.severity_rank <= 1 and flag.id not in called]
    found.unless(not missing, f"urgent, and nobody was called: {Counter(missing)}")
    found.unless(found.latest_call <= GRACE, f"the roster was told {found.latest_call} late")
    incidents = await house.api.runtime.database.all(rows.INCIDENTS, clinic)
    gaps = Counter(one.starts_at for one in incidents if one.kind is IncidentKind.GAP_AHEAD)
    found.unless(all(times == 1 for times in gaps.values()), "a gap was told twice")
    found.unless(len(gaps) > 0, "no gap was told")
    for incident in incidents:
        found.counts[f"incident {incident.kind.value}"] += 1


# ── nothing answered is lost ──


async def _nothing_lost(found: Findings, plot: Plot, flags: Sequence[KeptFlag], windows: Sequence[KeptWindow]) -> None:
    states = {str(one.id): one.state for one in windows}
    raised = {(str(flag.source_id), flag.rule): flag.severity_rank for flag in flags}
    for life in plot.lives.values():
        kept: dict[str, Json] = {}
        patient, cursor = plot.house.seated(life.patient), None
        while True:
            page = await patient.get("/check-ins", params={"limit": 100, **({"cursor": cursor} if cursor else {})})
            kept |= {one["id"]: one for one in page["items"]}
            if (cursor := page["next_cursor"]) is None:
                break
        mine = [said for said in plot.said if said.patient is life.patient]
        found.unless(len(kept) == len(mine), f"{len(mine)} check-ins were given, {len(kept)} are there")
        for said in mine:
            there = kept.get(said.id)
            found.unless(there is not None and there["answers"] == said.answers, "a check-in was lost")
            for rule, rank in said.rules.items():
                found.unless(raised.get((said.id, rule), 9) <= rank, f"{rule} of a check-in is no flag")
            if said.window_id is not None:
                state = states[said.window_id]
                found.unless(state is ArcState.ANSWERED, f"an answered window is {state}")


# ── every hold has an end ──


async def _every_hold_ends(found: Findings, plot: Plot, flags: Sequence[KeptFlag]) -> None:
    """A prescriber lets the next dose of each held chart start."""
    held = {flag.patient_id for flag in flags if flag.dose_hold is not None and flag.hold_ended_at is None}
    found.counts["charts held at the end"] = len(held)
    for chart in sorted(held):
        life = plot.lives[chart]
        therapist, prescriber = plot.house.seated(life.therapist), plot.house.seated(life.prescriber)
        now = plot.house.now.isoformat()
        made = await ready_session(therapist, life.chart, prescriber, planned_start_at=now)
        before = len(plot.odd)
        await plot._start(therapist, prescriber, made)
        found.unless(len(plot.odd) == before, "a hold without an end")
        found.unless(not await holds_of(prescriber, made), "a hold is open after the dose")
