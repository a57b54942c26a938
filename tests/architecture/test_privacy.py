"""What a person wrote is nowhere in the open: not in the database's files, not in the log, not in an error."""

import base64
import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import asyncpg
import pytest

from integration_api.access.actor import Role
from integration_api.core import logs
from integration_api.core.ids import new_id
from integration_api.settings import Settings
from tests.log_watch import CANARY, LogWatch
from tests.scene import Scene, canary
from tests.scene.scene import BORN_ON
from tests.support import Json, World


class Said(io.StringIO):
    """What was logged, with what is held back for a moment."""

    def getvalue(self) -> str:
        logging.getLogger().handlers[0].flush()
        return super().getvalue()


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything any logger says, at the lowest level, as the product writes it."""
    stream, before = Said(), logging.getLogger().handlers[:]
    logs.configure("debug")
    handler = logging.getLogger().handlers[0]
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(stream)
    yield stream
    logging.getLogger().handlers[:] = before


def spellings() -> list[bytes]:
    """The canary as it might lie in a file."""
    return [
        CANARY.encode(),
        CANARY.encode("utf-16-le"),
        base64.b64encode(CANARY.encode())[:-2],
        CANARY.lower().encode(),
        BORN_ON.encode(),
    ]


@pytest.mark.thorough
async def test_the_database_s_files_hold_no_plain_text(
    world: World, settings: Settings, request: pytest.FixtureRequest
) -> None:
    await Scene.build(world)
    if settings.database_url is None:
        folder = settings.data_dir
    else:
        url = settings.database_url.get_secret_value()
        connection = await asyncpg.connect(url)
        await connection.execute("CHECKPOINT")
        rows = await connection.fetch("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        for row in rows:
            dump = str(await connection.fetch(f'SELECT t::text FROM "{row[0]}" t'))  # noqa: S608  names of our tables
            assert not any(word.decode("latin-1") in dump for word in spellings()), row[0]
        folder = Path(await connection.fetchval("SHOW data_directory"))
        own = await connection.fetchval("SELECT oid FROM pg_database WHERE datname = current_database()")
        await connection.close()
        if not folder.exists():
            return  # a server on another machine: its tables were read above
    names = [path for path in folder.rglob("*") if path.is_file() and path.name != "server.log"]
    if settings.database_url is not None:  # the databases of other tests would be read too, which is minutes of work
        names = [path for path in names if path.parent.parent.name != "base" or path.parent.name == str(own)]
        assert any(path.parent.name == str(own) for path in names)
    assert names
    found = [str(path) for path in names if any(word in _bytes(path) for word in spellings())]
    assert found == []
    assert request.node.name  # the name of this test holds no canary either
    assert not any(word in request.node.name.encode() for word in spellings())


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # a file of the database that has just gone
        return b""


def test_the_search_itself_would_find_a_canary(tmp_path: Path) -> None:
    for at, word in enumerate(spellings()):
        (tmp_path / str(at)).write_bytes(b"\x00" * 100 + word + b"\x00")
    assert all(any(word in _bytes(path) for word in spellings()) for path in tmp_path.iterdir())


@pytest.mark.thorough
async def test_the_log_holds_no_text_token_or_address(world: World, log: io.StringIO) -> None:
    scene = await Scene.build(world)
    patient = scene.patient
    await scene.therapist.post("/patients/search", {"name_part": CANARY}, expect=200)
    await patient.get(f"/patients/{canary('path')}", expect=422)
    await patient.post("/reflections", {canary("field"): canary("value"), "kind": canary("kind")}, expect=422)
    await patient.get("/reflections", params={"state": canary("query")}, expect=422)
    await world.api.send("GET", "/me", headers={"X-Request-Id": f"{CANARY} {CANARY}", "User-Agent": canary("agent")})
    await world.api.send("POST", "/auth/tokens", json={"email": f"{CANARY}@x.org", "password": canary("password")})
    text = log.getvalue()
    lines = text.splitlines()
    assert len(lines) > 20
    assert all(isinstance(json.loads(line), dict) for line in lines)
    for secret in (CANARY, *(person.token for person in scene.people.values()), "@example.org"):
        assert secret not in text


async def test_an_error_never_repeats_what_was_sent(world: World) -> None:
    patient = await world.patient_of(await world.therapist())
    word = canary("echo")
    bodies: list[Json] = [
        {"kind": word},
        {word: 1},
        {"kind": "text", "text": [word]},
        {"kind": "text", "tags": [{"a": word}]},
        {"kind": "text", "ratings": {word: 3}},
        {"kind": "text", "captured_at": word},
        {"kind": "text", "id": word},
        {"kind": "text", "session_id": word},
    ]
    for body in bodies:
        answer = await patient.send("POST", "/reflections", body)
        assert answer.status_code == 422, body
        assert CANARY not in answer.text
    for path in (f"/reflections/{word}", f"/patients/{word}/timeline"):
        assert CANARY not in (await patient.send("GET", path)).text


async def test_a_private_reflection_is_nowhere_for_staff(world: World) -> None:
    """Get, list, timeline, worklist, replies, ledger view, counts: as if it had not been written."""
    therapist, auditor = await world.therapist(), await world.staff(Role.AUDITOR)
    patient = await world.patient_of(therapist)
    chart = world.chart_id(patient)
    addresses = [
        "/reflections",
        f"/reflections?patient_id={chart}",
        f"/patients/{chart}/timeline",
        "/worklist",
        f"/patients/{chart}",
    ]
    before = [await therapist.get(path) for path in addresses]
    entry = await patient.post("/reflections", {"kind": "text", "text": canary("private"), "safety": "not_safe"})
    path = f"/reflections/{entry['id']}"
    await patient.post(f"{path}/submit", match=1, expect=200)
    assert [await therapist.get(address) for address in addresses] == before
    for method, hidden in (("GET", path), ("GET", f"{path}/replies"), ("POST", f"{path}/review")):
        answer = await therapist.send(method, hidden, match=2)
        unknown = await therapist.send(method, hidden.replace(entry["id"], str(new_id())), match=2)
        assert answer.status_code == unknown.status_code == 404
        assert {**answer.json(), "request_id": ""} == {**unknown.json(), "request_id": ""}
    rows = (await auditor.get("/ledger", params={"limit": 100}))["items"]
    assert not [row for row in rows if row["subject_id"] == entry["id"] and row["actor_role"] == "patient"]
    assert not [row for row in rows if row["event"].startswith("reflection") and row["actor_role"] == "patient"]


def test_the_watch_on_the_log_of_the_whole_run_sees_what_must_not_be_there() -> None:
    watch = LogWatch()
    for line in (
        CANARY,
        '{"a": "b@example.org"}',
        '{"a": "b@x"}',
        '{"a": "eyJhbGciOi.eyJpc3Mi"}',
        '{"a": "SELECT x FROM notes"}',
        "no json",
    ):
        watch.write(line + "\n")
    assert len(watch.found) == watch.lines == 6
    watch.write('{"at": "2026-11-22T10:00:00.000+00:00", "level": "info", "event": "request", "route": "/v1/notes"}\n')
    assert len(watch.found) == 6


def test_the_watch_reads_what_a_server_process_wrote(tmp_path: Path) -> None:
    """From where this one began, line by line; a line that a killed process did not end is let be."""
    watch, log = LogWatch(), tmp_path / "server.log"
    log.write_text(f"{CANARY}\n" + '{"a": "b@x.org"}\n{"a": 1}\nno json\n{"a": ')
    watch.look_at(log, len(CANARY) + 1)
    assert (watch.lines, watch.found) == (3, ['{"a": "b@x.org"}', "no json"])


async def test_a_client_cannot_write_lines_into_the_log(world: World, log: io.StringIO) -> None:
    """Line breaks, escapes and quotes in everything a client can name: one JSON object a line, and none of its own."""
    forged = 'x"}\r\n{"level": "critical", "event": "forged"}\x1b[31m\x00\u2028'
    therapist = await world.therapist()
    await therapist.post("/patients", {"name": forged.replace("\x00", "")}, expect=422)
    await therapist.post("/patients", {forged.replace("\x00", ""): 1}, expect=422)
    await therapist.send("GET", f"/patients/{quote(forged)}")
    await therapist.send("GET", "/patients", params={forged: forged})
    raw = [(b"authorization", f"Bearer {therapist.token}".encode()), (b"x-request-id", forged.encode())]
    await world.api.client.request("BREW", "/v1/patients", headers=[*raw, (b"user-agent", forged.encode())])
    lines = log.getvalue().splitlines()
    assert len(lines) >= 5
    assert not [line for line in lines if "forged" in line or json.loads(line)["level"] == "critical"]
