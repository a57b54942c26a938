"""The log must not be what stops the work."""

import errno
import io
import logging
from collections.abc import Iterator

import pytest

from integration_api.core import logs


class FullDisk(io.StringIO):
    """Nothing can be written to it."""

    def write(self, _: str) -> int:
        raise OSError(errno.ENOSPC, "no space left")


@pytest.fixture
def full() -> Iterator[None]:
    """The log is such a file."""
    before = logging.getLogger().handlers[:]
    logs.configure("debug")
    handler = logging.getLogger().handlers[0]
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(FullDisk())
    yield
    logging.getLogger().handlers[:] = before


@pytest.mark.usefixtures("full")
def test_where_nothing_can_be_written_work_goes_on() -> None:
    logs.event("failed", logs.ERROR)
    logs.request("GET", "/v1/me", 200, 1.0, "x")
    logs.write_out()
