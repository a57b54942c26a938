"""The effects of a plan's strategies on the wire."""

from typing import Annotated
from uuid import UUID

from pydantic import Field
from typing_extensions import TypedDict

from integration_api.access.fields import PatientId
from integration_api.resources.journal.plans.strategy_schemas import PlanId
from integration_api.web.schemas import ReadSchema, response_part


@response_part
class DistressChange(TypedDict):
    """The change of distress (after minus before) over rated uses: below 0 is relief."""

    n: Annotated[int, Field(description="Number of uses with distress before and after.", examples=[6])]
    mean: Annotated[float | None, Field(description="Mean change; null without such a use.", examples=[-2.17])]
    low: Annotated[float | None, Field(description="Lower end of the 95 % interval (Student's t); null below n = 2.")]
    high: Annotated[float | None, Field(description="Upper end of the 95 % interval.")]


@response_part
class UsedAgain(TypedDict):
    """The answers to whether the patient would use it again."""

    yes: Annotated[int, Field(description="Answers that say yes.", examples=[5])]
    answered: Annotated[int, Field(description="All answers.", examples=[6])]


@response_part
class Adherence(TypedDict):
    """The uses of the last whole days, of those that the schedule planned."""

    done: Annotated[int, Field(description="Uses in that time.", examples=[12])]
    planned: Annotated[int, Field(description="Occurrences of the schedule in that time.", examples=[14])]
    percent: Annotated[int | None, Field(description="At most 100; null if nothing was planned.", examples=[86])]


@response_part
class StrategyEffect(TypedDict):
    """The effect of one strategy, over all versions of its plan so far."""

    strategy_id: Annotated[
        UUID, Field(description="The strategy of this plan.", examples=["019ab0de-0000-7000-8000-000000000011"])
    ]
    uses: Annotated[int, Field(description="Uses that were logged and count.", examples=[7])]
    skips: Annotated[int, Field(description="Skips that were logged and count.", examples=[2])]
    change: Annotated[DistressChange, Field(description="Over all rated uses.")]
    change_from_high: Annotated[DistressChange, Field(description="Of these, the uses under high distress.")]
    change_from_lower: Annotated[DistressChange, Field(description="Of these, the other uses.")]
    mean_helpfulness: Annotated[float | None, Field(description="Mean helpfulness, 0-4.", examples=[2.83])]
    would_use_again: Annotated[UsedAgain, Field(description="The answers to `would_use_again`.")]
    adherence: Annotated[Adherence, Field(description="Uses and occurrences of the schedule lately.")]
    rank: Annotated[
        int | None,
        Field(
            description="1 for the largest mean relief; null below `minimum_n` rated uses, or alone.", examples=[None]
        ),
    ]


class PlanEffects(ReadSchema):
    """The effects of one plan's strategies, as its practices tell. One person's numbers prove no cause."""

    plan_id: PlanId
    patient_id: PatientId
    minimum_n: int = Field(
        description="Rated uses that a strategy needs for a rank (policy `effects_minimum_practices`).", examples=[5]
    )
    high_distress_from: int = Field(description="Distress before, from which on it is high.", examples=[7])
    adherence_days: int = Field(
        description="The days until yesterday that adherence looks at: of the last 28 those since the plan is active.",
        examples=[28],
    )
    strategies: list[StrategyEffect] = Field(description="Its strategies, in the order they were added.")
