"""The lines of a research export, one class a file. No type here holds free text, and a test holds it so.

A field is a pseudonym, a shifted time, a word of an enumeration, the name of a product's instrument, or a number.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import NewType

from integration_api.resources.care.adverse_events.kinds import (
    AdverseEventKind,
    EventOutcome,
    EventSeverity,
    Relatedness,
)
from integration_api.resources.care.arc_windows.protocol_parts import ArcKind
from integration_api.resources.care.arc_windows.rules import AGAIN, ArcState, default_steps, is_again
from integration_api.resources.care.doses.bands import VitalField
from integration_api.resources.care.orders.limits import DoseKind, DoseRoute
from integration_api.resources.care.sessions.tables import Modality, Phase, SessionState
from integration_api.resources.measures.instruments.catalogue import instruments
from integration_api.resources.measures.measure_responses.rules import Respondent
from integration_api.resources.oversight.research_exports.pseudonyms import AgeBand, Pseudonym, ShiftedTime

CatalogueWord = NewType("CatalogueWord", str)
"""The name of an instrument of the product or of one of its scores, or the id of a step of the default protocol."""


class NotOfCatalogue(ValueError):
    """A name is none of the product's: it may be words of a clinic."""


def instrument_word(name: str) -> CatalogueWord:
    """Return the name of an instrument. Raises NotOfCatalogue."""
    if name not in instruments():
        raise NotOfCatalogue
    return CatalogueWord(name)


def score_word(instrument: str, name: str) -> CatalogueWord:
    """Return the name of a score of an instrument. Raises NotOfCatalogue."""
    if name not in {score.id for score in instruments()[instrument_word(instrument)].scores}:
        raise NotOfCatalogue
    return CatalogueWord(name)


def step_word(step_id: str) -> CatalogueWord | None:
    """Return the id of a step of the default protocol, `again` for what is asked again, and None for a clinic's own."""
    if is_again(step_id):
        return CatalogueWord(AGAIN)
    return CatalogueWord(step_id) if step_id in {step["id"] for step in default_steps()} else None


class Counted:
    """A line that the summary may count its patient by."""

    __slots__ = ()

    def cells(self) -> Iterable[tuple[str, str]]:
        """Return the cells of the summary that its patient is counted in, each by what and which."""
        return ()


@dataclass(frozen=True, slots=True)
class PatientRecord(Counted):
    """A patient. `age_band` is null if it is not known, or of too few patients."""

    patient: Pseudonym
    age_band: AgeBand | None


@dataclass(frozen=True, slots=True)
class SessionRecord(Counted):
    """A session that is over. When it was planned for is not told: appointments keep to true calendars."""

    patient: Pseudonym
    session: Pseudonym
    phase: Phase
    state: SessionState
    modality: Modality
    started_at: ShiftedTime | None
    ended_at: ShiftedTime | None


@dataclass(frozen=True, slots=True)
class DoseRecord(Counted):
    """A dose that was given. The dose by weight is by a weight in steps."""

    patient: Pseudonym
    session: Pseudonym
    kind: DoseKind
    route: DoseRoute
    amount_mg: float
    mg_per_kg: float | None
    given_at: ShiftedTime
    infusion_minutes: int | None
    devices: int | None

    def cells(self) -> Iterable[tuple[str, str]]:
        """Return the route."""
        return (("route", self.route.value),)


@dataclass(frozen=True, slots=True)
class VitalRecord(Counted):
    """A reading of a vital sign or a rating, in the unit of its field."""

    patient: Pseudonym
    session: Pseudonym
    field: VitalField
    value: float
    diastolic: float | None
    taken_at: ShiftedTime


@dataclass(frozen=True, slots=True)
class AdverseEventRecord(Counted):
    """An adverse event by its code."""

    patient: Pseudonym
    session: Pseudonym
    kind: AdverseEventKind
    severity: EventSeverity
    relatedness: Relatedness
    outcome: EventOutcome
    is_expected: bool | None
    onset_at: ShiftedTime
    ended_at: ShiftedTime | None

    def cells(self) -> Iterable[tuple[str, str]]:
        """Return the kind and the grade."""
        return (("adverse_event", self.kind.value), ("severity", self.severity.value))


@dataclass(frozen=True, slots=True)
class ArcWindowRecord(Counted):
    """A time in which the patient was asked something after a dose, and that is over.

    When it opened, was due, and closed is not told: lengths of months and changes of clocks would show the true date.
    """

    patient: Pseudonym
    session: Pseudonym
    kind: ArcKind
    step: CatalogueWord | None
    state: ArcState
    dose_at: ShiftedTime


@dataclass(frozen=True, slots=True)
class ScoreRecord(Counted):
    """A score of completed answers to an instrument of the product."""

    patient: Pseudonym
    session: Pseudonym | None
    response: Pseudonym
    instrument: CatalogueWord
    instrument_version: int
    score: CatalogueWord
    respondent: Respondent
    value: float
    max_possible: int | None
    is_lower_bound: bool
    happened_at: ShiftedTime

    def cells(self) -> Iterable[tuple[str, str]]:
        """Return the instrument."""
        return (("instrument", self.instrument),)


Record = PatientRecord | SessionRecord | DoseRecord | VitalRecord | AdverseEventRecord | ArcWindowRecord | ScoreRecord
RECORDS: tuple[type[Record], ...] = (
    PatientRecord,
    SessionRecord,
    DoseRecord,
    VitalRecord,
    AdverseEventRecord,
    ArcWindowRecord,
    ScoreRecord,
)


def line_of(record: Record) -> bytes:
    """Return a record as it stands in its file."""
    return json.dumps(asdict(record), ensure_ascii=False, allow_nan=False).encode() + b"\n"
