"""What is known of backups: one that was made, and a check of it."""

from pathlib import Path
from tempfile import mkdtemp

from integration_api.storage.backup_records import FILE_NAME, BackupCheck, BackupMade, record_checked, record_made
from tests.scene.requests import reads
from tests.scene.scene import Scene, planted


@planted
async def backups(s: Scene) -> None:
    """Note both, also beside a PostgreSQL, of which a server notes nothing: no field stays empty."""
    runtime = s.world.api.runtime
    if runtime.backup_record is None:
        runtime.backup_record = Path(mkdtemp()) / FILE_NAME
    at = s.world.api.clock()
    record_made(runtime.backup_record, BackupMade(at, database_bytes=52_428_800, files=12, missing_files=0))
    record_checked(runtime.backup_record, BackupCheck(at, rows=10_345, findings=0))


reads("read_backups", "admin", "/backups")
