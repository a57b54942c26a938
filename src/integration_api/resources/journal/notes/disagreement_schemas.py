"""A patient's statements of disagreement with a note, on the wire."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints
from typing_extensions import TypedDict

from integration_api.web.schemas import VISIBLE, Schema, response_part

StatementText = Annotated[
    str,
    StringConstraints(min_length=1, max_length=5000),
    VISIBLE,
    Field(description="The statement; it cannot be changed later.", examples=["I did not say that."]),
]


@response_part
class NoteDisagreement(TypedDict):
    """One statement of the patient, which goes wherever the note goes."""

    id: Annotated[UUID, Field(description="Its id.")]
    at: Annotated[datetime, Field(description="When it was written (UTC).")]
    text: StatementText


NoteDisagreements = Annotated[
    list[NoteDisagreement],
    Field(description="The patient's statements of disagreement with the note, oldest first.", examples=[[]]),
]
"""A field of each answer that holds a note's text."""


class NoteDisagree(Schema):
    """A statement of disagreement."""

    text: StatementText
