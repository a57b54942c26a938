"""Reading and writing the therapist's assessment of a dosing session."""

from uuid import UUID

from integration_api.access.revisions import check_version
from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.resources.attention.flags.raised_flags import Origin, raise_flags
from integration_api.resources.attention.flags.rules import FlagOrigin, FlagSeverity, Hit
from integration_api.resources.care.assessments import statements as sql
from integration_api.resources.care.assessments.rules import (
    HOLD_ITEM,
    HOLD_RULE,
    AssessmentDecision,
    AssessmentReason,
    assessment_problems,
)
from integration_api.resources.care.assessments.schemas import Assessment, AssessmentUpdate
from integration_api.resources.care.assessments.tables import AssessmentRow, AssessmentVersionRow
from integration_api.resources.care.readiness.dose_holds import hold_by_decision
from integration_api.resources.care.readiness.evaluation import load_dosing_session
from integration_api.resources.care.readiness.rules import Unmet
from integration_api.resources.care.sessions.corrections import SessionClosed
from integration_api.resources.care.sessions.tables import SessionRow, SessionState
from integration_api.web.errors import Invalid, StaleVersion
from integration_api.web.paging import Page, Window


async def read_assessment(work: Work, session_id: UUID) -> Assessment:
    """Return the assessment of a dosing session; a blank one if nobody wrote it yet. Raises NotFound, NotDosing."""
    row = await work.one(sql.READ_ASSESSMENT, id=session_id) or _blank(await load_dosing_session(work, session_id))
    work.record(row.id, row.patient_id)
    return present(row)


async def list_assessment_versions(work: Work, session_id: UUID, window: Window) -> Page[Assessment]:
    """List an assessment as it was before each change, newest first. Raises NotFound, NotDosing."""
    session = await load_dosing_session(work, session_id)
    found = await work.page(
        sql.LIST_VERSIONS,
        window,
        lambda kept: (kept.kept_at, kept.id),
        lambda kept: present(kept.model_copy(update={"id": kept.session_id})),
        patient_id=session.patient_id,
        session_id=session.id,
    )
    work.record(session.id, session.patient_id)
    return found


async def update_assessment(work: Work, session_id: UUID, body: AssessmentUpdate, expected_version: int) -> Assessment:
    """Write the assessment, and keep what stood; `hold` opens a hold of the dose in the same step.

    No later decision closes that hold: a prescriber releases it. Raises NotFound, NotDosing, StaleVersion,
    SessionClosed, Invalid.
    """
    session = await load_dosing_session(work, session_id)
    row = await work.one(sql.READ_ASSESSMENT, id=session.id) or _blank(session)
    check_version(row, expected_version)
    if session.state not in (SessionState.PLANNED, SessionState.IN_PROGRESS):
        raise SessionClosed
    if problems := assessment_problems(body.decision, body.reasons):
        raise Invalid(errors=problems)
    changed = _write(work, row, body)
    if body.decision is AssessmentDecision.HOLD:
        await hold_by_decision(work, session.id, [Unmet(HOLD_ITEM, HOLD_RULE, work.now)])
        origin = Origin(FlagOrigin.SESSION, session.id, session.id)
        await raise_flags(work, session.patient_id, origin, [Hit(HOLD_RULE, FlagSeverity.HIGH)], is_new=False)
    work.record(row.id, row.patient_id)
    return present(changed)


def _write(work: Work, row: AssessmentRow, body: AssessmentUpdate) -> AssessmentRow:
    values = {"decision": body.decision, "reasons": [*body.reasons], "updated_by_id": work.actor.id}
    if row.version:
        more = {"id": new_id(), "session_id": row.id, "kept_at": work.now}
        kept = AssessmentVersionRow(**{**row.__dict__, **more})
        work.create(sql.INSERT_VERSION, kept, {"uq_assessment_versions_version": StaleVersion})
        return work.revise(sql.UPDATE_ASSESSMENT, row, values)
    made = row.model_copy(update={**values, "version": 1, "created_at": work.now, "updated_at": work.now})
    work.create(sql.INSERT_ASSESSMENT, made, {"pk_assessments": StaleVersion})
    return made


def _blank(session: SessionRow) -> AssessmentRow:
    """Return the assessment that nobody wrote yet, of version 0; it is not stored."""
    return AssessmentRow(
        clinic_id=session.clinic_id,
        id=session.id,
        created_at=session.created_at,
        updated_at=session.created_at,
        version=0,
        patient_id=session.patient_id,
        decision=None,
        reasons=[],
        updated_by_id=session.created_by_id,
    )


def present(row: AssessmentRow) -> Assessment:
    """Return an assessment; its reasons are stored as texts."""
    return Assessment.of(
        row,
        reasons=[AssessmentReason(word) for word in row.reasons],
        updated_by_id=row.updated_by_id if row.version else None,
    )
