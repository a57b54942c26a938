"""Rules of a discharge: what it needs, what is still missing, and findings about one that came too early. All are pure.

Source: clinical.md section 1.7.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from enum import StrEnum

from integration_api.resources.care.doses.bands import VitalField
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


_ITEM_OF = {
    VitalField.BLOOD_PRESSURE: DischargeItem.PRESSURE_ACCEPTABLE,
    VitalField.HEART_RATE: DischargeItem.PRESSURE_ACCEPTABLE,
    VitalField.SPO2: DischargeItem.OXYGEN_ACCEPTABLE,
    VitalField.RESPIRATORY_RATE: DischargeItem.OXYGEN_ACCEPTABLE,
    VitalField.MOAAS: DischargeItem.AWAKE,
    VitalField.CADSS: DischargeItem.DISSOCIATION_RESOLVED,
    VitalField.CADSS_6: DischargeItem.DISSOCIATION_RESOLVED,
    VitalField.DISSOCIATION: DischargeItem.DISSOCIATION_RESOLVED,
}
"""The item that a reading speaks of."""
RED_SIGN_ITEM = DischargeItem.COMFORTABLE
"""The item that a red sign speaks of which has not ended (R19)."""


def contradicted(alarming: Collection[VitalField], *, has_red_sign: bool) -> set[DischargeItem]:
    """Return the items that are not met, whatever is ticked: by their last readings, or a red sign (R12, R19)."""
    found = {item for field, item in _ITEM_OF.items() if field in alarming}
    return {*found, RED_SIGN_ITEM} if has_red_sign else found


def blocking(
    met: Collection[str],
    observe_until: datetime | None,
    at: datetime,
    contradicted_items: Collection[DischargeItem] = (),
) -> list[DischargeItem]:
    """Return what a discharge at this instant lacks, in the order of the checklist; without a dose, observation too."""
    is_observed = observe_until is not None and at >= observe_until
    known = {*met, *([DischargeItem.OBSERVED] if is_observed else [])} - set(contradicted_items)
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
