"""Reading and writing plans themselves. Agreeing on them is in `agreement`, their strategies in `strategies`."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from pydantic import MISSING

from integration_api.access.chart_lists import list_charts
from integration_api.access.references import not_found, referred_by, unseen_chart
from integration_api.access.revisions import check_version
from integration_api.access.rows import new_values
from integration_api.access.viewers import Seer
from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.resources.attention.inbox import service as inbox
from integration_api.resources.attention.inbox.tables import InboxKind
from integration_api.resources.attention.worklist import service as worklist
from integration_api.resources.attention.worklist.tables import TaskKind
from integration_api.resources.care.courses.service import load_course
from integration_api.resources.care.doses.altered_states import check_not_held
from integration_api.resources.journal.plans import statements as sql
from integration_api.resources.journal.plans.plan_steps import allowed_actions, check_step, check_update
from integration_api.resources.journal.plans.rules import CONFIDENT_ENOUGH, PlanStep
from integration_api.resources.journal.plans.schemas import (
    Plan,
    PlanCreate,
    PlanFacts,
    PlanFilter,
    PlanListItem,
    PlanUpdate,
)
from integration_api.resources.journal.plans.statements import PlanSeen, StrategySeen
from integration_api.resources.journal.plans.strategy_schemas import Strategy
from integration_api.resources.journal.plans.tables import PlanRow, PlanState, StrategyRow
from integration_api.resources.journal.plans.versions import keep_version
from integration_api.resources.journal.reflections.insights import check_insight
from integration_api.resources.people.clinics.rules import policy
from integration_api.resources.people.clinics.service import load_clinic
from integration_api.resources.people.patients.alerts import tell_of_write
from integration_api.resources.people.patients.holds import keep_if_held
from integration_api.resources.people.patients.monitoring_contents import Monitoring
from integration_api.resources.people.patients.tables import KeptKind
from integration_api.web.errors import Invalid
from integration_api.web.instants import is_skewed
from integration_api.web.paging import Page, Window

MAX_STRATEGIES = 50
_FACTS = set(PlanFacts.model_fields)


async def load_plan(work: Work, plan_id: UUID) -> PlanSeen:
    """Return a plan that the actor may read. Raises NotFound."""
    return await work.get(sql.READ_PLAN, id=plan_id)


async def load_strategies(work: Work, row: PlanRow) -> list[StrategySeen]:
    """Return the strategies of a plan, in the order they were added."""
    everything = Window(MAX_STRATEGIES, None).values(work.runtime.cursor_key, ascending=True)
    return await work.all(sql.LIST_STRATEGIES, patient_id=row.patient_id, plan_id=row.id, **everything)


async def check_unchanged(work: Work, row: PlanRow) -> None:
    """Before something of a plan is called missing: was it changed after the plan was read? Raises StaleVersion."""
    check_version(await load_plan(work, row.id), row.version)


def put_plan(
    work: Work,
    row: PlanSeen,
    strategies: Sequence[StrategyRow],
    changes: Mapping[str, object],
    *,
    is_new_content: bool = True,
) -> PlanSeen:
    """Collect the change of a plan; new content of what was proposed or agreed becomes a revision of its own.

    Then the old revision is kept, nobody is waited for any more, and agreement is needed again. A legal hold keeps
    the content of a draft.
    """
    if row.state is PlanState.DRAFT and any(changes.get(name, value) != value for name, value in _facts(row).items()):
        content = row.model_dump(mode="json", include=_FACTS)
        keep_if_held(work, KeptKind.PLAN, row.id, row.patient_id, row.created_by_id, content)
    if is_new_content and row.state is not PlanState.DRAFT:
        keep_version(work, row, strategies)
        worklist.settle(work, row.patient_id, row.id, TaskKind.PLAN_TO_ANSWER)
        inbox.settle(work, row.patient_id, row.id, InboxKind.PLAN_TO_ANSWER)
        changes = {
            **changes,
            "state": PlanState.DRAFT,
            "revision": row.revision + 1,
            "proposed_by": None,
            "proposed_by_id": None,
            "proposed_at": None,
        }
    return work.revise(sql.UPDATE_PLAN, row, changes)


def _facts(row: PlanRow) -> dict[str, object]:
    return {name: getattr(row, name) for name in _FACTS}


async def list_plans(work: Work, window: Window, only: PlanFilter) -> Page[PlanListItem]:
    """List the plans of one chart, or of every chart that the actor may see; newest first."""
    return await list_charts(work, sql.PLANS, window, only, lambda row: present_item(work, row))


async def read_plan(work: Work, plan_id: UUID) -> Plan:
    """Return one plan with its strategies. Raises NotFound."""
    row = await load_plan(work, plan_id)
    strategies = await load_strategies(work, row)
    record(work, row)
    return present_plan(work, row, strategies)


async def create_plan(work: Work, body: PlanCreate) -> Plan:
    """Begin a draft in a chart the actor may see. Raises NotFound, IdTaken, Invalid, AlteredStateHold."""
    patient_id = body.patient_id or work.actor.patient_id
    if patient_id is None:
        raise Invalid(errors=[{"field": "body.patient_id", "code": "missing", "message": "say whose plan it is"}])
    if body.is_shared:
        await check_not_held(work, patient_id)
    await _check_course(work, body.course_id, patient_id)
    row = PlanSeen(
        **new_values(work, body, patient_id=patient_id),
        state=PlanState.DRAFT,
        created_by_id=work.actor.id,
        is_writable=True,
    )
    replaced = await _load_replaced(work, row)
    await _check_insight(work, row.insight_id, patient_id, replaced.insight_id if replaced else None)
    strategies = await _copies(work, row, replaced) if replaced else []
    row.strategy_count = len(strategies)
    work.create(sql.INSERT_PLAN, row, missed=unseen_chart)
    for strategy in strategies:
        work.create(sql.INSERT_STRATEGY, strategy)
    if row.is_shared:
        inbox.tell_patient(work, row.patient_id, InboxKind.PLAN_SHARED, row.id)
    elif not work.actor.is_patient:
        await _open_to_finish(work, row)
    record(work, row)
    return present_plan(work, row, strategies, await tell_of_change(work, row))


async def _open_to_finish(work: Work, row: PlanRow) -> None:
    """Open a task for the author of a draft that nobody else sees. If they leave, it is among what they leave open."""
    due_at = work.now + timedelta(days=policy((await load_clinic(work)).policies, "plan_answer_days"))
    worklist.open_for(work, work.actor.id, row.patient_id, TaskKind.PLAN_TO_FINISH, row.id, due_at)


def settle_draft(work: Work, row: PlanRow) -> None:
    """Settle what waits with the author of a draft: it is shared, proposed or put away."""
    if not row.is_shared:
        worklist.settle(work, row.patient_id, row.id, TaskKind.PLAN_TO_FINISH)


async def _load_replaced(work: Work, row: PlanRow) -> PlanRow | None:
    """Return the plan that a new one is to replace, or None. Raises NotFound, IllegalPlanStep."""
    if row.replaces_id is None:
        return None
    with referred_by("replaces_id"):
        replaced = await load_plan(work, row.replaces_id)
    if replaced.patient_id != row.patient_id:
        raise not_found("replaces_id")
    check_step(work, replaced, PlanStep.REPLACE, replaced.version)
    return replaced


async def _copies(work: Work, row: PlanRow, replaced: PlanRow) -> list[StrategySeen]:
    """Return copies of the strategies that a new plan takes over."""
    made = {"created_at": row.created_at, "updated_at": row.created_at, "version": 1, "plan_id": row.id}
    return [
        strategy.model_copy(
            update={**made, "id": new_id(), "continues_id": strategy.id, "created_by_id": work.actor.id}
        )
        for strategy in await load_strategies(work, replaced)
    ]


async def update_plan(work: Work, plan_id: UUID, body: PlanUpdate, expected_version: int) -> Plan:
    """Change what is given. Raises NotFound, StaleVersion, IllegalPlanStep, AlteredStateHold for sharing."""
    row = await load_plan(work, plan_id)
    given: dict[str, object] = body.model_dump()
    await _check_course(work, body.course_id if body.course_id is not MISSING else None, row.patient_id)
    if body.insight_id is not MISSING:
        await _check_insight(work, body.insight_id, row.patient_id, row.insight_id)
    if row.is_shared and given.get("is_shared") is False:
        raise Invalid(errors=[{"field": "body.is_shared", "code": "already_shared", "message": "stays shared"}])
    is_new_content = any(getattr(row, name) != value for name, value in given.items() if name != "is_shared")
    check_update(work, row, expected_version, is_new_content=is_new_content)
    if given.get("is_shared") and not row.is_shared:
        await check_not_held(work, row.patient_id)
    strategies = await load_strategies(work, row)
    changed = put_plan(work, row, strategies, given, is_new_content=is_new_content)
    if changed.is_shared and not row.is_shared:
        settle_draft(work, row)
        inbox.tell_patient(work, row.patient_id, InboxKind.PLAN_SHARED, row.id)
    record(work, changed)
    return present_plan(work, changed, strategies, await tell_of_change(work, changed))


async def tell_of_change(work: Work, row: PlanRow) -> Monitoring | None:
    """Let the care team read what the patient changed, and return what the patient is told; None if staff did.

    Nobody is told of a draft that only its author sees.
    """
    if not row.is_shared:
        return None
    return await tell_of_write(work, row.patient_id, TaskKind.PLAN_TO_READ, row.id)


def record(work: Work, row: PlanRow, subject_id: UUID | None = None) -> None:
    """Record the operation's Event. Only the patient sees it if it is about a draft that they alone see."""
    is_private = work.actor.is_patient and not row.is_shared
    work.record(subject_id or row.id, row.patient_id, is_private=is_private)


def present_plan(
    work: Seer, row: PlanSeen, strategies: Sequence[StrategySeen], monitoring: Monitoring | None = None
) -> Plan:
    """Return a plan as the actor sees it, and what a patient who changed it is told."""
    return Plan.of(
        row,
        allowed_actions=allowed_actions(work, row),
        strategies=[present_strategy(strategy, row) for strategy in strategies],
        monitoring=monitoring,
    )


def present_item(work: Work, row: PlanSeen) -> PlanListItem:
    return PlanListItem.of(row, allowed_actions=allowed_actions(work, row))


def present_strategy(row: StrategySeen, plan: PlanRow, monitoring: Monitoring | None = None) -> Strategy:
    """Return a strategy of this plan as the actor sees it, and what a patient who changed it is told."""
    is_unsure = row.confidence is not None and row.confidence < CONFIDENT_ENOUGH
    return Strategy.of(
        row,
        insight_id=row.insight_id if row.sees_insight else None,
        plan_version=plan.version,
        clock_skewed=is_skewed(row.rehearsed_at, row.rehearsal_happened_at),
        suggest_smaller_step=is_unsure,
        monitoring=monitoring,
    )


async def _check_insight(work: Work, insight_id: UUID | None, patient_id: UUID, known: UUID | None) -> None:
    """Raise NotFound for an insight that the actor cannot read; the one that was `known` may have been taken back."""
    if insight_id not in (None, known):
        with referred_by("insight_id"):
            await check_insight(work, patient_id, insight_id)


async def _check_course(work: Work, course_id: UUID | None, patient_id: UUID) -> None:
    if course_id is None:
        return
    with referred_by("course_id"):
        course = await load_course(work, course_id)
    if course.patient_id != patient_id:
        raise not_found("course_id")
