"""Reading and writing the discharge of a dosing session, and overriding what it lacks."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from integration_api.access.reads import StartAgain
from integration_api.access.revisions import check_version
from integration_api.access.work import Work
from integration_api.resources.attention.flags.raised_flags import Origin, raise_flags
from integration_api.resources.attention.flags.rules import FlagOrigin
from integration_api.resources.attention.worklist import service as worklist
from integration_api.resources.attention.worklist.tables import OF_READINGS, TaskKind
from integration_api.resources.care.discharges import statements as sql
from integration_api.resources.care.discharges.rules import DischargeItem, blocking, contradicted, findings
from integration_api.resources.care.discharges.schemas import Discharge, DischargeOverride, DischargeUpdate
from integration_api.resources.care.discharges.statements import WrittenRow
from integration_api.resources.care.doses.dose_clocks import ClockedRow, deciding, last_end
from integration_api.resources.care.doses.rules import hits_of_findings
from integration_api.resources.care.monitoring.last_readings import alarming_fields, load_last
from integration_api.resources.care.monitoring.reading_watch import resume_watch
from integration_api.resources.care.monitoring.service import dosed_of, load_monitored
from integration_api.resources.care.monitoring.statements import MonitoredRow
from integration_api.resources.care.readiness.evaluation import load_dosing_session
from integration_api.resources.care.sessions.service import settle_discharge
from integration_api.resources.care.sessions.session_tasks import end_watch
from integration_api.resources.care.sessions.tables import SessionRow
from integration_api.resources.people.patients.prescribers import check_prescriber
from integration_api.web.errors import Invalid, StaleVersion
from integration_api.web.instants import check_not_in_future

_GONE = {
    DischargeItem.AWAKE: TaskKind.SEDATION_NOT_GONE,
    DischargeItem.DISSOCIATION_RESOLVED: TaskKind.DISSOCIATION_NOT_GONE,
}


async def read_discharge(work: Work, session_id: UUID) -> Discharge:
    """Return the discharge of a dosing session; a blank one if nobody wrote it yet. Raises NotFound, NotDosing."""
    row = await work.one(sql.READ_DISCHARGE, id=session_id)
    monitored = await load_monitored(work, session_id)
    if row is None:
        row = _blank(await load_dosing_session(work, session_id), monitored)
    work.record(row.id, row.patient_id)
    return _present(work, row, await _contradicted(work, row, monitored))


async def left_at(work: Work, session_id: UUID) -> datetime | None:
    """Return when the patient of a session left; None if nobody wrote it."""
    row = await work.one(sql.READ_DISCHARGE, id=session_id)
    return row.discharged_at if row else None


async def update_discharge(work: Work, session_id: UUID, body: DischargeUpdate, expected_version: int) -> Discharge:
    """Write the checklist and when the patient left.

    Once all is met, the session may be completed; so it may after an override, until the next dose. Raises NotFound,
    NotDosing, StaleVersion, Invalid.
    """
    session, row, monitored = await _load(work, session_id, expected_version)
    _check(work, session, row, body)
    values = {**body.model_dump(), "met": sorted(set(body.met)), "updated_by_id": work.actor.id}
    changed = _write(work, row, values)
    told = _present(work, changed, await _contradicted(work, row, monitored))
    is_overridden = changed.overridden_at is not None and session.discharge_settled_at is not None
    is_complete = not told.blocking and changed.discharged_at is not None
    settle_discharge(work, session, StartAgain, changed.discharged_at, is_settled=is_overridden or is_complete)
    if changed.discharged_at is not None:
        end_watch(work, session)
    else:
        await _follow_effects(work, session, row, told.met)
    origin = Origin(FlagOrigin.SESSION, session.id, session.id)
    await raise_flags(work, row.patient_id, origin, hits_of_findings(told.findings), is_new=False)
    work.record(row.id, row.patient_id)
    return told


async def _follow_effects(work: Work, session: SessionRow, was: WrittenRow, met: Sequence[DischargeItem]) -> None:
    """Collect that the clock waits no longer for an effect that has gone, as the checklist says (R12).

    What the checklist said before, and says no more, is waited for again: all of it if the patient has not left.
    """
    for item, kind in _GONE.items():
        if item in met:
            worklist.settle(work, session.patient_id, session.id, kind)
    again = [kind for item, kind in _GONE.items() if item in was.met and item not in met]
    if was.discharged_at is not None:
        again = [kind for kind in OF_READINGS if not any(_GONE[item] is kind for item in met if item in _GONE)]
    if again:
        monitored = (await load_monitored(work, session.id)).model_copy(update={"patient_left_at": None})
        await resume_watch(work, monitored, dosed_of(monitored), again)


async def override_discharge(work: Work, session_id: UUID, body: DischargeOverride, expected_version: int) -> Discharge:
    """Let the session be completed without what is missing, as its prescriber decides.

    After a dose that is a discharge: what it lacks is told, whether or not somebody writes when the patient left.

    Raises NotFound, NotDosing, StaleVersion, EmergencyOnly, LicenceEnded.
    """
    session, row, monitored = await _load(work, session_id, expected_version)
    await check_prescriber(work, row.patient_id)
    decided = {"overridden_at": work.now, "overridden_by_id": work.actor.id, "override_reason": body.reason}
    changed = _write(work, row, {**decided, "updated_by_id": work.actor.id}, is_override=True)
    settle_discharge(work, session, StartAgain, row.discharged_at, is_settled=True)
    told = _present(work, changed, await _contradicted(work, row, monitored))
    if row.last_dose_at is not None:
        lacks = findings(told.blocking, row.discharged_at or work.now)
        origin = Origin(FlagOrigin.SESSION, session.id, session.id)
        await raise_flags(work, row.patient_id, origin, hits_of_findings(lacks), is_new=False)
    work.record(row.id, row.patient_id)
    return told


async def _contradicted(work: Work, row: WrittenRow, monitored: MonitoredRow) -> set[DischargeItem]:
    """Return the items that the last readings of a session, or a red sign in it, say are not met."""
    last = await load_last(work, row.id)
    signs = await work.part(sql.OPEN_RED_SIGNS, patient_id=row.patient_id, session_id=row.id)
    return contradicted(alarming_fields(last, dosed_of(monitored)), has_red_sign=bool(signs))


async def _load(work: Work, session_id: UUID, expected_version: int) -> tuple[SessionRow, WrittenRow, MonitoredRow]:
    """Return a dosing session, its discharge at the version that was read, and what its readings are judged by."""
    session = await load_dosing_session(work, session_id)
    monitored = await load_monitored(work, session.id)
    row = await work.one(sql.READ_DISCHARGE, id=session.id) or _blank(session, monitored)
    check_version(row, expected_version)
    return session, row, monitored


def _blank(session: SessionRow, dosed: ClockedRow) -> WrittenRow:
    """Return the discharge that nobody wrote yet, of version 0; it is not stored."""
    return WrittenRow(
        clinic_id=session.clinic_id,
        id=session.id,
        created_at=session.created_at,
        updated_at=session.created_at,
        version=0,
        patient_id=session.patient_id,
        met=[],
        updated_by_id=session.created_by_id,
        **{name: getattr(dosed, name) for name in ClockedRow.model_fields},
    )


def _check(work: Work, session: SessionRow, row: WrittenRow, body: DischargeUpdate) -> None:
    """Raise Invalid for a time that cannot be, and for an item that follows from the doses."""
    check_not_in_future("body.discharged_at", body.discharged_at, work.now)
    if DischargeItem.OBSERVED in body.met:
        raise _invalid("met", "derived", "must not name observed, which follows from the doses")
    since = row.last_dose_at or session.started_at
    if body.discharged_at and since and body.discharged_at < since:
        raise _invalid("discharged_at", "before_dose", "must not be before the last dose, or before the session began")


def _invalid(field: str, code: str, message: str) -> Invalid:
    return Invalid(errors=[{"field": f"body.{field}", "code": code, "message": message}])


def _write(work: Work, row: WrittenRow, values: dict[str, Any], *, is_override: bool = False) -> WrittenRow:
    if row.version:
        return work.revise(sql.OVERRIDE_DISCHARGE if is_override else sql.UPDATE_DISCHARGE, row, values)
    made = row.model_copy(update={**values, "version": 1, "created_at": work.now, "updated_at": work.now})
    insert = sql.INSERT_OVERRIDDEN if is_override else sql.INSERT_DISCHARGE
    work.create(insert, made, {"pk_discharges": StaleVersion})
    return made


def _present(work: Work, row: WrittenRow, not_met: Collection[DischargeItem]) -> Discharge:
    """Return a discharge with what is derived of the doses."""
    until = last_end(deciding(row), is_late=False)
    lacking = blocking(row.met, until, row.discharged_at or work.now, not_met)
    return Discharge.of(
        row,
        met=[DischargeItem(item) for item in row.met],
        observe_until=until,
        blocking=lacking,
        findings=findings(lacking, row.discharged_at),
    )
