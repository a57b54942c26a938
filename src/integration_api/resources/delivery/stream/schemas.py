"""The stream on the wire. Its events are those of `changes/schemas.py`."""

from typing import Annotated

from fastapi import Header

LastEventId = Annotated[
    str | None,
    Header(
        alias="Last-Event-ID",
        max_length=200,
        description="The `id` of the last event, or `next_cursor` of `/changes`; without it, what changes from now on.",
    ),
]
