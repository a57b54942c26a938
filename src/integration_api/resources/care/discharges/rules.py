"""Rules of a discharge: what it needs, what is still missing, and findings about one that came too early. All are pure.

Source: clinical.md section 1.7.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from enum import StrEnum

from integration_api.resources.care.doses.rules import DoseFinding

RULES_VERSION = "2026-11-28"
"""The version of the checklist and of the rules of findings."""
SOURCE = "clinical.md section 1.7, POLICY"


class DischargeItem(StrEnum):
    """An item of the checklist; `observed` follows from the doses. Source: clinical.md section 1.7."""

    OBSERVED = "observed"
    AWAKE = "awake"
    ORIENTED = "oriented"
    DISSOCIATION_RESOLVED = "dissociation_resolved"
    PRESSURE_ACCEPTABLE = "pressure_acceptable"
    OXYGEN_ACCEPTABLE = "oxygen_acceptable"
    WALKS_UNAIDED = "walks_unaided"
    NO_VOMITING = "no_vomiting"
    COMFORTABLE = "comfortable"
    SCREENED_FOR_SUICIDE = "screened_for_suicide"
    ESCORTED = "escorted"
    TOLD_NOT_TO_DRIVE = "told_not_to_drive"
    INSTRUCTED = "instructed"


def blocking(met: Collection[str], observe_until: datetime | None, at: datetime) -> list[DischargeItem]:
    """Return what a discharge at this instant lacks, in the order of the checklist; without a dose, observation too."""
    is_observed = observe_until is not None and at >= observe_until
    known = {*met, *([DischargeItem.OBSERVED] if is_observed else [])}
    return [item for item in DischargeItem if item not in known]


def findings(lacking: Collection[DischargeItem], discharged_at: datetime | None) -> list[DoseFinding]:
    """Return the remarks about somebody who has left (R13, R20); none before."""
    return [] if discharged_at is None else [*_findings(lacking)]


def _findings(lacking: Collection[DischargeItem]) -> Iterable[DoseFinding]:
    if DischargeItem.OBSERVED in lacking:
        yield _finding("R13", "high", "discharge before the observation time of the route")
    others = [item for item in lacking if item is not DischargeItem.OBSERVED]
    if others:
        yield _finding("R13", "high", f"discharge without: {', '.join(others)}")
    if DischargeItem.ESCORTED in lacking:
        yield _finding("R20", "high", "left without an escort")


def _finding(rule: str, severity: str, text: str) -> DoseFinding:
    return DoseFinding(rule=rule, version=RULES_VERSION, severity=severity, text=text, source=SOURCE)
