"""The Statement of the clinic's newest seal."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.visible import actor_is_current, in_clinic
from integration_api.ledger.tables import SealTable
from integration_api.storage.statements import Read, Scope
from integration_api.storage.tables import table_of

_seals = table_of(SealTable)


class NewestSeal(BaseModel):
    """The facts of a seal that a head needs."""

    clinic_id: UUID
    number: int
    first_position: int
    row_count: int
    head: bytes
    signature: bytes
    public_key: bytes
    sealed_at: datetime


READ_LEDGER_HEAD = Read(
    "read_ledger_head",
    sa.select(*(_seals.c[name] for name in NewestSeal.model_fields))
    .where(in_clinic(_seals), _seals.c.number > 0, actor_is_current())
    .order_by(_seals.c.number.desc())
    .limit(1),
    NewestSeal,
    Scope.CLINIC,
)
