"""Heads of the ledger on the wire: the file that `integration-api ledger heads` writes."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field
from typing_extensions import TypedDict

from integration_api.ledger.heads import FORMAT
from integration_api.web.schemas import ReadSchema, response_part

_AT = "2026-11-20T15:04:00Z"


@response_part
class SealedHead(TypedDict):
    """The newest seal of a clinic's ledger. By its head it covers every row up to it."""

    clinic_id: Annotated[UUID, Field(description="The clinic.", examples=["019ab0de-0000-7000-8000-000000000001"])]
    number: Annotated[int, Field(description="The number of the seal, from 1.", examples=[412])]
    rows: Annotated[int, Field(description="Rows of the ledger that it covers.", examples=[10345])]
    head: Annotated[str, Field(description="The head, 32 bytes in hexadecimal.", examples=["5f" * 32])]
    signature: Annotated[str, Field(description="Ed25519 over the head, in hexadecimal.", examples=["a1" * 64])]
    sealed_at: Annotated[datetime, Field(description="When it was sealed (UTC).", examples=[_AT])]


class LedgerHeads(ReadSchema):
    """A file of exported heads. A client saves the answer as it is."""

    format: Literal["integration-journal-heads-1"] = Field(description="The format of the file.", examples=[FORMAT])
    exported_at: datetime = Field(description="When it was asked for (UTC).", examples=[_AT])
    public_key: str = Field(description="The key of the signatures, in hexadecimal.", examples=["3c" * 32])
    heads: list[SealedHead] = Field(description="One: that of the clinic.")
