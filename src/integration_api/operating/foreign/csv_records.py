"""Records out of CSV: patients, sessions and scores, each row by the mapping of its file."""

from datetime import datetime
from functools import partial
from typing import Any

from pydantic import ValidationError

from integration_api.operating.foreign.answers import answer_of, instrument_of, response_values, total_values
from integration_api.operating.foreign.csv_tables import Row, cell_of, read_table
from integration_api.operating.foreign.import_findings import (
    MAX_RECORDS,
    Found,
    LeftOut,
    Place,
    Readings,
    RecordsRefused,
    Unfit,
)
from integration_api.operating.foreign.mapping_files import CsvMapping, MappingFile
from integration_api.operating.foreign.record_values import (
    PatientValues,
    RecordValues,
    SessionValues,
    first_fault,
)
from integration_api.operating.foreign.written_times import check_session, day_of, instant_of
from integration_api.resources.care.sessions.tables import Modality, SessionState
from integration_api.resources.measures.instruments.scores import Answer
from integration_api.resources.oversight.imported_records.tables import ImportedKind

MAX_IDENTIFIER = 200


class RowReader:
    """Reads the rows of one file."""

    def __init__(self, mapping: MappingFile, table: CsvMapping, now: datetime, into: Readings) -> None:
        """`now`: nothing that has happened is later. `into`: what counts the columns that are not taken."""
        self.mapping, self.table, self.now, self.into = mapping, table, now, into

    def found(self, row: Row, place: Place) -> Found:
        """Return the record of a row. Raises Unfit, LeftOut, ValidationError."""
        if self._named(row, place) in self.mapping.leave_out:
            raise LeftOut("the mapping leaves it out")
        if row.fault is not None:
            raise Unfit(row.fault)
        kinds = {"patients": self._patient, "sessions": self._session, "scores": self._score}
        return kinds[self.table.kind](row, place)

    def _named(self, row: Row, place: Place) -> str:
        """Return the name that `leave_out` has for a row: `sessions/12`, or its place if it has no identifier."""
        cell = row.cells.get(self.table.columns["id"]) if "id" in self.table.columns else None
        return f"{self.table.kind}/{cell}" if cell else str(place)

    def _cell(self, row: Row, field: str) -> str | None:
        return cell_of(row, self.table, field)

    def _needed(self, row: Row, field: str) -> str:
        found = self._cell(row, field)
        if found is None:
            raise Unfit(f"column {self.table.columns.get(field, field)!r}: {field} is needed")
        return found

    def _identifier(self, row: Row, field: str) -> str:
        found = self._needed(row, field)
        if len(found) > MAX_IDENTIFIER or not found.isprintable():
            raise Unfit(f"{field}: an identifier is one line of at most {MAX_IDENTIFIER} characters")
        return found

    def _instant(self, row: Row, field: str) -> datetime | None:
        cell = self._cell(row, field)
        return None if cell is None else instant_of(cell, field, self.mapping.time_zone, self.table.time_format)

    def _past(self, row: Row, field: str) -> datetime:
        self._needed(row, field)
        at = self._instant(row, field)
        if at is None or at > self.now:
            raise Unfit(f"{field}: it lies ahead")
        return at

    def _patient(self, row: Row, place: Place) -> Found:
        given: dict[str, Any] = {
            name: self._cell(row, name)
            for name in ("name", "preferred_name", "email", "phone", "emergency_contact", "language", "time_zone")
        }
        born, identifier = self._cell(row, "birth_on"), self._identifier(row, "id")
        given["birth_on"] = None if born is None else day_of(born, "birth_on", self.table.date_format)
        if born is not None and given["birth_on"] > self.now.date():
            raise Unfit("birth_on: it lies ahead")
        return Found(ImportedKind.PATIENT, identifier, identifier, place, PatientValues(**given))

    def _session(self, row: Row, place: Place) -> Found:
        self._needed(row, "start")
        start, end = self._instant(row, "start"), self._instant(row, "end")
        state = self._cell(row, "state") or (SessionState.PLANNED if start and start > self.now else "completed")
        is_over, has_begun = state == SessionState.COMPLETED, state in {"completed", "in_progress"}
        if start is not None:
            check_session(state, start, end, self.now, ("start", "end"))
        phase = self._cell(row, "phase") or self.mapping.fhir.default_phase
        if phase is None:
            raise Unfit("phase: the row has none, and the mapping has no constant for it")
        values = SessionValues.model_validate(
            {
                "phase": phase,
                "state": state,
                "modality": self._cell(row, "modality") or Modality.IN_PERSON,
                "planned_start_at": start,
                "planned_end_at": end if end != start else None,
                "started_at": start if has_begun else None,
                "ended_at": (end or start) if is_over else None,
                "intention": self._cell(row, "intention"),
                "end_reason": self._cell(row, "end_reason"),
            }
        )
        patient = self._identifier(row, "patient_id")
        return Found(ImportedKind.SESSION, self._identifier(row, "id"), patient, place, values)

    def _score(self, row: Row, place: Place) -> Found:
        patient, at = self._identifier(row, "patient_id"), self._past(row, "at")
        name, total, answers = self._needed(row, "instrument"), self._total(row), self._answers(row)
        values: RecordValues
        if answers:
            kind = ImportedKind.MEASURE_RESPONSE
            values = response_values(instrument_of(name), answers, at, total)
        elif total is not None:
            kind, values = ImportedKind.SCORE_TOTAL, total_values(name, total, at)
        else:
            raise LeftOut("it has neither answers nor a total")
        derived = f"{patient} {name} {at.isoformat()}"
        identifier = self._identifier(row, "id") if "id" in self.table.columns else derived
        session = self._cell(row, "session_id")
        if session is not None and kind is ImportedKind.SCORE_TOTAL:
            self.into.not_taken(f"{self.table.file}: {self.table.columns.get('session_id', 'session_id')}")
            session = None
        return Found(kind, identifier, patient, place, values, session=session)

    def _total(self, row: Row) -> float | None:
        cell = self._cell(row, "total")
        if cell is None:
            return None
        try:
            return float(cell.replace(",", "."))
        except ValueError:
            raise Unfit("total: it is no number") from None

    def _answers(self, row: Row) -> dict[str, Answer]:
        if not self.table.items:
            return {}
        items = {item.id: item for item in instrument_of(self.table.constants["instrument"]).items}
        cells = {item: row.cells[heading] for item, heading in self.table.items.items()}
        return {name: answer_of(items[name], cell) for name, cell in cells.items() if cell}


def read_csv(data: bytes, sha256: str, table: CsvMapping, mapping: MappingFile, now: datetime, into: Readings) -> None:
    """Read one file. Raises RecordsRefused if it is no such table."""
    reader = RowReader(mapping, table, now, into)
    used = {*table.columns.values(), *table.items.values()}
    for row in read_table(data, table):
        for name in (name for name, cell in row.cells.items() if cell and name not in used):
            into.not_taken(f"{table.file}: {name}")
        take(into, Place(table.file, sha256, f"line {row.line}"), partial(reader.found, row))


def take(into: Readings, place: Place, read: "partial[Found]") -> None:
    """Read one record, and keep it, or why it is not taken. Raises RecordsRefused if there are too many."""
    into.read += 1
    if into.read > MAX_RECORDS:
        raise RecordsRefused(f"{place}: one run takes at most {MAX_RECORDS:,} records; divide the files")
    try:
        into.found.append(read(place))
    except LeftOut as error:
        into.left_out.add(place, str(error))
    except Unfit as error:
        into.refused.add(place, str(error))
    except ValidationError as error:
        into.refused.add(place, first_fault(error))
