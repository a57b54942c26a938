"""The file of exported heads: it is replaced only by heads that go on from those in it.

`verify --head` compares the ledger with this file, and a timer writes it anew. If the timer replaced it blindly, what
was cut off meanwhile would never be seen.
"""

from pathlib import Path

from integration_api.ledger import statements as sql
from integration_api.ledger.heads import Heads, HeadsBroken
from integration_api.ledger.verify import verify_clinic
from integration_api.operating.aftermath import read_exported
from integration_api.operating.checks import NotDone
from integration_api.operating.erasures import is_to_erase
from integration_api.storage.database import Database


def kept_beside(path: Path) -> Path:
    """Return where the new heads are written if the ones in `path` are kept."""
    return path.with_name(f"{path.name}.not-replaced")


async def why_kept(database: Database, path: Path) -> list[str]:
    """Return why the heads in a file must not be replaced; nothing if they may be. Raises DatabaseDown, OSError."""
    try:
        heads = read_exported(path, database)
    except FileNotFoundError:
        return []
    except (HeadsBroken, NotDone, ValueError) as error:
        return [str(error)]
    return [*await _lost_heads(database, heads), *await _unerased(database, heads)]


async def _lost_heads(database: Database, heads: Heads) -> list[str]:
    """Return each head that the ledger does not hold, unless a restore explains it."""
    lost = []
    for clinic_id, head in heads.by_clinic.items():
        seal = await database.one(sql.READ_SEAL, {"clinic_id": clinic_id, "number": head.number})
        if seal is not None and seal.head == head.head:
            continue
        if not (await verify_clinic(database, clinic_id, heads.public_key, head)).gap:
            lost.append(f"clinic {clinic_id}: the ledger does not hold seal {head.number}, and no restore explains it")
    return lost


async def _unerased(database: Database, heads: Heads) -> list[str]:
    """Return each chart that is there, though it was erased."""
    return [
        f"clinic {one.clinic_id}: chart {one.patient_id} was erased, and is there again"
        for one in heads.erased or ()
        if await is_to_erase(database, one.clinic_id, one.patient_id)
    ]
