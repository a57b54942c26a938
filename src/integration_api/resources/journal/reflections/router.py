"""`/reflections` and `/prompt-sets`."""

from typing import Annotated

from fastapi import APIRouter, Body, Depends

from integration_api.access.chart_lists import ChartPageQuery
from integration_api.access.conflicts import Gone, KeptBoth, KeptBy
from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.care.doses.altered_states import AlteredStateHold
from integration_api.resources.journal.reflections import kept_entries, lists, operations, replies, service
from integration_api.resources.journal.reflections import submissions as handing_in
from integration_api.resources.journal.reflections.prompts import PromptSets
from integration_api.resources.journal.reflections.reply_schemas import Reply, ReplyCreate
from integration_api.resources.journal.reflections.schemas import (
    Reflection,
    ReflectionCreate,
    ReflectionFilter,
    ReflectionSearch,
    ReflectionShare,
    ReflectionSubmit,
    ReflectionSummary,
    ReflectionUpdate,
    ReflectionVersion,
    Shown,
)
from integration_api.resources.journal.reflections.service import AlreadyShared
from integration_api.resources.journal.reflections.submissions import (
    AlreadyRead,
    AlreadySubmitted,
    NotShared,
    NotSubmitted,
)
from integration_api.resources.people.patients.holds import OnHold
from integration_api.web.errors import IdTaken
from integration_api.web.etag import IfMatch
from integration_api.web.openapi import problems
from integration_api.web.paging import Page, PageQuery

router = APIRouter(route_class=ActionRoute)


@router.get("/prompt-sets")
async def list_prompt_sets(work: Annotated[Work, allow(operations.LIST_PROMPT_SETS)]) -> PromptSets:
    """List the questions to write to, in every version that answers may point to."""
    return await service.list_prompt_sets(work)


@router.get("/reflections")
async def list_reflections(
    only: Annotated[ReflectionFilter, Depends()],
    shown: Annotated[Shown, Depends()],
    page: ChartPageQuery,
    work: Annotated[Work, allow(operations.LIST_REFLECTIONS)],
) -> Page[Reflection | ReflectionSummary]:
    """List your own reflections, or those shared with you, newest first. Staff who are shown one have read it."""
    return await lists.list_reflections(work, page, only, shown)


@router.post("/reflections/search", status_code=200)
async def search_reflections(
    body: ReflectionSearch, page: PageQuery, work: Annotated[Work, allow(operations.SEARCH_REFLECTIONS)]
) -> Page[ReflectionSummary]:
    """Find your own reflections, or one patient's that are shared with you, by a tag; newest first, without text."""
    return await lists.search_reflections(work, body, page)


@router.post("/reflections", status_code=201, responses=problems(IdTaken, Gone))
async def create_reflection(
    body: ReflectionCreate, work: Annotated[Work, allow(operations.CREATE_REFLECTION)]
) -> Reflection:
    """Begin a reflection in your own chart: a private draft."""
    return work.tagged(await service.create_reflection(work, body))


@router.get("/reflections/{reflection_id}")
async def read_reflection(reflection_id: Id, work: Annotated[Work, allow(operations.READ_REFLECTION)]) -> Reflection:
    """Read one reflection. The first time staff reads it is told to the patient."""
    return work.tagged(await service.read_reflection(work, reflection_id))


@router.patch("/reflections/{reflection_id}", responses=problems(KeptBoth))
async def update_reflection(
    reflection_id: Id,
    body: ReflectionUpdate,
    expected_version: IfMatch,
    kept_by: KeptBy,
    work: Annotated[Work, allow(operations.UPDATE_REFLECTION)],
) -> Reflection:
    """Change your reflection. After it was handed in, earlier texts are kept as versions."""
    return work.tagged(await kept_entries.update_reflection(work, reflection_id, body, expected_version, kept_by))


@router.delete(
    "/reflections/{reflection_id}", status_code=204, responses=problems(AlreadyShared, AlteredStateHold, OnHold)
)
async def delete_reflection(
    reflection_id: Id, expected_version: IfMatch, work: Annotated[Work, allow(operations.DELETE_REFLECTION)]
) -> None:
    """Delete a private reflection, with all its versions, for good."""
    await service.delete_reflection(work, reflection_id, expected_version)


@router.post(
    "/reflections/{reflection_id}/submit", status_code=200, responses=problems(AlreadySubmitted, AlteredStateHold)
)
async def submit_reflection(
    reflection_id: Id,
    body: Annotated[ReflectionSubmit, Body(default_factory=ReflectionSubmit)],
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.SUBMIT_REFLECTION)],
) -> Reflection:
    """Hand a draft in; `monitoring` says who, if anybody, watches, and whom to call."""
    return work.tagged(await handing_in.submit_reflection(work, reflection_id, body, expected_version))


@router.post(
    "/reflections/{reflection_id}/share",
    status_code=200,
    responses=problems(NotSubmitted, AlreadyShared, AlteredStateHold),
)
async def share_reflection(
    reflection_id: Id,
    body: Annotated[ReflectionShare, Body(default_factory=ReflectionShare)],
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.SHARE_REFLECTION)],
) -> Reflection:
    """Let your care team read it, now or from a time on."""
    return work.tagged(await handing_in.share_reflection(work, reflection_id, body, expected_version))


@router.post(
    "/reflections/{reflection_id}/unshare",
    status_code=200,
    responses=problems(NotShared, AlreadyRead, AlteredStateHold),
)
async def unshare_reflection(
    reflection_id: Id, expected_version: IfMatch, work: Annotated[Work, allow(operations.UNSHARE_REFLECTION)]
) -> Reflection:
    """Take it back, as long as nobody of your care team has read it."""
    return work.tagged(await handing_in.unshare_reflection(work, reflection_id, expected_version))


@router.post("/reflections/{reflection_id}/review", status_code=200)
async def review_reflection(
    reflection_id: Id, expected_version: IfMatch, work: Annotated[Work, allow(operations.REVIEW_REFLECTION)]
) -> Reflection:
    """Mark it as reviewed: it leaves the worklist of the whole care team."""
    return work.tagged(await replies.review_reflection(work, reflection_id, expected_version))


@router.get("/reflections/{reflection_id}/replies")
async def list_reflection_replies(
    reflection_id: Id, page: PageQuery, work: Annotated[Work, allow(operations.LIST_REFLECTION_REPLIES)]
) -> Page[Reply]:
    """List the answers to a reflection, newest first."""
    return await replies.list_reflection_replies(work, reflection_id, page)


@router.post("/reflections/{reflection_id}/replies", status_code=201, responses=problems(NotShared, IdTaken, Gone))
async def reply_reflection(
    reflection_id: Id, body: ReplyCreate, work: Annotated[Work, allow(operations.REPLY_REFLECTION)]
) -> Reply:
    """Answer a shared reflection; an answer cannot be changed."""
    return await replies.reply_reflection(work, reflection_id, body)


@router.get("/reflections/{reflection_id}/versions")
async def list_reflection_versions(
    reflection_id: Id, page: PageQuery, work: Annotated[Work, allow(operations.LIST_REFLECTION_VERSIONS)]
) -> Page[ReflectionVersion]:
    """List every text of your reflection since it was handed in: newest first, each with what you were told then."""
    return await lists.list_reflection_versions(work, reflection_id, page)
