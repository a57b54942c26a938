"""Take a developer's steps with a new resource, in one process that loads the product once.

`python -m tests.scaffold.as_developer NAME TESTS...` in a copy of the project is `make docs`, those tests, and `make
check-resource NAME`. It ends with 0 if the documents are written, the tests pass, and something is still lacking.
"""

import runpy
import sys
from pathlib import Path

import pytest


class Documents:
    """A plugin that writes them before the tests are collected."""

    def pytest_sessionstart(self) -> None:
        """Load the product here: pytest's own plugins must be first to load what both use."""
        from integration_api.cli import main as commands  # noqa: PLC0415  as above
        from integration_api.cli.catalogues import write  # noqa: PLC0415  as above

        assert commands  # its Statements are in a catalogue

        write(Path.cwd())


def main(name: str, tests: list[str]) -> int:
    """Do all three."""
    ended = pytest.main(["-q", *tests, "-k", "not postgres"], [Documents()])
    if ended != pytest.ExitCode.OK:
        return int(ended)
    sys.argv = ["scaffold", "check", name]
    try:
        runpy.run_module("scaffold", run_name="__main__")
    except SystemExit as lacking:
        return 0 if lacking.code == 1 else 1
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
