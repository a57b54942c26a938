"""Rules of safeguarding reports: who reads one, and which states follow on which."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from integration_api.resources.people.safeguarding_reports.tables import SafeguardingState

MAX_NAMED = 20


class SafeguardingSubject(StrEnum):
    """The subject of a report. Source: clinical.md section 1.8."""

    STAFF_CONDUCT = "staff_conduct"
    TOUCH = "touch"
    BOUNDARY = "boundary"
    SEXUAL = "sexual"
    FINANCIAL = "financial"
    OTHER = "other"


class SafeguardingPlace(StrEnum):
    """The part that an account has in a report."""

    REPORTER = "reporter"
    LEAD = "lead"
    DEPUTY = "deputy"


class SafeguardingTold(StrEnum):
    """The people who receive a report."""

    LEAD_AND_DEPUTY = "lead_and_deputy"
    LEAD = "lead"
    DEPUTY = "deputy"
    NOBODY = "nobody"


NEXT: Mapping[SafeguardingState, frozenset[SafeguardingState]] = {
    SafeguardingState.RECEIVED: frozenset(
        {
            SafeguardingState.TRIAGE,
            SafeguardingState.INVESTIGATING,
            SafeguardingState.REFERRED,
            SafeguardingState.CLOSED,
        }
    ),
    SafeguardingState.TRIAGE: frozenset(
        {SafeguardingState.INVESTIGATING, SafeguardingState.REFERRED, SafeguardingState.CLOSED}
    ),
    SafeguardingState.INVESTIGATING: frozenset({SafeguardingState.REFERRED, SafeguardingState.CLOSED}),
    SafeguardingState.REFERRED: frozenset({SafeguardingState.INVESTIGATING, SafeguardingState.CLOSED}),
    SafeguardingState.CLOSED: frozenset({SafeguardingState.INVESTIGATING}),
}
"""The states that may follow; a closed report can be opened again."""


class Handlers(NamedTuple):
    """The accounts that handle a report; None if nobody of that place may."""

    lead_id: UUID | None
    deputy_id: UUID | None

    @property
    def told(self) -> SafeguardingTold:
        """Return the word for who receives the report."""
        if self.lead_id and self.deputy_id:
            return SafeguardingTold.LEAD_AND_DEPUTY
        if self.lead_id:
            return SafeguardingTold.LEAD
        return SafeguardingTold.DEPUTY if self.deputy_id else SafeguardingTold.NOBODY


def handlers_of(lead_id: UUID | None, deputy_id: UUID | None, named: Collection[UUID]) -> Handlers:
    """Return who handles a report: of the lead and the deputy whose accounts stand, those who are not named in it."""
    return Handlers(*(one if one not in named else None for one in (lead_id, deputy_id)))
