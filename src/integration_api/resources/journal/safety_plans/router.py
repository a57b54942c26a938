"""`/safety-plans`, `/patients/{patient_id}/safety-plan` and `/me/safety-plan`."""

from typing import Annotated

from fastapi import APIRouter, Depends

from integration_api.access.chart_lists import ChartPageQuery
from integration_api.access.reading_tokens import TooManyTokens
from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.care.doses.altered_states import AlteredStateHold
from integration_api.resources.journal.safety_plans import operations, service
from integration_api.resources.journal.safety_plans.schemas import (
    MySafetyPlan,
    PatientSafetyPlan,
    SafetyPlan,
    SafetyPlanCreate,
    SafetyPlanDifference,
    SafetyPlanFilter,
    SafetyPlanPair,
    SafetyPlanReview,
    SafetyPlanToken,
)
from integration_api.resources.journal.safety_plans.service import (
    NewerSafetyPlan,
    SafetyPlanNotDraft,
    SafetyPlanNotInForce,
)
from integration_api.web.errors import IdTaken, ShownOnce, TooManyRequests
from integration_api.web.etag import IfMatch
from integration_api.web.openapi import TAGGED_BODY, problems
from integration_api.web.paging import Page

router = APIRouter(route_class=ActionRoute)


@router.get("/safety-plans")
async def list_safety_plans(
    only: Annotated[SafetyPlanFilter, Depends()],
    page: ChartPageQuery,
    work: Annotated[Work, allow(operations.LIST_SAFETY_PLANS)],
) -> Page[SafetyPlan]:
    """List the versions of safety plans that you may see, newest first."""
    return await service.list_safety_plans(work, page, only)


@router.post("/safety-plans", status_code=201, responses=problems(IdTaken, NewerSafetyPlan))
async def create_safety_plan(
    body: SafetyPlanCreate, work: Annotated[Work, allow(operations.CREATE_SAFETY_PLAN)]
) -> SafetyPlan:
    """Write a new version of a safety plan. It is a draft until the patient confirms it."""
    return work.tagged(await service.create_safety_plan(work, body))


@router.get("/safety-plans/{safety_plan_id}")
async def read_safety_plan(safety_plan_id: Id, work: Annotated[Work, allow(operations.READ_SAFETY_PLAN)]) -> SafetyPlan:
    """Read one version of a safety plan."""
    return work.tagged(await service.read_safety_plan(work, safety_plan_id))


@router.post("/safety-plans/{safety_plan_id}/confirm", responses=problems(SafetyPlanNotDraft, AlteredStateHold))
async def confirm_safety_plan(
    safety_plan_id: Id, expected_version: IfMatch, work: Annotated[Work, allow(operations.CONFIRM_SAFETY_PLAN)]
) -> SafetyPlan:
    """Put your draft in force. The version before it is kept."""
    return work.tagged(await service.confirm_safety_plan(work, safety_plan_id, expected_version))


@router.post("/safety-plans/{safety_plan_id}/review", responses=problems(SafetyPlanNotInForce))
async def review_safety_plan(
    safety_plan_id: Id,
    body: SafetyPlanReview,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.REVIEW_SAFETY_PLAN)],
) -> SafetyPlan:
    """Change the day on which both look at the plan in force again."""
    return work.tagged(await service.review_safety_plan(work, safety_plan_id, body, expected_version))


@router.get("/patients/{patient_id}/safety-plan")
async def read_patient_safety_plan(
    patient_id: Id, work: Annotated[Work, allow(operations.READ_PATIENT_SAFETY_PLAN)]
) -> PatientSafetyPlan:
    """Read a patient's safety plan: the version in force, and the draft that waits for the patient."""
    return await service.read_patient_safety_plan(work, patient_id)


@router.get("/patients/{patient_id}/safety-plan/diff")
async def compare_safety_plans(
    patient_id: Id,
    pair: Annotated[SafetyPlanPair, Depends()],
    work: Annotated[Work, allow(operations.COMPARE_SAFETY_PLANS)],
) -> SafetyPlanDifference:
    """Compare two versions of a safety plan, in sentences."""
    return await service.compare_safety_plans(work, patient_id, pair)


@router.get("/me/safety-plan", responses=TAGGED_BODY | problems(TooManyRequests))
async def read_my_safety_plan(work: Annotated[Work, allow(operations.READ_MY_SAFETY_PLAN)]) -> MySafetyPlan:
    """Read your safety plan in force, with crisis lines. A phone may keep it for when it is offline.

    A token of `POST /v1/me/safety-plan/token` is accepted here too.
    """
    return await service.read_my_safety_plan(work)


@router.post("/me/safety-plan/token", status_code=201, responses=problems(TooManyTokens, ShownOnce))
async def create_safety_plan_token(
    work: Annotated[Work, allow(operations.CREATE_SAFETY_PLAN_TOKEN)],
) -> SafetyPlanToken:
    """Get a token that reads your safety plan and nothing else, for a phone that shows it before sign-in.

    At most three; end one at `DELETE /v1/me/sign-ins/{sign_in_id}`.
    """
    return await service.create_safety_plan_token(work)
