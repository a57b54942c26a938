"""Leftovers of backups and checks that were killed: the next run in that folder deletes them."""

import re
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from shutil import rmtree

from integration_api.core.clock import system_clock

LEFT_AFTER = timedelta(hours=12)
"""A younger one may be of a run that goes on beside this one. Our own choice."""
_NAME = re.compile(r"\.check-[a-z0-9_]{8}|\..+\.[a-z0-9_]{8}\.part(\.attachments|\.json)?")


def sweep_leftovers(folder: Path) -> None:
    """Delete what killed runs left in a folder of backups. One that cannot be deleted stays."""
    before = (system_clock() - LEFT_AFTER).timestamp()
    for path in folder.iterdir():
        if _NAME.fullmatch(path.name) is None:
            continue
        with suppress(OSError):
            if path.lstat().st_mtime >= before:
                continue
            if path.is_dir() and not path.is_symlink():
                rmtree(path)
            else:
                path.unlink()
