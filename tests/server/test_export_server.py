"""An export of 1,000 pages by a real server: little memory, and a server that is killed in the middle goes on."""

import io
import json
import random
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.drills.clinic import Clinic, clinic
from tests.waiting import STUCK_SECONDS, until

pytestmark = pytest.mark.thorough
PAGES, PAGE_CHARACTERS, ENTRY_CHARACTERS = 1000, 3000, 15_000
MAX_GROWTH_MB = 40.0
"""Far less than the chart's text, its page and its zip together take if they are held whole; the limit is 100 MB."""


@pytest.fixture(scope="module")
def place() -> Iterator[Clinic]:
    """A server with one process, which looks for exports twice a second."""
    with clinic(None, INTEGRATION_API_EXPORT_SECONDS="0.5") as made:
        made.server.start()
        yield made


def _client(on: Clinic) -> httpx.Client:
    head = {"Authorization": f"Bearer {on.writers[0].token}"}
    return httpx.Client(base_url=f"{on.server.url}/v1", headers=head, timeout=STUCK_SECONDS)


def _words(chance: random.Random, size: int) -> str:
    """Text of a size, which a zip makes no smaller than other text."""
    made: list[str] = []
    while sum(map(len, made)) + len(made) < size:
        made += [
            "".join(chance.choices("abcdefghijklmnopqrstuvwxyzåöäéß", k=chance.randint(2, 11))) for _ in range(200)
        ]
    return " ".join(made)[:size]


def _write_chart(on: Clinic) -> int:
    """Write so many pages, and return how many entries there are."""
    chance, entries = random.Random(11), PAGES * PAGE_CHARACTERS // ENTRY_CHARACTERS
    with _client(on) as client:
        for _ in range(entries):
            answer = client.post("/reflections", json={"text": _words(chance, ENTRY_CHARACTERS)})
            assert answer.is_success, answer.text
    return entries + len(on.writers[0].reflections)


def _memory(on: Clinic, name: str) -> float:
    """What the kernel counts of the server's memory, in MB: VmRSS now, or VmHWM at its highest."""
    assert on.server.process is not None
    lines = Path(f"/proc/{on.server.process.pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(name)).split()[1]) / 1000


def _made(client: httpx.Client, export_id: str) -> dict[str, object]:
    """The export once it is ready."""

    def is_over() -> bool:
        return bool(client.get(f"/me/exports/{export_id}").json()["state"] != "making")

    until(is_over, "the export to be made")
    found: dict[str, object] = client.get(f"/me/exports/{export_id}").json()
    return found


def _opened(client: httpx.Client, export_id: str) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(client.get(f"/me/exports/{export_id}/content").content))


def test_a_thousand_pages_take_little_memory_and_outlive_a_kill(place: Clinic) -> None:
    with _client(place) as client:
        small = client.post("/me/exports", json={}).json()
        assert _made(client, small["id"])["state"] == "ready"  # what is loaded once is loaded now
        entries = _write_chart(place)
        assert place.server.process is not None
        Path(f"/proc/{place.server.process.pid}/clear_refs").write_text("5")
        before = _memory(place, "VmRSS")
        large = client.post("/me/exports", json={}).json()
        assert _made(client, large["id"])["state"] == "ready"
        growth = _memory(place, "VmHWM") - before
        archive = _opened(client, large["id"])
        counts = json.loads(archive.read("manifest.json"))["entries_of_chart"]
        assert counts["reflections"] == entries
        assert len(archive.read("chart.html").decode()) > PAGES * PAGE_CHARACTERS
        assert growth < MAX_GROWTH_MB, f"from {before} MB by {growth} MB"

        killed = client.post("/me/exports", json={}).json()
        database = place.settings.sqlite_path

        def attempts() -> int:
            [[found]] = place.rows("SELECT max(attempts) FROM exports WHERE state = 'making'")
            return found or 0

        until(attempts, "the export to be begun")
        place.server.kill()
        with sqlite3.connect(database) as connection:  # its claim runs out
            connection.execute("UPDATE exports SET due_at = created_at WHERE state = 'making'")
        connection.close()
    place.server.start()
    with _client(place) as client:
        found = _made(client, killed["id"])
        assert found["state"] == "ready"
        assert [event for (event,) in place.rows("SELECT state FROM exports ORDER BY created_at")][-1] == "ready"
        archive = _opened(client, killed["id"])
        assert archive.testzip() is None
        assert json.loads(archive.read("manifest.json"))["entries_of_chart"]["reflections"] == entries
