"""Reading and writing sessions. Their beginning and end are in `transitions.py`."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from pydantic import MISSING

from integration_api.access.chart_lists import list_charts
from integration_api.access.reads import StartAgain
from integration_api.access.references import not_found, referred_by, unseen_chart
from integration_api.access.revisions import check_version
from integration_api.access.rows import changed_values, new_values
from integration_api.access.viewers import Seer
from integration_api.access.work import Refusal, Work
from integration_api.core.ids import new_id
from integration_api.resources.care.courses.service import load_course
from integration_api.resources.care.sessions import operations
from integration_api.resources.care.sessions import statements as sql
from integration_api.resources.care.sessions.corrections import check_is_no_correction, of_correction
from integration_api.resources.care.sessions.rules import POSSIBLE, SessionStep, allowed_actions
from integration_api.resources.care.sessions.schemas import Person, Session, SessionCreate, SessionFilter, SessionUpdate
from integration_api.resources.care.sessions.session_arcs import keep_arc
from integration_api.resources.care.sessions.session_tasks import move_readiness, wait_for_readiness
from integration_api.resources.care.sessions.setting_schemas import whole_setting
from integration_api.resources.care.sessions.tables import SessionRow, SessionState, SessionVersionRow
from integration_api.resources.people.accounts.service import check_staff
from integration_api.resources.people.patients.service import load_patient
from integration_api.web.errors import Invalid
from integration_api.web.paging import Page, SortOrder, Window


async def load_session(work: Work, session_id: UUID) -> SessionRow:
    """Return a session in a chart that the actor may see, for other resources. Raises NotFound."""
    return await work.get(sql.READ_SESSION, id=session_id)


async def list_sessions(
    work: Work, window: Window, only: SessionFilter, order: SortOrder = SortOrder.DESC
) -> Page[Session]:
    """Return sessions of one chart, or of every chart the actor may see, by planned start; the latest first."""
    read = sql.SESSIONS_ASCENDING if order is SortOrder.ASC else sql.SESSIONS
    return await list_charts(work, read, window, only, lambda row: present(work, row))


async def read_session(work: Work, session_id: UUID) -> Session:
    """Return one session. Raises NotFound."""
    row = await load_session(work, session_id)
    work.record(row.id, row.patient_id)
    return present(work, row)


async def create_session(work: Work, body: SessionCreate) -> Session:
    """Plan a session in a chart the actor may see. Raises NotFound, IdTaken, Invalid."""
    check_planned_times(body.planned_start_at, body.planned_end_at)
    await _check_course(work, body.course_id, body.patient_id)
    if any(person.account_id for person in body.people):
        with referred_by("patient_id"):  # whoever may not see the chart learns nothing of whom else they named
            await load_patient(work, body.patient_id)
        await _check_accounts(work, body.people)
    people = [person.model_dump(mode="json") for person in body.people]
    setting = body.set_and_setting.model_dump(mode="json") if body.set_and_setting else None
    row = SessionRow(
        **new_values(work, body, people=people, set_and_setting=setting),
        state=SessionState.PLANNED,
        created_by_id=work.actor.id,
    )
    plan_session(work, row, missed=unseen_chart)
    await wait_for_readiness(work, row)
    return present(work, row)


def plan_session(work: Work, row: SessionRow, *, missed: Refusal) -> None:
    """Collect a new session; `missed` is raised if the actor may not see its chart."""
    work.create(sql.INSERT_SESSION, row, missed=missed)
    work.record(row.id, row.patient_id, event=operations.CREATE_SESSION.recorded)


async def update_session(work: Work, session_id: UUID, body: SessionUpdate, expected_version: int) -> Session:
    """Change what is given; once the session is over, as a correction.

    Raises NotFound, StaleVersion, SessionClosed, NotComplete, Invalid.
    """
    row = await load_session(work, session_id)
    check_version(row, expected_version)
    given = changed_values(body, vars(row))
    is_correction = SessionStep.CORRECT in POSSIBLE[row.state]
    if not is_correction:
        check_is_no_correction(given)
    if body.people is not MISSING:
        await _check_accounts(work, body.people, {person["account_id"] for person in row.people})
        given["people"] = [person.model_dump(mode="json") for person in body.people]
    given |= changed_values(body, vars(row), mode="json", only={"set_and_setting"})
    keep_version(work, row)
    values = of_correction(work, row, given) if is_correction else given
    changed = work.revise(sql.UPDATE_SESSION, row, values, StartAgain)  # a dose may have been counted beside it
    check_planned_times(changed.planned_start_at, changed.planned_end_at)
    await keep_arc(work, row, changed)
    if changed.planned_start_at != row.planned_start_at:
        move_readiness(work, changed)
    if changed.course_id != row.course_id:
        await _check_course(work, changed.course_id, row.patient_id)
    work.record(row.id, row.patient_id, event=operations.CORRECTED if is_correction else None)
    return present(work, changed)


async def count_dose(
    work: Work, session: SessionRow, more_doses: int, missed: Refusal, first_dose_at: datetime | None
) -> None:
    """Collect one dose more, or one less, of a session that has begun, and which is the first; for the dosing record.

    What is asked of the patient after the dose follows it. Raises `missed`, when applied, if another was counted since
    the session was read, or if it leaves a completed session without its dosing record.
    """
    before = session.doses_recorded or 0
    work.change(
        sql.COUNT_DOSE,
        session,
        missed=missed,
        more_doses=more_doses,
        doses_before=before,
        first_dose_before=session.first_dose_at,
        first_dose_at=first_dose_at,
    )
    counted = {"doses_recorded": before + more_doses, "first_dose_at": first_dose_at}
    await keep_arc(work, session, session.model_copy(update=counted))


def settle_discharge(
    work: Work, session: SessionRow, missed: Refusal, left_at: datetime | None, *, is_settled: bool
) -> None:
    """Collect whether the discharge of a session lacks nothing, so that it may be completed, and when the patient left.

    Raises `missed`, when applied, if a dose was counted since the session was read.
    """
    settled_at = work.now if is_settled else None
    before = session.doses_recorded or 0
    work.change(
        sql.SETTLE_DISCHARGE, session, missed=missed, settled_at=settled_at, left_at=left_at, doses_before=before
    )


def settle_remote(work: Work, session: SessionRow, *, is_settled: bool) -> None:
    """Collect whether the remote record of a session lacks nothing; for the remote record.

    Starts again, when applied, if a dose was counted since the session was read, or if the session is over.
    """
    work.change(sql.SETTLE_REMOTE, session, missed=StartAgain, settled_at=work.now if is_settled else None)


def keep_version(work: Work, row: SessionRow) -> None:
    """Keep a session as it is before a change; collect this with every change."""
    more = {"id": new_id(), "session_id": row.id, "kept_at": work.now}
    work.create(sql.INSERT_VERSION, SessionVersionRow(**{**row.__dict__, **more}))


async def list_session_versions(work: Work, session_id: UUID, window: Window) -> Page[Session]:
    """List a session as it was before each change, newest first. Raises NotFound."""
    row = await load_session(work, session_id)
    found = await work.page(
        sql.LIST_VERSIONS,
        window,
        lambda kept: (kept.kept_at, kept.id),
        _present_version,
        patient_id=row.patient_id,
        session_id=row.id,
    )
    work.record(row.id, row.patient_id)
    return found


def present(work: Seer, row: SessionRow) -> Session:
    """Return a session as this actor sees it."""
    actions = allowed_actions(row.state, work.actor.roles)
    return Session.of(row, **_derived(row), allowed_actions=actions)


def _present_version(row: SessionVersionRow) -> Session:
    return Session.of(row, **_derived(row), id=row.session_id, allowed_actions=[])


def _derived(row: SessionRow) -> dict[str, object]:
    return {
        "set_and_setting": whole_setting(row.set_and_setting),
        "doses_recorded": row.doses_recorded or 0,
        "clock_skewed": _is_skewed(row),
        "is_group": row.group_session_id is not None,
    }


def _is_skewed(row: SessionRow) -> bool:
    return row.claimed_started_at is not None or row.claimed_ended_at is not None


def check_planned_times(start: datetime, end: datetime | None) -> None:
    """Raise Invalid if it would end before it starts."""
    if end is not None and end <= start:
        raise Invalid(
            errors=[
                {"field": "body.planned_end_at", "code": "before_start", "message": "must be after planned_start_at"}
            ]
        )


async def _check_course(work: Work, course_id: UUID | None, patient_id: UUID) -> None:
    """Raises NotFound for another patient's course, as for one that does not exist."""
    if course_id is None:
        return
    with referred_by("course_id"):
        course = await load_course(work, course_id)
    if course.patient_id != patient_id:
        raise not_found("course_id")


async def _check_accounts(work: Work, people: Iterable[Person], known: Iterable[str | None] = ()) -> None:
    """Raises NotFound for an account that is not one of the clinic's staff; those `known` were looked up before."""
    named = {person.account_id for person in people if person.account_id is not None}
    with referred_by("people"):
        await check_staff(work, named - {UUID(account_id) for account_id in known if account_id})
