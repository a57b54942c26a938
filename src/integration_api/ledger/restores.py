"""Restores in the ledger: the row that says that the database was put back to an earlier moment, and what it explains.

Heads that were exported after a backup name seals that a restore takes away. `verify` would call that an attack. The
row explains them and no others. They are of seals after the one that the database goes on from, made between the newest
thing in the backup and the restore. Whoever can write to the database but has no key cannot make such a row, for its
digest is keyed. See `docs/adr/0087`.
"""

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from integration_api.core.canonical import canonical
from integration_api.core.ids import new_id
from integration_api.ledger.events import DATABASE_RESTORED, Outcome
from integration_api.ledger.heads import Head
from integration_api.ledger.seal import NO_HEAD
from integration_api.ledger.sealer import MAX_CLOCK_DIFFERENCE
from integration_api.ledger.tables import LedgerRow, SealRow
from integration_api.storage.vault import Vault

ACTION = "database:restore"
WITHOUT_ERASURES = "without_erasures"
"""The reason in the row of a restore that was not told which charts were erased since."""
_TOLD = re.compile(r"restore\.(\d{1,18})\.(\d{8}T\d{12})")
_TIME = "%Y%m%dT%H%M%S%f"
_KEY = "restored"


@dataclass(frozen=True, slots=True)
class Restored:
    """A restore, as its row tells it."""

    at: datetime
    number: int
    """The seal from which the ledger goes on; 0 if there was none."""
    since: datetime
    """The moment of the backup."""

    def explains(self, head: Head) -> bool:
        """Return whether this restore took an exported head away: it was made after the backup, and before it."""
        sealed_at = datetime.fromisoformat(head.sealed_at)
        is_between = self.since - MAX_CLOCK_DIFFERENCE <= sealed_at <= self.at + MAX_CLOCK_DIFFERENCE
        return head.number > self.number and is_between


def restored_row(
    vault: Vault, clinic_id: UUID, start: SealRow | None, since: datetime, now: datetime, reason: str | None
) -> LedgerRow:
    """Return the row of a restore that goes on from `start`. The database holds nothing after `since`."""
    row_id, number = new_id(), start.number if start else 0
    restored = Restored(now, number, since.astimezone(UTC))
    return LedgerRow(
        clinic_id=clinic_id,
        id=row_id,
        at=now,
        event=DATABASE_RESTORED,
        action=ACTION,
        outcome=Outcome.DONE,
        reason=reason,
        request_id=f"restore.{number}.{restored.since.strftime(_TIME)}",
        digest=_digest(vault, clinic_id, row_id, restored, start.head if start else NO_HEAD),
    )


def read_restored(row: Mapping[str, object]) -> Restored | None:
    """Return what a row of the ledger tells of a restore, or None if it tells nothing that can be read."""
    told = _TOLD.fullmatch(str(row["request_id"]))
    if told is None:
        return None
    at = row["at"] if isinstance(row["at"], datetime) else datetime.fromisoformat(f"{row['at']}+00:00")
    return Restored(at, int(told[1]), datetime.strptime(told[2], _TIME).replace(tzinfo=UTC))


def is_genuine(vault: Vault, row: Mapping[str, object], restored: Restored, start_head: bytes | None) -> bool:
    """Return whether a restore wrote this row. `start_head` is that of its seal now; None if that is not there."""
    found, head = row["digest"], NO_HEAD if restored.number == 0 else start_head
    if head is None or not isinstance(found, bytes):
        return False
    ids = [UUID(str(row[name])) for name in ("clinic_id", "id")]
    return hmac.compare_digest(found, _digest(vault, ids[0], ids[1], restored, head))


def _digest(vault: Vault, clinic_id: UUID, row_id: UUID, restored: Restored, head: bytes) -> bytes:
    facts = (clinic_id, row_id, restored.at, restored.number, restored.since, head)
    return hmac.new(vault.derive(_KEY), canonical(facts), hashlib.sha256).digest()
