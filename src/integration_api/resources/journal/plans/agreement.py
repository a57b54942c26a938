"""The agreement of both sides on a plan, and what becomes of it then."""

from collections.abc import Collection, Mapping
from uuid import UUID

from integration_api.access.reads import StartAgain
from integration_api.access.work import Work
from integration_api.core.texts import is_blank
from integration_api.resources.attention.inbox import service as inbox
from integration_api.resources.attention.inbox.tables import InboxKind
from integration_api.resources.attention.notifications.rules import NotificationKind
from integration_api.resources.attention.notifications.service import tell_patient_beyond
from integration_api.resources.attention.worklist import service as worklist
from integration_api.resources.attention.worklist.tables import TaskKind
from integration_api.resources.care.doses.altered_states import check_not_held
from integration_api.resources.journal.plans import operations
from integration_api.resources.journal.plans import statements as sql
from integration_api.resources.journal.plans.plan_steps import IllegalPlanStep, check_step, own_side
from integration_api.resources.journal.plans.rules import ENDS, STANDING, TRANSITIONS, PlanStep, allowed_steps
from integration_api.resources.journal.plans.schemas import Plan, PlanAccept, PlanDecline
from integration_api.resources.journal.plans.service import (
    check_unchanged,
    load_plan,
    load_strategies,
    present_plan,
    put_plan,
    record,
    settle_draft,
    tell_of_change,
)
from integration_api.resources.journal.plans.statements import PlanSeen, StrategySeen
from integration_api.resources.journal.plans.tables import PlanRow, PlanSide, PlanState, StrategyRow
from integration_api.resources.journal.plans.versions import keep_version
from integration_api.resources.people.patients.alerts import open_task, say
from integration_api.resources.people.patients.monitoring_contents import Monitoring
from integration_api.web.errors import Conflict, Member

_TOLD: Mapping[PlanStep, InboxKind] = {
    PlanStep.PAUSE: InboxKind.PLAN_PAUSED,
    PlanStep.RESUME: InboxKind.PLAN_RESUMED,
    PlanStep.COMPLETE: InboxKind.PLAN_ENDED,
    PlanStep.ARCHIVE: InboxKind.PLAN_ENDED,
}


class NoStrategies(Conflict):
    """A plan needs at least one strategy before it can be proposed."""

    code = "no-strategies"
    title = "No strategies yet"
    remedy = "Add a strategy at `POST /v1/plans/{plan_id}/strategies`, then propose the plan."


class StrategiesIncomplete(Conflict):
    """Every strategy needs its cue and its action before the plan can be proposed; `strategies` names those without."""

    code = "strategies-incomplete"
    title = "Strategies incomplete"
    remedy = "Ask for `if_cue` and `then_action` of each strategy in `strategies`."
    members = {
        "strategies": Member(
            list[UUID], "The strategies that lack a cue or an action.", ["019ab0de-0000-7000-8000-000000000031"]
        )
    }


class RevisionChanged(Conflict):
    """The plan has another revision than the one you named; read it again, then decide."""

    code = "revision-changed"
    title = "Another revision"
    remedy = "Read the plan, show what is different, and ask again for consent to the new revision."


async def propose_plan(work: Work, plan_id: UUID, expected_version: int) -> Plan:
    """Send the present revision to the other side. Raises NoStrategies, StrategiesIncomplete ..."""
    row = await load_plan(work, plan_id)
    check_step(work, row, PlanStep.PROPOSE, expected_version)
    await check_not_held(work, row.patient_id)
    await _load_replaced(work, row, {PlanStep.PROPOSE})
    strategies = await load_strategies(work, row)
    incomplete = [str(strategy.id) for strategy in strategies if not _is_complete(strategy)]
    if incomplete or not strategies:
        await check_unchanged(work, row)
    if not strategies:
        raise NoStrategies
    if incomplete:
        raise StrategiesIncomplete(extra={"strategies": incomplete})
    settle_draft(work, row)
    side = own_side(work)
    monitoring = None
    if side is PlanSide.PATIENT:
        worklist.settle(work, row.patient_id, row.id, TaskKind.PLAN_TO_READ)  # the proposal is what there is to read
        told = await open_task(work, row.patient_id, TaskKind.PLAN_TO_ANSWER, row.id, policy="plan_answer_days")
        monitoring = say(work, told)
    inbox.settle(work, row.patient_id, row.id, InboxKind.PLAN_SHARED)  # the proposal is what there is to read
    inbox.tell_patient(work, row.patient_id, InboxKind.PLAN_TO_ANSWER, row.id)
    tell_patient_beyond(work, row.patient_id, NotificationKind.PLAN_TO_ANSWER, row.id)
    changes = {
        "is_shared": True,
        "proposed_by": side,
        "proposed_by_id": work.actor.id,
        "proposed_at": work.now,
        "declined_at": None,
        "decline_reason": None,
    }
    return _move(work, row, strategies, PlanStep.PROPOSE, changes, monitoring)


async def accept_plan(work: Work, plan_id: UUID, body: PlanAccept, expected_version: int) -> Plan:
    """Agree to the revision that was read; then the plan is active. Raises WaitingForOtherSide, RevisionChanged ..."""
    row = await load_plan(work, plan_id)
    check_step(work, row, PlanStep.ACCEPT, expected_version)
    if body.revision != row.revision:
        raise RevisionChanged
    await check_not_held(work, row.patient_id)
    replaced = await _load_replaced(work, row, {PlanStep.ACCEPT})
    if replaced is not None:
        await _close_next(work, replaced, row)
        work.revise(sql.UPDATE_PLAN, replaced, {"state": PlanState.ARCHIVED}, missed=StartAgain)
        worklist.settle(work, replaced.patient_id, replaced.id)
        work.record(replaced.id, replaced.patient_id, event=operations.ARCHIVE_PLAN.recorded)
    monitoring = await _answered(work, row)
    inbox.tell_patient(work, row.patient_id, InboxKind.PLAN_ACCEPTED, row.id)
    changes = {
        "agreed_revision": row.revision,
        "agreed_at": work.now,
        "agreed_by_id": work.actor.id,
        "resumed_at": None,
    }
    return _move(work, row, await load_strategies(work, row), PlanStep.ACCEPT, changes, monitoring)


async def decline_plan(work: Work, plan_id: UUID, body: PlanDecline, expected_version: int) -> Plan:
    """Say no. What was declined is kept with the reason; the draft goes on as a new revision. Raises as accepting."""
    row = await load_plan(work, plan_id)
    check_step(work, row, PlanStep.DECLINE, expected_version)
    strategies = await load_strategies(work, row)
    monitoring = await _answered(work, row)
    inbox.tell_patient(work, row.patient_id, InboxKind.PLAN_DECLINED, row.id)
    keep_version(work, row, strategies, is_declined=True, reason=body.reason)
    changes = {
        "revision": row.revision + 1,
        "proposed_by": None,
        "proposed_by_id": None,
        "proposed_at": None,
        "declined_at": work.now,
        "decline_reason": body.reason,
    }
    return _move(work, row, strategies, PlanStep.DECLINE, changes, monitoring)


async def pause_plan(work: Work, plan_id: UUID, expected_version: int) -> Plan:
    """Rest an active plan. Raises NotFound, StaleVersion, IllegalPlanStep."""
    return await _take(work, plan_id, PlanStep.PAUSE, expected_version)


async def resume_plan(work: Work, plan_id: UUID, expected_version: int) -> Plan:
    """Take a paused plan up again. Raises NotFound, StaleVersion, IllegalPlanStep."""
    return await _take(work, plan_id, PlanStep.RESUME, expected_version)


async def complete_plan(work: Work, plan_id: UUID, expected_version: int) -> Plan:
    """Complete a plan whose aim is reached. Raises NotFound, StaleVersion, IllegalPlanStep."""
    return await _take(work, plan_id, PlanStep.COMPLETE, expected_version)


async def archive_plan(work: Work, plan_id: UUID, expected_version: int) -> Plan:
    """Put it away, whatever it was; nobody is waited for any more. Raises NotFound, StaleVersion, IllegalPlanStep."""
    return await _take(work, plan_id, PlanStep.ARCHIVE, expected_version)


async def _take(work: Work, plan_id: UUID, step: PlanStep, expected_version: int) -> Plan:
    row = await load_plan(work, plan_id)
    check_step(work, row, step, expected_version)
    if row.state is PlanState.PROPOSED:
        worklist.settle(work, row.patient_id, row.id, TaskKind.PLAN_TO_ANSWER)
        inbox.settle(work, row.patient_id, row.id, InboxKind.PLAN_TO_ANSWER)
    settle_draft(work, row)
    if row.is_shared:
        inbox.tell_patient(work, row.patient_id, _TOLD[step], row.id)
    if row.state in STANDING and step in ENDS:
        await _close_next(work, row)
    strategies, monitoring = await load_strategies(work, row), await tell_of_change(work, row)
    changes = {"resumed_at": work.now} if step is PlanStep.RESUME else {}
    return _move(work, row, strategies, step, changes, monitoring)


async def _load_replaced(work: Work, row: PlanRow, without: Collection[PlanStep]) -> PlanSeen | None:
    """Return the plan that this one replaces, or None. Raises IllegalPlanStep if it does not stand any more.

    `without` are the steps that cannot be taken for this reason.
    """
    if row.replaces_id is None:
        return None
    replaced = await load_plan(work, row.replaces_id)
    if replaced.state not in STANDING:
        allowed = allowed_steps(row.state, row.proposed_by, own_side(work))
        raise IllegalPlanStep(extra={"allowed": [step for step in allowed if step not in without]})
    return replaced


async def _close_next(work: Work, standing: PlanRow, kept: PlanRow | None = None) -> None:
    """Put away what is open beside a plan that ends, but for the one that takes its place."""
    found = await work.all(sql.NEXT_PLANS, patient_id=standing.patient_id, replaces_id=standing.id)
    for row in found:
        if kept is None or row.id != kept.id:
            work.revise(sql.UPDATE_PLAN, row, {"state": PlanState.ARCHIVED}, missed=StartAgain)
            worklist.settle(work, row.patient_id, row.id)
            inbox.settle(work, row.patient_id, row.id, InboxKind.PLAN_TO_ANSWER)
            inbox.tell_patient(work, row.patient_id, InboxKind.PLAN_ENDED, row.id)
            work.record(row.id, row.patient_id, event=operations.ARCHIVE_PLAN.recorded)


async def _answered(work: Work, row: PlanRow) -> Monitoring | None:
    """Settle what waits: a clinician who answers has read the plan too. Returns what a patient who answers is told."""
    worklist.settle(work, row.patient_id, row.id, TaskKind.PLAN_TO_ANSWER if work.actor.is_patient else None)
    inbox.settle(work, row.patient_id, row.id, InboxKind.PLAN_TO_ANSWER)
    return await tell_of_change(work, row)


def _move(
    work: Work,
    row: PlanSeen,
    strategies: list[StrategySeen],
    step: PlanStep,
    changes: Mapping[str, object],
    monitoring: Monitoring | None = None,
) -> Plan:
    state = TRANSITIONS[row.state][step]
    changed = put_plan(work, row, strategies, {**changes, "state": state}, is_new_content=False)
    record(work, changed)
    return present_plan(work, changed, strategies, monitoring)


def _is_complete(strategy: StrategyRow) -> bool:
    return not any(map(is_blank, (strategy.if_cue, strategy.then_action)))
