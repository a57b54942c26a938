"""The strategy library on the wire."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from fastapi import Query
from pydantic import Field, StringConstraints

from integration_api.resources.journal.strategy_library.tables import StrategyCategory
from integration_api.web.schemas import VISIBLE, CreateSchema, Line, Resource, Schema

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000), VISIBLE]


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
    """A strategy to start from: copy it into a plan and make it the patient's own."""

    source: LibrarySource = Field(
        description="`built_in` comes with the product; `clinic` is the clinic's own.", examples=["clinic"]
    )


class LibraryEntryCreate(LibraryFacts, CreateSchema):
    """A new entry of the clinic's own."""


@dataclass(frozen=True)
class LibraryFilter:
    """Which strategies of the library a list shows; None means any."""

    category: Annotated[StrategyCategory | None, Query(description="Only this kind.")] = None
