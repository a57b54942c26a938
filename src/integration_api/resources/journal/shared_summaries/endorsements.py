"""Endorsing a revision of a shared summary, for one side, and taking that back."""

from uuid import UUID

from integration_api.access.work import Work
from integration_api.resources.care.doses.altered_states import check_not_held
from integration_api.resources.journal.plans.plan_steps import own_side
from integration_api.resources.journal.shared_summaries import statements as sql
from integration_api.resources.journal.shared_summaries.rules import endorsement, is_endorsed
from integration_api.resources.journal.shared_summaries.schemas import SharedSummary, SharedSummaryEndorse
from integration_api.resources.journal.shared_summaries.service import load_standing, present, tell
from integration_api.web.errors import Conflict


class SummaryChanged(Conflict):
    """The summary has another revision than the one you named; read it again, then decide."""

    code = "summary-changed"
    title = "Another revision of the summary"
    remedy = "Read the summary, show what is different, and ask again whether they stand behind it."


class EndorsementUnchanged(Conflict):
    """Your side has endorsed this revision already, or has no endorsement to take back."""

    code = "endorsement-unchanged"
    title = "Nothing to change"
    remedy = "Show the summary as it is."


async def endorse_shared_summary(
    work: Work, shared_summary_id: UUID, body: SharedSummaryEndorse, expected_version: int
) -> SharedSummary:
    """Stand behind the revision that was read, for the actor's side.

    Raises as `load_standing`, SummaryChanged, EndorsementUnchanged, AlteredStateHold.
    """
    row = await load_standing(work, shared_summary_id, expected_version)
    if body.revision != row.revision:
        raise SummaryChanged
    side = own_side(work)
    if is_endorsed(side, row):
        raise EndorsementUnchanged
    await check_not_held(work, row.patient_id)
    changed = work.revise(sql.ENDORSE_SHARED_SUMMARY, row, endorsement(side, work.now, work.actor.id))
    work.record(row.id, row.patient_id)
    return present(changed, await tell(work, row))


async def unendorse_shared_summary(work: Work, shared_summary_id: UUID, expected_version: int) -> SharedSummary:
    """Take the endorsement of the own side back.

    Raises as `load_standing`, EndorsementUnchanged, AlteredStateHold.
    """
    row = await load_standing(work, shared_summary_id, expected_version)
    side = own_side(work)
    if not is_endorsed(side, row):
        raise EndorsementUnchanged
    await check_not_held(work, row.patient_id)
    changed = work.revise(sql.ENDORSE_SHARED_SUMMARY, row, endorsement(side, None, None))
    work.record(row.id, row.patient_id)
    return present(changed, await tell(work, row))
