"""Recording vitals, listing them as a time series, and withdrawing what was recorded in error. None is ever changed."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from integration_api.access.reads import StartAgain
from integration_api.access.revisions import Superseded, check_version
from integration_api.access.work import Work
from integration_api.core.models import trusted
from integration_api.resources.attention.flags.raised_flags import Origin, raise_for_each
from integration_api.resources.attention.flags.rules import FlagOrigin, FlagSeverity, Hit
from integration_api.resources.care.doses.bands import CRITICAL_RISE, FIELDS, VitalField
from integration_api.resources.care.doses.dose_clocks import deciding
from integration_api.resources.care.doses.rules import hits_of_findings
from integration_api.resources.care.doses.tables import VitalRow
from integration_api.resources.care.monitoring import statements as sql
from integration_api.resources.care.monitoring.last_readings import follow_discharge
from integration_api.resources.care.monitoring.reading_watch import follow_readings, follow_withdrawal
from integration_api.resources.care.monitoring.rules import (
    BEFORE_SESSION,
    Dosed,
    Measured,
    ReadingProblem,
    findings,
    is_before_session,
    minutes_from_dose,
    reading_problems,
    repeat_by,
    with_baseline,
)
from integration_api.resources.care.monitoring.schemas import Vital, VitalBatch, VitalCreate, VitalFilter
from integration_api.resources.care.monitoring.statements import IDS, MonitoredRow
from integration_api.resources.care.readiness.dose_holds import hold_by_decision
from integration_api.resources.care.readiness.evaluation import NotDosing
from integration_api.resources.care.readiness.rules import BY_DECISION, Unmet
from integration_api.resources.care.sessions.tables import Phase
from integration_api.web.errors import Conflict, Invalid, Member, NotFound
from integration_api.web.instants import IN_FUTURE, is_in_future
from integration_api.web.paging import Page, Window
from integration_api.web.schemas import Withdraw

_CRITICAL = Hit("R10", FlagSeverity.CRITICAL)
"""A stored pressure that a change of the baseline makes critical. Its source is the reading that changed it."""


class VitalDiffers(Conflict):
    """An id of the upload is in use for another reading; `ids` names each. Nothing of the upload was stored."""

    code = "vital-differs"
    title = "Reading differs"
    remedy = "A reading never changes. Withdraw the wrong one, and send the right one with a new id."
    members = {"ids": Member(list[str], "The ids.", ["019ab0de-0000-7000-8000-000000000033"])}


async def list_vitals(work: Work, session_id: UUID, window: Window, only: VitalFilter) -> Page[Vital]:
    """List the readings of a session, the earliest first. Raises NotFound, NotDosing."""
    session = await load_dosing(work, session_id)
    dosed = dosed_of(session)
    found = await work.page(
        sql.LIST_VITALS,
        window,
        lambda row: (row.taken_at, row.id),
        lambda row: present(row, dosed),
        ascending=True,
        until=only.taken_after,
        **vars(only),
        patient_id=session.patient_id,
        session_id=session.id,
    )
    work.record(session.id, session.patient_id)
    return found


async def read_vital(work: Work, session_id: UUID, vital_id: UUID) -> Vital:
    """Return one reading of a session. Raises NotFound."""
    row = await work.get(sql.READ_VITAL, id=vital_id)
    if row.session_id != session_id:
        raise NotFound
    session = await work.get(sql.READ_MONITORED, session_id=session_id)
    work.record(row.id, row.patient_id)
    return present(row, dosed_of(session))


async def record_vitals(work: Work, session_id: UUID, body: VitalBatch) -> Page[Vital]:
    """Record readings, and return them in the order of the body; one that is stored already changes nothing.

    A reading after which only a prescriber lets a dose start opens its hold in the same step. Raises NotFound,
    NotDosing, VitalDiffers, and Invalid for a hard limit.
    """
    session = await load_dosing(work, session_id)
    if problems := problems_of(work, session, body.items):
        raise Invalid(errors=[one.of_item() for one in problems])
    return await record_readings(work, session, body.items, await load_stored(work, session, body.items))


async def record_readings(
    work: Work,
    session: MonitoredRow,
    items: Sequence[VitalCreate],
    stored: Mapping[UUID, VitalRow],
    device: str | None = None,
) -> Page[Vital]:
    """Record those of checked readings that are not stored, with what follows from them. Raises VitalDiffers."""
    if differing := _differing(items, stored):
        raise VitalDiffers(extra={"ids": differing})
    rows = dict(stored)
    for item in items:
        if item.id not in rows:
            rows[item.id] = made = _row(work, session, item, device)
            work.create(sql.INSERT_VITAL, made, {"pk_vitals": StartAgain})
    new = [_measured(row) for row in rows.values() if row.id not in stored]
    dosed = with_baseline(dosed_of(session), [_measured(row) for row in rows.values() if row.withdrawn_at is None])
    await _hold(work, session, new, dosed)
    await follow_readings(work, session, new, dosed)
    await follow_discharge(work, session, new, dosed)
    work.record(session.id, session.patient_id)
    return trusted(Page[Vital], {"items": [present(rows[item.id], dosed) for item in items], "next_cursor": None})


async def withdraw_vital(work: Work, session_id: UUID, vital_id: UUID, body: Withdraw, expected_version: int) -> Vital:
    """Keep a reading that was recorded in error, as withdrawn. Raises NotFound, StaleVersion, Superseded."""
    row = await work.get(sql.READ_VITAL, id=vital_id)
    if row.session_id != session_id:
        raise NotFound
    check_version(row, expected_version)
    if row.withdrawn_at is not None:
        raise Superseded
    session = await work.get(sql.READ_MONITORED, session_id=session_id)
    values = {"withdrawn_at": work.now, "withdrawn_by_id": work.actor.id, "withdrawn_reason": body.reason}
    changed = work.revise(sql.WITHDRAW_VITAL, row, values)
    dosed = dosed_of(session)
    if session.baseline_id == row.id:
        dosed = dosed._replace(baseline=await _next_baseline(work, session))
        if causes := await _risen(work, session, dosed):
            await hold_by_decision(work, session.id, causes)
            await _raise(work, session, {row.id: [_CRITICAL]})
    await follow_withdrawal(work, session, _measured(row), dosed)
    await follow_discharge(work, session, [_measured(row)], dosed, row.id)
    work.record(row.id, row.patient_id)
    return present(changed, dosed)


async def load_monitored(work: Work, session_id: UUID) -> MonitoredRow:
    """Return a session with the doses of it that stand. Raises NotFound."""
    return await work.get(sql.READ_MONITORED, session_id=session_id)


async def load_dosing(work: Work, session_id: UUID) -> MonitoredRow:
    """Return a dosing session with the doses of it that stand. Raises NotFound, NotDosing."""
    session = await work.get(sql.READ_MONITORED, session_id=session_id)
    if session.phase is not Phase.DOSING:
        raise NotDosing
    return session


async def _hold(work: Work, session: MonitoredRow, new: Sequence[Measured], dosed: Dosed) -> None:
    """Collect the holds of new readings (R09, R10), and that of an older one which is critical over a new baseline."""
    found = {one.id: findings(one, dosed) for one in new}
    causes = [
        Unmet(one.field, finding["rule"], work.now)
        for one in new
        for finding in found[one.id]
        if finding["rule"] in BY_DECISION
    ]
    risen = await _risen(work, session, dosed) if dosed.baseline in new else []
    if causes or risen:
        await hold_by_decision(work, session.id, list(dict.fromkeys([*causes, *risen])))
    hits = {reading: hits_of_findings(these) for reading, these in found.items()}
    if risen and dosed.baseline is not None:
        hits[dosed.baseline.id].append(_CRITICAL)
    await _raise(work, session, hits)


async def _raise(work: Work, session: MonitoredRow, hits: Mapping[UUID, Sequence[Hit]]) -> None:
    """Collect a flag of each rule that each of these readings meets."""
    found = [(Origin(FlagOrigin.VITAL, reading, session.id), these) for reading, these in hits.items()]
    await raise_for_each(work, session.patient_id, found)


async def _risen(work: Work, session: MonitoredRow, dosed: Dosed) -> list[Unmet]:
    """Return the cause of a hold if a stored blood pressure is critical over this baseline (R10)."""
    if dosed.baseline is None:
        return []
    found = await work.part(
        sql.RISEN_PRESSURES,
        patient_id=session.patient_id,
        session_id=session.id,
        first_dose_at=dosed.first_dose_at,
        risen_to=(dosed.baseline.value or 0) + CRITICAL_RISE,
    )
    return [Unmet(VitalField.BLOOD_PRESSURE, "R10", work.now)] if found else []


async def _next_baseline(work: Work, session: MonitoredRow) -> Measured | None:
    """Return the baseline without the present one."""
    found = await work.part(
        sql.BASELINE_WITHOUT,
        patient_id=session.patient_id,
        session_id=session.id,
        first_dose_at=session.first_dose_at,
        id=session.baseline_id,
    )
    return _measured(found[0]) if found else None


def problems_of(work: Work, session: MonitoredRow, items: Sequence[VitalCreate]) -> list[ReadingProblem]:
    """Return the problems of readings by their position; for a time in the future, that alone."""
    problems: list[ReadingProblem] = []
    for at, item in enumerate(items):
        if is_in_future(item.taken_at, work.now):
            return [ReadingProblem(at, "taken_at", *IN_FUTURE)]
        if is_before_session(item.taken_at, session.planned_start_at, session.started_at):
            problems.append(ReadingProblem(at, "taken_at", *BEFORE_SESSION))
        found = reading_problems(item.field, item.value, item.diastolic, item.text)
        problems += [ReadingProblem(at, *problem) for problem in found]
    return problems


async def load_stored(work: Work, session: MonitoredRow, items: Sequence[VitalCreate]) -> dict[UUID, VitalRow]:
    """Return the readings of an upload that are stored, by id. Raises VitalDiffers for ids of another session."""
    wanted = list(dict.fromkeys(item.id for item in items))
    stored: dict[UUID, VitalRow] = {}
    for first in range(0, len(wanted), len(IDS)):
        stored |= await _stored_among(work, session, wanted[first : first + len(IDS)])
    return stored


async def _stored_among(work: Work, session: MonitoredRow, wanted: Sequence[UUID]) -> dict[UUID, VitalRow]:
    """Return those of at most MAX_READINGS readings that are stored. Raises VitalDiffers."""
    padded = (*wanted, *[None] * (len(IDS) - len(wanted)))
    found = await work.all(sql.VITALS_OF_UPLOAD, **dict(zip(IDS, padded, strict=True)), session_id=session.id)
    if len(found) < len(wanted):
        elsewhere = await work.part(sql.TAKEN_ELSEWHERE, **dict(zip(IDS, padded, strict=True)), session_id=session.id)
        if elsewhere:
            raise VitalDiffers(extra={"ids": sorted(str(row.id) for row in elsewhere)})
    return {row.id: row for row in found}


def _differing(items: Iterable[VitalCreate], stored: Mapping[UUID, VitalRow]) -> list[str]:
    """Return the ids whose values differ from those stored, or from those of the same id in this upload."""
    seen: dict[UUID, tuple[object, ...]] = {row.id: _values(row) for row in stored.values()}
    return sorted({str(item.id) for item in items if seen.setdefault(item.id, _values(item)) != _values(item)})


def _values(reading: VitalRow | VitalCreate) -> tuple[object, ...]:
    return reading.field, reading.taken_at, reading.value, reading.diastolic, reading.text


def _row(work: Work, session: MonitoredRow, item: VitalCreate, device: str | None) -> VitalRow:
    return VitalRow(
        **item.__dict__,
        clinic_id=work.actor.clinic_id,
        created_at=work.now,
        updated_at=work.now,
        patient_id=session.patient_id,
        session_id=session.id,
        device=device,
        created_by_id=work.actor.id,
    )


def _measured(row: VitalRow) -> Measured:
    return Measured(row.id, row.field, row.taken_at, row.value, row.diastolic)


def dosed_of(session: MonitoredRow) -> Dosed:
    """Return the doses of a session that stand, and its baseline, as the rules take them."""
    baseline = None
    if session.baseline_id is not None and session.baseline_at is not None:
        pressure = VitalField.BLOOD_PRESSURE
        baseline = Measured(session.baseline_id, pressure, session.baseline_at, session.baseline_systolic, None)
    scores = {
        VitalField.CADSS: session.cadss_before,
        VitalField.CADSS_6: session.cadss_6_before,
        VitalField.DISSOCIATION: session.dissociation_before,
    }
    return Dosed(
        session.first_dose_at,
        session.last_dose_at,
        deciding(session),
        baseline,
        {field: value for field, value in scores.items() if value is not None},
    )


def present(row: VitalRow, dosed: Dosed) -> Vital:
    """Return a reading with what is derived of it."""
    coded, found = FIELDS[row.field], findings(_measured(row), dosed)
    return Vital.of(
        row,
        minutes_from_dose=minutes_from_dose(row.taken_at, dosed.first_dose_at),
        loinc=coded.loinc,
        ucum=coded.ucum,
        repeat_by=repeat_by(_measured(row), found),
        findings=found,
    )
