"""Reading what is known of backups."""

import asyncio
from datetime import datetime
from pathlib import Path
from uuid import UUID

from integration_api.access.work import Work
from integration_api.core.models import trusted
from integration_api.resources.oversight.backups import statements as sql
from integration_api.resources.oversight.backups.schemas import BackupChecked, BackupMade, Backups
from integration_api.storage.run_records import Run, RunRecord, read_run

_BEFORE_ALL = UUID(int=0)


async def read_backups(work: Work) -> Backups:
    """Return the last backup and the last check, from the files that the command wrote.

    Their numbers are of the whole database: if that has more than one clinic, they are left out.
    """
    await work.confirm()  # no Statement is run that would look at the account
    folder, is_readable = work.runtime.backup_runs, True
    made = checked = None
    if folder is not None:
        try:
            made, checked = await asyncio.to_thread(_read, folder)
        except OSError:
            is_readable = False
    is_shared = len(await work.part(sql.FIRST_CLINICS, last_clinic_id=_BEFORE_ALL)) > 1
    values = {"is_recorded": folder is not None, "is_readable": is_readable}
    last = {"last_made": _made(made, is_shared=is_shared), "last_checked": _checked(checked, is_shared=is_shared)}
    return trusted(Backups, {**values, **last})


def _read(folder: Path) -> tuple[RunRecord | None, RunRecord | None]:
    return read_run(folder, Run.BACKUP), read_run(folder, Run.BACKUP_CHECK)


def _made(found: RunRecord | None, *, is_shared: bool) -> BackupMade | None:
    if found is None or not found.at:
        return None
    return {
        "at": datetime.fromisoformat(found.at),
        "size_bytes": None if is_shared else found.numbers.get("size_bytes"),
        "files": None if is_shared else found.numbers.get("files"),
        "missing_files": None if is_shared else found.findings,
        "is_complete": not found.findings,
    }


def _checked(found: RunRecord | None, *, is_shared: bool) -> BackupChecked | None:
    if found is None or not found.at:
        return None
    return {
        "at": datetime.fromisoformat(found.at),
        "rows": None if is_shared else found.numbers.get("rows"),
        "findings": None if is_shared else found.findings,
        "is_restorable": not found.findings,
    }
