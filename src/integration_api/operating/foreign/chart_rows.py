"""The rows of imported records, and what the ledger says of them: one chart at a time."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import JsonValue

from integration_api.access.bulk_work import BulkWork
from integration_api.access.tables import AccountRow, AccountState, TenantRow
from integration_api.core.ids import new_id
from integration_api.operating.foreign.import_plans import ChartPlan, Ids, New
from integration_api.operating.foreign.journal_rows import goal_rows, note_rows, plan_rows, reflection_rows
from integration_api.operating.foreign.mapping_files import MappingFile
from integration_api.operating.foreign.record_values import (
    Author,
    GoalValues,
    NoteValues,
    PatientValues,
    PlanValues,
    ReflectionValues,
    ResponseValues,
    SessionValues,
    TotalValues,
)
from integration_api.resources.care.sessions.tables import SessionRow
from integration_api.resources.measures.instruments.catalogue import definition_of
from integration_api.resources.measures.instruments.definitions import Instrument
from integration_api.resources.measures.instruments.scores import scores_of
from integration_api.resources.measures.instruments.vocabulary import InstrumentKind
from integration_api.resources.measures.measure_responses.rules import Respondent, ResponseMode, ResponseState
from integration_api.resources.measures.measure_responses.score_parts import score_there
from integration_api.resources.measures.measure_responses.tables import MeasureResponseRow, MeasureScoreRow
from integration_api.resources.oversight.exports import package_statements as sql
from integration_api.resources.oversight.imported_records.statements import INSERT_IMPORTED_RECORD
from integration_api.resources.oversight.imported_records.tables import ImportedFor, ImportedKind, ImportedRecordRow
from integration_api.resources.people.accounts.service import insert_first_account
from integration_api.resources.people.patients.rules import name_parts
from integration_api.resources.people.patients.tables import NamePartRow, PatientRow
from integration_api.storage.statements import INSERT_VAULT_KEY
from integration_api.storage.tables import ClinicRow

_MAX_NAME = 200
SHOWN_TO: Mapping[ImportedKind, ImportedFor] = {
    **dict.fromkeys(ImportedKind, ImportedFor.CHART),
    ImportedKind.NOTE: ImportedFor.TEAM,
    ImportedKind.REFLECTION: ImportedFor.PATIENT,
}
"""The readers of an origin, which are those of the thing. An unsigned note is the staff's, an entry the patient's."""
Table = tuple[str, ClinicRow]


@dataclass(slots=True)
class Run:
    """One run of the import: for which clinic, from where, by whom."""

    ids: Ids
    tenant: TenantRow
    mapping: MappingFile
    by: str
    digest: bytes
    accounts: set[UUID] = field(default_factory=set)
    """Those that are known to be here."""

    @property
    def clinic_id(self) -> UUID:
        """Return the clinic."""
        return self.ids.clinic_id

    @property
    def account_id(self) -> UUID:
        """Return the account that stands for the other system."""
        return self.ids.of("source")

    def author_id(self, author: Author | None) -> UUID:
        """Return the account of an author, which nobody can sign in to."""
        return self.account_id if author is None else self.ids.of("author", author.key)


async def collect_chart(work: BulkWork, run: Run, chart: ChartPlan) -> None:
    """Collect every change of one chart, and what the ledger says of it."""
    records = sorted(chart.records, key=lambda one: one.found.kind is not ImportedKind.PATIENT)
    if chart.is_new:
        wrapped = work.runtime.vault.new_key(run.clinic_id, chart.patient_id)
        work.change(
            INSERT_VAULT_KEY, clinic_id=run.clinic_id, id=chart.patient_id, wrapped_key=wrapped, created_at=work.now
        )
        _insert(work, _patient_row(work.now, run, records[0], chart.patient_id))
    for one in records:
        work.change(INSERT_IMPORTED_RECORD, _record_row(work.now, run, one, chart.patient_id))
    await _collect_accounts(work, run, records)
    order = ("sessions", "goals", "plans", "notes", "measure_responses", "reflections")
    made = [row for one in records for row in _rows(work.now, run, one, chart.patient_id)]
    rank = {name: number for number, name in enumerate(order)}
    for name, row in sorted(made, key=lambda one: rank.get(one[0], len(order))):
        _insert(work, (name, row))
    if chart.is_new:
        _collect_name(work, run, records[0], chart.patient_id)
    work.record(chart.patient_id, chart.patient_id, clinic_id=run.clinic_id, is_opened=False, digest=run.digest)


def _insert(work: BulkWork, made: Table) -> None:
    name, row = made
    work.change(sql.INSERTS[name], row)


def _collect_name(work: BulkWork, run: Run, one: New, patient_id: UUID) -> None:
    values = one.found.values
    assert isinstance(values, PatientValues)  # noqa: S101  a new chart begins with its patient
    for part in name_parts(values.name, values.preferred_name):
        index = work.runtime.vault.blind_index("name", part, run.clinic_id)
        named = NamePartRow(clinic_id=run.clinic_id, id=new_id(), patient_id=patient_id, part_index=index)
        work.change(sql.INSERT_IMPORTED_NAME_PART, named)


async def _collect_accounts(work: BulkWork, run: Run, records: list[New]) -> None:
    """Collect the accounts of authors that are not here: a name and a credential, and no way to sign in."""
    wanted: dict[UUID, Author] = {
        run.account_id: Author(key="", name=f"Import from {run.mapping.source}"[:_MAX_NAME]),
        **{run.author_id(one.found.author): one.found.author for one in records if one.found.author is not None},
    }
    for account_id, author in wanted.items():
        if account_id in run.accounts:
            continue
        run.accounts.add(account_id)
        if await work.one(sql.READ_AUTHOR, clinic_id=run.clinic_id, id=account_id) is None:
            row = AccountRow(
                clinic_id=run.clinic_id,
                id=account_id,
                created_at=work.now,
                updated_at=work.now,
                state=AccountState.DISABLED,
                roles=[],
                name=author.name,
                credential=author.credential,
                email_index=work.runtime.vault.blind_index("unlinked-author", str(account_id), run.clinic_id),
            )
            insert_first_account(work, work.runtime.bindings.bound("accounts", row))


def _record_row(now: datetime, run: Run, one: New, patient_id: UUID) -> ImportedRecordRow:
    values = one.found.values
    total: dict[str, JsonValue] | None = None
    if isinstance(values, TotalValues):
        at = values.happened_at.isoformat().replace("+00:00", "Z")
        total = {"instrument_id": values.instrument_id, "value": values.value, "happened_at": at}
    return ImportedRecordRow(
        **_begin(now, run, one.record_id),
        patient_id=patient_id,
        kind=one.found.kind,
        shown_to=SHOWN_TO[one.found.kind],
        subject_id=one.subject_id,
        source=run.mapping.source,
        identifier=one.found.identifier,
        file_sha256=one.found.place.sha256,
        content_sha256=one.digest,
        imported_by=run.by,
        total=total,
    )


def _begin(now: datetime, run: Run, row_id: UUID) -> dict[str, Any]:
    return {"clinic_id": run.clinic_id, "id": row_id, "created_at": now, "updated_at": now, "version": 1}


def _patient_row(now: datetime, run: Run, one: New, patient_id: UUID) -> Table:
    values = one.found.values
    assert isinstance(values, PatientValues)  # noqa: S101  a new chart begins with its patient
    given = values.model_dump()
    given["birth_on"] = None if values.birth_on is None else values.birth_on.isoformat()
    given["time_zone"] = values.time_zone or run.mapping.time_zone or run.tenant.time_zone
    return "patients", PatientRow(**_begin(now, run, patient_id), **given, created_by_id=run.account_id)


def _rows(now: datetime, run: Run, one: New, patient_id: UUID) -> Iterator[Table]:
    """Yield the rows of a record, each with its table. A patient's and a total's are made elsewhere."""
    if one.subject_id is not None and type(one.found.values) in _MAKERS:
        begin = {**_begin(now, run, one.subject_id), "patient_id": patient_id}
        yield from _MAKERS[type(one.found.values)](run, one, begin)


def _session_rows(run: Run, one: New, begin: dict[str, Any]) -> Iterator[Table]:
    values = one.found.values
    assert isinstance(values, SessionValues)  # noqa: S101  by its maker
    given = values.model_dump()
    given["people"] = [{"role": who.role.value, "name": who.name, "account_id": None} for who in values.people]
    yield "sessions", SessionRow(**begin, **given, created_by_id=run.account_id)


def _response_rows(run: Run, one: New, begin: dict[str, Any]) -> Iterator[Table]:
    values = one.found.values
    assert isinstance(values, ResponseValues)  # noqa: S101  by its maker
    instrument = definition_of(values.instrument_id, values.instrument_version)
    scores = [score_there(score) for score in scores_of(instrument, values.answers)]
    yield (
        "measure_responses",
        MeasureResponseRow(
            **begin,
            session_id=one.session_id,
            instrument_id=instrument.id,
            instrument_version=instrument.version,
            state=ResponseState.COMPLETED,
            respondent=_respondent(instrument),
            mode=ResponseMode.PAPER,
            answers={**values.answers},
            scores=scores,
            completed_at=values.happened_at,
            happened_at=values.happened_at,
            created_by_id=run.account_id,
        ),
    )
    for score in scores:
        number = score["value"]
        if isinstance(number, int | float) and not isinstance(number, bool):
            yield (
                "measure_scores",
                MeasureScoreRow(
                    clinic_id=run.clinic_id,
                    id=new_id(),
                    patient_id=begin["patient_id"],
                    response_id=begin["id"],
                    instrument_id=instrument.id,
                    score_id=score["id"],
                    happened_at=values.happened_at,
                    value=number,
                    ceiling=score["ceiling"],
                    max_possible=score["max_possible"],
                ),
            )


def _respondent(instrument: Instrument) -> Respondent:
    return Respondent.CLINICIAN if instrument.kind is InstrumentKind.CLINICIAN_RATED else Respondent.PATIENT


def _note_rows(run: Run, one: New, begin: dict[str, Any]) -> Iterator[Table]:
    yield from note_rows(one, begin, run.author_id(one.found.author), run.account_id, run.mapping.source)


def _reflection_rows(run: Run, one: New, begin: dict[str, Any]) -> Iterator[Table]:
    yield from reflection_rows(one, begin, run.tenant)


def _plan_rows(run: Run, one: New, begin: dict[str, Any]) -> Iterator[Table]:
    yield from plan_rows(one, begin, run.account_id)


def _goal_rows(run: Run, one: New, begin: dict[str, Any]) -> Iterator[Table]:
    yield from goal_rows(one, begin, run.account_id)


_MAKERS: Mapping[type, Callable[[Run, New, dict[str, Any]], Iterator[Table]]] = {
    SessionValues: _session_rows,
    ResponseValues: _response_rows,
    NoteValues: _note_rows,
    ReflectionValues: _reflection_rows,
    PlanValues: _plan_rows,
    GoalValues: _goal_rows,
}
