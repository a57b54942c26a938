"""Reflections for tests, and what the ledger holds of one."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch
from uuid import UUID

import sqlalchemy as sa

from integration_api.access.operations import Operation
from integration_api.access.policy import grant
from integration_api.access.work import Work
from integration_api.ledger.tables import LedgerRow, LedgerTable
from integration_api.storage.statements import Read, Scope
from integration_api.storage.tables import table_of
from integration_api.storage.vault import DataKey
from tests.support import Api, Json, Person

_ledger = table_of(LedgerTable)
_LEDGER_OF = Read(
    "test_ledger_of",
    sa.select(*_ledger.c)
    .where(_ledger.c.subject_id == sa.bindparam("subject_id", type_=sa.Uuid()))
    .order_by(_ledger.c.at, _ledger.c.id),
    LedgerRow,
    Scope.SYSTEM,
    "tests look at the ledger itself",
)


async def draft(patient: Person, **facts: object) -> Json:
    """A draft of this patient."""
    made: Json = await patient.post("/reflections", {"text": "The lake was still.", **facts})
    return made


async def submitted(patient: Person, *, share: bool = False, release_at: str | None = None, **facts: object) -> Json:
    """A reflection that this patient has handed in."""
    made = await draft(patient, **facts)
    done: Json = await patient.post(
        f"/reflections/{made['id']}/submit", {"share": share, "release_at": release_at}, expect=200, match=1
    )
    return done


async def ledger_of(api: Api, subject_id: str) -> list[tuple[str, bool]]:
    """Every event of this subject, and whether it is the patient's alone to see."""
    rows = await api.runtime.database.all(_LEDGER_OF, {"subject_id": UUID(subject_id)})
    return [(row.event, row.is_private) for row in rows]


def work_of(person: Person, operation: Operation) -> Work:
    """A unit of work of this person, to hold one still between its reading and its change."""
    return Work(person.api.runtime, operation, "test", person.actor, grant(operation, person.actor.roles))


@contextmanager
def decrypting() -> Iterator[list[bytes]]:
    """Collect all that is decrypted."""
    found: list[bytes] = []
    decrypt = DataKey.decrypt

    def seen(key: DataKey, ciphertext: bytes, associated: bytes) -> bytes:
        plain = decrypt(key, ciphertext, associated)
        found.append(plain)
        return plain

    with patch.object(DataKey, "decrypt", seen):
        yield found
