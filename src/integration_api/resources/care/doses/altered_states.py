"""The altered-state window: what a patient is not asked to decide after a dose, and until when.

It is open from each dose that stands until the end of that dose's own clock. Writing for oneself and asking for help
never wait for it. A text that the team reads at once does. Source: clinical.md section 1.2 and product.md, POLICY.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from integration_api.access.work import Work
from integration_api.resources.care.doses.altered_state_statements import READ_ALTERED_STATE
from integration_api.resources.care.doses.watch_rules import OfDose
from integration_api.web.errors import Conflict, Member
from integration_api.web.instants import instant

MIN_AFTER_INFUSION = timedelta(minutes=120)
"""The window of an infusion ends no earlier than this after its end. Source: clinical.md section 1.2, POLICY."""
_POLICY = "altered_state_minutes_"


class AlteredStateHold(Conflict):
    """So soon after a dose this waits for some hours. Writing for oneself and asking for help do not."""

    code = "altered-state-hold"
    title = "Waits until the effect of the dose is over"
    remedy = (
        "Keep what was written; hand it in without `share`, a shared summary as a reflection. Show `ends_at` in the "
        "patient's time zone, and offer the step again from then on. Do not repeat it by yourself: it is for the "
        "patient to decide then."
    )
    members = {"ends_at": Member(datetime, "When it can be done (UTC).", "2026-11-20T18:20:00Z")}


def altered_until(policies: Mapping[str, int], dose: OfDose) -> datetime:
    """Return when the window of a dose ends, by the clinic's policies, given with their defaults."""
    window = timedelta(minutes=policies[_POLICY + dose.route])
    if window and dose.infusion_minutes is not None:
        window = max(window, timedelta(minutes=dose.infusion_minutes) + MIN_AFTER_INFUSION)
    return dose.given_at + window


async def check_not_held(work: Work, patient_id: UUID) -> None:
    """Raise AlteredStateHold if the actor is the patient, and in the window now."""
    if not work.actor.is_patient:
        return
    held = await work.one(READ_ALTERED_STATE, patient_id=patient_id)
    if held is not None and held.altered_until is not None:
        raise hold(held.altered_until)


def hold(until: datetime) -> AlteredStateHold:
    """Return the refusal of what waits until then."""
    return AlteredStateHold(extra={"ends_at": instant(until)})
