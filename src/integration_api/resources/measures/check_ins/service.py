"""Giving and reading check-ins."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from integration_api.access.chart_lists import list_charts
from integration_api.access.references import not_found, referred_by, unseen_chart
from integration_api.access.revisions import Superseded
from integration_api.access.rows import new_values
from integration_api.access.work import Work
from integration_api.resources.attention.flags.raised_flags import Origin, raise_flags
from integration_api.resources.attention.flags.rules import FlagOrigin, FlagSeverity, Hit
from integration_api.resources.attention.worklist.tables import TaskKind
from integration_api.resources.care.arc_windows.arc_changes import answer_window
from integration_api.resources.care.arc_windows.repeated_questions import ask_again
from integration_api.resources.care.arc_windows.rules import ArcState
from integration_api.resources.care.arc_windows.service import load_arc_window
from integration_api.resources.care.arc_windows.tables import ArcWindowRow
from integration_api.resources.measures.check_ins import statements as sql
from integration_api.resources.measures.check_ins.alarm_rules import (
    CheckInAlarm,
    CheckInAnswer,
    alarms_of,
    asked_again,
    needs_earlier,
    worse_alarms,
)
from integration_api.resources.measures.check_ins.later_check_ins import judge_later, judge_since_dose
from integration_api.resources.measures.check_ins.schemas import CheckIn, CheckInCreate, CheckInFilter
from integration_api.resources.measures.check_ins.statements import DoseBefore
from integration_api.resources.measures.check_ins.tables import CheckInRow
from integration_api.resources.measures.measure_responses.answer_corrections import NotYours
from integration_api.resources.measures.measure_responses.completion import invalid, one_of, with_age
from integration_api.resources.measures.measure_responses.rules import ResponseMode, modes
from integration_api.resources.measures.protocols.check_in_items import check_in_items, items_by_id
from integration_api.resources.people.patients.alerts import open_task, raise_alarm, say
from integration_api.resources.people.patients.monitoring_contents import Monitoring
from integration_api.web.instants import credible_time, is_skewed
from integration_api.web.paging import Page, Window


async def list_check_ins(work: Work, window: Window, only: CheckInFilter) -> Page[CheckIn]:
    """List check-ins of one chart, or of every chart that the actor may see; the latest first."""
    return await list_charts(work, sql.CHECK_INS, window, only, present)


async def read_check_in(work: Work, check_in_id: UUID) -> CheckIn:
    """Return one check-in. Raises NotFound."""
    row = await work.get(sql.READ_CHECK_IN, id=check_in_id)
    work.record(row.id, row.patient_id)
    return present(row)


async def create_check_in(work: Work, body: CheckInCreate) -> CheckIn:
    """Keep answers, for the window that waits for them or for none; with `corrects_id`, in the place of others.

    Raises NotFound, Invalid, IdTaken, Superseded, NotYours.
    """
    patient_id = body.patient_id or work.actor.patient_id
    if patient_id is None:
        raise invalid("patient_id", "missing", "say whose answers they are")
    taken, ignored = _sorted_out(body.answers)
    if not taken and not body.contact_me:
        raise invalid("answers", "nothing_answered", "must have an answer that its item takes")
    corrected = await _corrected(work, body, patient_id)
    at = body.completed_at or (corrected.completed_at if corrected is not None else None)
    if corrected is not None and body.completed_at is None:
        happened_at = corrected.happened_at
    else:
        happened_at = credible_time(at, work.now)
    answered, happened_at = await _window(work, body, corrected, patient_id, happened_at)
    values = new_values(
        work,
        body,
        patient_id=patient_id,
        arc_window_id=answered.id if answered is not None else None,
        answers=taken,
        mode=one_of("mode", body.mode, modes(by_patient=work.actor.is_patient)),
        completed_at=at or work.now,
    )
    row = CheckInRow(
        **values,
        item_version=check_in_items().version,
        ignored=ignored,
        alarms=[],
        is_off_window=answered is None,
        happened_at=happened_at,
        created_by_id=work.actor.id,
    )
    alarms, dose = await _alarms(work, row)
    if is_skewed(row.completed_at, happened_at):
        by_claim, _ = await _alarms(work, row.model_copy(update={"happened_at": row.completed_at}))
        alarms = worse_alarms(alarms, by_claim)
    row = row.model_copy(update={"alarms": alarms})
    if answered is not None:
        answer_window(work, answered)
    if (again := asked_again(row.answers, alarms)) and dose is not None:
        session_id = answered.session_id if answered is not None else dose.session_id
        after = timedelta(days=again.days)
        await ask_again(work, patient_id, session_id, answered, again.item, happened_at, after)
    if corrected is not None:
        gone = {"withdrawn_at": work.now, "withdrawn_by_id": work.actor.id, "withdrawn_reason": body.correction_reason}
        work.revise(sql.WITHDRAW_CHECK_IN, corrected, gone, missed=Superseded)
    work.create(sql.INSERT_CHECK_IN, row, {"uq_check_ins_clinic_id_corrects_id": Superseded}, missed=unseen_chart)
    told = await _tell(work, row)
    await judge_later(work, row)
    await judge_since_dose(work, row, dose)
    work.record(row.id, row.patient_id)
    return present(row, told)


def _sorted_out(answers: Mapping[str, CheckInAnswer | None]) -> tuple[dict[str, CheckInAnswer], list[str]]:
    """Return the answers that their items take, and the items of the others."""
    known, given = items_by_id(), {item: answer for item, answer in answers.items() if answer is not None}
    taken = {item: answer for item, answer in given.items() if item in known and known[item].takes(answer)}
    return taken, sorted(given.keys() - taken.keys())


async def _corrected(work: Work, body: CheckInCreate, patient_id: UUID) -> CheckInRow | None:
    """Return the check-in that this one takes the place of. Raises NotFound, Superseded, NotYours, Invalid."""
    if body.corrects_id is None:
        return None
    with referred_by("corrects_id"):
        row = await work.get(sql.READ_CHECK_IN, id=body.corrects_id)
    if row.patient_id != patient_id:
        raise not_found("corrects_id")
    if body.correction_reason is None:
        raise invalid("correction_reason", "missing", "is needed with corrects_id")
    if row.withdrawn_at is not None:
        raise Superseded
    if (row.mode is ResponseMode.SELF_COMPLETED) != work.actor.is_patient:
        raise NotYours
    return row


async def _window(
    work: Work, body: CheckInCreate, corrected: CheckInRow | None, patient_id: UUID, happened_at: datetime
) -> tuple[ArcWindowRow | None, datetime]:
    """Return the window that is answered: as named, as what is corrected, or the one that waits at that time.

    None if the time lies outside of it, or if its dose does not count any more: the answers are kept all the same.
    The time comes with it. A device that claims one outside of the window it names, while we received
    the answers inside, has a wrong clock. Then they were given when we received them.
    """
    named = body.arc_window_id or (corrected.arc_window_id if corrected is not None else None)
    if named is None:
        if corrected is not None:
            return None, happened_at
        return await work.one(sql.WINDOW_AT, patient_id=patient_id, happened_at=happened_at), happened_at
    with referred_by("arc_window_id"):
        row = await load_arc_window(work, named)
    if row.patient_id != patient_id:
        raise not_found("arc_window_id")
    if not row.opens_at <= happened_at < row.closes_at and row.opens_at <= work.now < row.closes_at:
        happened_at = work.now
    is_then = row.opens_at <= happened_at < row.closes_at
    return row if is_then and row.state in (ArcState.OPEN, ArcState.ANSWERED) else None, happened_at


async def _alarms(work: Work, row: CheckInRow) -> tuple[list[CheckInAlarm], DoseBefore | None]:
    """Return the rules that the answers meet after the last dose and the check-ins before, and that dose."""
    asked = {"patient_id": row.patient_id, "happened_at": row.happened_at}
    dose = await work.one(sql.LAST_DOSE_BEFORE, **asked)
    earlier: list[CheckInRow] = []
    if needs_earlier(row.answers):
        earlier = await work.part(sql.EARLIER_CHECK_INS, **asked, other_than_id=row.corrects_id or row.id)
    since_dose = row.happened_at - dose.given_at if dose is not None else None
    alarms = alarms_of(row.answers, [one.answers for one in earlier], since_dose, contact_me=row.contact_me)
    hits = await with_age(work, row.patient_id, [Hit(one["rule"], FlagSeverity(one["severity"])) for one in alarms])
    for one, hit in zip(alarms, hits, strict=True):
        if hit.severity is FlagSeverity.CRITICAL:
            one["severity"] = "critical"
    return alarms, dose


async def _tell(work: Work, row: CheckInRow) -> Monitoring | None:
    """Raise the flags of the rules that the answers meet; else let the care team read what a patient answered."""
    hits = [Hit(alarm["rule"], FlagSeverity(alarm["severity"])) for alarm in row.alarms]
    origin = Origin(FlagOrigin.CHECK_IN, row.id)
    if not work.actor.is_patient:
        await raise_flags(work, row.patient_id, origin, hits)
        return None
    if hits:
        return say(work, await raise_alarm(work, row.patient_id, origin, hits))
    return say(work, await open_task(work, row.patient_id, TaskKind.CHECK_IN_TO_READ, row.id))


def present(row: CheckInRow, monitoring: Monitoring | None = None) -> CheckIn:
    """Return a check-in as everybody sees it who may see the chart."""
    return CheckIn.of(row, clock_skewed=is_skewed(row.completed_at, row.happened_at), monitoring=monitoring)
