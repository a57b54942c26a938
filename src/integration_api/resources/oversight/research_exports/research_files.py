"""Writing one research export: each chart is read once, while its consent is in force; then the files are written.

Lines wait in the spool until all charts are read. Then who has withdrawn meanwhile is left out, from every file alike.
Charts are written in the order of their pseudonyms, since the order of ids tells who came first.
"""

import asyncio
import json
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from integration_api.access.jobs import OnBehalf
from integration_api.access.queues import NotMade
from integration_api.resources.attention.flags.rules import minimum_of
from integration_api.resources.journal.attachments.sealed_parts import Parts
from integration_api.resources.oversight.exports.archives import Archive, Whole
from integration_api.resources.oversight.exports.export_signatures import ExportSigner
from integration_api.resources.oversight.exports.spools import Place, Spool
from integration_api.resources.oversight.research_exports import research_chart_statements as sql
from integration_api.resources.oversight.research_exports.operations import CREATE_RESEARCH_EXPORT
from integration_api.resources.oversight.research_exports.pseudonyms import (
    AgeBand,
    Disguise,
    Pseudonym,
    band_of,
    told_bands,
    told_count,
)
from integration_api.resources.oversight.research_exports.records import PatientRecord, line_of
from integration_api.resources.oversight.research_exports.research_kinds import KINDS, ResearchKind
from integration_api.resources.oversight.research_exports.research_manifests import manifest, readme
from integration_api.resources.oversight.research_exports.statements import READ_CONSENT_MARK
from integration_api.resources.oversight.research_studies.statements import READ_RESEARCH_STUDY
from integration_api.resources.oversight.research_studies.tables import (
    ResearchExportRow,
    ResearchFailure,
    ResearchStudyRow,
)
from integration_api.resources.people.clinics.operations import READ_CLINIC
from integration_api.resources.people.clinics.rules import policy
from integration_api.resources.people.clinics.service import load_clinic

CHARTS_AT_ONCE = 200
MAX_ROWS = 20_000
"""Rows of one kind in one chart. Our own choice: a chart of years has a tenth of that."""
NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class MadeResearchExport:
    """A research export that was written: the file, and the charts that are in it."""

    whole: Whole
    charts: Sequence[UUID]
    consent_mark: int


@dataclass(frozen=True, slots=True)
class ResearchTask:
    """The source and the target of one research export."""

    row: ResearchExportRow
    on_behalf: OnBehalf
    parts: Parts
    signer: ExportSigner
    go_on: Callable[[bytes], Awaitable[None]]
    """Says that the job still runs, and which parts there are. Raises if another process has taken it over."""

    async def study(self) -> ResearchStudyRow:
        """Return the study. Raises NotFound, and NotMade if it was closed."""
        found = await self.on_behalf.work(CREATE_RESEARCH_EXPORT).get(READ_RESEARCH_STUDY, id=self.row.study_id)
        if found.pseudonym_key is None:
            raise NotMade(ResearchFailure.NOT_POSSIBLE)
        return found


@dataclass(slots=True)
class ChartLines:
    """The lines of one chart, in the spool, and what the summary counts of it."""

    id: UUID
    band: AgeBand | None
    places: dict[str, tuple[Place, int]] = field(default_factory=dict)
    cells: set[tuple[str, str]] = field(default_factory=set)


async def consenting(on_behalf: OnBehalf) -> set[UUID]:
    """Return the charts whose research consent is in force now. Raises ActorChanged."""
    found: set[UUID] = set()
    last = NOBODY
    while True:
        work = on_behalf.work(CREATE_RESEARCH_EXPORT)
        page = await work.all(sql.LIST_RESEARCH_CHART_IDS, last_id=last, page_rows=CHARTS_AT_ONCE)
        found.update(one.id for one in page)
        if len(page) < CHARTS_AT_ONCE:
            return found
        last = page[-1].id


async def write_research_export(task: ResearchTask) -> MadeResearchExport:
    """Write the whole archive. Raises NotMade, NotFound, ObjectsDown, ActorChanged, and as `go_on`."""
    study = await task.study()
    clinic = await load_clinic(task.on_behalf.work(READ_CLINIC))
    minimum = minimum_of(policy(clinic.policies, "outcomes_minimum_patients"))
    now = task.on_behalf.runtime.clock()
    made_on = now.date()
    archive = Archive(task.parts, datetime.combine(made_on, time()), task.go_on)
    try:
        with closing(Spool()) as spool:
            reading = _Reading(task, study, ZoneInfo(clinic.time_zone), now, spool, archive)
            await reading.read_charts()
            mark = await task.on_behalf.work(CREATE_RESEARCH_EXPORT).get(READ_CONSENT_MARK)
            still = await consenting(task.on_behalf)  # after the mark: who withdraws in between outdates the export
            charts = {name: one for name, one in sorted(reading.charts.items()) if one.id in still}
            if len(charts) < minimum:
                raise NotMade(ResearchFailure.TOO_FEW_PATIENTS)
            await _write_files(archive, spool, charts, minimum)
        await task.study()
        key = task.signer.public_key.hex()
        await archive.add("README.txt", readme(study.name, key, minimum))
        told = manifest(study.name, clinic.country, made_on, key, minimum, len(charts), archive.files)
        signed = json.dumps(told, ensure_ascii=False, indent=1).encode()
        await archive.add("manifest.json", signed)
        await archive.add("manifest.sig", task.signer.sign(signed))
        await archive.add("signing-key.pem", task.signer.pem)
        return MadeResearchExport(await archive.end(), sorted(one.id for one in charts.values()), mark.mark)
    finally:
        archive.give_up()


@dataclass(slots=True)
class _Reading:
    """Reading charts into the spool."""

    task: ResearchTask
    study: ResearchStudyRow
    zone: ZoneInfo
    now: datetime
    spool: Spool
    archive: Archive
    charts: dict[Pseudonym, ChartLines] = field(default_factory=dict)

    async def read_charts(self) -> None:
        """Read every chart whose research consent is in force, one after the other."""
        last = NOBODY
        while True:
            work = self.task.on_behalf.work(CREATE_RESEARCH_EXPORT)
            page = await work.all(sql.LIST_RESEARCH_CHARTS, last_id=last, page_rows=CHARTS_AT_ONCE)
            for chart in page:
                await self._read_chart(chart)
            if len(page) < CHARTS_AT_ONCE:
                return
            last = page[-1].id

    async def _read_chart(self, chart: sql.ResearchChart) -> None:
        await self.task.go_on(self.archive.objects)
        disguise = Disguise.of(self.study.pseudonym_key or "", chart.id, self.zone)
        lines = ChartLines(chart.id, band_of(chart.birth_on, self.study.created_at.date()))
        over: set[UUID] = set()
        for kind in KINDS:
            work = self.task.on_behalf.work(CREATE_RESEARCH_EXPORT)
            rows = await work.part(kind.read, patient_id=chart.id, page_rows=MAX_ROWS + 1)
            if len(rows) > MAX_ROWS:
                raise NotMade(ResearchFailure.NOT_POSSIBLE)
            if kind.read is sql.RESEARCH_SESSIONS:
                over.update(row.id for row in rows)
            else:
                rows = [row for row in rows if row.session_id is None or row.session_id in over]
            if rows:
                await asyncio.to_thread(self._keep, lines, kind, rows, disguise)
        self.charts[disguise.patient] = lines

    def _keep(self, lines: ChartLines, kind: ResearchKind, rows: Sequence[BaseModel], disguise: Disguise) -> None:
        """Keep the lines of one kind of a chart. It takes long if there are many, so a thread does it."""
        records = kind.lines_of(rows, disguise, self.now)
        lines.places[kind.name] = (self.spool.add(b"".join(map(line_of, records))), len(records))
        lines.cells.update(cell for record in records for cell in record.cells())


async def _write_files(archive: Archive, spool: Spool, charts: dict[Pseudonym, ChartLines], minimum: int) -> None:
    told = told_bands((one.band for one in charts.values()), minimum)
    patients = [PatientRecord(name, one.band if one.band in told else None) for name, one in charts.items()]
    async with archive.file("data/patients.jsonl") as file:
        file.count = len(patients)
        await file.write(await asyncio.to_thread(b"".join, map(line_of, patients)))
    for kind in KINDS:
        async with archive.file(f"data/{kind.name}.jsonl") as file:
            file.count = 0
            for one in charts.values():
                if kind.name in one.places:
                    place, count = one.places[kind.name]
                    await file.write(await asyncio.to_thread(spool.read, place))
                    file.count += count
    cells = Counter(cell for one in charts.values() for cell in one.cells)
    cells.update(("age_band", one.age_band) for one in patients if one.age_band is not None)
    await archive.add("summary.json", summary(cells, len(patients), minimum))


def summary(cells: Counter[tuple[str, str]], patients: int, minimum: int) -> bytes:
    """Return the table of counts of patients: no count of few, and none that differs by few from that of another."""
    rows = [
        {"of": of, "value": value, "patients": told_count(count, minimum)}
        for (of, value), count in sorted(cells.items())
    ]
    whole = {"minimum_patients": minimum, "patients": told_count(patients, minimum), "cells": rows}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()
