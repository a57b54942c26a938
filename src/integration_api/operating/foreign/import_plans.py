"""The dry run: each record is compared with what is here, and nothing is changed."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID, uuid5

from integration_api.access.work import Work
from integration_api.operating.foreign.import_findings import Found, Readings
from integration_api.operating.foreign.mapping_files import MappingFile
from integration_api.operating.foreign.record_values import content_digest
from integration_api.resources.oversight.exports.package_statements import CHART_STANDING
from integration_api.resources.oversight.imported_records.statements import IMPORTED_OF_CHART
from integration_api.resources.oversight.imported_records.tables import ImportedKind, ImportedRecordRow

_IDS = UUID("6f5f1f0e-8b4a-5d0c-9a37-0e6b7c1d2a98")
"""The namespace of everything that is imported; it never changes, or a second run would insert all of it again."""


@dataclass(frozen=True, slots=True)
class Ids:
    """The ids that follow from a clinic, a source, and identifiers there."""

    clinic_id: UUID
    source: str

    def of(self, what: str, identifier: str = "") -> UUID:
        """Return the id of one thing."""
        return uuid5(uuid5(_IDS, f"{self.clinic_id}\n{self.source}"), f"{what}\n{identifier}")

    def record(self, found: Found) -> UUID:
        """Return the id of the record of where a thing came from. A total and answers are told apart by nothing."""
        kind = ImportedKind.MEASURE_RESPONSE if found.kind is ImportedKind.SCORE_TOTAL else found.kind
        return self.of(f"record {kind.value}", found.identifier)

    def subject(self, kind: ImportedKind, identifier: str) -> UUID:
        """Return the id of what becomes of a record."""
        return self.of(kind.value, identifier)


@dataclass(frozen=True, slots=True)
class New:
    """A record that is not here, with the ids that it gets."""

    found: Found
    record_id: UUID
    subject_id: UUID | None
    session_id: UUID | None
    digest: str


@dataclass(slots=True)
class ChartPlan:
    """The records that one chart gets."""

    patient_id: UUID
    is_new: bool
    records: list[New] = field(default_factory=list)


@dataclass(slots=True)
class ImportPlan:
    """The records that every chart gets, and those that are here already."""

    charts: list[ChartPlan] = field(default_factory=list)
    same: Counter[ImportedKind] = field(default_factory=Counter)

    @property
    def to_insert(self) -> int:
        """Return the records that are not here."""
        return sum(len(chart.records) for chart in self.charts)


async def plan_records(work: Work, ids: Ids, mapping: MappingFile, read: Readings) -> ImportPlan:
    """Compare every record with this clinic; those that cannot be taken move to the refused ones."""
    plan = ImportPlan()
    charts: dict[str, list[Found]] = {}
    for found in _once(read):
        charts.setdefault(found.patient, []).append(found)
    for patient, records in charts.items():
        await _plan_chart(work, ids, mapping, patient, records, read, plan)
    return plan


def _once(read: Readings) -> Iterable[Found]:
    """Yield each record but those that are there twice, which are refused."""
    places: dict[tuple[bool, ImportedKind, str], Found] = {}
    for found in read.found:
        is_score = found.kind in {ImportedKind.SCORE_TOTAL, ImportedKind.MEASURE_RESPONSE}
        key = (is_score, ImportedKind.MEASURE_RESPONSE if is_score else found.kind, found.identifier)
        first = places.setdefault(key, found)
        if first is found:
            yield found
        else:
            read.refused.add(found.place, f"this identifier is there twice; first at {first.place}")


async def _plan_chart(
    work: Work,
    ids: Ids,
    mapping: MappingFile,
    patient: str,
    records: list[Found],
    read: Readings,
    plan: ImportPlan,
) -> None:
    linked = mapping.patients.get(patient)
    patient_id = linked or ids.subject(ImportedKind.PATIENT, patient)
    standing = await work.one(CHART_STANDING, clinic_id=ids.clinic_id, patient_id=patient_id)
    if linked is not None:
        for one in records:
            if one.kind is ImportedKind.PATIENT:
                read.left_out.add(one.place, "its chart is here already, as the mapping says")
        records = [one for one in records if one.kind is not ImportedKind.PATIENT]
    is_here = standing is not None
    problem = None
    if standing is not None and standing.is_erased:
        problem = "the chart of this patient was erased here"
    elif not is_here and linked is not None:
        problem = "the chart that the mapping names for this patient is not here"
    elif not is_here and not any(one.kind is ImportedKind.PATIENT for one in records):
        problem = "the patient that it names is neither in the files nor here"
    if problem is not None:
        for one in records:
            read.refused.add(one.place, problem)
        return
    rows = await work.all(IMPORTED_OF_CHART, clinic_id=ids.clinic_id, patient_id=patient_id) if is_here else []
    chart = _compared(ids, patient_id, {row.id: row for row in rows}, records, read, plan)
    chart.is_new = not is_here
    if chart.records:
        plan.charts.append(chart)


def _compared(
    ids: Ids,
    patient_id: UUID,
    here: Mapping[UUID, ImportedRecordRow],
    records: list[Found],
    read: Readings,
    plan: ImportPlan,
) -> ChartPlan:
    """Return the records of a chart that are not here; count those that are, and refuse those that differ."""
    chart = ChartPlan(patient_id, is_new=False)
    sessions = {ids.subject(one.kind, one.identifier) for one in records if one.kind is ImportedKind.SESSION}
    sessions |= {row.subject_id for row in here.values() if row.kind is ImportedKind.SESSION and row.subject_id}
    for found in records:
        author = () if found.author is None else (found.author.key,)
        record_id = ids.record(found)
        digest = content_digest(found.values, found.patient, found.session, *author)
        row = here.get(record_id)
        session_id = ids.subject(ImportedKind.SESSION, found.session) if found.session is not None else None
        if row is not None and row.content_sha256 != digest:
            read.refused.add(found.place, "it is here with other content; nothing here is overwritten")
        elif row is not None:
            plan.same[found.kind] += 1
        elif session_id is not None and session_id not in sessions:
            read.refused.add(found.place, "the session that it names is not one of this patient's")
        else:
            subject = None if found.kind is ImportedKind.SCORE_TOTAL else found.kind
            subject_id = None if subject is None else ids.subject(subject, found.identifier)
            if subject is ImportedKind.PATIENT:
                subject_id = patient_id
            chart.records.append(New(found, record_id, subject_id, session_id, digest))
    return chart
