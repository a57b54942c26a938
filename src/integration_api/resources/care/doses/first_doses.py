"""The first dose of a session has moved: a reading that is before it by that is judged anew (R09)."""

from datetime import datetime

from integration_api.access.work import Work
from integration_api.resources.attention.flags.raised_flags import Origin, raise_flags
from integration_api.resources.attention.flags.rules import FlagOrigin, FlagSeverity, Hit
from integration_api.resources.care.doses import statements as sql
from integration_api.resources.care.doses.bands import MAX_PRE_DOSE_DIASTOLIC, MAX_PRE_DOSE_SYSTOLIC, VitalField
from integration_api.resources.care.readiness.dose_holds import hold_by_decision
from integration_api.resources.care.readiness.rules import Unmet
from integration_api.resources.care.sessions.tables import SessionRow, SessionState

_BEFORE_DOSE = Hit("R09", FlagSeverity.HIGH)


async def judge_anew(work: Work, session: SessionRow, first_dose_at: datetime | None) -> None:
    """Collect the hold and the flag of a blood pressure that was during a dose, and is before the first one now.

    `first_dose_at` is the first dose that stands after this step; None if none does: a session that has ended
    without one has nothing to hold. What a reading says otherwise is
    derived when it is read. A hold that is open already stays: only a prescriber closes it.
    """
    was = session.first_dose_at
    if was is None or (first_dose_at is not None and first_dose_at <= was):
        return
    if first_dose_at is None and session.state is not SessionState.IN_PROGRESS:
        return
    found = await work.part(
        sql.HIGH_BEFORE_DOSE,
        patient_id=session.patient_id,
        session_id=session.id,
        taken_from=was,
        taken_until=first_dose_at,
        systolic=MAX_PRE_DOSE_SYSTOLIC,
        diastolic=MAX_PRE_DOSE_DIASTOLIC,
    )
    if not found:
        return
    await hold_by_decision(work, session.id, [Unmet(VitalField.BLOOD_PRESSURE, _BEFORE_DOSE.rule, work.now)])
    origin = Origin(FlagOrigin.VITAL, found[0].id, session.id)
    await raise_flags(work, session.patient_id, origin, [_BEFORE_DOSE], is_new=False)
