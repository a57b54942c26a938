"""The difference between two revisions of a plan, or between a plan and the one that it replaces."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, NamedTuple, cast
from uuid import UUID

from fastapi import Query
from pydantic import Field, JsonValue
from typing_extensions import TypedDict

from integration_api.access.fields import PatientId
from integration_api.access.work import Work
from integration_api.resources.journal.plans import statements as sql
from integration_api.resources.journal.plans.service import load_plan, load_strategies
from integration_api.resources.journal.plans.strategy_schemas import PlanId
from integration_api.resources.journal.plans.tables import PlanRow, PlanVersionRow
from integration_api.resources.journal.plans.versions import PLAN_CONTENT, STRATEGY_CONTENT, content_of
from integration_api.web.errors import Invalid
from integration_api.web.field_diffs import FieldDiff, field_diffs
from integration_api.web.paging import first_rows
from integration_api.web.schemas import ReadSchema, response_part

Content = Mapping[str, JsonValue]


class StrategyChange(StrEnum):
    """Whether a strategy stayed as it was."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@response_part
class StrategyDiff(TypedDict):
    """The changes of one strategy."""

    id: Annotated[
        UUID,
        Field(
            description="Its id, in the later revision if it is there.",
            examples=["019ab0de-0000-7000-8000-000000000015"],
        ),
    ]
    change: Annotated[StrategyChange, Field(description="Whether it stayed as it was.", examples=["changed"])]
    fields: Annotated[list[FieldDiff], Field(description="Each field that has or had a value.")]


@dataclass(frozen=True)
class Revisions:
    """The two revisions to compare."""

    from_revision: Annotated[
        int | None,
        Query(
            ge=1,
            le=10_000,
            description="The earlier one. Absent: the last that was kept before; if there is none, the replaced plan.",
        ),
    ] = None
    to_revision: Annotated[int | None, Query(ge=1, le=10_000, description="The later one; absent: the present.")] = None


class PlanDiff(ReadSchema):
    """The changes between two revisions of a plan."""

    plan_id: PlanId
    patient_id: PatientId
    from_plan_id: PlanId = Field(description="The plan of the earlier one: this one, or the one that it replaces.")
    from_revision: int | None = Field(description="The earlier one; null for nothing.", examples=[1])
    to_revision: int = Field(description="The later one.", examples=[2])
    facts: list[FieldDiff] = Field(description="Title, aim and the other facts that have or had a value.")
    strategies: list[StrategyDiff] = Field(description="Those of the later one in their order, then removed ones.")


class _Side(NamedTuple):
    plan_id: UUID
    revision: int | None
    content: Content
    continues: Mapping[str, str]
    """By strategy, the one of the replaced plan that it was copied from."""


async def read_plan_diff(work: Work, plan_id: UUID, asked: Revisions) -> PlanDiff:
    """Return what changed between two revisions. Raises NotFound; Invalid for a revision that was not kept."""
    plan = await load_plan(work, plan_id)
    number = plan.revision if asked.to_revision is None else asked.to_revision
    later = await _side(work, plan, number, "to_revision")
    earlier = await _before(work, plan, number, asked.from_revision)
    facts, strategies = await asyncio.to_thread(_compare, earlier.content, later.content, later.continues)
    work.record(plan.id, plan.patient_id)
    return PlanDiff(
        plan_id=plan.id,
        patient_id=plan.patient_id,
        from_plan_id=earlier.plan_id,
        from_revision=earlier.revision,
        to_revision=number,
        facts=facts,
        strategies=strategies,
    )


async def _side(work: Work, plan: PlanRow, revision: int, name: str) -> _Side:
    """Return a plan as it is now, or as it was kept. Raises Invalid."""
    if revision == plan.revision:
        return await _as_it_is(work, plan)
    kept = await _kept_below(work, plan, revision + 1)
    if kept is None or kept.revision != revision:
        raise Invalid(errors=[{"field": f"query.{name}", "code": "unknown", "message": "was not kept"}])
    return _Side(plan.id, kept.revision, kept.content, {})


async def _before(work: Work, plan: PlanRow, number: int, revision: int | None) -> _Side:
    """Return the side that revision `number` is compared with."""
    if revision is not None:
        return await _side(work, plan, revision, "from_revision")
    kept = await _kept_below(work, plan, number)
    if kept is not None:
        return _Side(plan.id, kept.revision, kept.content, {})
    if plan.replaces_id is not None and (replaced := await work.one(sql.READ_PLAN, id=plan.replaces_id)):
        return await _as_it_is(work, replaced)
    return _Side(plan.id, None, {}, {})


async def _kept_below(work: Work, plan: PlanRow, revision: int) -> PlanVersionRow | None:
    found = await work.all(
        sql.PLAN_REVISION, **first_rows(1), patient_id=plan.patient_id, plan_id=plan.id, below=revision
    )
    return found[0] if found else None


async def _as_it_is(work: Work, plan: PlanRow) -> _Side:
    strategies = await load_strategies(work, plan)
    continues = {str(one.id): str(one.continues_id) for one in strategies}
    return _Side(plan.id, plan.revision, content_of(plan, strategies), continues)


def _compare(
    before: Content, after: Content, continues: Mapping[str, str]
) -> tuple[list[FieldDiff], list[StrategyDiff]]:
    facts = field_diffs(*({name: side.get(name) for name in PLAN_CONTENT} for side in (before, after)))
    was = {str(one["id"]): one for one in _strategies(before)}
    made: list[StrategyDiff] = []
    for one in _strategies(after):
        known = was.pop(str(one["id"]), None) or was.pop(continues.get(str(one["id"]), ""), None)
        made.append(_strategy(known or {}, one, UUID(str(one["id"]))))
    return facts, [*made, *(_strategy(one, {}, UUID(key)) for key, one in was.items())]


def _strategies(content: Content) -> Sequence[Content]:
    return cast("Sequence[Content]", content.get("strategies", ()))


def _strategy(before: Content, after: Content, strategy_id: UUID) -> StrategyDiff:
    fields = field_diffs(*({name: side.get(name) for name in STRATEGY_CONTENT} for side in (before, after)))
    change = StrategyChange.CHANGED
    if not before or not after:
        change = StrategyChange.REMOVED if before else StrategyChange.ADDED
    elif all(part["kind"] == "same" for field in fields for part in field["parts"]):
        change = StrategyChange.SAME
    return {"id": strategy_id, "change": change, "fields": fields}
