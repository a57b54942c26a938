"""The parts of a protocol: its steps, each with when it comes after the first dose and what it asks.

The same parts are stored, answered, and kept by each window of the arc.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from integration_api.web.schemas import response_part

MAX_STEPS = 20
MAX_PROMPTS = 5
MAX_MEASURES = 10
MAX_ITEMS = 40
MAX_FOLLOWED_UP = 2
"""The steps of one arc that the team calls after. Source: clinical.md section 6, R16: t24 and t72."""


class ArcKind(StrEnum):
    """The purpose of a step: a check-in comes after each dose; surveillance looks for late harm beside it."""

    CHECK_IN = "check_in"
    SURVEILLANCE = "surveillance"


ArcUnit = Annotated[Literal["hours", "days", "weeks", "months"], Field(title="ArcUnit")]
"""The unit of a time after the first dose. Hours pass; the others count days on the patient's calendar."""

MAX_AMOUNT: Mapping[str, int] = {"hours": 240, "days": 400, "weeks": 110, "months": 26}
"""The longest that a time after the first dose may be, by its unit."""

_DUE = {"amount": 24, "unit": "hours"}
StepId = Annotated[
    str, Field(description="The name of the step; it stays the same in later versions.", examples=["t24"])
]
ArcStepKind = Annotated[
    Literal["check_in", "surveillance"],
    Field(
        title="ArcStepKind",
        description="`check_in`: after each dose. `surveillance`: after the first dose of all, for late harm.",
        examples=["check_in"],
    ),
]
IsFollowedUp = Annotated[
    bool, Field(description="Whether the team is to ask after the patient if it is missed.", examples=[True])
]
MeasureNames = Annotated[
    list[str], Field(description="The instruments to answer, by their ids.", examples=[["phq9", "who5"]])
]
ItemNames = Annotated[
    list[str], Field(description="The check-in items to answer, by their ids.", examples=[["ci.safety", "ci.unreal"]])
]


@response_part
class ArcOffset(TypedDict):
    """A time after the first dose."""

    amount: Annotated[int, Field(description="The number of units.", examples=[24])]
    unit: Annotated[ArcUnit, Field(description="Of which unit.", examples=["hours"])]


@response_part
class ArcPrompt(TypedDict):
    """A short question or invitation to write."""

    key: Annotated[
        str, Field(description="Its name; a front end may have its own wording.", examples=["stayed_with_you"])
    ]
    text: Annotated[str, Field(description="The wording of the clinic.", examples=["What has stayed with you?"])]


@response_part
class ArcStep(TypedDict):
    """One step of a protocol."""

    id: StepId
    kind: ArcStepKind
    opens_after: Annotated[ArcOffset, Field(description="When it opens.", examples=[{"amount": 12, "unit": "hours"}])]
    due_after: Annotated[ArcOffset, Field(description="When it is best answered.", examples=[_DUE])]
    closes_after: Annotated[ArcOffset, Field(description="When it closes.", examples=[{"amount": 36, "unit": "hours"}])]
    is_followed_up: IsFollowedUp
    prompts: Annotated[
        list[ArcPrompt],
        Field(
            description="Invitations to write.",
            examples=[[{"key": "stayed_with_you", "text": "What has stayed with you?"}]],
        ),
    ]
    measures: MeasureNames
    items: ItemNames
