"""Flags of what holds a dose: of answers when they are given, and of what is missing when a dose is to start."""

from collections.abc import Iterable

from integration_api.access.work import Work
from integration_api.resources.attention.flags.raised_flags import Origin, raise_flags
from integration_api.resources.attention.flags.rules import FlagOrigin, FlagSeverity, Hit
from integration_api.resources.care.readiness.rules import HoldState
from integration_api.resources.care.readiness.tables import HoldRow
from integration_api.resources.care.sessions.tables import SessionRow

_ON_ANSWER = ("R22", "R24")
"""Rules that an answer meets by itself. The others ask for what is there when the dose starts."""
_SEVERITIES = {
    "R17": FlagSeverity.MODERATE,
    "R18": FlagSeverity.HIGH,
    "R21": FlagSeverity.CRITICAL,
    "R22": FlagSeverity.HIGH,
    "R23": FlagSeverity.HIGH,
    "R24": FlagSeverity.HIGH,
    "R37": FlagSeverity.HIGH,
}
"""The rules of holds that raise a flag here; R09, R10, R26 and R34 raise theirs with the reading or the event.

Source: clinical.md section 6.
"""


async def raise_for_holds(work: Work, session: SessionRow, holds: Iterable[HoldRow], *, is_dose: bool) -> None:
    """Collect the flags of the open holds among these: one for each rule and session, however often it is tried."""
    rules = dict.fromkeys(
        hold.rule for hold in holds if hold.state is HoldState.OPEN and (is_dose or hold.rule in _ON_ANSWER)
    )
    hits = [Hit(rule, _SEVERITIES[rule]) for rule in rules if rule in _SEVERITIES]
    origin = Origin(FlagOrigin.SESSION, session.id, session.id)
    await raise_flags(work, session.patient_id, origin, hits, is_new=False)
