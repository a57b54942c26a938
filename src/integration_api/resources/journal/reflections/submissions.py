"""Handing a reflection in, sharing it with the care team, and taking it back."""

from datetime import datetime
from uuid import UUID

from integration_api.access.reads import StartAgain
from integration_api.access.revisions import check_version
from integration_api.access.work import Work
from integration_api.resources.attention.worklist import service as worklist
from integration_api.resources.journal.reflections import operations
from integration_api.resources.journal.reflections import statements as sql
from integration_api.resources.journal.reflections.schemas import Reflection, ReflectionShare, ReflectionSubmit
from integration_api.resources.journal.reflections.service import (
    AlreadyShared,
    keep_version,
    load_reflection,
    present,
    record,
    tell,
    to_review,
)
from integration_api.resources.journal.reflections.tables import ReflectionRow, ReflectionState, Sharing
from integration_api.resources.people.patients.monitoring_statements import Told
from integration_api.web.errors import Conflict, Member
from integration_api.web.instants import instant


class AlreadySubmitted(Conflict):
    """It was handed in before; change it, or share it."""

    code = "already-submitted"
    title = "Already handed in"
    remedy = "Treat it as arrived. Read it again; change it or share it if that was meant."


class NotSubmitted(Conflict):
    """It is a draft; hand it in first."""

    code = "not-submitted"
    title = "Still a draft"
    remedy = "Submit it at `POST /v1/reflections/{reflection_id}/submit`, with `share` true to share it at once."


class NotShared(Conflict):
    """It is private; share it first."""

    code = "not-shared"
    title = "Not shared"
    remedy = "Share the reflection first, or show that it is private."


class AlreadyRead(Conflict):
    """The care team has read it, so it cannot be taken back; `first_read_at` tells since when."""

    code = "already-read"
    title = "Already read"
    remedy = "Tell the patient that it was read, and when. They can still write another reflection."
    members = {
        "first_read_at": Member(datetime, "When somebody of the care team read it first.", "2026-11-28T09:30:00Z")
    }


async def submit_reflection(
    work: Work, reflection_id: UUID, body: ReflectionSubmit, expected_version: int
) -> Reflection:
    """Hand a draft in, however little it holds, and be told who watches. Raises NotFound, AlreadySubmitted."""
    row = await load_reflection(work, reflection_id)
    # Before the version: whoever sends it twice without a key must learn that it has arrived.
    if row.state is ReflectionState.SUBMITTED:
        raise AlreadySubmitted
    check_version(row, expected_version)
    changed = row.model_copy(update={"state": ReflectionState.SUBMITTED, "submitted_at": work.now})
    told = None
    if body.share:
        changed, told = await _shared(work, changed, body.release_at)
    changed = work.revise(sql.UPDATE_REFLECTION, await keep_version(work, changed, told))
    record(work, changed)
    if body.share:
        record(work, changed, event=operations.SHARE_REFLECTION.recorded)
    return present(work, changed)


async def share_reflection(work: Work, reflection_id: UUID, body: ReflectionShare, expected_version: int) -> Reflection:
    """Let the care team read it, now or later. Raises NotFound, StaleVersion, NotSubmitted, AlreadyShared."""
    row = await load_reflection(work, reflection_id)
    check_version(row, expected_version)
    if row.state is ReflectionState.DRAFT:
        raise NotSubmitted
    if row.sharing is Sharing.SHARED:
        raise AlreadyShared
    changed, told = await _shared(work, row, body.release_at)
    changed = work.revise(sql.UPDATE_REFLECTION, changed, {"monitoring": await tell(work, changed, told)})
    record(work, changed)
    return present(work, changed)


async def unshare_reflection(work: Work, reflection_id: UUID, expected_version: int) -> Reflection:
    """Take it back, as long as no staff has read it. Raises NotFound, StaleVersion, NotShared, AlreadyRead."""
    row = await load_reflection(work, reflection_id)
    check_version(row, expected_version)
    if row.sharing is Sharing.PRIVATE:
        raise NotShared
    if row.first_read_at is not None:
        raise AlreadyRead(extra={"first_read_at": instant(row.first_read_at)})
    private = {"sharing": Sharing.PRIVATE, "release_at": None, "shared_at": None, "review_due_at": None}
    changed = row.model_copy(update=private)
    told = await tell(work, changed, was_withdrawn=True)
    changed = work.revise(sql.UNSHARE_REFLECTION, changed, {"monitoring": told}, StartAgain, row)
    worklist.settle(work, row.patient_id, row.id, is_withdrawn=True)
    record(work, changed)
    return present(work, changed)


async def _shared(work: Work, row: ReflectionRow, release_at: datetime | None) -> tuple[ReflectionRow, Told]:
    """Return the row as shared, and open the task to review it: with the release, or at once if it is urgent."""
    release_at = release_at if release_at is not None and release_at > work.now else None
    shared = {"sharing": Sharing.SHARED, "shared_at": work.now, "release_at": release_at}
    return await to_review(work, row.model_copy(update=shared))
