"""The values of a record of each kind, held to the same bounds as what is written here."""

import hashlib
from datetime import date, datetime
from math import isfinite
from typing import Annotated, TypeAlias

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from integration_api.resources.care.sessions.schemas import Name as PersonName
from integration_api.resources.care.sessions.tables import Modality, PersonRole, Phase, SessionState
from integration_api.resources.journal.strategy_library.tables import StrategyCategory
from integration_api.resources.people.patients.schemas import (
    EmergencyContact,
    Language,
    Name,
    PatientEmail,
    Phone,
    PreferredName,
    TheirTimeZone,
)
from integration_api.web.schemas import VISIBLE, FilledProse, Line, NameLine, Prose, Reason

MAX_PEOPLE, MAX_STRATEGIES = 20, 50
_FIRST_YEAR, _LAST_YEAR = 1900, 2200


def _of_our_time(value: datetime) -> datetime:
    if not _FIRST_YEAR <= value.year < _LAST_YEAR:
        msg = f"must be between the years {_FIRST_YEAR} and {_LAST_YEAR}"
        raise ValueError(msg)
    return value


def _of_the_living(value: date) -> date:
    if value.year < _FIRST_YEAR:
        msg = f"must be a day since {_FIRST_YEAR}"
        raise ValueError(msg)
    return value


def _finite(value: float) -> float:
    if not isfinite(value):
        msg = "must be a finite number"
        raise ValueError(msg)
    return value


At = Annotated[AwareDatetime, AfterValidator(_of_our_time)]
Text2000 = Annotated[str, StringConstraints(max_length=2000)]


class _Values(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Author(_Values):
    """The author of a note, as the other system tells of them."""

    key: str
    name: NameLine
    credential: Line | None = None


class PatientValues(_Values):
    """The person that a chart is about."""

    name: Name
    preferred_name: PreferredName | None = None
    birth_on: Annotated[date, AfterValidator(_of_the_living)] | None = None
    email: PatientEmail | None = None
    phone: Phone | None = None
    emergency_contact: EmergencyContact | None = None
    language: Language | None = None
    time_zone: TheirTimeZone | None = None


class PersonValues(_Values):
    """Somebody who was there."""

    role: PersonRole
    name: PersonName


class SessionValues(_Values):
    """One meeting."""

    phase: Phase
    state: SessionState
    modality: Modality
    planned_start_at: At
    planned_end_at: At | None = None
    started_at: At | None = None
    ended_at: At | None = None
    people: Annotated[list[PersonValues], Field(max_length=MAX_PEOPLE)] = []
    intention: Prose | None = None
    end_reason: Reason | None = None


class NoteValues(_Values):
    """One note: a text and when it was written."""

    happened_at: At
    text: FilledProse


class ResponseValues(_Values):
    """Answers to an instrument."""

    instrument_id: str
    instrument_version: int
    answers: dict[str, int | str]
    happened_at: At


class TotalValues(_Values):
    """A total without the answers that it was made of."""

    instrument_id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
    value: Annotated[float, AfterValidator(_finite)]
    happened_at: At


class ReflectionValues(_Values):
    """An entry of the patient."""

    is_submitted: bool
    happened_at: At
    text: FilledProse


class StrategyValues(_Values):
    """One activity of a plan."""

    category: StrategyCategory
    title: Line
    description: Text2000 | None = None


class PlanValues(_Values):
    """One plan with its strategies."""

    title: Line
    aim: Annotated[str, StringConstraints(min_length=1, max_length=2000), VISIBLE]
    strategies: Annotated[list[StrategyValues], Field(max_length=MAX_STRATEGIES)] = []


class GoalValues(_Values):
    """One goal."""

    title: Line
    levels: Annotated[list[Line], Field(min_length=5, max_length=5)]
    withdrawn_reason: Reason | None = None


RecordValues: TypeAlias = (
    PatientValues
    | SessionValues
    | NoteValues
    | ResponseValues
    | TotalValues
    | ReflectionValues
    | PlanValues
    | GoalValues
)


def content_digest(values: RecordValues, *beside: str | None) -> str:
    """Return the SHA-256 of what is taken of a record, and of the identifiers that it names."""
    told = "\n".join(str(one) for one in (type(values).__name__, *beside, values.model_dump_json()))
    return hashlib.sha256(told.encode()).hexdigest()


def first_fault(error: ValidationError) -> str:
    """Return the first fault of values: the field and what is wrong, never the value."""
    fault = error.errors(include_input=False, include_url=False, include_context=False)[0]
    return f"{'.'.join(map(str, fault['loc']))}: {fault['msg'].removeprefix('Value error, ')}"
