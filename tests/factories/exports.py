"""Exports for tests: asked for, made by the job, and opened as anybody opens a zip."""

import io
import json
import zipfile
from dataclasses import replace
from datetime import timedelta

from integration_api.fhir.chart_lines import chart_lines
from integration_api.resources.oversight.exports.exporter import Exporter
from integration_api.resources.oversight.exports.printers import Printer
from tests.support import Json, Person


async def asked(patient: Person, **facts: object) -> Json:
    """An export that waits for the job."""
    made: Json = await patient.post("/me/exports", facts, expect=202)
    return made


async def ready(patient: Person, printer: Printer | None = None, **facts: object) -> Json:
    """An export that the job has made."""
    made = await asked(patient, **facts)
    await Exporter(patient.api.runtime, chart_lines, printer).turn()
    found: Json = await patient.get(f"/me/exports/{made['id']}")
    assert found["state"] == "ready", found
    return found


async def downloaded(patient: Person, export_id: str) -> bytes:
    """The file."""
    answer = await patient.send("GET", f"/me/exports/{export_id}/content")
    assert answer.status_code == 200, answer.text
    return answer.content


async def opened(patient: Person, printer: Printer | None = None, **facts: object) -> zipfile.ZipFile:
    """The file of a new export, opened."""
    made = await ready(patient, printer, **facts)
    return zipfile.ZipFile(io.BytesIO(await downloaded(patient, made["id"])))


def things(archive: zipfile.ZipFile, kind: str) -> list[Json]:
    """The things in one data file."""
    text = archive.read(f"data/{kind}.jsonl").decode()
    return [json.loads(line) for line in text.split("\n") if line]


def everything(archive: zipfile.ZipFile) -> bytes:
    """The names and contents of all its files."""
    return b"\n".join(name.encode() + b"\n" + archive.read(name) for name in archive.namelist())


def prove(person: Person, *, ago: timedelta = timedelta()) -> None:
    """Let somebody have proved so long ago who they are."""
    api, now = person.api, person.api.clock()
    person.actor = replace(person.actor, proved_at=now - ago)
    person.token = api.runtime.tokens.issue(person.actor, now + timedelta(hours=1))
