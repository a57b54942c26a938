"""Check-ins that were there before an earlier one arrived, or a dose that was given before them: they are judged again.

A rule that asks for the same at two check-ins looks at the one before. Of each item, the next check-in alone depends on
answers that arrive late. Its flag is raised; what it says of its alarms stays as it was when it came.

Doses come before measures, and cannot call this room. So a dose that was recorded late is looked at with the next
check-in. If none comes, its window is missed, and that is told (R16).
"""

from datetime import timedelta

from integration_api.access.work import Work
from integration_api.resources.attention.flags.raised_flags import Origin, raise_flags
from integration_api.resources.attention.flags.rules import FlagOrigin, FlagSeverity, Hit
from integration_api.resources.measures.check_ins import statements as sql
from integration_api.resources.measures.check_ins.alarm_rules import (
    alarms_since_dose,
    least_hours_since_dose,
    met_again,
    needs_earlier,
)
from integration_api.resources.measures.check_ins.statements import DoseBefore
from integration_api.resources.measures.check_ins.tables import CheckInRow

LATE = timedelta(minutes=1)
"""Answers that are no older have nothing after them: who gives them waits for the network no longer. POLICY."""


async def judge_later(work: Work, row: CheckInRow) -> None:
    """Collect the flags of check-ins after this one that follow from it, if it arrived late."""
    if row.happened_at > work.now - LATE or not needs_earlier(row.answers):
        return
    later = await work.part(
        sql.LATER_CHECK_INS,
        patient_id=row.patient_id,
        happened_at=row.happened_at,
        other_than_id=row.corrects_id or row.id,
    )
    for place, rule in met_again(row.answers, [one.answers for one in later]):
        origin = Origin(FlagOrigin.CHECK_IN, later[place].id)
        await raise_flags(work, row.patient_id, origin, [Hit(rule.rule, FlagSeverity(rule.severity))], is_new=False)


async def judge_since_dose(work: Work, row: CheckInRow, dose: DoseBefore | None) -> None:
    """Collect the flags of check-ins before this one that came before their dose was recorded (R12)."""
    if dose is None or dose.created_at - dose.given_at < least_hours_since_dose():
        return
    other_than_id = row.corrects_id or row.id
    earlier = await work.part(
        sql.EARLIER_CHECK_INS, patient_id=row.patient_id, happened_at=row.happened_at, other_than_id=other_than_id
    )
    for one in earlier:
        if one.created_at < dose.created_at and one.happened_at >= dose.given_at:
            found = alarms_since_dose(one.answers, one.happened_at - dose.given_at)
            hits = [Hit(alarm["rule"], FlagSeverity(alarm["severity"])) for alarm in found]
            await raise_flags(work, one.patient_id, Origin(FlagOrigin.CHECK_IN, one.id), hits, is_new=False)
