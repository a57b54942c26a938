"""Whether a backup could be restored now: as it was made, whole, under the present master key, its ledger as sealed."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from integration_api.app import open_runtime, sealer_of
from integration_api.ledger.verify import count_rows, verify_all
from integration_api.operating import sidecar
from integration_api.operating.checks import NotDone, check_is_alone
from integration_api.operating.file_modes import Openness, openness_of
from integration_api.operating.leftovers import sweep_leftovers
from integration_api.operating.object_copies import folder_of, missing_objects
from integration_api.operating.progress import Begin
from integration_api.operating.restore import remake
from integration_api.settings import Settings
from integration_api.storage.keys import open_every_key
from integration_api.storage.migrations import is_newer, latest_revision


@dataclass(frozen=True, slots=True)
class Checked:
    """The numbers of rows and keys that were checked, and the findings."""

    revision: str
    rows: int
    keys: int
    findings: tuple[str, ...]


async def check_backup(settings: Settings, path: Path, begin: Begin) -> Checked:
    """Restore a backup into a folder that is thrown away, and check it there. The backup stays as it is.

    Raises NotDone, DatabaseUnfit, MasterKeyMissing, MasterKeyWrong, OSError.
    """
    if not settings.is_embedded:
        raise NotDone("a PostgreSQL is backed up with its own programs: docs/backup.md says how")
    check_is_alone(path)
    described = sidecar.read(path)
    findings = [] if described else [f"there is no {sidecar.sidecar_of(path).name} beside it to compare with"]
    if openness_of(path) == Openness.OTHERS:
        findings.append(f"others on this machine may read or write {path.name}: chmod 600")
    if described is not None:
        try:
            sidecar.check_is_same(path, described)
        except NotDone as error:
            return Checked(described.revision, 0, 0, (str(error),))
    if settings.attachments_bucket is None and (missing := missing_objects(path, folder_of(path))):
        findings.append(f"{missing} files of attachments that it names are not in {folder_of(path).name}")
    held = settings.holding_keys()  # a wrapped key lies in the data folder, which is another one below
    sweep_leftovers(path.parent)
    with tempfile.TemporaryDirectory(prefix=".check-", dir=path.parent) as folder:
        aside = held.model_copy(update={"data_dir": Path(folder)})
        revision = remake(path, aside.sqlite_path)
        if revision != latest_revision() and not is_newer(revision):
            msg = (
                f"the backup is at revision {revision}: check it with the program that made it, or restore and migrate"
            )
            raise NotDone(msg)
        async with open_runtime(aside) as runtime:
            rows = await count_rows(runtime.database)
            keys = await open_every_key(runtime.database)
            reports = await verify_all(runtime.database, sealer_of(runtime).signer.public_key, {}, begin(rows))
    findings += [f"clinic {report.clinic_id}: {finding}" for report in reports for finding in report.findings]
    return Checked(revision, rows, keys, tuple(findings))
