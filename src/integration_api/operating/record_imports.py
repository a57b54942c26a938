"""Taking records out of another system's files: read by a mapping, compared, reported, and put in chart by chart."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from uuid import uuid4

from integration_api.access.bulk_work import BulkWork
from integration_api.access.runtime import Runtime
from integration_api.access.tables import TenantRow
from integration_api.access.work import Work
from integration_api.app import open_runtime, sealer_of
from integration_api.core.clock import Clock, system_clock
from integration_api.core.texts import has_letter_or_digit, is_one_line
from integration_api.operating.chart_packages import find_clinic, telling_faults
from integration_api.operating.checks import NotDone
from integration_api.operating.foreign.bundle_contexts import Index
from integration_api.operating.foreign.bundle_files import index_bundle, read_bundle
from integration_api.operating.foreign.chart_rows import Run, collect_chart
from integration_api.operating.foreign.csv_records import read_csv
from integration_api.operating.foreign.import_findings import MAX_TOLD, Readings, RecordsRefused, shown
from integration_api.operating.foreign.import_plans import ChartPlan, Ids, ImportPlan, plan_records
from integration_api.operating.foreign.mapping_files import MappingFile, read_mapping
from integration_api.resources.oversight.imported_records.operations import IMPORT_RECORDS
from integration_api.settings import Settings
from integration_api.storage.database import BrokenReference, Duplicate, Missed

MAX_FILE_BYTES = 64 * 2**20
"""Of one file: our own choice, since a file is held in memory."""
MAX_TOTAL_BYTES = 256 * 2**20
MAX_FILES = 100
_MAX_NAME = 200


async def import_records(
    settings: Settings,
    paths: Sequence[Path],
    mapping_path: Path,
    clinic: str | None,
    by: str | None,
    *,
    apply: bool,
    clock: Clock = system_clock,
) -> Mapping[str, object]:
    """Read files and report what would be done; if it is to `apply`, do it in one transaction a chart.

    Raises NotDone, RecordsRefused, OSError, DatabaseDown. If one record is refused, nothing is done.
    """
    if by is not None and not (has_letter_or_digit(by) and is_one_line(by) and len(by) <= _MAX_NAME):
        raise NotDone(f"--by takes a name, one line of at most {_MAX_NAME} characters")
    if apply and by is None:
        raise NotDone("say with --by who runs the import: it is kept with each record, and the patient sees it")
    mapping = read_mapping(mapping_path)
    async with open_runtime(settings, clock) as runtime, telling_faults():
        tenant = await find_clinic(runtime.database, clinic)
        work = Work(runtime, IMPORT_RECORDS, uuid4().hex)
        read = _readings(paths, mapping, work)
        ids = Ids(tenant.clinic_id, mapping.source)
        plan = await plan_records(work, ids, mapping, read)
        _check_counts(read, plan)
        is_applied = apply and not read.refused.count
        if is_applied and plan.charts:
            run = Run(ids, tenant, mapping, by or "", hashlib.sha256(_joined(read)).digest())
            await _apply(runtime, run, plan)
            await sealer_of(runtime).seal_all(back=None)
        return {**report_of(mapping, read, plan, tenant), "applied": is_applied}


def _readings(paths: Sequence[Path], mapping: MappingFile, work: Work) -> Readings:
    """Read every file. Raises RecordsRefused, OSError."""
    tables, read, index = {table.file: table for table in mapping.csv}, Readings(), Index()
    files = _loaded(paths)
    for name, data in files.items():
        if name not in tables:
            if not name.endswith(".json"):
                raise RecordsRefused(f"{name}: the mapping has no table for it, and it is no .json with a Bundle")
            index_bundle(data, name, index)
    for name, data in files.items():
        sha256 = read.files[name] = hashlib.sha256(data).hexdigest()
        if name in tables:
            read_csv(data, sha256, tables[name], mapping, work.now, read)
        else:
            read_bundle(data, name, sha256, mapping, work.now, read, index)
    return read


def _loaded(paths: Sequence[Path]) -> Mapping[str, bytes]:
    """Return the bytes of each file by its name. Raises RecordsRefused, OSError."""
    files: dict[str, bytes] = {}
    if len(paths) > MAX_FILES:
        raise RecordsRefused(f"at most {MAX_FILES} files are read at once")
    for path in paths:
        if path.name in files:
            raise RecordsRefused(f"{path.name}: two files have this name")
        with path.open("rb") as file:
            data = files[path.name] = file.read(MAX_FILE_BYTES + 1)
        if len(data) > MAX_FILE_BYTES or sum(map(len, files.values())) > MAX_TOTAL_BYTES:
            raise RecordsRefused(
                f"{path.name}: a file has at most {MAX_FILE_BYTES // 2**20} MiB, and all together "
                f"{MAX_TOTAL_BYTES // 2**20}; divide it"
            )
    return files


def _joined(read: Readings) -> bytes:
    return "\n".join(sorted(read.files.values())).encode()


def _check_counts(read: Readings, plan: ImportPlan) -> None:
    """Raise RecordsRefused unless each record that was read is new, the same, left out or refused."""
    told = plan.to_insert + sum(plan.same.values()) + read.left_out.count + read.refused.count
    if told != read.read:
        raise RecordsRefused(f"{read.read} records were read and {told} were told apart, so nothing was taken")


async def _apply(runtime: Runtime, run: Run, plan: ImportPlan) -> None:
    """Put every chart in, each in a transaction of its own. Raises RecordsRefused; what is in by then stays."""
    for number, chart in enumerate(plan.charts):
        try:
            await _apply_chart(runtime, run, chart)
        except (Duplicate, BrokenReference, Missed) as error:
            what = error.constraint if isinstance(error, Duplicate) else type(error).__name__
            raise RecordsRefused(
                f"the database refused chart {chart.patient_id} ({what}), so nothing of it was taken; {number} of "
                f"{len(plan.charts)} charts are in. Run the same again: what is in is passed over"
            ) from None


async def _apply_chart(runtime: Runtime, run: Run, chart: ChartPlan) -> None:
    work = BulkWork(runtime, IMPORT_RECORDS, uuid4().hex)
    await collect_chart(work, run, chart)
    await work.load()


def report_of(mapping: MappingFile, read: Readings, plan: ImportPlan, tenant: TenantRow) -> dict[str, object]:
    """Return the report in numbers, ids and places: it holds no word of a record but its identifier."""
    new = Counter(one.found.kind for chart in plan.charts for one in chart.records)
    return {
        "source": mapping.source,
        "clinic": tenant.slug,
        "files": [{"file": shown(name), "sha256": sha256} for name, sha256 in read.files.items()],
        "read": read.read,
        "new": plan.to_insert,
        "same": sum(plan.same.values()),
        "left_out": read.left_out.count,
        "refused": read.refused.count,
        "kinds": {kind.value: {"new": new[kind], "same": plan.same[kind]} for kind in sorted({*new, *plan.same})},
        "charts": {
            "new": sum(chart.is_new for chart in plan.charts),
            "here": sum(not chart.is_new for chart in plan.charts),
            "ids": [str(chart.patient_id) for chart in plan.charts[:MAX_TOLD]],
        },
        "left_out_because": dict(sorted(read.left_out.because.items())),
        "left_out_records": [str(one) for one in read.left_out.told],
        "refused_records": [str(one) for one in read.refused.told],
        "not_taken_fields": dict(sorted(read.unmapped.items())),
        "warnings": read.warnings,
    }
