"""The content of a reflection, in the form in which it is encrypted and answered: plain JSON values."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints
from typing_extensions import TypedDict

from integration_api.core.ids import Id
from integration_api.resources.journal.reflections.prompts import Key
from integration_api.web.schemas import VISIBLE, Prose, Score10, part_of_answer

Safety = Literal["safe", "not_sure", "not_safe"]
_INSIGHT_ID = "019ab0de-0000-7000-8000-000000000014"
_MOMENT = Field(json_schema_extra={"format": "date-time"})

InsightId = Annotated[Id, Field(description="The insight.", examples=[_INSIGHT_ID])]
PromptId = Annotated[Key, Field(description="The prompt, of this version of the prompt set.", examples=["seen_anew"])]
AnswerText = Annotated[Prose, Field(description="The text.", examples=["I can put the phone down in the evening."])]
Statement = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=500),
    VISIBLE,
    Field(description="The statement.", examples=["Stillness is allowed."]),
]
Mood = Annotated[
    Score10 | None, Field(description="Mood, 0 (not at all good) to 10 (as good as can be).", examples=[6])
]
Anxiety = Annotated[Score10 | None, Field(description="Anxiety, 0 (not at all) to 10 (the maximum).", examples=[3])]
Energy = Annotated[Score10 | None, Field(description="Energy, 0 (not at all) to 10 (the maximum).", examples=[5])]
Sleep = Annotated[Score10 | None, Field(description="Sleep, 0 (not at all good) to 10 (as good as can be).")]
Connection = Annotated[
    Score10 | None, Field(description="Feeling connected, 0 (not at all) to 10 (the maximum).", examples=[7])
]
Distress = Annotated[Score10 | None, Field(description="Distress, 0 (not at all) to 10 (the maximum).", examples=[2])]


@part_of_answer
class Answer(TypedDict):
    """The answer to one prompt."""

    prompt_id: PromptId
    text: AnswerText


@part_of_answer
class Ratings(TypedDict):
    """Ratings of this moment; each may be left out."""

    mood: Mood
    anxiety: Anxiety
    energy: Energy
    sleep: Sleep
    connection: Connection
    distress: Distress


@part_of_answer
class Insight(TypedDict):
    """One short statement that a plan can point to."""

    id: Annotated[
        str, Field(description="Its id, which stays.", json_schema_extra={"format": "uuid"}, examples=[_INSIGHT_ID])
    ]
    text: Statement


class Content(TypedDict):
    """All that the patient wrote and chose."""

    text: str | None
    prompt_set: str | None
    prompt_set_version: int | None
    answers: list[Answer]
    ratings: Ratings | None
    tags: list[str]
    insights: list[Insight]
    safety: Safety | None
    contact_me: bool


CONTENT_FIELDS = set(Content.__annotations__)


@part_of_answer
class CrisisLine(TypedDict):
    """Somebody who answers now, as they were shown."""

    name: Annotated[str, Field(description="The organization that answers.", examples=["Emergency services"])]
    kind: Annotated[
        Literal["emergency", "crisis_line"],
        Field(description="Emergency services, or somebody to talk to.", examples=["emergency"]),
    ]
    contact: Annotated[str, Field(description="Number to dial or text.", examples=["911"])]
    how: Annotated[str, Field(description="Instructions for use.", examples=["call"])]
    verified_on: Annotated[str | None, Field(description="Day of the last check; null: not yet checked.")]
    source: Annotated[str | None, Field(description="The source of the last check.")]


@part_of_answer
class Monitoring(TypedDict):
    """The statement to the patient: who, if anybody, watches, who reviews by when, and whom to call."""

    stated_at: Annotated[
        str,
        _MOMENT,
        Field(description="When it was said (UTC); it was true then.", examples=["2026-11-20T21:14:00Z"]),
    ]
    is_monitored_now: Annotated[
        bool, Field(description="Always false: nobody watches entries as they come in.", examples=[False])
    ]
    reviewed_by: Annotated[
        str | None,
        _MOMENT,
        Field(
            description="Until when the care team means to read it; null: no time is set.",
            examples=["2026-11-23T21:14:00Z"],
        ),
    ]
    clinic_opens_at: Annotated[
        str | None,
        _MOMENT,
        Field(
            description="When the clinic opens next; null: it is open now, or has no hours.",
            examples=["2026-11-23T14:00:00Z"],
        ),
    ]
    text: Annotated[
        str,
        Field(
            description="The statement in plain sentences, to be shown as it is.",
            examples=[
                "Nobody watches entries as they come in. Your care team can read it and means to by Monday 23 "
                "November, 16:14 clinic time. Your clinic is closed now and opens on Monday 23 November, 09:00 clinic "
                "time. If it becomes urgent, do not wait for an answer here. Call 911: Emergency services."
            ],
        ),
    ]
    crisis_resources: Annotated[
        list[CrisisLine], Field(description="The crisis lines that answer now, emergency services first.")
    ]
