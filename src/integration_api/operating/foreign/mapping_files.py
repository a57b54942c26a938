"""The mapping file: what of another system's files becomes what here."""

import tomllib
from pathlib import Path
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from integration_api.access.fields import TimeZone
from integration_api.operating.foreign.import_findings import RecordsRefused
from integration_api.operating.foreign.record_values import first_fault
from integration_api.resources.care.sessions.tables import Phase
from integration_api.resources.journal.strategy_library.tables import StrategyCategory
from integration_api.resources.measures.instruments.catalogue import instruments
from integration_api.web.protocol_errors import BadRequest
from integration_api.web.schemas import NameLine
from integration_api.web.strict_json import parse

MAX_MAPPING_BYTES = 2**20
MAX_ENTRIES = 10_000
Word = Annotated[str, StringConstraints(min_length=1, max_length=500)]

FIELDS: dict[str, frozenset[str]] = {
    "patients": frozenset(
        {
            *("id", "name", "preferred_name", "birth_on", "email", "phone", "emergency_contact"),
            *("language", "time_zone"),
        }
    ),
    "sessions": frozenset(
        {*("id", "patient_id", "phase", "state", "modality", "start", "end"), "intention", "end_reason"}
    ),
    "scores": frozenset({"id", "patient_id", "session_id", "instrument", "at", "total"}),
}
"""The fields that a column can become, by the kind of the table."""
NEEDED: dict[str, frozenset[str]] = {
    "patients": frozenset({"id", "name"}),
    "sessions": frozenset({"id", "patient_id", "start"}),
    "scores": frozenset({"patient_id", "at", "instrument"}),
}


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class QuestionnaireMapping(_Part):
    """The use of the answers to one questionnaire: answers to an instrument, or an entry of the patient."""

    instrument: Word | None = None
    is_reflection: bool = False
    items: dict[Word, Word] = Field(default={}, max_length=500)
    """By `linkId`, the item of the instrument."""
    answers: dict[Word, int | Word] = Field(default={}, max_length=500)
    """By code, the answer; a code that is an answer of the instrument needs none."""
    ignore: list[Word] = Field(default=[], max_length=500)
    """The items that are left out, by `linkId`."""

    @model_validator(mode="after")
    def _is_one_of_both(self) -> Self:
        if (self.instrument is None) is not self.is_reflection:
            msg = "give either `instrument` or `is_reflection = true`"
            raise ValueError(msg)
        if self.instrument is not None:
            _check_items(self.instrument, self.items.values())
        return self


class FhirMapping(_Part):
    """The reading of FHIR bundles."""

    phases: dict[Word, Phase] = Field(default={}, max_length=500)
    """By code or text of an Encounter's type, the phase of the session."""
    default_phase: Phase | None = None
    questionnaires: dict[Word, QuestionnaireMapping] = Field(default={}, max_length=500)
    """By canonical address, without its version."""
    strategy_category: StrategyCategory = StrategyCategory.VALUES_ACTION
    authors: dict[Word, NameLine] = Field(default={}, max_length=MAX_ENTRIES)
    """By type and id, the name of somebody whom no file has."""


class CsvMapping(_Part):
    """The reading of one CSV file."""

    file: Word
    kind: Literal["patients", "sessions", "scores"]
    encoding: Literal["utf-8", "windows-1252", "iso-8859-1"] = "utf-8"
    delimiter: Literal[",", ";", "\t"] = ","
    columns: dict[Word, Word] = Field(max_length=100)
    """By field of ours, the heading of the column."""
    constants: dict[Word, Word] = Field(default={}, max_length=100)
    """By field of ours, a value for every row."""
    values: dict[Word, dict[Word, Word]] = Field(default={}, max_length=100)
    """By field of ours, what a cell stands for."""
    items: dict[Word, Word] = Field(default={}, max_length=200)
    """Of scores: by item of the instrument, the heading of the column."""
    date_format: Word | None = None
    time_format: Word | None = None

    @model_validator(mode="after")
    def _names_fields(self) -> Self:
        known, given = FIELDS[self.kind], {*self.columns, *self.constants}
        for name in sorted({*given, *self.values} - known):
            msg = f"{name!r} is no field of {self.kind}; there are {', '.join(sorted(known))}"
            raise ValueError(msg)
        for name in sorted(NEEDED[self.kind] - given):
            msg = f"{self.kind} need a column for {name!r}"
            raise ValueError(msg)
        if set(self.columns) & set(self.constants):
            msg = "a field has either a column or a constant"
            raise ValueError(msg)
        if self.items:
            _check_items(self.constants.get("instrument"), self.items)
        return self


def _check_items(instrument_id: str | None, items: object) -> None:
    """Raise ValueError for an instrument or an item that is not in the catalogue."""
    instrument = instruments().get(instrument_id or "")
    if instrument is None:
        msg = "`instrument` must be an instrument of the product, as `GET /v1/instruments` lists them"
        raise ValueError(msg)
    known = {item.id for item in instrument.items}
    unknown = sorted(set(items) - known) if isinstance(items, dict) else sorted({*items} - known)  # type: ignore[misc]  # names
    if unknown:
        msg = f"{unknown[0]!r} is no item of {instrument.id}"
        raise ValueError(msg)


class MappingFile(_Part):
    """A whole mapping."""

    format: Literal["integration-journal-mapping"]
    version: Literal[1]
    source: NameLine
    """The system that the files are from. Identifiers are told apart by it, so it stays the same for ever."""
    time_zone: TimeZone | None = None
    """Of times that have none; without it they are refused."""
    patients: dict[Word, UUID] = Field(default={}, max_length=MAX_ENTRIES)
    """By identifier there, the chart that is here already."""
    leave_out: frozenset[Word] = Field(default=frozenset(), max_length=MAX_ENTRIES)
    """Records that are not to come: `Encounter/12`, `sessions/12`, or `phq9.csv, line 3` of a row without an id."""
    fhir: FhirMapping = FhirMapping()
    csv: list[CsvMapping] = Field(default=[], max_length=50)

    @model_validator(mode="after")
    def _names_files_once(self) -> Self:
        names = [table.file for table in self.csv]
        if len({*names}) != len(names):
            msg = "two tables name the same file"
            raise ValueError(msg)
        if len({*self.patients.values()}) != len(self.patients):
            msg = "two patients name the same chart"
            raise ValueError(msg)
        return self


def read_mapping(path: Path) -> MappingFile:
    """Return the mapping of a TOML or JSON file. Raises RecordsRefused, OSError."""
    with path.open("rb") as file:
        data = file.read(MAX_MAPPING_BYTES + 1)
    if len(data) > MAX_MAPPING_BYTES:
        raise RecordsRefused(f"{path.name}: a mapping has at most {MAX_MAPPING_BYTES:,} bytes")
    try:
        given = parse(data) if path.suffix == ".json" else tomllib.loads(data.decode("utf-8"))
        return MappingFile.model_validate(given)
    except ValidationError as error:
        raise RecordsRefused(f"{path.name}: {first_fault(error)}") from None
    except BadRequest as error:
        raise RecordsRefused(f"{path.name}: {error.detail.replace('The body', 'the mapping')}") from None
    except (ValueError, RecursionError) as error:
        why = str(error) if isinstance(error, tomllib.TOMLDecodeError) else "it is no UTF-8, or nested too deeply"
        raise RecordsRefused(f"{path.name}: {why}") from None
