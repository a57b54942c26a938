"""The words of a structured assessment of danger to oneself. They are ours, and those of no instrument.

Source: clinical.md section 6, Workflow: ideation, intent, plan, means, protective factors.
"""

from enum import StrEnum
from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from integration_api.web.schemas import response_part


class Ideation(StrEnum):
    """The thoughts of dying or of suicide that the person tells of."""

    NOT_ASKED = "not_asked"
    NOT_SAID = "not_said"
    NONE = "none"
    WISH_TO_BE_DEAD = "wish_to_be_dead"
    SUICIDE_THOUGHTS = "suicide_thoughts"


class Intent(StrEnum):
    """Whether the person means to act."""

    NOT_ASKED = "not_asked"
    NOT_SAID = "not_said"
    NONE = "none"
    UNSURE = "unsure"
    PRESENT = "present"


class SuicidePlan(StrEnum):
    """The state of a plan, if the person has one."""

    NOT_ASKED = "not_asked"
    NOT_SAID = "not_said"
    NONE = "none"
    VAGUE = "vague"
    SPECIFIC = "specific"


class Means(StrEnum):
    """Whether the person can reach what they would use."""

    NOT_ASKED = "not_asked"
    NOT_SAID = "not_said"
    NONE = "none"
    SECURED = "secured"
    IN_REACH = "in_reach"


class ProtectiveFactor(StrEnum):
    """Something that holds the person."""

    PEOPLE_NEAR = "people_near"
    CHILDREN = "children"
    FAITH_OR_VALUES = "faith_or_values"
    HOPE = "hope"
    PETS = "pets"
    TREATMENT = "treatment"
    SAFETY_PLAN = "safety_plan"
    WORK_OR_STUDY = "work_or_study"
    OTHER = "other"


IdeationIs = Annotated[
    Ideation,
    Field(
        description="Thoughts of dying or of suicide; `not_said`: asked, and not answered.",
        examples=["wish_to_be_dead"],
    ),
]
IntentIs = Annotated[Intent, Field(description="Whether the person means to act.", examples=["none"])]
PlanIs = Annotated[SuicidePlan, Field(description="The state of a plan, if there is one.", examples=["none"])]
MeansIs = Annotated[Means, Field(description="Whether what would be used is in reach.", examples=["secured"])]
ProtectiveFactors = Annotated[
    list[ProtectiveFactor], Field(description="The things that hold the person.", examples=[["people_near"]])
]


@response_part
class FlagAssessed(TypedDict):
    """An assessment as it was kept."""

    ideation: IdeationIs
    intent: IntentIs
    plan: PlanIs
    means: MeansIs
    protective_factors: ProtectiveFactors


def assessed(kept: FlagAssessed | None) -> FlagAssessed | None:
    """Return an assessment with its words as they are told: JSON keeps them as text."""
    if kept is None:
        return None
    return FlagAssessed(
        ideation=Ideation(kept["ideation"]),
        intent=Intent(kept["intent"]),
        plan=SuicidePlan(kept["plan"]),
        means=Means(kept["means"]),
        protective_factors=[ProtectiveFactor(one) for one in kept["protective_factors"]],
    )
