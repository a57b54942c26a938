"""Reading who can see a thing, by which rule, and how it is shown to one of them."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple
from uuid import UUID

from typing_extensions import TypedDict

from integration_api.access.actor import Role
from integration_api.access.operations import Operation
from integration_api.access.viewers import Rules, SeenBy, ViewerRow, onlooker, viewed_by
from integration_api.access.work import Work
from integration_api.resources.care.sessions import operations as session_operations
from integration_api.resources.care.sessions import service as sessions
from integration_api.resources.care.sessions.schemas import Session
from integration_api.resources.journal.goals import operations as goal_operations
from integration_api.resources.journal.goals import service as goals
from integration_api.resources.journal.goals.schemas import Goal
from integration_api.resources.journal.notes import operations as note_operations
from integration_api.resources.journal.notes import service as notes
from integration_api.resources.journal.notes import statements as notes_sql
from integration_api.resources.journal.notes.schemas import Note
from integration_api.resources.journal.notes.shown_notes import shown as shown_facts
from integration_api.resources.journal.plans import operations as plan_operations
from integration_api.resources.journal.plans import service as plans
from integration_api.resources.journal.plans.schemas import Plan
from integration_api.resources.journal.practices import operations as practice_operations
from integration_api.resources.journal.practices import service as practices
from integration_api.resources.journal.practices import statements as practices_sql
from integration_api.resources.journal.practices.schemas import Practice
from integration_api.resources.journal.reflections import operations as reflection_operations
from integration_api.resources.journal.reflections import service as reflections
from integration_api.resources.journal.reflections.rules import is_open_to_staff
from integration_api.resources.journal.reflections.schemas import Reflection
from integration_api.resources.views.visibility import statements as sql
from integration_api.resources.views.visibility.rules import (
    Member,
    as_far_as_shown,
    in_words,
    members,
    previewed,
    rules_of,
)
from integration_api.resources.views.visibility.schemas import (
    GoalVisibility,
    NoteVisibility,
    PlanVisibility,
    PracticeVisibility,
    Preview,
    ReflectionVisibility,
    SessionVisibility,
    Viewer,
)
from integration_api.web.errors import NotFound
from integration_api.web.paging import Window


class VisibilityPart(TypedDict):
    """The part of an answer that is the same for all things."""

    viewers: list[Viewer]
    previewed_for: UUID | None


class Look(NamedTuple):
    """One look at who sees a thing."""

    told: VisibilityPart
    shown_to: ViewerRow | None
    """The viewer as whom the thing is previewed."""
    patient_id: UUID
    rules: Sequence[SeenBy]
    """The rules by which the actor sees it."""


async def read_session_visibility(work: Work, session_id: UUID, only: Preview) -> SessionVisibility:
    """Return who sees a session, and the session as one of them reads it. Raises NotFound."""
    look = _look(work, await work.all(sql.SESSION_VIEWERS, id=session_id), sql.OF_CHART, only)
    shown: Session | None = None
    if look.shown_to is not None:
        row = await sessions.load_session(work, session_id)
        shown = sessions.present(onlooker(look.shown_to, work), row)
    _record(work, session_id, look, session_operations.READ_SESSION)
    return SessionVisibility(**look.told, preview=shown)


async def read_note_visibility(work: Work, note_id: UUID, only: Preview) -> NoteVisibility:
    """Return who sees a note, and the note as one of them reads it. Raises NotFound."""
    look = _look(work, await work.all(sql.NOTE_VIEWERS, id=note_id), sql.OF_NOTES, only)
    shown: Note | None = None
    if look.shown_to is not None:
        own = await notes.present(work, await work.get(notes_sql.READ_NOTE, id=note_id))
        viewed = viewed_by(look.shown_to, note_operations.READ_NOTE)
        row = await work.get(sql.VIEWED_NOTE, id=note_id, **viewed.__dict__)
        facts = shown_facts(onlooker(look.shown_to, work), row)
        shown = as_far_as_shown(Note.of(row, addenda=own.addenda, monitoring=None, **facts), own)
    _record(work, note_id, look, note_operations.READ_NOTE)
    return NoteVisibility(**look.told, preview=shown)


async def read_reflection_visibility(work: Work, reflection_id: UUID, only: Preview) -> ReflectionVisibility:
    """Return who sees a reflection, and the reflection as one of them reads it. Raises NotFound.

    A preview that staff is shown counts as their reading.
    """
    own = await reflections.load_reflection(work, reflection_id)
    look = _look(work, await work.all(sql.REFLECTION_VIEWERS, id=reflection_id), sql.OF_REFLECTIONS, only)
    shown: Reflection | None = None
    if look.shown_to is not None:
        viewed = viewed_by(look.shown_to, reflection_operations.READ_REFLECTION)
        row = await work.get(sql.VIEWED_REFLECTION, id=reflection_id, **viewed.__dict__)
        own = reflections.seen(work, own)
        row = row.model_copy(update={"first_read_at": own.first_read_at})
        theirs = reflections.present(onlooker(look.shown_to, work), row)
        shown = as_far_as_shown(theirs, reflections.present(work, own))
    is_private = not is_open_to_staff(own.sharing, own.release_at, work.now)
    _record(work, reflection_id, look, reflection_operations.READ_REFLECTION, is_private=is_private)
    return ReflectionVisibility(**look.told, preview=shown)


async def read_plan_visibility(work: Work, plan_id: UUID, only: Preview) -> PlanVisibility:
    """Return who sees a plan, and the plan with its strategies as one of them reads it. Raises NotFound."""
    look = _look(work, await work.all(sql.PLAN_VIEWERS, id=plan_id), sql.OF_PLANS, only)
    shown: Plan | None = None
    if look.shown_to is not None:
        own = await plans.load_plan(work, plan_id)
        own_strategies = await plans.load_strategies(work, own)
        viewed = viewed_by(look.shown_to, plan_operations.READ_PLAN)
        row = await work.get(sql.VIEWED_PLAN, id=plan_id, **viewed.__dict__)
        everything = Window(plans.MAX_STRATEGIES, None).values(work.runtime.cursor_key, ascending=True)
        strategies = await work.all(
            sql.VIEWED_STRATEGIES, patient_id=row.patient_id, plan_id=row.id, **everything, **viewed.__dict__
        )
        theirs = plans.present_plan(onlooker(look.shown_to, work), row, strategies)
        shown = as_far_as_shown(theirs, plans.present_plan(work, own, own_strategies))
    is_private = work.actor.is_patient and SeenBy.SHARED not in look.rules
    _record(work, plan_id, look, plan_operations.READ_PLAN, is_private=is_private)
    return PlanVisibility(**look.told, preview=shown)


async def read_practice_visibility(work: Work, practice_id: UUID, only: Preview) -> PracticeVisibility:
    """Return who sees a practice, and the practice as one of them reads it. Raises NotFound."""
    look = _look(work, await work.all(sql.PRACTICE_VIEWERS, id=practice_id), sql.OF_CHART, only)
    shown: Practice | None = None
    if look.shown_to is not None:
        shown = practices.present(await work.get(practices_sql.READ_PRACTICE, id=practice_id))
    _record(work, practice_id, look, practice_operations.READ_PRACTICE)
    return PracticeVisibility(**look.told, preview=shown)


async def read_goal_visibility(work: Work, goal_id: UUID, only: Preview) -> GoalVisibility:
    """Return who sees a goal, and the goal as one of them reads it. Raises NotFound."""
    look = _look(work, await work.all(sql.GOAL_VIEWERS, id=goal_id), sql.OF_CHART, only)
    shown: Goal | None = None
    if look.shown_to is not None:
        own = goals.present(await goals.load_goal(work, goal_id))
        viewed = viewed_by(look.shown_to, goal_operations.READ_GOAL)
        row = await work.get(sql.VIEWED_GOAL, id=goal_id, **viewed.__dict__)
        shown = as_far_as_shown(goals.present(row), own)
    _record(work, goal_id, look, goal_operations.READ_GOAL)
    return GoalVisibility(**look.told, preview=shown)


def _look(work: Work, rows: Sequence[ViewerRow], rules: Rules, only: Preview) -> Look:
    """Return what is told of these rows. Raises NotFound if there are none: the actor does not see the thing."""
    if not rows:
        raise NotFound
    known = tuple(rules)
    viewers = members(rows)
    shown_to = previewed(viewers, only.preview_as, work.actor.id) if only.preview_as is not None else None
    told: VisibilityPart = {
        "viewers": [_viewer(one, work.actor.id, rules_of(one.row.rules, known)) for one in viewers],
        "previewed_for": shown_to.row.account_id if shown_to is not None else None,
    }
    mine = (rules_of(row.rules, known) for row in rows if row.account_id == work.actor.id)
    return Look(told, shown_to.row if shown_to is not None else None, rows[0].patient_id, next(mine, ()))


def _viewer(one: Member, asker_id: UUID, rules: Iterable[SeenBy]) -> Viewer:
    found, is_you = [*rules], one.row.account_id == asker_id
    return Viewer.of(
        one.row,
        is_you=is_you,
        roles=[Role(role) for role in one.row.roles],
        basis=one.basis,
        ends_at=one.ends_at,
        rules=found,
        explanation=in_words(one.basis, found, is_you=is_you),
    )


def _record(work: Work, thing_id: UUID, look: Look, read: Operation, *, is_private: bool = False) -> None:
    """Record the look, and that the thing was read if it was shown."""
    work.record(thing_id, look.patient_id, is_private=is_private)
    if look.shown_to is not None:
        work.record(thing_id, look.patient_id, event=read.recorded, is_private=is_private)
