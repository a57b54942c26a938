"""Reading flags, raising one by hand, and the steps in the life of one. Its end is in `flag_endings`."""

from datetime import datetime
from uuid import UUID

from integration_api.access.chart_lists import list_charts
from integration_api.access.reads import StartAgain
from integration_api.access.revisions import check_version
from integration_api.access.rows import new_values
from integration_api.access.work import Work
from integration_api.resources.attention.flags import statements as sql
from integration_api.resources.attention.flags.assessment_words import FlagAssessed, assessed
from integration_api.resources.attention.flags.escalated_flags import tell_next
from integration_api.resources.attention.flags.flag_tasks import kept_by_lead, open_flag_tasks, settle_raised
from integration_api.resources.attention.flags.raised_flags import Origin, add_event, raise_flags
from integration_api.resources.attention.flags.rules import (
    CLOSED,
    REACHED,
    SEVERITIES,
    TRANSITIONS,
    UNANSWERED,
    FlagEventKind,
    FlagOrigin,
    FlagSeverity,
    FlagState,
    FlagStep,
    Hit,
    steps_from,
)
from integration_api.resources.attention.flags.safety_rules import BY_HAND, SafetyRules, safety_rules
from integration_api.resources.attention.flags.schemas import (
    Flag,
    FlagAcknowledge,
    FlagAssessment,
    FlagContactCreate,
    FlagCreate,
    FlagEscalate,
    FlagEvent,
    FlagFilter,
    FlagRemark,
)
from integration_api.resources.attention.flags.tables import FlagEventRow, FlagRow
from integration_api.resources.attention.worklist.tables import TaskKind
from integration_api.web.errors import IllegalTransition, Invalid, Member
from integration_api.web.instants import credible_time
from integration_api.web.paging import Page, Window


class IllegalFlagStep(IllegalTransition):
    """The flag cannot take this step from where it stands; `allowed` names the steps that can be taken."""

    members = {"allowed": Member(list[FlagStep], "The steps from the present state.", [FlagStep.ACKNOWLEDGE])}


async def list_flags(work: Work, window: Window, only: FlagFilter) -> Page[Flag]:
    """List the flags of one chart, or of every chart that the actor may see; newest first."""
    now = work.now
    return await list_charts(work, sql.FLAGS, window, only, lambda row: present(row, now))


async def read_flag(work: Work, flag_id: UUID) -> Flag:
    """Return one flag. Raises NotFound."""
    row = await load_flag(work, flag_id)
    work.record(row.id, row.patient_id)
    return present(row, work.now)


async def list_flag_events(work: Work, flag_id: UUID, window: Window) -> Page[FlagEvent]:
    """List the history of a flag, newest first. Raises NotFound."""
    row = await load_flag(work, flag_id)
    found = await work.page(
        sql.LIST_FLAG_EVENTS,
        window,
        lambda event: (event.at, event.id),
        present_event,
        patient_id=row.patient_id,
        flag_id=row.id,
    )
    work.record(row.id, row.patient_id)
    return found


async def list_safety_rules(work: Work) -> SafetyRules:
    """Return the safety rules; no chart is read."""
    await work.confirm()
    return SafetyRules(items=list(safety_rules().values()))


async def create_flag(work: Work, body: FlagCreate) -> Flag:
    """Raise a flag by hand. Danger to others is R33, and critical. Raises NotFound, IdTaken, Invalid."""
    rule, severity = ("R33", FlagSeverity.CRITICAL) if body.is_danger_to_others else (BY_HAND, body.severity)
    if severity is not body.severity:
        problem = "must be critical if somebody else is in danger"
        raise Invalid(errors=[{"field": "body.severity", "code": "not_critical", "message": problem}])
    flag_id = new_values(work, body)["id"]
    origin, hits = Origin(FlagOrigin.BY_HAND, flag_id), [Hit(rule, severity)]
    made = await raise_flags(work, body.patient_id, origin, hits, text=body.text, chosen_id=flag_id)
    row = made.flags[0]
    work.record(row.id, row.patient_id)
    return present(row, work.now)


async def acknowledge_flag(work: Work, flag_id: UUID, body: FlagAcknowledge, expected_version: int) -> Flag:
    """Take a flag on. Raises NotFound, StaleVersion, IllegalFlagStep.

    With `covers_episode`, the flags of the same rule and session that wait are taken on too.
    """
    row = await load_at(work, flag_id, expected_version, FlagStep.ACKNOWLEDGE)
    kept_id = await kept_by_lead(work, row)
    changed = _acknowledge(work, row, kept_id)
    if body.covers_episode:
        asked = {"patient_id": row.patient_id, "episode_id": row.episode_id, "rule": row.rule}
        for other in await work.part(sql.FLAGS_OF_EPISODE, **asked, other_than_id=row.id):
            _acknowledge(work, other, kept_id)
            work.record(other.id, other.patient_id)
    work.record(row.id, row.patient_id)
    return present(changed, work.now)


def _acknowledge(work: Work, row: FlagRow, kept_id: UUID | None) -> FlagRow:
    values = {
        "state": FlagState.ACKNOWLEDGED,
        **_first_acknowledged(work, row),
        "escalate_at": row.contact_due_at if row.contacted_at is None else None,
    }
    changed = work.revise(sql.ACKNOWLEDGE_FLAG, row, values, missed=StartAgain)
    add_event(work, changed, FlagEventKind.ACKNOWLEDGED)
    _take_on(work, row, kept_id)
    return changed


def _first_acknowledged(work: Work, row: FlagRow) -> dict[str, object]:
    """Return when and by whom a flag was first acknowledged; whoever takes it on later is in its history."""
    if row.acknowledged_at is not None:
        return {}
    return {"acknowledged_at": work.now, "acknowledged_by_id": work.actor.id}


def _take_on(work: Work, row: FlagRow, kept_id: UUID | None) -> None:
    """Settle what waits for the team, and let the actor follow it to its end."""
    settle_raised(work, row, kept_id)
    open_flag_tasks(work, row, TaskKind.FLAG_TO_FOLLOW, [work.actor.id], row.contact_due_at)


async def contact_for_flag(work: Work, flag_id: UUID, body: FlagContactCreate) -> Flag:
    """Keep one attempt to reach the patient; it needs no version, so none is lost. Raises NotFound, IllegalFlagStep.

    Whoever tries has acknowledged the flag. Once somebody was reached, the clock tells nobody else.
    """
    row = await load_flag(work, flag_id)
    check_step(row, FlagStep.CONTACT)
    happened_at = credible_time(body.happened_at, work.now)
    is_reached = body.reached in REACHED
    contacted_at = row.contacted_at or (max(happened_at, row.alerted_at) if is_reached else None)
    is_unanswered = row.state in UNANSWERED
    values = {
        "state": FlagState.IN_PROGRESS,
        **_first_acknowledged(work, row),
        "contacted_at": contacted_at,
        "escalate_at": None if contacted_at else row.contact_due_at if is_unanswered else row.escalate_at,
    }
    changed = work.revise(sql.CONTACT_FOR_FLAG, row, values, missed=StartAgain)
    facts = {"channel": body.channel, "reached": body.reached, "text": body.text, "happened_at": happened_at}
    add_event(work, changed, FlagEventKind.CONTACT, **facts)
    if is_unanswered:
        _take_on(work, row, await kept_by_lead(work, row))
    work.record(row.id, row.patient_id)
    return present(changed, work.now)


async def add_flag_remark(work: Work, flag_id: UUID, body: FlagRemark) -> FlagEvent:
    """Add a remark to the history of a flag, closed or not. Raises NotFound."""
    row = await load_flag(work, flag_id)
    event = add_event(work, row, FlagEventKind.REMARK, text=body.text)
    work.record(row.id, row.patient_id)
    return present_event(event)


async def assess_flag(work: Work, flag_id: UUID, body: FlagAssessment) -> FlagEvent:
    """Add a structured assessment to the history of a flag, closed or not. Raises NotFound.

    It changes nothing else: no severity, no state, no hold.
    """
    row = await load_flag(work, flag_id)
    told = FlagAssessed(
        ideation=body.ideation,
        intent=body.intent,
        plan=body.plan,
        means=body.means,
        protective_factors=sorted(set(body.protective_factors)),
    )
    happened_at = credible_time(body.happened_at, work.now)
    event = add_event(work, row, FlagEventKind.ASSESSED, text=body.text, assessment=told, happened_at=happened_at)
    work.record(row.id, row.patient_id)
    return present_event(event)


async def escalate_flag(work: Work, flag_id: UUID, body: FlagEscalate, expected_version: int) -> Flag:
    """Tell those who come next, now. Raises NotFound, StaleVersion, IllegalFlagStep."""
    row = await load_at(work, flag_id, expected_version, FlagStep.ESCALATE)
    changed = await tell_next(work, row)
    add_event(work, changed, FlagEventKind.ESCALATED, text=body.text)
    work.record(row.id, row.patient_id)
    return present(changed, work.now)


async def load_flag(work: Work, flag_id: UUID) -> FlagRow:
    """Return a flag of a chart that the actor may see. Raises NotFound."""
    return await work.get(sql.READ_FLAG, id=flag_id)


async def load_at(work: Work, flag_id: UUID, expected_version: int, step: FlagStep) -> FlagRow:
    """Return a flag at the version that was read, if this step leads on. Raises NotFound, StaleVersion ..."""
    row = await load_flag(work, flag_id)
    check_version(row, expected_version)
    check_step(row, step)
    return row


def check_step(row: FlagRow, step: FlagStep) -> None:
    """Raise IllegalFlagStep unless this step leads on from the state of the flag."""
    if row.state not in TRANSITIONS[step]:
        raise IllegalFlagStep(extra={"allowed": steps_from(row.state)})


def present(row: FlagRow, now: datetime) -> Flag:
    """Return a flag as the care team sees it at this time."""
    is_late = (row.acknowledged_at is None and row.acknowledge_due_at <= now) or (
        row.contacted_at is None and row.contact_due_at <= now
    )
    return Flag.of(
        row,
        title=safety_rules()[row.rule].title,
        severity=SEVERITIES[row.severity_rank],
        is_overdue=row.state not in CLOSED and is_late,
        allowed_actions=steps_from(row.state),
    )


def present_event(row: FlagEventRow) -> FlagEvent:
    """Return an entry of a history."""
    return FlagEvent.of(row, severity=SEVERITIES[row.severity_rank], assessment=assessed(row.assessment))
