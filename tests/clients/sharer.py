"""One of several processes of a device that share a file of tokens.

`python -m tests.clients.sharer URL FOLDER WHAT`. WHAT is `read` (read who is signed in, which exchanges an access token
that is over) or the name of a device, whose tokens are kept one after the other. A process that finds that another one
exchanges the tokens says so by a file.
"""

import sys
from dataclasses import replace
from functools import partial
from pathlib import Path

from integration_journal import FileTokens, Journal, Kept, operations
from integration_journal.tokens import Held

CHANGES = 20
WAITS = "waits"


class _Telling(FileTokens):
    """Says when another process exchanges the tokens."""

    def begin_refresh(self) -> Held | None:
        """Return the right to exchange the tokens; None if another process has it."""
        held = super().begin_refresh()
        if held is None:
            self._path.with_name(WAITS).touch()
        return held


def _with_device(name: str, kept: Kept) -> Kept:
    return replace(kept, devices={**kept.devices, name: name})


def main(url: str, folder: Path, what: str) -> None:
    """Do it once."""
    journal = Journal(url, store=_Telling(folder / "tokens.json"))
    if what == "read":
        journal.send(operations.read_me())
        return
    for number in range(CHANGES):
        journal._steps.run(journal._core.stored(partial(_with_device, f"{what} {number}")))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3])
