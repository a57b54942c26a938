"""Reading what is known of backups."""

import asyncio

from integration_api.access.work import Work
from integration_api.core.models import trusted
from integration_api.resources.oversight.backups.schemas import BackupChecked, BackupMade, Backups
from integration_api.storage.backup_records import BackupRecord, read_record


async def read_backups(work: Work) -> Backups:
    """Return the last backup and the last check, from the file that the command wrote."""
    await work.confirm()  # no Statement is run that would look at the account
    path = work.runtime.backup_record
    found = BackupRecord() if path is None else await asyncio.to_thread(read_record, path)
    made: BackupMade | None = None
    if found.made is not None:
        made = {
            "at": found.made.at,
            "size_bytes": found.made.size_bytes,
            "files": found.made.files,
            "missing_files": found.made.missing_files,
        }
    checked: BackupChecked | None = None
    if found.checked is not None:
        checked = {"at": found.checked.at, "rows": found.checked.rows, "findings": found.checked.findings}
    return trusted(Backups, {"is_recorded": path is not None, "last_made": made, "last_checked": checked})
