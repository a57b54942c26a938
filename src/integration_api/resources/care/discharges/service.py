"""Reading and writing the discharge of a dosing session, and overriding what it lacks."""

from typing import Any
from uuid import UUID

from integration_api.access.reads import StartAgain
from integration_api.access.revisions import check_version
from integration_api.access.work import Work
from integration_api.resources.care.discharges import statements as sql
from integration_api.resources.care.discharges.rules import DischargeItem, blocking, findings
from integration_api.resources.care.discharges.schemas import Discharge, DischargeOverride, DischargeUpdate
from integration_api.resources.care.discharges.tables import DischargeRow
from integration_api.resources.care.monitoring.rules import Dosed, observe_until
from integration_api.resources.care.monitoring.service import load_dosed
from integration_api.resources.care.readiness.evaluation import load_dosing_session
from integration_api.resources.care.sessions.service import settle_discharge
from integration_api.resources.care.sessions.tables import SessionRow
from integration_api.resources.people.patients.prescribers import check_prescriber
from integration_api.web.errors import Conflict, Invalid, StaleVersion
from integration_api.web.instants import check_not_in_future


class NothingGiven(Conflict):
    """No dose of the session stands, so there is nobody to discharge."""

    code = "nothing-given"
    title = "Nothing given"
    remedy = "Record the dose first; a session without one is completed with `no_dose_reason`."


async def read_discharge(work: Work, session_id: UUID) -> Discharge:
    """Return the discharge of a dosing session; a blank one if nobody wrote it yet. Raises NotFound, NotDosing."""
    session = await load_dosing_session(work, session_id)
    row, dosed = await _load(work, session), await load_dosed(work, session_id)
    work.record(row.id, row.patient_id)
    return _present(work, row, dosed)


async def update_discharge(work: Work, session_id: UUID, body: DischargeUpdate, expected_version: int) -> Discharge:
    """Write the checklist and when the patient left.

    Once all is met, or overridden, the session may be completed. Raises NotFound, NotDosing, NothingGiven,
    StaleVersion, Invalid.
    """
    session, row, dosed = await _load_given(work, session_id, expected_version)
    _check(work, session, body)
    values = {**body.model_dump(), "met": sorted(set(body.met)), "updated_by_id": work.actor.id}
    changed = _write(work, row, values)
    told = _present(work, changed, dosed)
    is_settled = changed.overridden_at is not None or (not told.blocking and changed.discharged_at is not None)
    settle_discharge(work, session, StartAgain, is_settled=is_settled)
    work.record(row.id, row.patient_id)
    return told


async def override_discharge(work: Work, session_id: UUID, body: DischargeOverride, expected_version: int) -> Discharge:
    """Let the session be completed without what is missing, as its prescriber decides.

    Raises NotFound, NotDosing, NothingGiven, StaleVersion, EmergencyOnly, LicenceEnded.
    """
    session, row, dosed = await _load_given(work, session_id, expected_version)
    await check_prescriber(work, row.patient_id)
    decided = {"overridden_at": work.now, "overridden_by_id": work.actor.id, "override_reason": body.reason}
    changed = _write(work, row, {**decided, "updated_by_id": work.actor.id}, is_override=True)
    settle_discharge(work, session, StartAgain, is_settled=True)
    work.record(row.id, row.patient_id)
    return _present(work, changed, dosed)


async def _load(work: Work, session: SessionRow) -> DischargeRow:
    """Return the discharge of a session; a blank one, of version 0, if nobody wrote it yet."""
    return await work.one(sql.READ_DISCHARGE, id=session.id) or DischargeRow(
        clinic_id=session.clinic_id,
        id=session.id,
        created_at=session.created_at,
        updated_at=session.created_at,
        version=0,
        patient_id=session.patient_id,
        met=[],
        updated_by_id=session.created_by_id,
    )


async def _load_given(work: Work, session_id: UUID, expected_version: int) -> tuple[SessionRow, DischargeRow, Dosed]:
    """Return a session with a dose, its discharge at the version that was read, and its doses."""
    session = await load_dosing_session(work, session_id)
    row = await _load(work, session)
    check_version(row, expected_version)
    dosed = await load_dosed(work, session_id)
    if dosed.last_dose_at is None:
        raise NothingGiven
    return session, row, dosed


def _check(work: Work, session: SessionRow, body: DischargeUpdate) -> None:
    """Raise Invalid for a time that cannot be, and for an item that follows from the doses."""
    check_not_in_future("body.discharged_at", body.discharged_at, work.now)
    if DischargeItem.OBSERVED in body.met:
        raise _invalid("met", "derived", "must not name observed, which follows from the doses")
    if body.discharged_at and session.started_at and body.discharged_at < session.started_at:
        raise _invalid("discharged_at", "before_start", "must not be before the session began")


def _invalid(field: str, code: str, message: str) -> Invalid:
    return Invalid(errors=[{"field": f"body.{field}", "code": code, "message": message}])


def _write(work: Work, row: DischargeRow, values: dict[str, Any], *, is_override: bool = False) -> DischargeRow:
    if row.version:
        changed = row.model_copy(update=values)
        return work.revise(sql.OVERRIDE_DISCHARGE if is_override else sql.UPDATE_DISCHARGE, changed, values, before=row)
    made = row.model_copy(update={**values, "version": 1, "created_at": work.now, "updated_at": work.now})
    insert = sql.INSERT_OVERRIDDEN if is_override else sql.INSERT_DISCHARGE
    work.create(insert, made, {"pk_discharges": StaleVersion})
    return made


def _present(work: Work, row: DischargeRow, dosed: Dosed) -> Discharge:
    """Return a discharge with what is derived of the doses."""
    until = observe_until(dosed)
    at = row.discharged_at or work.now
    lacking = list(DischargeItem) if until is None else blocking(row.met, until, at)
    return Discharge.of(
        row,
        met=[DischargeItem(item) for item in row.met],
        observe_until=until,
        blocking=lacking,
        findings=findings(lacking, row.discharged_at),
    )
