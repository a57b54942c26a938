"""Rules of endorsements: what each side stands behind."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol
from uuid import UUID

from integration_api.resources.journal.plans.tables import PlanSide

NOT_ENDORSED: Mapping[str, None] = {f"{side}_endorsed_{what}": None for side in PlanSide for what in ("at", "by_id")}
"""The endorsements of a new revision."""


class Endorsable(Protocol):
    """The endorsements of a revision that the rules read."""

    @property
    def patient_endorsed_at(self) -> datetime | None:
        """Return when the patient did."""

    @property
    def clinician_endorsed_at(self) -> datetime | None:
        """Return when a clinician did."""


def endorsed_at(revision: Endorsable) -> datetime | None:
    """Return when the second of both sides endorsed it; None unless both did."""
    patient, clinician = revision.patient_endorsed_at, revision.clinician_endorsed_at
    return max(patient, clinician) if patient is not None and clinician is not None else None


def endorsement(side: PlanSide, at: datetime | None, by_id: UUID | None) -> dict[str, object]:
    """Return the columns of one side's endorsement; those of the other stay."""
    return {f"{side}_endorsed_at": at, f"{side}_endorsed_by_id": by_id}


def is_endorsed(side: PlanSide, revision: Endorsable) -> bool:
    """Return whether this side endorsed it."""
    found = revision.patient_endorsed_at if side is PlanSide.PATIENT else revision.clinician_endorsed_at
    return found is not None
