"""What is known of backups: one that was made, and a check of it."""

from pathlib import Path
from tempfile import mkdtemp

from integration_api.storage.run_records import Run, recorded
from tests.scene.requests import reads
from tests.scene.scene import Scene, planted


@planted
async def backups(s: Scene) -> None:
    """Note both, also beside a PostgreSQL, of which a server notes nothing: no field stays empty."""
    runtime = s.world.api.runtime
    if runtime.backup_runs is None:
        runtime.backup_runs = Path(mkdtemp())
    with recorded(runtime.backup_runs, Run.BACKUP) as made:
        made.numbers = {"size_bytes": 52_428_800, "files": 12}
    with recorded(runtime.backup_runs, Run.BACKUP_CHECK) as checked:
        checked.numbers = {"rows": 10_345}


reads("read_backups", "admin", "/backups")
