"""Memory is flat: a file of 50 MB comes and goes by a server that holds a part or two of it. Measured, not timed."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from integration_api.resources.journal.attachments.rules import MAX_BYTES, MAX_IMAGE_BYTES, PART_BYTES
from tests.drills.clinic import Clinic, clinic
from tests.factories.attachments import PDF, facts, part, png
from tests.waiting import STUCK_SECONDS

pytestmark = pytest.mark.thorough
MAX_GROWTH_MB = 16.0
"""A third of the largest file, and some twenty of its parts: what the allocator keeps is within it, a file is not."""


@pytest.fixture(scope="module")
def place() -> Iterator[Clinic]:
    """A server with one process."""
    with clinic(None) as made:
        made.server.start()
        yield made


def _memory(on: Clinic, name: str) -> float:
    """What the kernel counts of the server's memory, in MB: VmRSS now, or VmHWM at its highest."""
    assert on.server.process is not None
    lines = Path(f"/proc/{on.server.process.pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(name)).split()[1]) / 1000


def _count_anew(on: Clinic) -> float:
    """Begin to look for the highest use now, and return the present one. Source: proc_pid_clear_refs(5)."""
    assert on.server.process is not None
    Path(f"/proc/{on.server.process.pid}/clear_refs").write_text("5")
    return _memory(on, "VmRSS")


def _carry(on: Clinic, data: bytes, content_type: str) -> None:
    """Send a file, complete it, and download it."""
    writer = on.writers[0]
    head = {"Authorization": f"Bearer {writer.token}"}
    with httpx.Client(base_url=f"{on.server.url}/v1", headers=head, timeout=STUCK_SECONDS) as client:

        def post(path: str, body: object = None, match: int | None = None) -> dict[str, object]:
            version = {} if match is None else {"If-Match": f'"{match}"'}
            answer = client.post(path, json=body, headers=version)
            assert answer.is_success, answer.text
            found: dict[str, object] = answer.json()
            return found

        made = post(f"/reflections/{writer.reflections[0]}/attachments", facts(data, content_type))
        path, version = f"/attachments/{made['id']}", 1
        for at in range(0, len(data), PART_BYTES):
            post(f"{path}/parts", part(data[at : at + PART_BYTES]), version)
            version += 1
        done, came, digest = post(f"{path}/complete", None, version), 0, hashlib.sha256()
        with client.stream("GET", f"{path}/content") as answer:
            for piece in answer.iter_bytes():
                came += len(piece)
                digest.update(piece)
        assert (came, digest.hexdigest()) == (done["size_bytes"], done["sha256"])


@pytest.mark.parametrize(("content_type", "size"), [("application/pdf", MAX_BYTES), ("image/png", MAX_IMAGE_BYTES)])
def test_the_largest_file_comes_and_goes_by_a_part_at_a_time(place: Clinic, content_type: str, size: int) -> None:
    beginning = PDF if content_type == "application/pdf" else b""
    small = beginning + os.urandom(4 * PART_BYTES)
    large = beginning + os.urandom(size - len(beginning) - 10_000)
    wrap = (lambda data: data) if beginning else (lambda data: png(pixels=data))
    for _ in range(3):
        _carry(place, wrap(small), content_type)
    before = _count_anew(place)
    _carry(place, wrap(large), content_type)
    assert _memory(place, "VmHWM") - before < MAX_GROWTH_MB, f"from {before} MB"
