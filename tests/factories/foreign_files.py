"""Files of another system, as a test wants them, and the clinic that takes them in."""

import base64
import json
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from integration_api.access.actor import Role
from integration_api.operating.record_imports import import_records
from integration_api.settings import Settings
from tests.applications import application
from tests.support import Api, Json, Person, SettableClock, World, account_for, enter

SOURCE, BY = "Harbour practice software", "Ada Keeper"
PHQ9 = "http://example.org/Questionnaire/phq-9"
DIARY = "http://example.org/Questionnaire/diary"
_ITEMS = ", ".join(f'"phq9.{n}" = "Q{n}"' for n in range(1, 10))
MAPPING = f"""
format = "integration-journal-mapping"
version = 1
source = "{SOURCE}"
time_zone = "Europe/Berlin"

[fhir]
phases = {{ "prep" = "preparation" }}

[fhir.questionnaires."{PHQ9}"]
instrument = "phq9"
items = {{ "/44250-9" = "phq9.1", "/44255-8" = "phq9.2" }}
answers = {{ "LA6569-3" = 1 }}
ignore = ["/69722-7"]

[fhir.questionnaires."{DIARY}"]
is_reflection = true

[[csv]]
file = "patients.csv"
kind = "patients"
delimiter = ";"
columns = {{ id = "No", name = "Name", birth_on = "Born", phone = "Phone" }}
date_format = "%d.%m.%Y"

[[csv]]
file = "sessions.csv"
kind = "sessions"
columns = {{ id = "Id", patient_id = "Patient", start = "From", end = "To", phase = "Type" }}
values = {{ phase = {{ "Prep" = "preparation", "Ketamine" = "dosing" }} }}
time_format = "%d.%m.%Y %H:%M"

[[csv]]
file = "phq9.csv"
kind = "scores"
columns = {{ patient_id = "Patient", at = "At", total = "Sum" }}
constants = {{ instrument = "phq9" }}
items = {{ {_ITEMS} }}
"""
CSV = {
    "patients.csv": "No;Name;Born;Phone;Shoe size\n7;Rowan Sample;17.04.1988;+1 555 0100;41\n8;Ash Sample;;;\n",
    "sessions.csv": "Id,Patient,From,To,Type\ns1,7,02.03.2025 10:00,02.03.2025 11:00,Prep\n"
    "s2,7,09.03.2025 10:00,,Ketamine\n",
    "phq9.csv": "Patient,At,Sum,Q1,Q2,Q3,Q4,Q5,Q6,Q7,Q8,Q9\n7,2025-03-01T09:00:00+01:00,9,1,1,1,1,1,1,1,1,1\n"
    "7,2025-04-01T09:00:00+02:00,14,,,,,,,,,\n",
}
NOTE_TEXT = "She spoke of the lake."


def _ref(name: str) -> Json:
    return {"reference": name}


def resources() -> dict[str, Json]:
    """One resource of each type that is imported, and one that names an author."""
    data = base64.b64encode(NOTE_TEXT.encode()).decode()
    return {
        "patient": {
            "resourceType": "Patient",
            "id": "p1",
            "name": [{"family": "Sample", "given": ["Rowan", "K."]}, {"use": "usual", "text": "Ro"}],
            "birthDate": "1988-04-17",
            "telecom": [{"system": "email", "value": "rowan@example.org"}],
            "maritalStatus": {"text": "single"},
        },
        "practitioner": {
            "resourceType": "Practitioner",
            "id": "d1",
            "name": [{"text": "Imani Vale"}],
            "qualification": [{"code": {"text": "LMFT"}}],
        },
        "encounter": {
            "resourceType": "Encounter",
            "id": "e1",
            "status": "finished",
            "class": {"code": "VR"},
            "type": [{"coding": [{"system": "http://example.org/types", "code": "prep"}]}],
            "subject": _ref("Patient/p1"),
            "period": {"start": "2025-03-02T10:00:00+01:00", "end": "2025-03-02T11:00:00+01:00"},
        },
        "document": {
            "resourceType": "DocumentReference",
            "id": "n1",
            "status": "current",
            "docStatus": "final",
            "subject": _ref("Patient/p1"),
            "date": "2025-03-02T12:00:00Z",
            "author": [_ref("Practitioner/d1")],
            "content": [{"attachment": {"contentType": "text/plain; charset=utf-8", "data": data}}],
            "context": {"encounter": [_ref("https://ehr.example.org/fhir/Encounter/e1")]},
        },
        "answers": {
            "resourceType": "QuestionnaireResponse",
            "id": "q1",
            "status": "completed",
            "questionnaire": f"{PHQ9}|3.0",
            "subject": _ref("Patient/p1"),
            "authored": "2025-03-02T09:00:00Z",
            "item": [
                {
                    "linkId": "/group",
                    "item": [
                        {"linkId": "/44250-9", "answer": [{"valueCoding": {"code": "LA6569-3"}}]},
                        {"linkId": "/44255-8", "answer": [{"valueInteger": 2}]},
                        *({"linkId": f"phq9.{n}", "answer": [{"valueDecimal": 1.0}]} for n in range(3, 10)),
                    ],
                },
                {"linkId": "/69722-7", "answer": [{"valueString": "somewhat"}]},
            ],
        },
        "entry": {
            "resourceType": "QuestionnaireResponse",
            "id": "r1",
            "status": "completed",
            "subject": _ref("Patient/p1"),
            "author": _ref("Patient/p1"),
            "authored": "2025-03-03T09:00:00Z",
            "item": [{"linkId": "text", "answer": [{"valueString": "The lake was still."}]}],
        },
        "plan": {
            "resourceType": "CarePlan",
            "id": "c1",
            "status": "active",
            "intent": "plan",
            "title": "Evenings",
            "subject": _ref("Patient/p1"),
            "activity": [{"detail": {"description": "Walk to the park."}}],
        },
        "goal": {
            "resourceType": "Goal",
            "id": "g1",
            "lifecycleStatus": "active",
            "description": {"text": "Out of the flat again"},
            "subject": _ref("Patient/p1"),
        },
        "allergy": {"resourceType": "AllergyIntolerance", "id": "a1", "patient": _ref("Patient/p1")},
    }


def bundle(found: Mapping[str, Json] | None = None, **more: object) -> bytes:
    """A Bundle of these resources."""
    entries = [{"resource": one} for one in (found if found is not None else resources()).values()]
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries, **more}).encode()


@dataclass
class Desk:
    """A deployment with one clinic, and a folder for files of another system."""

    settings: Settings
    folder: Path
    clock: SettableClock = field(default_factory=SettableClock)

    def serve(self) -> AbstractAsyncContextManager[Api]:
        """Serve it."""
        return application(self.settings, self.clock)

    async def begin(self) -> "Desk":
        """Make its clinic."""
        self.folder.mkdir(parents=True, exist_ok=True)
        async with self.serve() as api:
            world = await World.build(api)
            await account_for(world.admin)
        return self

    def write(self, files: Mapping[str, str | bytes], mapping: str = MAPPING) -> list[Path]:
        """Write the files and the mapping; the paths of the files."""
        (self.folder / "map.toml").write_text(mapping)
        for name, content in files.items():
            (self.folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        return [self.folder / name for name in files]

    async def take(
        self, files: Mapping[str, str | bytes], *, apply: bool = True, mapping: str = MAPPING
    ) -> Mapping[str, Any]:
        """Import them."""
        paths = self.write(files, mapping)
        by = BY if apply else None
        return await import_records(
            self.settings, paths, self.folder / "map.toml", None, by, apply=apply, clock=self.clock
        )


async def world_of(api: Api) -> World:
    """The clinic of a served desk, with an admin who signs in anew."""
    [[found]] = await api.runtime.database.driver.read("SELECT clinic_id FROM clinics", ())
    clinic_id = UUID(str(found))
    return World(api, clinic_id, await enter(api, clinic_id, (Role.CLINIC_ADMIN,), "Ada Keeper"))


async def member_of(world: World, chart: str, name: str = "Imani Vale") -> Person:
    """A therapist to whom the admin grants the chart."""
    therapist = await world.staff(Role.THERAPIST, name=name)
    await world.admin.post(f"/patients/{chart}/care-team", {"account_id": therapist.id, "role": "therapist"})
    return therapist
