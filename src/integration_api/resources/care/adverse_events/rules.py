"""Rules of adverse events: what cannot be, what a prescriber reviews, and until when. All are pure."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import NamedTuple

from integration_api.resources.attention.flags.rules import FlagSeverity, Hit
from integration_api.resources.care.adverse_events.kinds import (
    ALWAYS_CRITICAL,
    RED_SIGNS,
    REVIEW_WITHIN,
    RULES_VERSION,
    AdverseEventKind,
    EventOutcome,
    EventSeverity,
    Seriousness,
)
from integration_api.resources.care.doses.rules import DoseFinding, hits_of_findings
from integration_api.web.errors import FieldError

_GRADES = tuple(EventSeverity)


class Judged(NamedTuple):
    """The facts of an adverse event that the rules read."""

    kind: AdverseEventKind
    onset_at: datetime
    ended_at: datetime | None
    severity: EventSeverity
    serious_because: Collection[str]
    outcome: EventOutcome


def event_problems(event: Judged) -> list[FieldError]:
    """Return what cannot be: an end before the onset, or a death that one field knows of and another does not."""
    return [{"field": f"body.{field}", "code": code, "message": text} for field, code, text in _problems(event)]


def _problems(event: Judged) -> Iterable[tuple[str, str, str]]:
    if event.ended_at is not None and event.ended_at < event.onset_at:
        yield "ended_at", "before_onset", "must not be before onset_at"
    is_death = Seriousness.DEATH in event.serious_because
    if is_death is not (event.severity is EventSeverity.FATAL):
        yield "severity", "death_differs", "must be fatal if serious_because names death, and only then"
    if is_death is not (event.outcome is EventOutcome.FATAL):
        yield "outcome", "death_differs", "must be fatal if serious_because names death, and only then"
    if len(set(event.serious_because)) < len(event.serious_because):
        yield "serious_because", "repeated", "must name each criterion once"


def needs_review(kind: AdverseEventKind, serious_because: Collection[str]) -> bool:
    """Return whether a prescriber has to review it: rule R34."""
    return bool(serious_because) or kind in ALWAYS_CRITICAL


def review_due(event: Judged, known_at: datetime) -> datetime | None:
    """Return until when a prescriber reviews it; None if none has to."""
    return known_at + REVIEW_WITHIN if needs_review(event.kind, event.serious_because) else None


def is_worse(now: Judged, before: Judged) -> bool:
    """Return whether a change is bad news, so that a review of what was known before does not stand for it."""
    is_graver = _GRADES.index(now.severity) > _GRADES.index(before.severity)
    return is_graver or bool(set(now.serious_because) - set(before.serious_because)) or now.kind is not before.kind


def findings(event: Judged) -> list[DoseFinding]:
    """Return the remarks about an adverse event: R34, or none."""
    if not needs_review(event.kind, event.serious_because):
        return []
    text = "serious adverse event" if event.serious_because else f"{event.kind.replace('_', ' ')}: always critical"
    return [
        DoseFinding(
            rule="R34", version=RULES_VERSION, severity="critical", text=text, source="clinical.md section 1.5, POLICY"
        )
    ]


_BY_KIND = {
    AdverseEventKind.PSYCHOTIC_SYMPTOMS: Hit("R14", FlagSeverity.CRITICAL),
    AdverseEventKind.MANIA: Hit("R14", FlagSeverity.HIGH),
    **dict.fromkeys(RED_SIGNS, Hit("R19", FlagSeverity.CRITICAL)),
}
"""The rules that a kind of event meets by itself. Source: clinical.md section 6, R14 and R19."""


def hits_of_event(event: Judged) -> list[Hit]:
    """Return the safety rules that an adverse event meets: R34, and R14 or R19 by its kind."""
    return [*hits_of_findings(findings(event)), *([_BY_KIND[event.kind]] if event.kind in _BY_KIND else [])]
