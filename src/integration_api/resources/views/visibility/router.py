"""`/{resource}/{id}/visibility` of the things that a chart's timeline shows."""

from typing import Annotated

from fastapi import APIRouter, Depends

from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.views.visibility import operations, service
from integration_api.resources.views.visibility.schemas import (
    GoalVisibility,
    NoteVisibility,
    PlanVisibility,
    PracticeVisibility,
    Preview,
    ReflectionVisibility,
    SessionVisibility,
)

router = APIRouter(route_class=ActionRoute)
PreviewQuery = Annotated[Preview, Depends()]


@router.get("/sessions/{session_id}/visibility")
async def read_session_visibility(
    session_id: Id, only: PreviewQuery, work: Annotated[Work, allow(operations.READ_SESSION_VISIBILITY)]
) -> SessionVisibility:
    """Tell who can see a session now and by which rule, and show it as a role reads it."""
    return await service.read_session_visibility(work, session_id, only)


@router.get("/notes/{note_id}/visibility")
async def read_note_visibility(
    note_id: Id, only: PreviewQuery, work: Annotated[Work, allow(operations.READ_NOTE_VISIBILITY)]
) -> NoteVisibility:
    """Tell who can see a note now and by which rule, and show it as a role reads it."""
    return await service.read_note_visibility(work, note_id, only)


@router.get("/reflections/{reflection_id}/visibility")
async def read_reflection_visibility(
    reflection_id: Id, only: PreviewQuery, work: Annotated[Work, allow(operations.READ_REFLECTION_VISIBILITY)]
) -> ReflectionVisibility:
    """Tell who can see a reflection now and by which rule, and show it as a role reads it.

    Without `preview_as`, it is no reading of the reflection. With it, what staff is shown counts as read by them.
    """
    return await service.read_reflection_visibility(work, reflection_id, only)


@router.get("/plans/{plan_id}/visibility")
async def read_plan_visibility(
    plan_id: Id, only: PreviewQuery, work: Annotated[Work, allow(operations.READ_PLAN_VISIBILITY)]
) -> PlanVisibility:
    """Tell who can see a plan now and by which rule, and show it as a role reads it."""
    return await service.read_plan_visibility(work, plan_id, only)


@router.get("/practices/{practice_id}/visibility")
async def read_practice_visibility(
    practice_id: Id, only: PreviewQuery, work: Annotated[Work, allow(operations.READ_PRACTICE_VISIBILITY)]
) -> PracticeVisibility:
    """Tell who can see a practice now and by which rule, and show it as a role reads it."""
    return await service.read_practice_visibility(work, practice_id, only)


@router.get("/goals/{goal_id}/visibility")
async def read_goal_visibility(
    goal_id: Id, only: PreviewQuery, work: Annotated[Work, allow(operations.READ_GOAL_VISIBILITY)]
) -> GoalVisibility:
    """Tell who can see a goal now and by which rule, and show it as a role reads it."""
    return await service.read_goal_visibility(work, goal_id, only)
