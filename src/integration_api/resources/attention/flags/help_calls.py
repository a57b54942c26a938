"""Calls for help: one flag as long as nobody answers, however often the patient asks."""

from uuid import UUID

from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.resources.attention.flags import statements as sql
from integration_api.resources.attention.flags.flag_tasks import open_for_team
from integration_api.resources.attention.flags.raised_flags import Origin, Raised, add_event, raise_flags
from integration_api.resources.attention.flags.rules import FlagEventKind, FlagOrigin, FlagSeverity, Hit

HELP = Hit("R06", FlagSeverity.CRITICAL)


async def raise_for_help(work: Work, patient_id: UUID) -> Raised:
    """Collect the flag of a call for help. While it waits for an answer, another call is an entry in its history.

    A repeated call does not restart the clock: who asks often is answered no later.
    """
    waiting = await work.one(sql.UNANSWERED_HELP, patient_id=patient_id)
    if waiting is None:
        return await raise_flags(work, patient_id, Origin(FlagOrigin.HELP, new_id()), [HELP])
    add_event(work, waiting, FlagEventKind.REPEATED)
    return Raised([waiting], await open_for_team(work, [waiting]))
