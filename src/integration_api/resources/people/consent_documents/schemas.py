"""Consent documents on the wire."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import AfterValidator, Field, StringConstraints

from integration_api.access.fields import StaffId
from integration_api.resources.people.clinics.languages import LANGUAGE_TAG, language_tag
from integration_api.resources.people.consent_documents.rules import MAX_LANGUAGES
from integration_api.resources.people.consent_documents.tables import ConsentPurpose
from integration_api.web.schemas import CreateSchema, FilledProse, Line, ReadSchema, Resource, Schema

_SHA256 = "5f2c1d0a9b8e7f6c5d4e3f2a1b0c9d8e7f6a5b4c3d2e1f0a9b8c7d6e5f4a3b2c"

DocumentLanguage = Annotated[
    str,
    StringConstraints(pattern=LANGUAGE_TAG, max_length=35),
    AfterValidator(language_tag),
    Field(description="The language of a text, as a BCP 47 tag.", examples=["en"]),
]
TextSha256 = Annotated[
    str,
    StringConstraints(pattern="^[0-9a-f]{64}$"),
    Field(description="SHA-256 of the title, a line feed and the text, in UTF-8.", examples=[_SHA256]),
]
Title = Annotated[Line, Field(description="Its title.", examples=["Treatment with ketamine"])]
WholeText = Annotated[FilledProse, Field(description="The whole text.", examples=["You will be given ketamine."])]
Purpose = Annotated[ConsentPurpose, Field(description="The purpose that it is about.", examples=["treatment"])]
NeedsNewSignature = Annotated[
    bool,
    Field(description="Whether signatures of earlier versions count no more from now on.", examples=[False]),
]


class ConsentText(Schema):
    """A document in one language."""

    language: DocumentLanguage
    title: Title
    text: WholeText


class ConsentDocumentCreate(CreateSchema):
    """A version to publish: the next of its purpose. The one before is retired."""

    purpose: Purpose
    needs_new_signature: NeedsNewSignature = False
    texts: list[ConsentText] = Field(
        min_length=1, max_length=MAX_LANGUAGES, description="The document in each of its languages, each once."
    )


class ConsentDocumentItem(Resource):
    """A version of a document without its texts."""

    purpose: Purpose
    number: int = Field(description="Its number among the versions of the purpose.", examples=[2])
    needs_new_signature: NeedsNewSignature
    valid_from: int = Field(
        description="The lowest number whose signatures count while this version is in force.", examples=[1]
    )
    languages: list[str] = Field(description="The languages of its texts.", examples=[["en"]])
    published_by_id: StaffId = Field(description="The account that published it.")
    retired_at: datetime | None = Field(description="When it was retired (UTC); null: it is in force.")
    retired_by_id: UUID | None = Field(description="The account that did, or that published the next version.")


class ShownText(ReadSchema):
    """A document in one language, with the digest that a signature names."""

    language: DocumentLanguage
    title: Title
    text: WholeText
    text_sha256: TextSha256


class ConsentDocument(ConsentDocumentItem):
    """One version of a document. It never changes; it can be retired."""

    texts: list[ShownText] = Field(description="The document in each of its languages.")


@dataclass(frozen=True)
class ConsentDocumentFilter:
    """Which documents a list shows; None means any."""

    purpose: Annotated[ConsentPurpose | None, Query(description="Only of this purpose.")] = None
    retired: Annotated[bool, Query(description="Those that are in force no more, instead of the others.")] = False
