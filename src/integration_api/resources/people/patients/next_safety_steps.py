"""The patient's own next step, from the safety plan in force: what they are told first when they ask for help."""

from collections.abc import Mapping
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field
from typing_extensions import TypedDict

from integration_api.access.work import Work
from integration_api.resources.people.patients.safety_statements import SAFETY_PLAN_NOW
from integration_api.web.schemas import response_part

NextStepName = Annotated[
    Literal["internal_coping", "distraction", "people_to_ask", "professionals"], Field(title="NextStepName")
]
_STEPS: tuple[Literal["internal_coping", "distraction", "people_to_ask", "professionals"], ...] = (
    "internal_coping",
    "distraction",
    "people_to_ask",
    "professionals",
)
"""The steps that somebody takes, in the order of the plan. Source: Stanley and Brown 2012."""
MAX_SHOWN = 3
"""Lines of a step that are shown: somebody who asks for help reads few."""


@response_part
class NextSafetyStep(TypedDict):
    """The first step of the patient's own safety plan that somebody can take."""

    step: Annotated[NextStepName, Field(description="The step of the plan.", examples=["internal_coping"])]
    lines: Annotated[
        list[str],
        Field(description="Its first lines, in the plan's own words.", examples=[["Walk to the river and back"]]),
    ]


async def next_safety_step(work: Work, patient_id: UUID) -> NextSafetyStep | None:
    """Return the first step of the plan in force that has a line; None without a plan."""
    plan = await work.one(SAFETY_PLAN_NOW, patient_id=patient_id)
    if plan is None:
        return None
    for name in _STEPS:
        entries: list[str | Mapping[str, str | None]] = getattr(plan, name)
        if entries:
            lines = [entry if isinstance(entry, str) else _contact(entry) for entry in entries[:MAX_SHOWN]]
            return {"step": name, "lines": lines}
    return None


def _contact(entry: Mapping[str, str | None]) -> str:
    """Return somebody in one line: the name, then how and when to reach them."""
    return ", ".join(value for name in ("name", "phone", "hours") if (value := entry.get(name)))
