"""Reading and writing reflections: drafts, edits that keep what was handed in, and deleting."""

from typing import TypeVar, cast
from uuid import UUID

from pydantic import JsonValue

from integration_api.access.reads import StartAgain
from integration_api.access.references import referred_by
from integration_api.access.revisions import check_version
from integration_api.access.rows import changed_values, new_values
from integration_api.access.viewers import Seer
from integration_api.access.work import Refusal, Work
from integration_api.core.ids import new_id
from integration_api.ledger.events import Event
from integration_api.resources.attention.inbox import service as inbox
from integration_api.resources.attention.worklist import service as worklist
from integration_api.resources.attention.worklist.tables import Urgency
from integration_api.resources.care.doses.altered_states import hold
from integration_api.resources.care.sessions.service import load_session
from integration_api.resources.journal.notes.attached_statements import BURY_ATTACHMENTS, DELETE_ATTACHMENTS
from integration_api.resources.journal.reflections import operations
from integration_api.resources.journal.reflections import statements as sql
from integration_api.resources.journal.reflections.contents import CONTENT_FIELDS, Content, outline_of
from integration_api.resources.journal.reflections.insights import keep_insights
from integration_api.resources.journal.reflections.prompts import PromptSets, prompt_ids, prompt_sets
from integration_api.resources.journal.reflections.reply_statements import BURY_REPLIES, DELETE_REPLIES
from integration_api.resources.journal.reflections.reviews import promise_of, tell, to_review
from integration_api.resources.journal.reflections.rules import (
    allowed_actions,
    content_problems,
    edited_since_review,
    hours_since,
    is_open_to_staff,
    urgency_of,
)
from integration_api.resources.journal.reflections.schemas import (
    Reflection,
    ReflectionCreate,
    ReflectionUpdate,
)
from integration_api.resources.journal.reflections.tables import (
    ListedReflectionRow,
    LoadedReflectionRow,
    ReflectionKind,
    ReflectionState,
    ReflectionTable,
    ReflectionVersionRow,
    Sharing,
    ShownReflectionRow,
)
from integration_api.resources.journal.reflections.tags import keep_tags
from integration_api.resources.people.patients.holds import OnHold, forget_kept, keep_if_held
from integration_api.resources.people.patients.monitoring_statements import Told
from integration_api.resources.people.patients.service import load_patient
from integration_api.resources.people.patients.tables import KeptKind
from integration_api.web.errors import Conflict, Invalid, NotFound, StaleVersion
from integration_api.web.instants import credible_time, is_skewed

Shown = TypeVar("Shown", bound=ShownReflectionRow)


class AlreadyShared(Conflict):
    """It is shared with the care team; take it back first, which can be done until somebody has read it."""

    code = "already-shared"
    title = "Already shared"
    remedy = (
        "To delete it, take it back first at `POST /v1/reflections/{reflection_id}/unshare`. To share it, do "
        "nothing: it is done."
    )


async def list_prompt_sets(work: Work) -> PromptSets:
    """Return every version of every prompt set."""
    await work.confirm()
    return PromptSets(items=list(prompt_sets()))


async def read_reflection(work: Work, reflection_id: UUID) -> Reflection:
    """Return one reflection. Raises NotFound."""
    row = await open_reflection(work, reflection_id)
    record(work, row)
    return present(work, row)


async def create_reflection(work: Work, body: ReflectionCreate) -> Reflection:
    """Begin a private draft in the actor's own chart. Raises NotFound, IdTaken, Invalid."""
    patient_id = own_chart(work)
    if body.session_id is not None:
        with referred_by("session_id"):
            await load_session(work, body.session_id)
    if body.elaborates_id is not None:
        with referred_by("elaborates_id"):
            await load_reflection(work, body.elaborates_id)
    content = _checked(body.kind, body.model_dump(mode="json", include=CONTENT_FIELDS))
    row = LoadedReflectionRow(
        **new_values(work, body),
        patient_id=patient_id,
        happened_at=credible_time(body.captured_at, work.now),
        state=ReflectionState.DRAFT,
        sharing=Sharing.PRIVATE,
        outline=outline_of(content),
        content=content,
    )
    return present(work, await begin_draft(work, row))


async def begin_draft(work: Work, row: LoadedReflectionRow) -> LoadedReflectionRow:
    """Collect a new private draft with all that belongs to it, and return it with what its writer is told."""
    row = await _told(work, row)
    work.create(sql.INSERT_REFLECTION, row)
    keep_insights(work, row)
    await keep_tags(work, row)
    record(work, row, operations.CREATE_REFLECTION.recorded)
    return row


async def update_reflection(
    work: Work, reflection_id: UUID, body: ReflectionUpdate, expected_version: int
) -> Reflection:
    """Change what is given. Raises NotFound, StaleVersion, Invalid."""
    row = await load_reflection(work, reflection_id)
    check_version(row, expected_version)
    return await change_reflection(work, row, body)


async def change_reflection(
    work: Work, row: LoadedReflectionRow, body: ReflectionUpdate, missed: Refusal = StaleVersion
) -> Reflection:
    """Change what is given of a row as it was read. Raises Invalid, NotFound, and `missed` if it changed meanwhile.

    What was handed in stays as a version, a draft as far as a legal hold keeps it.
    """
    changed = await merged(work, row, body)
    if row.state is ReflectionState.DRAFT:
        if changed.content != row.content:
            before = cast(dict[str, JsonValue], row.content)
            keep_if_held(work, KeptKind.REFLECTION, row.id, row.patient_id, work.actor.id, before)
        changed = await _told(work, changed)
    elif changed.content != row.content:
        changed, told = changed.model_copy(update={"edited_at": work.now}), None
        if row.sharing is Sharing.SHARED:
            changed, told = await to_review(work, changed)
        changed = await keep_version(work, changed, told)
    keep_insights(work, changed, row.content)
    await keep_tags(work, changed, row.content)
    changed = work.revise(sql.UPDATE_REFLECTION, changed, missed=missed)
    record(work, changed)
    return present(work, changed)


async def merged(work: Work, row: LoadedReflectionRow, body: ReflectionUpdate) -> LoadedReflectionRow:
    """Return the row with what a PATCH gives. Raises NotFound for an unknown session, Invalid."""
    given = changed_values(body, row.content, mode="json", only=CONTENT_FIELDS)
    content = _checked(row.kind, {**row.content, **given})
    changed = row.model_copy(
        update={
            **body.model_dump(include={"session_id"}),
            "outline": outline_of(content),
            "content": content,
        }
    )
    if changed.session_id is not None and changed.session_id != row.session_id:
        with referred_by("session_id"):
            await load_session(work, changed.session_id)
    return changed


async def _told(work: Work, draft: LoadedReflectionRow) -> LoadedReflectionRow:
    """Return the draft with what its writer is told if it asks for help: those who stop here know whom to call."""
    asks = urgency_of(draft.content) is not Urgency.ROUTINE
    return draft.model_copy(update={"monitoring": await tell(work, draft) if asks else None})


async def keep_version(work: Work, row: LoadedReflectionRow, told: Told | None = None) -> LoadedReflectionRow:
    """Keep this content as the next version, with what the patient is told about it now; the row tells it too."""
    monitoring, number = await tell(work, row, told), row.content_number + 1
    version = ReflectionVersionRow(
        clinic_id=row.clinic_id,
        id=new_id(),
        patient_id=row.patient_id,
        reflection_id=row.id,
        number=number,
        saved_at=work.now,
        content=row.content,
        monitoring=monitoring,
    )
    work.change(sql.INSERT_REFLECTION_VERSION, version)
    return row.model_copy(update={"content_number": number, "monitoring": monitoring})


async def delete_reflection(work: Work, reflection_id: UUID, expected_version: int) -> None:
    """Delete what nobody else can have read, with its versions.

    A legal hold keeps that too. Raises NotFound, StaleVersion, AlreadyShared, AlteredStateHold, OnHold.
    """
    row = await load_reflection(work, reflection_id)
    check_version(row, expected_version)
    if row.sharing is Sharing.SHARED:
        raise AlreadyShared
    check_no_hold(row)
    if (await load_patient(work, row.patient_id)).held_at is not None:
        raise OnHold
    for change in (
        sql.DELETE_REFLECTION_VERSIONS,
        BURY_REPLIES,
        DELETE_REPLIES,
        BURY_ATTACHMENTS,
        DELETE_ATTACHMENTS,
    ):
        work.change(change, rows=None, patient_id=row.patient_id, reflection_id=row.id)
    work.leave_tombstone(ReflectionTable.__tablename__, row, row.patient_id)
    work.change(sql.DELETE_INSIGHTS, rows=None, patient_id=row.patient_id, reflection_id=row.id, only_insight=None)
    work.change(sql.DELETE_TAGS, rows=None, patient_id=row.patient_id, reflection_id=row.id, only_token=None)
    work.change(sql.DELETE_REFLECTION, row, expected_version=row.version, missed=StartAgain)
    worklist.settle(work, row.patient_id, row.id, is_withdrawn=True)
    inbox.settle(work, row.patient_id, row.id)
    forget_kept(work, row.patient_id, row.id)
    work.forget_responses(row.patient_id, row.id)
    record(work, row)


def _checked(kind: ReflectionKind, written: dict[str, object]) -> Content:
    """Return the whole content, each new insight with an id. Raises Invalid."""
    content = cast(Content, {name: value for name, value in written.items() if (name, value) != ("fragment", None)})
    content["insights"] = [{"id": item["id"] or str(new_id()), "text": item["text"]} for item in content["insights"]]
    known = None
    if content["prompt_set"] is not None and content["prompt_set_version"] is not None:
        known = prompt_ids(content["prompt_set"], content["prompt_set_version"])
    if problems := content_problems(kind, content, known):
        raise Invalid(errors=problems[:50])
    return content


async def load_reflection(work: Work, reflection_id: UUID) -> LoadedReflectionRow:
    """Return a reflection that the actor may read now. Raises NotFound."""
    return await work.get(sql.READ_REFLECTION, id=reflection_id)


def check_no_hold(row: LoadedReflectionRow) -> None:
    """Raise AlteredStateHold if its patient is in the window of a dose now."""
    if row.held_until is not None:
        raise hold(row.held_until)


async def open_reflection(work: Work, reflection_id: UUID) -> LoadedReflectionRow:
    """Return a reflection that is shown to the actor in this request. Raises NotFound."""
    return seen(work, await load_reflection(work, reflection_id))


def seen(work: Work, row: Shown) -> Shown:
    """Mark as read, in this very request, what is shown to staff for the first time.

    From then on it cannot be taken back. If the patient took it back in between, the request starts again.
    """
    if work.actor.is_patient or row.first_read_at is not None:
        return row
    work.change(sql.MARK_FIRST_READ, row, missed=StartAgain)
    work.record(row.id, row.patient_id, event=operations.REFLECTION_FIRST_READ)
    return row.model_copy(update={"first_read_at": work.now})


def own_chart(work: Work) -> UUID:
    """Return the actor's own chart. Raises NotFound."""
    if work.actor.patient_id is None:
        raise NotFound
    return work.actor.patient_id


def record(work: Work, row: LoadedReflectionRow, event: Event | None = None) -> None:
    """Record the operation's event, or this one. Only the patient sees it while the reflection itself is private."""
    is_private = not is_open_to_staff(row.sharing, row.release_at, work.now)
    work.record(row.id, row.patient_id, is_private=is_private, event=event)


def present(work: Seer, row: ListedReflectionRow | LoadedReflectionRow) -> Reflection:
    """Return a reflection as this actor sees it."""
    return Reflection.of(
        row,
        **{"fragment": None, **row.content},
        clock_skewed=is_skewed(row.captured_at, row.happened_at),
        edited_since_review=edited_since_review(row.reviewed_at, row.edited_at),
        reply_promise=promise_of(work, row),
        in_altered_state=None if row.last_dose_at is None else row.in_altered_state,
        hours_since_dose=hours_since(row.last_dose_at, row.happened_at),
        allowed_actions=allowed_actions(
            row.state,
            row.sharing,
            work.actor.roles,
            urgency_of(row.content),
            is_read=row.first_read_at is not None,
            is_held=row.held_until is not None,
        ),
    )
