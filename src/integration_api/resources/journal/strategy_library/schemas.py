"""The strategy library on the wire."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field, StringConstraints

from integration_api.core.ids import Id
from integration_api.resources.journal.strategy_library.tables import LibraryState, StrategyCategory
from integration_api.web.schemas import VISIBLE, CreateSchema, Line, Resource, Schema

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000), VISIBLE]
_ENTRY_ID = "019ab0de-0000-7000-8000-000000000062"
ReplacesEntryId = Annotated[Id, Field(description="The version whose place it takes.", examples=[_ENTRY_ID])]


class LibrarySource(StrEnum):
    """Whose entry it is."""

    BUILT_IN = "built_in"
    CLINIC = "clinic"


class LibraryFacts(Schema):
    """The content of an entry."""

    category: StrategyCategory = Field(description="The kind of strategy.", examples=["nature_contact"])
    title: Line = Field(description="A few words.", examples=["Ten minutes under open sky"])
    description: Text | None = Field(
        default=None,
        description="A description, and how to do it.",
        examples=["Our courtyard is open to patients until six."],
    )
    if_cue: Text = Field(
        description="A suggestion for the cue: when, where or at which feeling.",
        examples=["If I have been indoors since morning"],
    )
    then_action: Text = Field(
        description="A suggestion for the action: what to do then.",
        examples=["then I go out for ten minutes and look for three living things."],
    )


class LibraryEntry(LibraryFacts, Resource):
    """A strategy to start from: copy it into a plan and make it the patient's own. A plan keeps what it copied."""

    source: LibrarySource = Field(
        description="`built_in` comes with the product; `clinic` is the clinic's own.", examples=["clinic"]
    )
    family_id: UUID = Field(description="The first version, which all versions of it name.", examples=[_ENTRY_ID])
    number: int = Field(description="Counts the versions of the entry, from 1.", examples=[1])
    replaces_id: ReplacesEntryId | None
    state: LibraryState = Field(
        description="`active`, or `replaced` by the next version, or `retired`.", examples=["active"]
    )


class LibraryEntryCreate(LibraryFacts, CreateSchema):
    """A new entry of the clinic's own, or the next version of one."""

    replaces_id: ReplacesEntryId | None = None


@dataclass(frozen=True)
class LibraryFilter:
    """Which strategies of the library a list shows; None means any."""

    category: Annotated[StrategyCategory | None, Query(description="Only this kind.")] = None
    ended: Annotated[bool, Query(description="Those that were replaced or retired, instead of the others.")] = False
