"""Note templates on the wire."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field
from typing_extensions import TypedDict

from integration_api.access.fields import StaffId
from integration_api.core.ids import Id
from integration_api.resources.journal.note_templates.rules import MAX_SECTIONS, SECTION_KEYS
from integration_api.resources.journal.note_templates.tables import NoteTemplateState
from integration_api.web.schemas import CreateSchema, Line, Remark, Resource, Schema, response_part

_TEMPLATE_ID = "019ab0de-0000-7000-8000-000000000061"
NoteTemplateId = Annotated[
    Id, Field(description="The version of the clinic's template that it follows.", examples=[_TEMPLATE_ID])
]
TemplateTitle = Annotated[Line, Field(description="Its name in the clinic.", examples=["Group check-in"])]
SectionTitle = Annotated[Line, Field(description="The heading of the section.", examples=["Since last time"])]
SectionHint = Annotated[
    Remark,
    Field(
        description="A hint for the author: the things that belong in it.",
        examples=["Sleep, mood, one change noticed."],
    ),
]
IsRequired = Annotated[bool, Field(description="Whether nobody signs the note without it.", examples=[True])]
ReplacesId = Annotated[Id, Field(description="The version whose place it takes.", examples=[_TEMPLATE_ID])]


class TemplateSectionGiven(Schema):
    """One section of a new template."""

    title: SectionTitle
    hint: SectionHint | None = None
    is_required: IsRequired = True


@response_part
class TemplateSection(TypedDict):
    """One section of a template, with the key of its text in notes."""

    key: Annotated[str, Field(description="The key of its text in `sections` of a note.", examples=[SECTION_KEYS[0]])]
    title: SectionTitle
    hint: SectionHint | None
    is_required: IsRequired


class NoteTemplate(Resource):
    """One version of a template. Notes that follow it keep it, whatever comes after it."""

    family_id: UUID = Field(
        description="The first version of the template, which all of its versions name.", examples=[_TEMPLATE_ID]
    )
    number: int = Field(description="Counts the versions of the template, from 1.", examples=[1])
    state: NoteTemplateState = Field(
        description="New notes take an `active` one; it was `replaced` by the next version, or `retired`.",
        examples=["active"],
    )
    replaces_id: ReplacesId | None
    title: TemplateTitle
    sections: list[TemplateSection] = Field(description="Its sections, in order.")
    created_by_id: StaffId = Field(description="The account that wrote this version.")


class NoteTemplateCreate(CreateSchema):
    """A new template, or the next version of one."""

    replaces_id: ReplacesId | None = None
    title: TemplateTitle
    sections: list[TemplateSectionGiven] = Field(
        min_length=1, max_length=MAX_SECTIONS, description="Its sections, in order; at most 12."
    )


@dataclass(frozen=True)
class NoteTemplateFilter:
    """Which templates a list shows; None means any."""

    state: Annotated[NoteTemplateState | None, Query(description="Only in this state.")] = None
