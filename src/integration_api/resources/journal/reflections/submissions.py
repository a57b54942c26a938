"""Handing a reflection in, sharing it with the care team, and taking it back."""

from datetime import datetime, timedelta
from uuid import UUID

from integration_api.access.reads import StartAgain
from integration_api.access.revisions import check_version
from integration_api.access.work import Work
from integration_api.resources.attention.worklist import service as worklist
from integration_api.resources.journal.reflections import operations
from integration_api.resources.journal.reflections import statements as sql
from integration_api.resources.journal.reflections.reviews import tell, to_review
from integration_api.resources.journal.reflections.rules import ASKS_FOR_HELP, released_at, urgency_of
from integration_api.resources.journal.reflections.schemas import Reflection, ReflectionShare, ReflectionSubmit
from integration_api.resources.journal.reflections.service import (
    AlreadyShared,
    check_no_hold,
    keep_version,
    load_reflection,
    present,
    record,
)
from integration_api.resources.journal.reflections.tables import LoadedReflectionRow, ReflectionState, Sharing
from integration_api.resources.people.clinics.rules import policy
from integration_api.resources.people.patients.monitoring_statements import Told
from integration_api.web.errors import Conflict, Invalid, Member
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
    """The care team has read it, so it cannot be taken back."""

    code = "already-read"
    title = "Already read"
    remedy = "Tell the patient that it was read, and when. They can still write another reflection."
    members = {
        "first_read_at": Member(datetime, "When somebody of the care team read it first.", "2026-11-28T09:30:00Z")
    }


_OF_SHARE = ("release_at", "shared_at", "promised_at", "review_due_at", "next_due_at")
"""The columns that a share writes, and taking it back empties."""


async def submit_reflection(
    work: Work, reflection_id: UUID, body: ReflectionSubmit, expected_version: int
) -> Reflection:
    """Hand a draft in, however little it holds, and be told who watches. Raises NotFound, AlreadySubmitted ..."""
    row = await load_reflection(work, reflection_id)
    # Before the version: whoever sends it twice without a key must learn that it has arrived.
    if row.state is ReflectionState.SUBMITTED:
        raise AlreadySubmitted
    check_version(row, expected_version)
    if body.share:
        _check_may_share(row)
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
    """Let the care team read it, now or later. Raises NotSubmitted, AlreadyShared, AlteredStateHold ..."""
    row = await load_reflection(work, reflection_id)
    check_version(row, expected_version)
    if row.state is ReflectionState.DRAFT:
        raise NotSubmitted
    if row.sharing is Sharing.SHARED:
        raise AlreadyShared
    _check_may_share(row)
    changed, told = await _shared(work, row, body.release_at)
    changed = work.revise(sql.UPDATE_REFLECTION, changed, {"monitoring": await tell(work, changed, told)})
    record(work, changed)
    return present(work, changed)


async def unshare_reflection(work: Work, reflection_id: UUID, expected_version: int) -> Reflection:
    """Take it back, as long as no staff has read it. Raises NotShared, AlreadyRead, AlteredStateHold ..."""
    row = await load_reflection(work, reflection_id)
    check_version(row, expected_version)
    if row.sharing is Sharing.PRIVATE:
        raise NotShared
    if row.first_read_at is not None:
        raise AlreadyRead(extra={"first_read_at": instant(row.first_read_at)})
    check_no_hold(row)
    private = {"sharing": Sharing.PRIVATE, **dict.fromkeys(_OF_SHARE)}
    changed = row.model_copy(update=private)
    told = await tell(work, changed, was_withdrawn=True)
    changed = work.revise(sql.UNSHARE_REFLECTION, changed, {"monitoring": told}, StartAgain, row)
    worklist.settle(work, row.patient_id, row.id, is_withdrawn=True)
    record(work, changed)
    return present(work, changed)


def _check_may_share(row: LoadedReflectionRow) -> None:
    """Raise AlteredStateHold, but for an entry that asks for help: the team is told now, and reads it afterwards."""
    if urgency_of(row.content) not in ASKS_FOR_HELP:
        check_no_hold(row)


async def _shared(work: Work, row: LoadedReflectionRow, chosen: datetime | None) -> tuple[LoadedReflectionRow, Told]:
    """Return the row as shared, and open the task to review it: with the release, or at once if it is urgent."""
    release_at = released_at(chosen, row.held_until, work.now)
    shared = {"sharing": Sharing.SHARED, "shared_at": work.now, "release_at": release_at}
    changed, told = await to_review(work, row.model_copy(update=shared))
    days = policy(told.clinic.policies, "share_release_days")
    latest = work.now + timedelta(days=days)
    if chosen is None or chosen <= latest:
        return changed, told
    if told.urgency in ASKS_FOR_HELP:  # whoever asks for help is not refused for a time
        return changed.model_copy(update={"release_at": released_at(latest, row.held_until, work.now)}), told
    message = f"must be at most {days} days ahead (policy share_release_days)"
    raise Invalid(errors=[{"field": "body.release_at", "code": "too_late", "message": message}])
