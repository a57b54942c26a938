"""The protocol of a clinic on the wire."""

from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from integration_api.resources.care.arc_windows.protocol_parts import (
    MAX_AMOUNT,
    MAX_ITEMS,
    MAX_MEASURES,
    MAX_PROMPTS,
    MAX_STEPS,
    ArcStep,
    ArcStepKind,
    ArcUnit,
    IsFollowedUp,
    StepId,
)
from integration_api.resources.measures.instruments.definitions import InstrumentId
from integration_api.resources.measures.protocols.check_in_items import CheckInItemId
from integration_api.web.schemas import Line, Resource, Schema, example, example_with

_PROMPT = {"key": "stayed_with_you", "text": "What has stayed with you?"}
_STEP = {
    "id": "t24",
    "kind": "check_in",
    "opens_after": {"amount": 12, "unit": "hours"},
    "due_after": {"amount": 24, "unit": "hours"},
    "closes_after": {"amount": 36, "unit": "hours"},
    "is_followed_up": True,
    "prompts": [_PROMPT],
    "measures": ["phq9"],
    "items": ["ci.safety", "ci.unreal"],
}


class ArcOffsetGiven(Schema):
    """A time after the first dose. Days, weeks and months keep the dose's time of day, by the patient's clock."""

    amount: Annotated[int, Field(ge=0, le=max(MAX_AMOUNT.values()))] = Field(
        description="The number of units.", examples=[24]
    )
    unit: ArcUnit = Field(description="Of which unit.", examples=["hours"])


class ArcPromptGiven(Schema):
    """A short question or invitation to write."""

    key: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")] = Field(
        description="Its name; a front end may have its own wording.", examples=["stayed_with_you"]
    )
    text: Line = Field(description="The wording of the clinic.", examples=["What has stayed with you?"])


class ArcStepGiven(Schema):
    """One step of a protocol."""

    id: Annotated[StepId, StringConstraints(pattern=r"^[a-z][a-z0-9]{0,7}$")]
    kind: ArcStepKind = "check_in"
    opens_after: ArcOffsetGiven = Field(description="When it opens.")
    due_after: ArcOffsetGiven = Field(description="When it is best answered.")
    closes_after: ArcOffsetGiven = Field(description="When it closes.")
    is_followed_up: IsFollowedUp = False
    prompts: list[ArcPromptGiven] = Field(
        default=[], max_length=MAX_PROMPTS, description="Invitations to write.", examples=[[_PROMPT]]
    )
    measures: list[InstrumentId] = Field(
        default=[], max_length=MAX_MEASURES, description="The instruments to answer.", examples=[["phq9"]]
    )
    items: list[CheckInItemId] = Field(
        default=[], max_length=MAX_ITEMS, description="The check-in items to answer.", examples=[["ci.safety"]]
    )


class ArcProtocolSteps(Schema):
    """The whole protocol, which counts for what is opened from now on."""

    model_config = example({"steps": [_STEP]})

    steps: list[ArcStepGiven] = Field(max_length=MAX_STEPS, description="The steps; none: nothing is asked.")


class ArcProtocol(Resource):
    """The protocol of a clinic: when it asks after a dose, and what."""

    model_config = example_with({"id": "019ab0de-0000-7000-8000-000000000001", "steps": [_STEP]})

    steps: list[ArcStep] = Field(description="The steps, in the order in which they were given.")
    is_default: bool = Field(
        description="Whether the clinic has none of its own, so that ours counts; its version is 0.", examples=[False]
    )
    origin: str = Field(
        description="The page in `docs` that the default comes from; `clinic`: it is the clinic's own.",
        examples=["integration-arc.md, POLICY"],
    )
    created_by_id: UUID | None = Field(
        description="The account that wrote this version; null: it is the default.",
        examples=["019ab0de-0000-7000-8000-000000000002"],
    )
