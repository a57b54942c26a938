"""Reading reflections, and what the other operations share."""

from datetime import datetime
from typing import cast
from uuid import UUID

from integration_api.access.work import StartAgain, Work
from integration_api.ledger.events import Event
from integration_api.resources.journal.reflections import statements as sql
from integration_api.resources.journal.reflections.contents import CrisisLine, Monitoring
from integration_api.resources.journal.reflections.prompts import PromptSets, prompt_sets
from integration_api.resources.journal.reflections.rules import (
    allowed_actions,
    is_open_to_staff,
    monitoring_statement,
    needs_help,
)
from integration_api.resources.journal.reflections.schemas import Reflection, ReflectionVersion
from integration_api.resources.journal.reflections.tables import (
    ReflectionRow,
    ReflectionState,
    ReflectionVersionRow,
    Sharing,
)
from integration_api.resources.people.clinics.service import crisis_resources, load_clinic
from integration_api.web.errors import NotFound
from integration_api.web.paging import Page, Window


async def list_prompt_sets(work: Work) -> PromptSets:
    """Every version of every prompt set."""
    await work.confirm()
    return PromptSets(items=list(prompt_sets()))


async def list_reflections(
    work: Work,
    window: Window,
    *,
    patient_id: UUID | None,
    session_id: UUID | None,
    state: ReflectionState | None,
    sharing: Sharing | None,
    written_after: datetime | None,
    written_before: datetime | None,
) -> Page[Reflection]:
    """The patient's own, or what is shared in the charts that staff may see; newest first."""
    patient_id = patient_id or work.actor.patient_id
    found = await work.page(
        sql.LIST_REFLECTIONS if patient_id else sql.LIST_TEAM_REFLECTIONS,
        window,
        lambda row: (row.created_at, row.id),
        lambda row: present(work, seen(work, row)),
        until=written_before,
        patient_id=patient_id,
        session_id=session_id,
        state=state,
        sharing=sharing,
        written_after=written_after,
        written_before=written_before,
    )
    work.record_list(
        Event.REFLECTION_LISTED,
        [item.patient_id for item in found.items],
        is_private=work.actor.is_patient,
    )
    return found


async def read_reflection(work: Work, reflection_id: UUID) -> Reflection:
    """One reflection. Raises NotFound."""
    row = await open_reflection(work, reflection_id)
    record(work, Event.REFLECTION_READ, row)
    return present(work, row)


async def list_reflection_versions(work: Work, reflection_id: UUID, window: Window) -> Page[ReflectionVersion]:
    """Every text that was handed in or edited since, newest first; for the patient alone. Raises NotFound."""
    row = await load_reflection(work, reflection_id)
    found = await work.page(
        sql.LIST_REFLECTION_VERSIONS,
        window,
        lambda version: (version.saved_at, version.id),
        _present_version,
        patient_id=row.patient_id,
        reflection_id=row.id,
    )
    record(work, Event.REFLECTION_VERSIONS_LISTED, row)
    return found


async def load_reflection(work: Work, reflection_id: UUID) -> ReflectionRow:
    """A reflection that the actor may read now. Raises NotFound."""
    return await work.get(sql.READ_REFLECTION, id=reflection_id)


async def open_reflection(work: Work, reflection_id: UUID) -> ReflectionRow:
    """A reflection that is shown to the actor in this request. Raises NotFound."""
    return seen(work, await load_reflection(work, reflection_id))


def seen(work: Work, row: ReflectionRow) -> ReflectionRow:
    """What is shown to staff for the first time is marked as read in this very request.

    From then on it cannot be taken back. Where the patient took it back in between, the request starts again.
    """
    if work.actor.is_patient or row.first_read_at is not None:
        return row
    work.change(sql.MARK_FIRST_READ, row, missed=StartAgain)
    return row.model_copy(update={"first_read_at": work.now})


def own_chart(work: Work) -> UUID:
    """The actor's own chart. Raises NotFound."""
    if work.actor.patient_id is None:
        raise NotFound
    return work.actor.patient_id


def record(work: Work, event: Event, row: ReflectionRow) -> None:
    """Record the event, hidden from everybody but the patient as long as the reflection itself is."""
    is_private = not is_open_to_staff(row.sharing, row.release_at, work.now)
    work.record(event, row.id, row.patient_id, is_private=is_private)


async def tell(work: Work, row: ReflectionRow) -> Monitoring:
    """What the patient is told about this reflection as it stands now."""
    clinic = await load_clinic(work)
    return monitoring_statement(
        work.now,
        clinic.hours,
        clinic.time_zone,
        [cast(CrisisLine, line.model_dump(mode="json")) for line in crisis_resources(clinic.country)],
        is_shared=row.sharing is Sharing.SHARED,
        has_readers=row.review_due_at is not None,
        release_at=row.release_at,
        reviewed_by=row.review_due_at if row.reviewed_at is None else None,
        is_urgent=needs_help(row.content["safety"], contact_me=row.content["contact_me"]),
    )


def present(work: Work, row: ReflectionRow) -> Reflection:
    """As it is answered to this actor."""
    return Reflection.of(
        row,
        **row.content,
        edited_since_review=bool(row.reviewed_at and row.edited_at and row.edited_at > row.reviewed_at),
        allowed_actions=allowed_actions(
            row.state, row.sharing, work.actor.roles, is_read=row.first_read_at is not None
        ),
    )


def _present_version(row: ReflectionVersionRow) -> ReflectionVersion:
    return ReflectionVersion.of(row, **row.content)
