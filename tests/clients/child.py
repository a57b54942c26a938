"""A device that loses its power: a process that kills itself where a test says.

`python -m tests.clients.child URL FOLDER WHERE`. WHERE is `stored` (writes are kept, none is sent) or `answered` (the
second answer has come from the API, and nothing of that is written down yet), or `leaving` (the person has signed out,
and the API is about to be told).
"""

import os
import signal
import sys
from pathlib import Path

import httpx

from integration_journal import FileTokens, Journal, OfflineQueue, models, now, operations

WRITES = 5


class _Dying(httpx.HTTPTransport):
    """Loses power when the second answer to a write arrives."""

    answered = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Carry one request."""
        if request.method == "DELETE":
            _die()
        response = super().handle_request(request)
        response.read()
        self.answered += request.method == "POST"
        if self.answered == 2:
            _die()
        return response


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def main(url: str, folder: Path, where: str) -> None:
    """Keep some writes, then die."""
    queue, store = OfflineQueue(folder / "queue.sqlite3"), FileTokens(folder / "tokens.json")
    journal = Journal(url, queue=queue, store=store, transport=_Dying())
    if where == "leaving":
        journal.sign_out()
    if where == "stored":
        for number in range(WRITES):
            journal.keep(operations.create_reflection(models.ReflectionCreate(text=f"{number}", captured_at=now())))
        _die()
    journal.send_kept()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3])
