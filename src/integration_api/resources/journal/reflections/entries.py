"""Writing reflections: drafts, edits that keep what was handed in, and deleting."""

from typing import cast
from uuid import UUID

from integration_api.access.revisions import check_version
from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.ledger.events import Event
from integration_api.resources.attention.worklist import service as worklist
from integration_api.resources.care.sessions.service import load_session
from integration_api.resources.journal.reflections import statements as sql
from integration_api.resources.journal.reflections.contents import CONTENT_FIELDS, Content
from integration_api.resources.journal.reflections.prompts import prompt_ids
from integration_api.resources.journal.reflections.rules import content_problems, needs_help
from integration_api.resources.journal.reflections.schemas import Reflection, ReflectionCreate, ReflectionUpdate
from integration_api.resources.journal.reflections.service import load_reflection, own_chart, present, record, tell
from integration_api.resources.journal.reflections.tables import (
    ReflectionKind,
    ReflectionRow,
    ReflectionState,
    ReflectionVersionRow,
    Sharing,
)
from integration_api.web.errors import Conflict, Invalid


class AlreadyShared(Conflict):
    """It is shared with the care team; take it back first, which can be done until somebody has read it."""

    code = "already-shared"
    title = "Already shared"


async def create_reflection(work: Work, body: ReflectionCreate) -> Reflection:
    """A new draft in the actor's own chart, private. Raises NotFound, IdTaken, Invalid."""
    patient_id = own_chart(work)
    if body.session_id is not None:
        await load_session(work, body.session_id)
    row = ReflectionRow(
        clinic_id=work.actor.clinic_id,
        id=body.id or new_id(),
        created_at=work.now,
        updated_at=work.now,
        patient_id=patient_id,
        session_id=body.session_id,
        kind=body.kind,
        state=ReflectionState.DRAFT,
        sharing=Sharing.PRIVATE,
        captured_at=body.captured_at,
        content=_checked(body.kind, body.model_dump(mode="json", include=CONTENT_FIELDS)),
    )
    row = await _told(work, row)
    work.create(sql.INSERT_REFLECTION, row)
    record(work, Event.REFLECTION_CREATED, row)
    return present(work, row)


async def update_reflection(
    work: Work, reflection_id: UUID, body: ReflectionUpdate, expected_version: int
) -> Reflection:
    """Change what is given; what was handed in stays as a version. Raises NotFound, StaleVersion, Invalid."""
    row = await load_reflection(work, reflection_id)
    check_version(row, expected_version)
    given = body.model_dump(mode="json", include=CONTENT_FIELDS)
    changed = row.model_copy(
        update={
            **body.model_dump(include={"session_id"}),
            "content": _checked(row.kind, {**row.content, **given}),
        }
    )
    if changed.session_id is not None and changed.session_id != row.session_id:
        await load_session(work, changed.session_id)
    if row.state is ReflectionState.DRAFT:
        changed = await _told(work, changed)
    elif changed.content != row.content:
        changed = await keep_version(work, changed.model_copy(update={"edited_at": work.now}))
    changed = work.revise(sql.UPDATE_REFLECTION, changed)
    record(work, Event.REFLECTION_UPDATED, changed)
    return present(work, changed)


async def _told(work: Work, draft: ReflectionRow) -> ReflectionRow:
    """A draft that asks for help is answered at once: whoever stops here has been told whom to call."""
    asks = needs_help(draft.content["safety"], contact_me=draft.content["contact_me"])
    return draft.model_copy(update={"monitoring": await tell(work, draft) if asks else None})


async def keep_version(work: Work, row: ReflectionRow) -> ReflectionRow:
    """Keep this content as the next version, with what the patient is told about it now; the row tells it too."""
    monitoring, number = await tell(work, row), row.content_number + 1
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
    """Delete what nobody else can have read, with its versions. Raises NotFound, StaleVersion, AlreadyShared."""
    row = await load_reflection(work, reflection_id)
    check_version(row, expected_version)
    if row.sharing is Sharing.SHARED:
        raise AlreadyShared
    for change in (sql.DELETE_REFLECTION_VERSIONS, sql.DELETE_REPLIES):
        work.change(change, rows=None, patient_id=row.patient_id, reflection_id=row.id)
    work.change(sql.DELETE_REFLECTION, row, expected_version=row.version)
    worklist.settle(work, row.patient_id, row.id)
    work.forget_answers(row.patient_id, row.id)
    record(work, Event.REFLECTION_DELETED, row)


def _checked(kind: ReflectionKind, written: dict[str, object]) -> Content:
    """The whole content, each new insight with an id. Raises Invalid."""
    content = cast(Content, written)
    content["insights"] = [{"id": item["id"] or str(new_id()), "text": item["text"]} for item in content["insights"]]
    known = None
    if content["prompt_set"] is not None and content["prompt_set_version"] is not None:
        known = prompt_ids(content["prompt_set"], content["prompt_set_version"])
    if problems := content_problems(kind, content, known):
        raise Invalid(errors=problems[:50])
    return content
