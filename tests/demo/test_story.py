"""The whole loop of one therapist and one patient, against a server process, with a power cut in the middle."""

import asyncio
import json
import os
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from integration_api.access.totp import code_at
from integration_api.core.ids import new_id
from integration_api.demo.people import DEMO_PASSWORD, DEMO_TOTP_SECRET, SIGN_INS
from tests.databases import new_postgres_database
from tests.processes import ROOT, run
from tests.serving import Server, environment
from tests.waiting import STUCK_SECONDS

PASSWORD = "quiet-otter-rows-upstream"


class Client:
    """A front end: keeps its token, sends versions and keys, retries when the line was cut."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.http = httpx.Client(timeout=STUCK_SECONDS)
        self.token = ""

    def sign_in(self, email: str, password: str, secret: str | None = None) -> None:
        code = {"totp_code": code_at(secret, datetime.now(UTC))} if secret else {}
        body = {"email": email, "password": password, **code}
        self.token = self.ask("POST", "/auth/tokens", body, 201)["access_token"]

    def send(
        self, method: str, path: str, body: object = None, key: str | None = None, match: int | None = None
    ) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        if key:
            headers["Idempotency-Key"] = key
        if match is not None:
            headers["If-Match"] = f'"{match}"'
        return self.http.request(method, f"{self.server.url}/v1{path}", json=body, headers=headers)

    def ask(self, method: str, path: str, body: object = None, expect: int = 200, **more: Any) -> Any:
        answer = self.send(method, path, body, **more)
        assert answer.status_code == expect, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    def act(self, thing: dict[str, Any], path: str, body: object = None) -> Any:
        """A state-changing POST on a thing at the version it was read."""
        return self.ask("POST", path, body, match=thing["version"])


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on a fresh database with the demo clinic, as `make run` starts it."""
    url = None
    if request.param == "postgresql":
        url = asyncio.run(new_postgres_database(request.getfixturevalue("postgres_url")))
    running = Server(environment(tmp_path_factory.mktemp("story") / "data", url), ("demo", "--serve"))
    running.start()
    yield running
    running.stop()


def test_the_loop(server: Server) -> None:
    therapist, patient = Client(server), Client(server)
    therapist.sign_in(dict(SIGN_INS)["therapist"], DEMO_PASSWORD, DEMO_TOTP_SECRET)

    # The therapist opens a chart and a course, and invites the patient.
    email = f"{new_id().hex}@example.org"
    chart = therapist.ask("POST", "/patients", {"name": "Wren Invented", "email": email}, 201)
    course = therapist.ask("POST", "/courses", {"patient_id": chart["id"], "state": "active"}, 201)
    code = therapist.ask("POST", "/invitations", {"patient_id": chart["id"]}, 201)["code"]
    patient.ask("POST", "/invitations/accept", {"code": code, "password": PASSWORD}, 204)
    patient.sign_in(email, PASSWORD)

    # A session is recorded, a note written, signed, and added to.
    now = datetime.now(UTC)
    session = therapist.ask(
        "POST",
        "/sessions",
        {
            "patient_id": chart["id"],
            "course_id": course["id"],
            "phase": "integration",
            "modality": "in_person",
            "planned_start_at": (now - timedelta(hours=1)).isoformat(),
            "people": [{"role": "therapist", "name": "Imani Vale"}],
        },
        201,
    )
    session = therapist.act(session, f"/sessions/{session['id']}/start")
    session = therapist.act(session, f"/sessions/{session['id']}/complete")
    assert session["state"] == "completed"
    sections = {"data": "Spoke of the river.", "assessment": "Steady.", "plan": "Walk each morning."}
    draft = {"session_id": session["id"], "format": "dap", "sections": {"data": "Spoke"}}
    note = therapist.ask("POST", "/notes", draft, 201)
    note = therapist.ask("PATCH", f"/notes/{note['id']}", {"sections": sections}, match=note["version"])
    note = therapist.act(note, f"/notes/{note['id']}/sign")
    assert len(note["content_sha256"]) == 64
    assert therapist.send("PATCH", f"/notes/{note['id']}", {"sections": {}}, match=note["version"]).status_code == 409
    therapist.ask("POST", f"/notes/{note['id']}/addenda", {"text": "She rang to say thanks."}, 201)

    # The patient writes offline: own id, own key. The answer is lost in a power cut; the phone sends it again.
    entry = {"id": str(new_id()), "session_id": session["id"], "kind": "text", "text": "I saw the river again."}
    first = patient.ask("POST", "/reflections", entry, 201, key="phone-0001")
    server.kill()
    with pytest.raises(httpx.TransportError):
        patient.send("POST", "/reflections", entry, key="phone-0001")
    server.start()
    again = patient.ask("POST", "/reflections", entry, 201, key="phone-0001")
    assert again == first
    assert [item["id"] for item in patient.ask("GET", "/reflections")["items"]] == [entry["id"]]
    changed = {**entry, "text": "Something else."}
    assert patient.send("POST", "/reflections", changed, key="phone-0001").status_code == 422

    # Private until shared; submitting says who is watching.
    path = f"/reflections/{entry['id']}"
    assert therapist.send("GET", path).status_code == 404
    submitted = patient.act(first, f"{path}/submit")
    assert submitted["monitoring"]["text"]
    assert submitted["monitoring"]["crisis_resources"]
    assert therapist.send("GET", path).status_code == 404
    patient.act(submitted, f"{path}/share")
    waiting = therapist.ask("GET", "/worklist?limit=100")
    assert ("reflection_to_review", entry["id"]) in {(t["kind"], t["subject_id"]) for t in waiting["items"]}
    seen = therapist.ask("GET", path)
    assert seen["text"] == entry["text"]
    therapist.ask("POST", f"{path}/replies", {"text": "Thank you for trusting me with this."}, 201)
    therapist.act(therapist.ask("GET", path), f"{path}/review")
    assert entry["id"] not in {t["subject_id"] for t in therapist.ask("GET", "/worklist")["items"]}
    assert patient.ask("GET", f"{path}/replies")["items"][0]["text"].startswith("Thank you")

    # Together they agree on a plan; the patient practises.
    plan = therapist.ask("POST", "/plans", {"patient_id": chart["id"], "title": "Mornings", "aim": "Begin gently"}, 201)
    strategy = therapist.ask(
        "POST",
        f"/plans/{plan['id']}/strategies",
        {
            "category": "nature_contact",
            "title": "Walk to the water",
            "if_cue": "If I wake before the alarm",
            "then_action": "then I walk to the water and back",
            "schedule": "FREQ=WEEKLY;BYDAY=MO,WE,FR",
            "confidence": 8,
        },
        201,
        match=plan["version"],
    )
    plan = therapist.ask("GET", f"/plans/{plan['id']}")
    plan = therapist.act(plan, f"/plans/{plan['id']}/propose")
    plan = patient.act(plan, f"/plans/{plan['id']}/accept", {"revision": plan["revision"]})
    assert plan["state"] == "active"
    practice = {"id": str(new_id()), "strategy_id": strategy["id"], "used_at": now.isoformat(), "distress_before": 7}
    practice |= {"distress_after": 4, "helpfulness": 3, "would_use_again": True}
    logged = patient.ask("POST", "/practices", practice, 201, key="phone-0002")
    assert patient.ask("POST", "/practices", practice, 201, key="phone-0002") == logged

    # One view, for both; and nothing for anybody else.
    kinds = {item["kind"] for item in therapist.ask("GET", f"/patients/{chart['id']}/timeline")["items"]}
    assert kinds == {"session", "note", "reflection", "plan", "practice"}
    assert patient.ask("GET", f"/patients/{chart['id']}/timeline")["items"]
    colleague = Client(server)
    colleague.sign_in(dict(SIGN_INS)["prescriber"], DEMO_PASSWORD, DEMO_TOTP_SECRET)
    for hidden in (f"/patients/{chart['id']}", f"/notes/{note['id']}", path, f"/plans/{plan['id']}"):
        assert colleague.send("GET", hidden).status_code == 404


def test_the_readme_s_first_minutes_work_as_they_stand(server: Server) -> None:
    readme = (ROOT / "README.md").read_text("utf-8").partition("## The first minutes")[2].partition("\n## ")[0]
    blocks = re.findall(r"```bash\n(.*?)```", readme, re.DOTALL)
    assert len(blocks) == 5
    mark = "echo; echo ---"
    script = f"\n{mark}\n".join(blocks).replace("http://localhost:8000", server.url)
    script = script.replace(
        ".venv/bin/integration-api", f"PYTHONPATH={ROOT / 'src'} {sys.executable} -m integration_api"
    )
    ran = run("program", ["bash", "-eu", "-c", script], os.environ)
    assert ran.returncode == 0, ran.stderr
    _, written, read, submitted, waiting = [
        json.loads(part) if part.strip() else {} for part in ran.stdout.split("---\n")
    ]
    of_a_dose = dict.fromkeys(("hours_since_dose", "in_altered_state"))  # not known in the answer to a create
    assert written == read | of_a_dose
    assert waiting["items"]
    assert written["text"] == "The river was there again."
    shown = [line for block in re.findall(r"```\n(\{.*?)```", readme, re.DOTALL) for line in block.split("…")]
    answers = re.sub(r"\s+", " ", json.dumps([written, submitted], separators=(",", ":"), ensure_ascii=False))
    answers = re.sub(r"; your clinic is open now: call [^.]+", "", answers)  # said by day alone
    for piece in shown:
        assert re.sub(r"\s+", " ", piece).strip(' {},"').replace('"_', '"') in answers, piece
