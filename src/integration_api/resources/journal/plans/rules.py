"""Rules of how a plan moves on, of who may take which step, and of the schedules that a strategy may have."""

import re
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from dateutil.rrule import rrulestr

from integration_api.resources.journal.plans.tables import PlanSide, PlanState

CONFIDENT_ENOUGH = 7
"""Below this confidence (0-10) a smaller step is suggested. Source: clinical.md section 4 (unverified there)."""


class PlanStep(StrEnum):
    """The steps that a plan can take. `update` is any change of content, also of its strategies."""

    UPDATE = "update"
    PROPOSE = "propose"
    ACCEPT = "accept"
    DECLINE = "decline"
    PAUSE = "pause"
    RESUME = "resume"
    COMPLETE = "complete"
    ARCHIVE = "archive"


TRANSITIONS: Mapping[PlanState, Mapping[PlanStep, PlanState]] = {
    PlanState.DRAFT: {
        PlanStep.UPDATE: PlanState.DRAFT,
        PlanStep.PROPOSE: PlanState.PROPOSED,
        PlanStep.ARCHIVE: PlanState.ARCHIVED,
    },
    PlanState.PROPOSED: {
        PlanStep.UPDATE: PlanState.DRAFT,
        PlanStep.ACCEPT: PlanState.ACTIVE,
        PlanStep.DECLINE: PlanState.DRAFT,
        PlanStep.ARCHIVE: PlanState.ARCHIVED,
    },
    PlanState.ACTIVE: {
        PlanStep.UPDATE: PlanState.DRAFT,
        PlanStep.PAUSE: PlanState.PAUSED,
        PlanStep.COMPLETE: PlanState.COMPLETED,
        PlanStep.ARCHIVE: PlanState.ARCHIVED,
    },
    PlanState.PAUSED: {
        PlanStep.UPDATE: PlanState.DRAFT,
        PlanStep.RESUME: PlanState.ACTIVE,
        PlanStep.COMPLETE: PlanState.COMPLETED,
        PlanStep.ARCHIVE: PlanState.ARCHIVED,
    },
    PlanState.COMPLETED: {PlanStep.ARCHIVE: PlanState.ARCHIVED},
    PlanState.ARCHIVED: {},
}
"""From each state, the steps that can be taken and where they lead."""

ANSWERS = frozenset({PlanStep.ACCEPT, PlanStep.DECLINE})
"""Steps that only the side takes that did not propose."""


def allowed_steps(state: PlanState, proposed_by: PlanSide | None, side: PlanSide) -> list[PlanStep]:
    """The steps that this side may take now."""
    return [step for step in TRANSITIONS[state] if step not in ANSWERS or proposed_by is not side]


def is_practisable(agreed_revision: int | None) -> bool:
    """Whether its strategies may have been used: both sides agreed to it once.

    What a phone logged offline arrives when it can: by then the plan may be paused, over, or talked over anew.
    """
    return agreed_revision is not None


# ── schedules ──

_DAYS = "(?:MO|TU|WE|TH|FR|SA|SU)"
_HOUR, _MINUTE = "(?:2[0-3]|1[0-9]|0?[0-9])", "(?:[1-5][0-9]|0?[0-9])"
_MONTH_DAY = "-?(?:3[01]|[12][0-9]|0?[1-9])"


def _listed(item: str) -> re.Pattern[str]:
    return re.compile(f"{item}(?:,{item})*")


_VALUES: Mapping[str, re.Pattern[str]] = {
    "FREQ": re.compile("DAILY|WEEKLY|MONTHLY"),
    "INTERVAL": re.compile("[1-9][0-9]{0,2}"),
    "COUNT": re.compile("[1-9][0-9]{0,2}|1000"),
    "UNTIL": re.compile("(?:19|20|21)[0-9]{6}(?:T[0-9]{6})?"),
    "BYDAY": _listed(f"(?:[+-]?[1-5])?{_DAYS}"),
    "BYMONTHDAY": _listed(_MONTH_DAY),
    "BYHOUR": _listed(_HOUR),
    "BYMINUTE": _listed(_MINUTE),
    "BYSETPOS": re.compile(r"\+?1|-1"),
    "WKST": re.compile(_DAYS),
}
_MAX_INTERVAL = {"DAILY": 366, "WEEKLY": 52, "MONTHLY": 6}
_MAX_TIMES_PER_DAY = 24
_ANY_DAY = datetime(2026, 1, 1)  # noqa: DTZ001  schedules are in the patient's own time


def checked_schedule(text: str) -> str:
    """Return the RRULE in capitals. Raises ValueError with a message that repeats nothing of it.

    One rule without `RRULE:`, DTSTART and time zone: it runs by the patient's clock. Of RFC 5545 it may use the parts
    above. Their combination must come again on every calendar, from any day that it starts. So a program that looks
    for the next occurrence finds one.
    """
    if not text.isascii():
        msg = "only plain letters, digits and signs"
        raise ValueError(msg)
    rule = text.upper()
    parts: dict[str, str] = {}
    for part in rule.split(";"):
        name, _, value = part.partition("=")
        wanted = _VALUES.get(name)
        if wanted is None or name in parts:
            msg = f"each part once, of {', '.join(_VALUES)}; for example FREQ=WEEKLY;BYDAY=MO,TH"
            raise ValueError(msg)
        if wanted.fullmatch(value) is None:
            msg = f"{name} has a value that is not supported"
            raise ValueError(msg)
        parts[name] = value
    if refused := _refused(parts):
        raise ValueError(refused)
    try:
        rrulestr(rule, dtstart=_ANY_DAY)
    except ValueError:
        msg = "not a date that exists"
        raise ValueError(msg) from None
    return rule


def _refused(parts: Mapping[str, str]) -> str | None:
    """Why these parts cannot be together, if they cannot."""
    frequency, interval = parts.get("FREQ", ""), int(parts.get("INTERVAL", "1"))
    by_day = parts.get("BYDAY", "")
    numbered = [any(character.isdigit() for character in day) for day in by_day.split(",")]
    times = (parts.get("BYHOUR", "").count(",") + 1) * (parts.get("BYMINUTE", "").count(",") + 1)
    is_monthly = frequency == "MONTHLY"
    refusals = {
        "FREQ must be given": not frequency,
        "INTERVAL is too long for this FREQ": interval > _MAX_INTERVAL.get(frequency, interval),
        "give COUNT or UNTIL, not both": "COUNT" in parts and "UNTIL" in parts,
        "BYDAY with numbers needs FREQ=MONTHLY": not is_monthly and any(numbered),
        # RFC 5545 means either, python-dateutil both at once, which never comes
        "BYDAY has numbers for all days or for none": len(set(numbered)) > 1,
        "BYDAY with FREQ=DAILY needs every day": frequency == "DAILY" and bool(by_day) and interval > 1,
        "BYMONTHDAY needs FREQ=MONTHLY and no BYDAY": "BYMONTHDAY" in parts and (not is_monthly or bool(by_day)),
        "BYSETPOS needs FREQ=MONTHLY and BYDAY": "BYSETPOS" in parts and not (is_monthly and by_day),
        f"at most {_MAX_TIMES_PER_DAY} times a day": times > _MAX_TIMES_PER_DAY,
    }
    return next((reason for reason, is_refused in refusals.items() if is_refused), None)
