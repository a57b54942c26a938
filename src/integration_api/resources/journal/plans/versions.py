"""Earlier proposals of a plan: every one that the other side was shown is kept."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from pydantic import JsonValue

from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.resources.journal.plans import statements as sql
from integration_api.resources.journal.plans.schemas import PlanFacts, PlanVersion
from integration_api.resources.journal.plans.strategy_schemas import StrategyContent
from integration_api.resources.journal.plans.tables import PlanRow, PlanVersionRow, StrategyRow
from integration_api.web.paging import Page, Window

PLAN_CONTENT = tuple(PlanFacts.model_fields)
"""The facts of a plan that its revisions keep."""
STRATEGY_CONTENT = tuple(name for name in StrategyContent.__annotations__ if name != "id")
"""The facts of a strategy that the revisions of its plan keep."""


async def list_plan_versions(work: Work, plan_id: UUID, window: Window) -> Page[PlanVersion]:
    """Earlier revisions of a plan, newest first. Raises NotFound."""
    plan = await work.get(sql.READ_PLAN, id=plan_id)
    found = await work.page(
        sql.LIST_PLAN_VERSIONS,
        window,
        lambda row: (row.created_at, row.id),
        _present,
        patient_id=plan.patient_id,
        plan_id=plan.id,
    )
    work.record(plan.id, plan.patient_id)
    return found


def _present(row: PlanVersionRow) -> PlanVersion:
    kept = row.content
    insight_id, course_id, review_on = kept["insight_id"], kept["course_id"], kept["review_on"]
    return PlanVersion.of(
        row,
        **{
            **kept,
            "insight_id": UUID(str(insight_id)) if insight_id else None,
            "course_id": UUID(str(course_id)) if course_id else None,
            "review_on": date.fromisoformat(str(review_on)) if review_on else None,
        },
    )


def content_of(row: PlanRow, strategies: Sequence[StrategyRow]) -> dict[str, JsonValue]:
    """Return the present content of a plan in the form in which revisions keep it."""
    content: dict[str, JsonValue] = row.model_dump(mode="json", include=set(PLAN_CONTENT))
    kept = {"id", *STRATEGY_CONTENT}
    return {**content, "strategies": [strategy.model_dump(mode="json", include=kept) for strategy in strategies]}


def keep_version(
    work: Work, row: PlanRow, strategies: Sequence[StrategyRow], *, is_declined: bool = False, reason: str | None = None
) -> None:
    """Collect a copy of a plan's present revision, with who proposed it and why it was declined."""
    content = content_of(row, strategies)
    assert row.proposed_by is not None  # noqa: S101  as a CHECK of the table says
    assert row.proposed_by_id is not None  # noqa: S101  as above
    assert row.proposed_at is not None  # noqa: S101  as above
    version = PlanVersionRow(
        clinic_id=row.clinic_id,
        id=new_id(),
        created_at=work.now,
        patient_id=row.patient_id,
        plan_id=row.id,
        revision=row.revision,
        content=content,
        proposed_by=row.proposed_by,
        proposed_by_id=row.proposed_by_id,
        proposed_at=row.proposed_at,
        declined_at=work.now if is_declined else None,
        decline_reason=reason,
    )
    work.create(sql.INSERT_PLAN_VERSION, version)
