"""Read, write and withdraw shared summaries. Who stands behind them is in `endorsements`."""

from datetime import date, datetime
from uuid import UUID

from typing_extensions import TypedDict

from integration_api.access.chart_lists import list_charts
from integration_api.access.references import not_found, referred_by, unseen_chart
from integration_api.access.revisions import Superseded, check_version
from integration_api.access.rows import changed_values, new_values
from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.resources.attention.inbox import service as inbox
from integration_api.resources.attention.inbox.tables import InboxKind
from integration_api.resources.attention.worklist import service as worklist
from integration_api.resources.attention.worklist.tables import TaskKind
from integration_api.resources.care.courses.service import load_course
from integration_api.resources.care.doses.altered_states import check_not_held
from integration_api.resources.care.sessions.service import load_session
from integration_api.resources.journal.plans.plan_steps import own_side
from integration_api.resources.journal.plans.tables import PlanSide
from integration_api.resources.journal.shared_summaries import statements as sql
from integration_api.resources.journal.shared_summaries.rules import NOT_ENDORSED, endorsed_at
from integration_api.resources.journal.shared_summaries.schemas import (
    SharedSummary,
    SharedSummaryCreate,
    SharedSummaryFilter,
    SharedSummaryUpdate,
    SharedSummaryVersion,
    SharedSummaryWithdraw,
    SummaryFacts,
)
from integration_api.resources.journal.shared_summaries.tables import (
    EndorsedText,
    SharedSummaryRow,
    SharedSummaryVersionRow,
    SummaryToChange,
)
from integration_api.resources.people.patients.alerts import tell_of_write
from integration_api.resources.people.patients.membership import NotOnCareTeam
from integration_api.resources.people.patients.monitoring_contents import Monitoring
from integration_api.resources.people.patients.service import load_patient
from integration_api.web.errors import Invalid
from integration_api.web.paging import Page, Window


class Written(TypedDict):
    """The number of a revision, and who wrote it."""

    revision: int
    written_by: PlanSide
    written_by_id: UUID
    written_at: datetime


async def list_shared_summaries(work: Work, window: Window, only: SharedSummaryFilter) -> Page[SharedSummary]:
    """List the summaries of one chart, or of every chart that the actor may see; newest first."""
    return await list_charts(work, sql.SHARED_SUMMARIES, window, only, present)


async def read_shared_summary(work: Work, shared_summary_id: UUID) -> SharedSummary:
    """Return one summary. Raises NotFound."""
    row = await load_summary(work, shared_summary_id)
    work.record(row.id, row.patient_id)
    return present(row)


async def create_shared_summary(work: Work, body: SharedSummaryCreate) -> SharedSummary:
    """Begin a summary in a chart of whose sides the actor is one.

    Raises NotFound, IdTaken, Invalid, AlteredStateHold; NotOnCareTeam for emergency access.
    """
    patient_id = body.patient_id or work.actor.patient_id
    if patient_id is None:
        raise Invalid(errors=[{"field": "body.patient_id", "code": "missing", "message": "say whose summary it is"}])
    await _check_about(work, patient_id, body)
    _check_days(body.covers_from, body.covers_until)
    await check_not_held(work, patient_id)
    row = SharedSummaryRow(
        **new_values(work, body, patient_id=patient_id),
        **_written(work, 1),
        created_by_id=work.actor.id,
    )
    # A member of staff sees the session or course, and so the chart: what is missing is the care team.
    work.create(sql.INSERT_SHARED_SUMMARY, row, missed=unseen_chart if work.actor.is_patient else NotOnCareTeam)
    work.record(row.id, row.patient_id)
    return present(row, await tell(work, row))


async def update_shared_summary(
    work: Work, shared_summary_id: UUID, body: SharedSummaryUpdate, expected_version: int
) -> SharedSummary:
    """Change the text: a new revision, which nobody has endorsed.

    What is given again as it stands makes no revision, and leaves the endorsements. Raises as `load_standing`, Invalid,
    AlteredStateHold.
    """
    row = await load_standing(work, shared_summary_id, expected_version)
    given = changed_values(body, vars(row))
    now = {name: given.get(name, getattr(row, name)) for name in SummaryFacts.model_fields}
    if row.session_id is not None and (now["covers_from"] or now["covers_until"]):
        message = "a summary of one session covers no other days"
        raise Invalid(errors=[{"field": "body.covers_from", "code": "not_of_form", "message": message}])
    _check_days(now["covers_from"], now["covers_until"])
    if all(getattr(row, name) == value for name, value in now.items()):
        work.record(row.id, row.patient_id)
        return present(row)
    await check_not_held(work, row.patient_id)
    _keep(work, row)
    changed = work.revise(sql.UPDATE_SHARED_SUMMARY, row, {**given, **_written(work, row.revision + 1), **NOT_ENDORSED})
    work.record(row.id, row.patient_id)
    return present(changed, await tell(work, row))


async def withdraw_shared_summary(
    work: Work, shared_summary_id: UUID, body: SharedSummaryWithdraw, expected_version: int
) -> SharedSummary:
    """Keep a summary that is to count no more, as withdrawn. Raises as `load_standing`, AlteredStateHold."""
    row = await load_standing(work, shared_summary_id, expected_version)
    await check_not_held(work, row.patient_id)
    withdrawn = {"withdrawn_at": work.now, "withdrawn_by_id": work.actor.id, "withdrawn_reason": body.reason}
    changed = work.revise(sql.WITHDRAW_SHARED_SUMMARY, row, withdrawn)
    work.record(row.id, row.patient_id)
    return present(changed, await tell(work, row))


async def list_shared_summary_versions(
    work: Work, shared_summary_id: UUID, window: Window
) -> Page[SharedSummaryVersion]:
    """Return the earlier revisions of a summary, newest first. Raises NotFound."""
    row = await load_summary(work, shared_summary_id)
    found = await work.page(
        sql.LIST_SHARED_SUMMARY_VERSIONS,
        window,
        lambda kept: (kept.created_at, kept.id),
        _present_version,
        patient_id=row.patient_id,
        summary_id=row.id,
    )
    work.record(row.id, row.patient_id)
    return found


async def load_summary(work: Work, shared_summary_id: UUID) -> SharedSummaryRow:
    """Return a summary in a chart that the actor may see. Raises NotFound."""
    return await work.get(sql.READ_SHARED_SUMMARY, id=shared_summary_id)


async def load_standing(work: Work, shared_summary_id: UUID, expected_version: int) -> SummaryToChange:
    """Return one that was not withdrawn, at the version that was read, if the actor is of one of its sides.

    Raises NotFound, NotOnCareTeam, StaleVersion, Superseded.
    """
    row = await work.get(sql.READ_SUMMARY_TO_CHANGE, id=shared_summary_id)
    if not row.is_of_a_side:
        raise NotOnCareTeam
    check_version(row, expected_version)
    if row.withdrawn_at is not None:
        raise Superseded
    return row


async def tell(work: Work, row: SharedSummaryRow) -> Monitoring | None:
    """Let the other side read what was done, and settle what waited for this one. Return what a patient is told."""
    if work.actor.is_patient:
        inbox.settle(work, row.patient_id, row.id, InboxKind.SUMMARY_TO_READ)
        return await tell_of_write(work, row.patient_id, TaskKind.SUMMARY_TO_READ, row.id)
    worklist.settle(work, row.patient_id, row.id, TaskKind.SUMMARY_TO_READ)
    inbox.tell_patient(work, row.patient_id, InboxKind.SUMMARY_TO_READ, row.id)
    return None


def present(row: SharedSummaryRow, monitoring: Monitoring | None = None) -> SharedSummary:
    """Return a summary as everybody of its chart sees it."""
    return SharedSummary.of(row, endorsed_at=endorsed_at(row), monitoring=monitoring)


def _present_version(kept: SharedSummaryVersionRow) -> SharedSummaryVersion:
    return SharedSummaryVersion.of(kept, endorsed_at=endorsed_at(kept))


def _written(work: Work, revision: int) -> Written:
    """Return who writes a revision now."""
    return {
        "revision": revision,
        "written_by": own_side(work),
        "written_by_id": work.actor.id,
        "written_at": work.now,
    }


def _keep(work: Work, row: SharedSummaryRow) -> None:
    """Collect a copy of the present revision, with the endorsements that it has."""
    kept = {name: getattr(row, name) for name in EndorsedText.model_fields}
    version = SharedSummaryVersionRow(
        **kept,
        clinic_id=row.clinic_id,
        id=new_id(),
        created_at=work.now,
        patient_id=row.patient_id,
        summary_id=row.id,
    )
    work.create(sql.INSERT_SHARED_SUMMARY_VERSION, version)


def _check_days(first: date | None, last: date | None) -> None:
    if first is not None and last is not None and first > last:
        message = "must not be after covers_until"
        raise Invalid(errors=[{"field": "body.covers_from", "code": "after_end", "message": message}])


async def _check_about(work: Work, patient_id: UUID, body: SharedSummaryCreate) -> None:
    """Raise NotFound for a session or a course of another chart."""
    if body.session_id is not None:
        with referred_by("session_id"):
            session = await load_session(work, body.session_id)
        if session.patient_id != patient_id:
            await _of_another(work, patient_id)
            raise not_found("session_id")
    if body.course_id is not None:
        with referred_by("course_id"):
            course = await load_course(work, body.course_id)
        if course.patient_id != patient_id:
            await _of_another(work, patient_id)
            raise not_found("course_id")


async def _of_another(work: Work, patient_id: UUID) -> None:
    """Raise NotFound of the chart if the actor may not see it: then that is what is wrong."""
    with referred_by("patient_id"):
        await load_patient(work, patient_id)
