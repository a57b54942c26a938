"""Consents on the wire."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field

from integration_api.access.fields import PatientId
from integration_api.core.ids import Id
from integration_api.resources.people.consent_documents.schemas import DocumentLanguage, Purpose, TextSha256
from integration_api.resources.people.consent_documents.tables import ConsentMode, ConsentPurpose
from integration_api.resources.people.patients.monitoring_contents import MonitoringNow
from integration_api.web.schemas import CreateSchema, Instant, Resource, Schema

_AT = "2026-11-20T15:40:00Z"

ConsentDocumentId = Annotated[
    Id, Field(description="The document, in force.", examples=["019ab0de-0000-7000-8000-000000000021"])
]


class ConsentFacts(Schema):
    """The text that was signed, as it was shown."""

    document_id: ConsentDocumentId
    language: DocumentLanguage
    text_sha256: TextSha256


class ConsentSign(ConsentFacts, CreateSchema):
    """The signature of the patient who is signed in."""


class ConsentRecord(ConsentFacts, CreateSchema):
    """A signature on paper that a clinician has before them."""

    signed_at: Instant = Field(description="When the patient signed it.", examples=[_AT])


class Consent(ConsentFacts, Resource):
    """One signature of a patient. The last of its purpose counts, until it is withdrawn."""

    patient_id: PatientId
    purpose: Purpose
    number: int = Field(description="The number of the document's version.", examples=[2])
    ordinal: int = Field(description="Its place among the patient's signatures for this purpose, from 1.", examples=[1])
    is_last: bool = Field(description="Whether it is the last of its purpose; no other one counts.", examples=[True])
    mode: ConsentMode = Field(description="The way in which it was signed.", examples=["signed_in"])
    signed_at: datetime = Field(description="When it was signed (UTC).", examples=[_AT])
    created_by_id: UUID = Field(
        description="The account that signed it, or recorded it from paper.",
        examples=["019ab0de-0000-7000-8000-000000000004"],
    )
    imported_at: datetime | None = Field(
        description="When it came with its chart from another clinic (UTC); then it permits nothing here."
    )
    withdrawn_at: datetime | None = Field(description="When it was withdrawn (UTC); it permits nothing since.")
    withdrawn_by_id: UUID | None = Field(description="The account that withdrew it.")
    monitoring: MonitoringNow


@dataclass(frozen=True)
class ConsentFilter:
    """Which consents a list shows; None means any."""

    patient_id: Annotated[Id | None, Query(description="Only this patient's.")] = None
    purpose: Annotated[ConsentPurpose | None, Query(description="Only for this purpose.")] = None
    signed_after: Annotated[Instant | None, Query(description="Only signed then or later.")] = None
    signed_before: Annotated[Instant | None, Query(description="Only signed before then.")] = None
