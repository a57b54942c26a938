"""Rules of flags: severities, states, what may follow which, and until when. All are pure.

Source: clinical.md section 6, Due and Workflow; POLICY.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from integration_api.resources.attention.worklist.tables import Urgency


class FlagSeverity(StrEnum):
    """The severities of a flag, the most severe first."""

    CRITICAL = "critical"
    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"


MIN_PATIENTS = 5
"""The people that a number about the clinic needs at least: its admin is among those who read it."""
FLAG_POLICIES: Mapping[str, int] = {
    "critical_answer_minutes": 15,
    "high_answer_minutes": 60,
    "moderate_answer_hours": 24,
    "low_answer_days": 14,
    "critical_contact_minutes": 60,
    "high_contact_hours": 12,
    "moderate_contact_hours": 72,
    "flag_second_review": 1,
}
"""The defaults of a clinic's policies about flags: until when one is acknowledged, and its patient contacted.

`flag_second_review` 1: a second person closes what is critical or high; 0: for a clinic of one clinician.
Source: clinical.md section 6, Due, POLICY.
"""
IN_SESSION = timedelta(minutes=5)
"""In an open dosing session, what is critical is acknowledged so soon. Source: clinical.md section 6, Due, POLICY."""
SEVERITIES = tuple(FlagSeverity)
"""The severities in their order; a row keeps the place in it, so that an index sorts by it."""
REVIEWED = (FlagSeverity.CRITICAL, FlagSeverity.HIGH)
"""The severities that a second person closes."""


class FlagState(StrEnum):
    """The life of a flag."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    IN_PROGRESS = "in_progress"
    ESCALATED = "escalated"
    AWAITING_REVIEW = "awaiting_review"
    RESOLVED = "resolved"
    FALSE_POSITIVE = "false_positive"


class FlagOrigin(StrEnum):
    """The kind of thing that raised a flag."""

    HELP = "help"
    REFLECTION = "reflection"
    CHECK_IN = "check_in"
    MEASURE_RESPONSE = "measure_response"
    VITAL = "vital"
    DOSE = "dose"
    ADVERSE_EVENT = "adverse_event"
    SESSION = "session"
    HOME_COUNT = "home_count"
    ARC_WINDOW = "arc_window"
    BY_HAND = "by_hand"
    LAB_RESULT = "lab_result"


class FlagStep(StrEnum):
    """A step in the life of a flag that somebody can take."""

    ACKNOWLEDGE = "acknowledge"
    CONTACT = "contact"
    RESOLVE = "resolve"
    DISMISS = "dismiss"
    ESCALATE = "escalate"
    REVIEW = "review"


class FlagEventKind(StrEnum):
    """The kinds of entries in the history of a flag."""

    RAISED = "raised"
    RE_ALERTED = "re_alerted"
    REPEATED = "repeated"
    ACKNOWLEDGED = "acknowledged"
    CONTACT = "contact"
    REMARK = "remark"
    ESCALATED = "escalated"
    PROPOSED = "proposed"
    RETURNED = "returned"
    CLOSED = "closed"
    ASSESSED = "assessed"
    HOLD_ENDED = "hold_ended"
    """No dose is held by it any more."""
    HELD_AGAIN = "held_again"
    """The screen that had ended its hold was withdrawn: it was entered in error."""


class ContactChannel(StrEnum):
    """The way in which somebody was tried to be reached."""

    PHONE = "phone"
    VIDEO = "video"
    IN_PERSON = "in_person"
    MESSAGE = "message"
    OTHER = "other"


class ContactResult(StrEnum):
    """The one who was reached. Source: clinical.md section 6, Workflow."""

    NONE = "none"
    VOICEMAIL = "voicemail"
    PATIENT = "patient"
    PROXY = "proxy"


REACHED = (ContactResult.PATIENT, ContactResult.PROXY)


class FlagDisposition(StrEnum):
    """The ends of a flag. Source: clinical.md section 6, Workflow: actions and disposition."""

    SAFE_TO_CONTINUE = "safe_to_continue"
    SAFETY_PLAN_UPDATED = "safety_plan_updated"
    SESSION_BROUGHT_FORWARD = "session_brought_forward"
    PRESCRIBER_DECIDED = "prescriber_decided"
    EMERGENCY_SERVICES = "emergency_services"
    HOSPITAL = "hospital"
    REFERRED = "referred"
    OTHER = "other"


_UNANSWERED = (FlagState.OPEN, FlagState.ESCALATED)
_AT_WORK = (FlagState.ACKNOWLEDGED, FlagState.IN_PROGRESS)
TRANSITIONS: Mapping[FlagStep, tuple[FlagState, ...]] = {
    FlagStep.ACKNOWLEDGE: _UNANSWERED,
    FlagStep.CONTACT: (*_UNANSWERED, *_AT_WORK),
    FlagStep.RESOLVE: _AT_WORK,
    FlagStep.DISMISS: _AT_WORK,
    FlagStep.ESCALATE: (*_UNANSWERED, *_AT_WORK),
    FlagStep.REVIEW: (FlagState.AWAITING_REVIEW,),
}
"""The states from which each step leads on. Nothing closes a flag that nobody acknowledged."""
CLOSED = (FlagState.RESOLVED, FlagState.FALSE_POSITIVE)
UNANSWERED = _UNANSWERED


class Hit(NamedTuple):
    """A rule that a write met, and how severely."""

    rule: str
    severity: FlagSeverity


class HoldUntil(StrEnum):
    """The end of the hold of doses that a flag is: a suicide screen by staff, or a prescriber's decision alone."""

    SCREEN = "screen"
    DECISION = "decision"


_SEVERE = frozenset({FlagSeverity.CRITICAL, FlagSeverity.HIGH})
_ALWAYS = frozenset(FlagSeverity)
_HOLDS: Mapping[str, tuple[HoldUntil, frozenset[FlagSeverity]]] = {
    "R01": (HoldUntil.SCREEN, _ALWAYS),
    "R03": (HoldUntil.SCREEN, _ALWAYS),
    "R03b": (HoldUntil.SCREEN, _ALWAYS),
    "R04": (HoldUntil.DECISION, _SEVERE),
    "R05": (HoldUntil.DECISION, _ALWAYS),
    "R06": (HoldUntil.SCREEN, frozenset({FlagSeverity.CRITICAL})),
    "R14": (HoldUntil.DECISION, _ALWAYS),
    "R29": (HoldUntil.SCREEN, _ALWAYS),
    "R31": (HoldUntil.SCREEN, _ALWAYS),
}
"""The rules whose flags hold the next dose, until what, and of which severities. Source: clinical.md section 6, Holds.

The other rules that hold a dose open their holds in the readiness check.
"""


def hold_of(rule: str, severity: FlagSeverity) -> HoldUntil | None:
    """Return until what a flag of this rule and severity holds doses; None if it holds none."""
    until, severities = _HOLDS.get(rule, (None, frozenset[FlagSeverity]()))
    return until if severity in severities else None


def minimum_of(policy_value: int) -> int:
    """Return the people that a number needs: the clinic's policy, and never fewer than our own minimum."""
    return max(MIN_PATIENTS, policy_value)


class Due(NamedTuple):
    """Until when a flag is acknowledged, and its patient contacted."""

    acknowledge_at: datetime
    contact_at: datetime


def worst(hits: Iterable[Hit]) -> list[Hit]:
    """Return one hit of each rule, the most severe, in the order in which the rules came."""
    found: dict[str, Hit] = {}
    for hit in hits:
        known = found.get(hit.rule)
        if known is None or rank_of(hit.severity) < rank_of(known.severity):
            found[hit.rule] = hit
    return list(found.values())


def rank_of(severity: FlagSeverity) -> int:
    """Return the place of a severity in the order, 0 for the most severe."""
    return SEVERITIES.index(severity)


def urgency_of_flag(severity: FlagSeverity) -> Urgency:
    """Return the urgency of its task; what is low is routine."""
    return Urgency.ROUTINE if severity is FlagSeverity.LOW else Urgency(severity.value)


def flag_policies(own: Mapping[str, int]) -> dict[str, int]:
    """Return a clinic's policies about flags: its own values, or our defaults."""
    return {name: own.get(name, default) for name, default in FLAG_POLICIES.items()}


def due_of(policies: Mapping[str, int], severity: FlagSeverity, now: datetime, *, in_session: bool = False) -> Due:
    """Return until when staff mean to act, by the clinic's policies, given with their defaults.

    `in_session` says that a dosing session of the chart goes on: what is critical is then acknowledged sooner.
    """
    to_answer, to_contact = {
        FlagSeverity.CRITICAL: (
            timedelta(minutes=policies["critical_answer_minutes"]),
            timedelta(minutes=policies["critical_contact_minutes"]),
        ),
        FlagSeverity.HIGH: (
            timedelta(minutes=policies["high_answer_minutes"]),
            timedelta(hours=policies["high_contact_hours"]),
        ),
        FlagSeverity.MODERATE: (
            timedelta(hours=policies["moderate_answer_hours"]),
            timedelta(hours=policies["moderate_contact_hours"]),
        ),
        FlagSeverity.LOW: (timedelta(days=policies["low_answer_days"]), timedelta(days=policies["low_answer_days"])),
    }[severity]
    is_sooner = in_session and severity is FlagSeverity.CRITICAL
    acknowledge_at = now + (min(IN_SESSION, to_answer) if is_sooner else to_answer)
    return Due(acknowledge_at, max(now + to_contact, acknowledge_at))


def steps_from(state: FlagState) -> list[FlagStep]:
    """Return the steps that lead on from a state."""
    return [step for step, states in TRANSITIONS.items() if state in states]


def median_minutes(spans: Sequence[timedelta]) -> float | None:
    """Return the median of these spans in minutes, to one decimal; None of none."""
    if not spans:
        return None
    ordered = sorted(span.total_seconds() / 60 for span in spans)
    middle = len(ordered) // 2
    value = ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
    return round(value, 1)
