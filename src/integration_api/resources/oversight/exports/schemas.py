"""Exports on the wire."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field
from typing_extensions import TypedDict

from integration_api.access.fields import PatientId
from integration_api.resources.oversight.exports.rules import LeftOutKind
from integration_api.resources.oversight.exports.tables import ExportOrder
from integration_api.resources.people.service_accounts.tables import ExportFailure, ExportState
from integration_api.web.schemas import CreateSchema, ReadSchema, Resource, example_with, response_part

_AT = "2026-11-20T15:04:06Z"
_DIGEST = "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef"
_KEY = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"


ChartOrder = Annotated[ExportOrder, Field(description="The order of the readable chart.", examples=["newest_first"])]


class ExportCreate(CreateSchema):
    """An export to make. The body may be an empty object."""

    chart_order: ChartOrder = ExportOrder.NEWEST_FIRST


@response_part
class LeftOut(TypedDict):
    """A kind of things that the export does not have."""

    kind: Annotated[LeftOutKind, Field(description="The kind.", examples=["secrets"])]
    why: Annotated[
        str,
        Field(description="The things and the reason, in a sentence.", examples=["Passwords, keys, codes and tokens."]),
    ]
    count: Annotated[
        int | None, Field(description="The number of them; null if they are not counted.", examples=[None])
    ]


class ExportFacts(ReadSchema):
    """The facts of an export that hold for its file."""

    size_bytes: int | None = Field(description="Size of the file; null before it is ready.", examples=[482_113])
    sha256: str | None = Field(description="SHA-256 of the file, hexadecimal.", examples=[_DIGEST])
    ready_at: datetime | None = Field(description="When it was ready (UTC).", examples=["2026-11-20T15:04:06Z"])
    expires_at: datetime | None = Field(
        description="When it is deleted here (UTC); a new one replaces it earlier.", examples=["2026-11-27T15:04:06Z"]
    )


class ChartExport(ExportFacts, Resource):
    """One export of the patient's chart, and how far it is."""

    model_config = example_with({"state": "ready", "failure": None})

    patient_id: PatientId
    state: ExportState = Field(
        description="`making`: read it again soon; `ready`: download it; `failed` and `expired`: ask for another.",
        examples=["ready"],
    )
    chart_order: ChartOrder
    failure: ExportFailure | None = Field(
        description="Why it failed. `sign_in_ended`: stay signed in until it is ready.", examples=[None]
    )
    left_out: list[LeftOut] = Field(description="The things that it does not have; also in its `README.html`.")
    public_key: str = Field(
        description="The Ed25519 key that its manifest is signed with, hexadecimal; compare it with that in the file.",
        examples=[_KEY],
    )


class ChartImport(ReadSchema):
    """One package of a chart that came from another deployment. Its notes and consents say so themselves."""

    id: UUID = Field(
        description="Identifier of the import, UUID version 7.", examples=["019ab0de-0000-7000-8000-000000000031"]
    )
    patient_id: PatientId
    imported_at: datetime = Field(description="When it was imported (UTC).", examples=[_AT])
    from_clinic: str | None = Field(
        description="The clinic that it came from, as its package says.", examples=["Harbour"]
    )
    made_at: datetime | None = Field(description="When it was made there (UTC).", examples=[_AT])
    signed_by: str = Field(
        description="The Ed25519 key that its manifest is signed with, hexadecimal.", examples=[_KEY]
    )
    manifest_sha256: str = Field(description="SHA-256 of its manifest; in the ledger too.", examples=[_DIGEST])
    rows_inserted: int = Field(description="The number of rows that it brought.", examples=[412])
    rows_skipped: int = Field(description="The number of rows that were here already.", examples=[0])
