"""Reading what is known of backups."""

import asyncio
from uuid import UUID

from integration_api.access.work import Work
from integration_api.core.models import trusted
from integration_api.resources.oversight.backups import statements as sql
from integration_api.resources.oversight.backups.schemas import BackupChecked, BackupMade, Backups
from integration_api.storage.backup_records import BackupRecord, read_record

_BEFORE_ALL = UUID(int=0)


async def read_backups(work: Work) -> Backups:
    """Return the last backup and the last check, from the file that the command wrote.

    Its numbers are of the whole database: if that has more than one clinic, they are left out.
    """
    await work.confirm()  # no Statement is run that would look at the account
    path = work.runtime.backup_record
    found = BackupRecord() if path is None else await asyncio.to_thread(read_record, path)
    is_shared = len(await work.part(sql.FIRST_CLINICS, last_clinic_id=_BEFORE_ALL)) > 1
    made: BackupMade | None = None
    if found.made is not None:
        made = {
            "at": found.made.at,
            "size_bytes": None if is_shared else found.made.database_bytes,
            "files": None if is_shared else found.made.files,
            "missing_files": None if is_shared else found.made.missing_files,
            "is_complete": not found.made.missing_files,
        }
    checked: BackupChecked | None = None
    if found.checked is not None:
        checked = {
            "at": found.checked.at,
            "rows": None if is_shared else found.checked.rows,
            "findings": None if is_shared else found.checked.findings,
            "is_restorable": not found.checked.findings,
        }
    values = {"is_recorded": path is not None, "is_readable": found.is_readable}
    return trusted(Backups, {**values, "last_made": made, "last_checked": checked})
