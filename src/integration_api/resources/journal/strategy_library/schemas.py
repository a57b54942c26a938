"""The strategy library on the wire."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from fastapi import Query
from pydantic import Field, StringConstraints

from integration_api.core.ids import OwnId
from integration_api.resources.journal.strategy_library.tables import StrategyCategory
from integration_api.web.schemas import Line, Resource, Schema, example

_FACTS = {
    "category": "nature_contact",
    "title": "Ten minutes under open sky",
    "description": "Our courtyard is open to patients until six.",
    "if_cue": "If I have been indoors since morning",
    "then_action": "then I go out for ten minutes and look for three living things.",
}
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]


class LibrarySource(StrEnum):
    """Whose entry it is."""

    BUILT_IN = "built_in"
    CLINIC = "clinic"


class LibraryEntry(Resource):
    """A strategy to start from: copy it into a plan and make it the patient's own."""

    model_config = example(
        {
            "id": "019ab0de-0000-7000-8000-000000000020",
            "created_at": "2026-11-02T09:00:00Z",
            "updated_at": "2026-11-02T09:00:00Z",
            "version": 1,
            "source": "clinic",
            **_FACTS,
        }
    )

    source: LibrarySource = Field(description="`built_in` comes with the product; `clinic` is the clinic's own.")
    category: StrategyCategory = Field(description="What kind of strategy it is.")
    title: str = Field(description="A few words.")
    description: str | None = Field(description="What it is and how to do it.")
    if_cue: str = Field(description="A suggestion for the cue: when, where or at which feeling.")
    then_action: str = Field(description="A suggestion for the action: what to do then.")


class LibraryEntryCreate(Schema):
    """A new entry of the clinic's own."""

    model_config = example(_FACTS)

    id: OwnId | None = Field(default=None, description="Your own id for it.")
    category: StrategyCategory = Field(description="What kind of strategy it is.")
    title: Line = Field(description="A few words.")
    description: Text | None = Field(default=None, description="What it is and how to do it.")
    if_cue: Text = Field(description="A suggestion for the cue: when, where or at which feeling.")
    then_action: Text = Field(description="A suggestion for the action: what to do then.")


@dataclass(frozen=True)
class LibraryFilter:
    """Which strategies of the library a list shows; None means any."""

    category: Annotated[StrategyCategory | None, Query(description="Only this kind.")] = None
