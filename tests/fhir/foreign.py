"""Clients that others wrote, against a served demo clinic: two of npm and `fhirpy`. For `make fhir`."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from site import addsitedir
from typing import NamedTuple

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.browser.clinic import ADA
from tests.browser.members import Staff
from tests.factories.smart import jwk, key_pair
from tests.processes import enter_run, free_port
from tests.serving import Server, command, environment

SCOPES = ["system/Patient.rs", "system/Encounter.rs", "system/Composition.rs", "system/Observation.rs"]
MAX_SECONDS = 300


class Served(NamedTuple):
    """A served demo clinic, and a program of it."""

    base: str
    client_id: str
    key: str


@contextmanager
def served() -> Iterator[Served]:
    """Serve a demo clinic with a program that may read a few types."""
    port = free_port()
    root = f"http://localhost:{port}"
    env = environment(
        enter_run() / "tmp" / "fhir-clients",
        INTEGRATION_API_PUBLIC_URL=root,
        INTEGRATION_API_PASSKEY_ORIGINS=root,
    )
    made = command("demo", env=env)
    assert made.returncode == 0, made.stderr
    server = Server(env)
    server.port, server.env["INTEGRATION_API_PORT"] = port, str(port)
    server.start()
    try:
        admin, key = Staff(root, ADA), key_pair("ES384")
        account = admin.ask("POST", "/service-accounts", {"name": "Data platform", "scopes": SCOPES})
        body = {"jwks": {"keys": [jwk(key, "one")]}}
        kept = admin.ask("PUT", f"/service-accounts/{account['id']}/keys", body, 1)
        admin.close()
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
        yield Served(f"{root}/fhir/R4", kept["client_id"], pem)
    finally:
        server.stop()


def tried(build: Path) -> list[str]:
    """Return what the clients found wrong; `build` has the packages of npm."""
    with served() as clinic:
        env = {**os.environ, "BASE": clinic.base, "CLIENT_ID": clinic.client_id, "KEY": clinic.key}
        command_line = ["node", "clients.mjs"]
        run = subprocess.run(
            command_line, check=False, cwd=build, env=env, capture_output=True, text=True, timeout=MAX_SECONDS
        )
        if run.returncode:
            return [f"clients of npm: {run.stderr.strip()[-800:]}"]
        said = json.loads(run.stdout.splitlines()[-1])
        return by_fhirpy(clinic.base, said["token"], said["counts"]["fhir-kit-client"])


def by_fhirpy(base: str, token: str, encounters: int) -> list[str]:
    """Return what `fhirpy` found wrong: it finds as many as the other client, and what belongs to one."""
    for packages in Path(sys.prefix).glob("fhirpy/lib/python3.*/site-packages"):
        addsitedir(str(packages))
    if find_spec("fhirpy") is None:
        return ["fhirpy is not installed, so its client was not tried: run `make fhir`"]
    client = import_module("fhirpy").SyncFHIRClient(base, authorization=f"Bearer {token}")
    found = client.resources("Encounter").limit(5).fetch_all()
    wrong = [] if len(found) == encounters else [f"fhirpy: {len(found)} encounters, not {encounters}"]
    patient = client.resources("Patient").limit(1).first()
    of_one = client.resources("Encounter").search(patient=patient.id).fetch_all()
    if not of_one or len(of_one) >= len(found):
        wrong.append(f"fhirpy: {len(of_one)} encounters of one patient")
    if client.reference("Patient", patient.id).to_resource().id != patient.id:
        wrong.append("fhirpy: another patient was read")
    return wrong
