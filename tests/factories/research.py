"""Research studies and their exports for tests."""

import io
import zipfile
from datetime import timedelta

from integration_api.access.actor import Role
from integration_api.resources.oversight.research_exports.research_exporter import ResearchExporter
from tests.factories.cohorts import score_of
from tests.factories.consents import named, published, signed
from tests.factories.measure_responses import answered
from tests.support import Json, Person, World

FLOOR = 5
"""The fewest patients of an export, by the default of the policy."""


async def officer_of(world: World) -> Person:
    """A privacy officer of the clinic."""
    return await world.staff(Role.PRIVACY_OFFICER)


async def study_of(officer: Person, name: str = "Sleep after ketamine") -> Json:
    """A study."""
    made: Json = await officer.post("/research-studies", {"name": name})
    return made


async def on_paper(therapist: Person, chart: str, document: Json) -> Json:
    """A signature on paper."""
    at = therapist.api.clock().isoformat()
    made: Json = await therapist.post(f"/patients/{chart}/consents", {**named(document), "signed_at": at})
    return made


async def consented(world: World, therapist: Person, document: Json, count: int = FLOOR, **facts: object) -> list[str]:
    """Charts whose patients have signed for research on paper, each with a score."""
    charts = []
    for number in range(count):
        chart = (await therapist.post("/patients", {"name": "Rowan Sample", "birth_on": "1988-04-12", **facts}))["id"]
        await on_paper(therapist, chart, document)
        at = (world.api.clock() - timedelta(days=2 + number)).isoformat()
        await answered(therapist, chart, answers=score_of(10 + number), completed_at=at)
        charts.append(chart)
    return charts


async def patient_who_signed(world: World, therapist: Person, document: Json, **facts: object) -> tuple[Person, Json]:
    """A patient with an account, and their own signature for research."""
    patient = await world.patient_of(therapist, **facts)
    return patient, await signed(patient, document)


async def document_of(world: World, **facts: object) -> Json:
    """A document for research, in force from now on."""
    return await published(world.admin, "research", "Your data help others.", **facts)


async def asked(officer: Person, study: Json, expect: int = 202) -> Json:
    """An export that waits for the job."""
    made: Json = await officer.post(f"/research-studies/{study['id']}/exports", {}, expect=expect)
    return made


async def made_of(officer: Person, export: Json) -> Json:
    """The export after a turn of the job."""
    await ResearchExporter(officer.api.runtime).turn()
    found: Json = await officer.get(f"/research-exports/{export['id']}")
    return found


async def ready(officer: Person, study: Json) -> Json:
    """An export that the job has made."""
    found = await made_of(officer, await asked(officer, study))
    assert found["state"] == "ready", found
    return found


async def downloaded(officer: Person, export: Json, expect: int = 200) -> bytes:
    """The file, or the problem."""
    answer = await officer.send("GET", f"/research-exports/{export['id']}/content")
    assert answer.status_code == expect, answer.text
    return answer.content


async def opened(officer: Person, study: Json) -> zipfile.ZipFile:
    """The file of a new export, opened."""
    return zipfile.ZipFile(io.BytesIO(await downloaded(officer, await ready(officer, study))))


def pseudonyms(archive: zipfile.ZipFile) -> list[str]:
    """The pseudonyms of its patients, in the order of the file."""
    lines = archive.read("data/patients.jsonl").decode().splitlines()
    return [line.split('"')[3] for line in lines]
