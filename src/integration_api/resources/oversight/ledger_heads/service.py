"""Reading the head of the ledger."""

from integration_api.access.work import Work
from integration_api.ledger.heads import FORMAT
from integration_api.resources.oversight.ledger_heads import statements as sql
from integration_api.resources.oversight.ledger_heads.schemas import LedgerHeads, SealedHead


async def read_ledger_head(work: Work) -> LedgerHeads:
    """Return the clinic's newest head, as a file of heads. Raises NotFound before the first seal."""
    seal = await work.get(sql.READ_LEDGER_HEAD)
    work.record()
    head: SealedHead = {
        "clinic_id": seal.clinic_id,
        "number": seal.number,
        "rows": seal.first_position + seal.row_count - 1,
        "head": seal.head.hex(),
        "signature": seal.signature.hex(),
        "sealed_at": seal.sealed_at,
    }
    return LedgerHeads.of(seal, format=FORMAT, exported_at=work.now, public_key=seal.public_key.hex(), heads=[head])
