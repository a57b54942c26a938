"""The change feed on the wire."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field

from integration_api.core.ids import Id
from integration_api.resources.delivery.changes.rules import ChangeKind, ChangeWord
from integration_api.web.schemas import ReadSchema

DEFAULT_LIMIT = 200
MAX_LIMIT = 500


class ChangeItem(ReadSchema):
    """One thing that changed, by its id. What it is now is with the thing itself."""

    kind: ChangeKind = Field(description="The kind of thing.", examples=["reflection"])
    id: UUID = Field(
        description="The thing; for what is kept as a whole, the chart's, account's or clinic's id.",
        examples=["019ab0de-0000-7000-8000-000000000009"],
    )
    patient_id: UUID | None = Field(
        description="The chart that it belongs to.", examples=["019ab0de-0000-7000-8000-000000000003"]
    )
    change: ChangeWord = Field(
        description="`changed`: read it again. `gone`: drop it. `opened`: read that chart from the start. "
        "`closed`: drop that chart.",
        examples=["changed"],
    )
    at: datetime = Field(description="When it changed (UTC).", examples=["2026-11-20T15:00:00Z"])
    until: datetime | None = Field(
        description="When an `opened` chart closes by itself; drop it then, offline too.", examples=[None]
    )


class ChangePage(ReadSchema):
    """The changes after the cursor: each thing once, in the order of its latest change."""

    items: list[ChangeItem] = Field(description="The changes; there may be none although `has_more`.")
    next_cursor: str = Field(description="Send it as `cursor` next time; opaque.", examples=["AQAAAAAAAAZk"])
    has_more: bool = Field(description="Whether to ask again at once.", examples=[False])
    caught_up_at: datetime = Field(
        description="Everything from before this instant is in the feed (UTC).",
        examples=["2026-11-20T15:00:00Z"],
    )


@dataclass(frozen=True)
class ChangeFilter:
    """The cursor to go on from, and the chart."""

    cursor: Annotated[
        str | None,
        Query(max_length=200, description="`next_cursor` of the answer before; without one, each thing there is."),
    ] = None
    patient_id: Annotated[Id | None, Query(description="Only of this chart; a cursor goes with the same chart.")] = None
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT, description="The most changes, at most 500.")] = DEFAULT_LIMIT
