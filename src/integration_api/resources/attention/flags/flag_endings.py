"""The end of a flag: proposed by one clinician, and for what is critical or high decided by a second person."""

from uuid import UUID

from integration_api.access.reads import StartAgain
from integration_api.access.revisions import revised
from integration_api.access.work import Work
from integration_api.resources.attention.flags import statements as sql
from integration_api.resources.attention.flags.escalation_rules import review_due
from integration_api.resources.attention.flags.flag_tasks import open_flag_tasks, open_for_second
from integration_api.resources.attention.flags.raised_flags import add_event, clinic_policies
from integration_api.resources.attention.flags.rules import (
    REVIEWED,
    SEVERITIES,
    FlagDisposition,
    FlagEventKind,
    FlagState,
    FlagStep,
)
from integration_api.resources.attention.flags.schemas import Flag, FlagDismiss, FlagResolve, FlagReview
from integration_api.resources.attention.flags.service import load_at, present
from integration_api.resources.attention.flags.tables import FlagRow
from integration_api.resources.attention.worklist import service as worklist
from integration_api.resources.attention.worklist.tables import TaskKind
from integration_api.web.errors import Conflict

_BLANK: dict[str, object] = dict.fromkeys(("disposition", "is_false", "proposed_at", "proposed_by_id"))


class OwnEnding(Conflict):
    """You proposed this end; a second person decides on what is critical or high."""

    code = "own-ending"
    title = "Your own proposal"
    remedy = (
        "Ask somebody else of the care team to review it. A clinic of one sets the policy `flag_second_review` to 0."
    )


async def resolve_flag(work: Work, flag_id: UUID, body: FlagResolve, expected_version: int) -> Flag:
    """Say how a flag ended. Raises NotFound, StaleVersion, IllegalFlagStep."""
    row = await load_at(work, flag_id, expected_version, FlagStep.RESOLVE)
    return await _end(work, row, body.text, disposition=body.disposition)


async def dismiss_flag(work: Work, flag_id: UUID, body: FlagDismiss, expected_version: int) -> Flag:
    """Say that a flag was a false positive, and why. Raises NotFound, StaleVersion, IllegalFlagStep."""
    row = await load_at(work, flag_id, expected_version, FlagStep.DISMISS)
    return await _end(work, row, body.reason, disposition=None)


async def _end(work: Work, row: FlagRow, text: str, *, disposition: FlagDisposition | None) -> Flag:
    """Close a flag, or let it wait for a second person, for whom its clock begins with the first group."""
    is_false, severity = disposition is None, SEVERITIES[row.severity_rank]
    needs_second = severity in REVIEWED and bool((await clinic_policies(work))["flag_second_review"])
    due_at = review_due(row, work.now)
    values = {
        "disposition": disposition,
        "is_false": is_false,
        "proposed_at": work.now,
        "proposed_by_id": work.actor.id,
        "state": FlagState.AWAITING_REVIEW,
        "escalate_at": due_at,
        "escalations": 0,
        **({} if needs_second else {**_closing(work, is_false=is_false), "escalations": row.escalations}),
    }
    changed = revised(sql.PROPOSE_END, row, work.now, values)
    work.change(
        sql.PROPOSE_END,
        changed,
        before=row,
        missed=StartAgain,
        expected_version=row.version,
        was_passed=row.escalations,
    )
    kind = FlagEventKind.PROPOSED if needs_second else FlagEventKind.CLOSED
    add_event(work, changed, kind, text=text, disposition=disposition)
    worklist.settle(work, row.patient_id, row.id, TaskKind.FLAG_TO_FOLLOW)
    if not needs_second:
        worklist.settle(work, row.patient_id, row.id, TaskKind.FLAG_RAISED)
    else:
        await open_for_second(work, row, due_at)
    work.record(row.id, row.patient_id)
    return present(changed, work.now)


async def review_flag(work: Work, flag_id: UUID, body: FlagReview, expected_version: int) -> Flag:
    """Decide on a proposed end, as a second person. Raises NotFound, StaleVersion, IllegalFlagStep, OwnEnding."""
    row = await load_at(work, flag_id, expected_version, FlagStep.REVIEW)
    if row.proposed_by_id == work.actor.id:
        raise OwnEnding
    if body.agrees:
        values = _closing(work, is_false=bool(row.is_false))
    else:
        due_at = row.contact_due_at if row.contacted_at is None else None
        values = {**_BLANK, "state": FlagState.IN_PROGRESS, "escalate_at": due_at, "escalations": 0}
    changed = work.revise(sql.REVIEW_FLAG, row, values)
    kind = FlagEventKind.CLOSED if body.agrees else FlagEventKind.RETURNED
    add_event(work, changed, kind, text=body.text, disposition=row.disposition)
    worklist.settle(work, row.patient_id, row.id, TaskKind.FLAG_TO_REVIEW)
    if body.agrees:
        worklist.settle(work, row.patient_id, row.id, TaskKind.FLAG_RAISED)
    elif row.proposed_by_id is not None:
        due_at = max(row.contact_due_at, work.now)
        open_flag_tasks(work, row, TaskKind.FLAG_TO_FOLLOW, [row.proposed_by_id], due_at)
    work.record(row.id, row.patient_id)
    return present(changed, work.now)


def _closing(work: Work, *, is_false: bool) -> dict[str, object]:
    return {
        "state": FlagState.FALSE_POSITIVE if is_false else FlagState.RESOLVED,
        "escalate_at": None,
        "closed_at": work.now,
        "closed_by_id": work.actor.id,
    }
