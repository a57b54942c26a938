"""Signatures of notes on the wire."""

from datetime import datetime
from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from integration_api.access.fields import StaffId
from integration_api.resources.journal.notes.rules import ATTESTATION
from integration_api.web.schemas import response_part

SignerId = Annotated[StaffId, Field(description="The account that signed.")]
TheirName = Annotated[str, Field(description="Their name then.", examples=["Imani Vale"])]
TheirCredential = Annotated[str, Field(description="Their credential then.", examples=["LMFT"])]


@response_part
class NoteSignature(TypedDict):
    """One person's signature, as they were when they signed."""

    at: Annotated[datetime, Field(description="When it was signed (UTC).", examples=["2026-11-21T16:05:00Z"])]
    account_id: SignerId
    name: TheirName | None
    credential: TheirCredential | None
    attestation: Annotated[str, Field(description="The statement that they signed.", examples=[ATTESTATION])]
