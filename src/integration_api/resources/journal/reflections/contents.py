"""The content of a reflection, in the form in which it is encrypted and answered: plain JSON values."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, with_config
from typing_extensions import TypedDict

Safety = Literal["safe", "not_sure", "not_safe"]
_strict = with_config(ConfigDict(extra="forbid"))
_Moment = Field(json_schema_extra={"format": "date-time"})
_Rating = Annotated[int | None, Field(description="0 (not at all) to 10 (as much as can be).")]


@_strict
class Answer(TypedDict):
    """What was written to one prompt."""

    prompt_id: Annotated[str, Field(description="The prompt, of this version of the prompt set.")]
    text: Annotated[str, Field(description="The text.")]


@_strict
class Ratings(TypedDict):
    """How it is right now; each may be left out."""

    mood: _Rating
    anxiety: _Rating
    energy: _Rating
    sleep: _Rating
    connection: _Rating
    distress: _Rating


@_strict
class Insight(TypedDict):
    """One short statement that a plan can point to."""

    id: Annotated[str, Field(description="Its id, which stays.", json_schema_extra={"format": "uuid"})]
    text: Annotated[str, Field(description="The statement.")]


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


@_strict
class CrisisLine(TypedDict):
    """Somebody who answers now, as they were shown."""

    name: Annotated[str, Field(description="The organization that answers.")]
    kind: Annotated[
        Literal["emergency", "crisis_line"], Field(description="Emergency services, or somebody to talk to.")
    ]
    contact: Annotated[str, Field(description="Number to dial or text.")]
    how: Annotated[str, Field(description="Instructions for use.")]
    verified_on: Annotated[str | None, Field(description="Day of the last check; null: not yet checked.")]
    source: Annotated[str | None, Field(description="The source of the last check.")]


@_strict
class Monitoring(TypedDict):
    """What the patient was told: who, if anybody, watches, who reviews by when, and whom to call."""

    stated_at: Annotated[str, _Moment, Field(description="When it was said (UTC); it was true then.")]
    is_monitored_now: Annotated[bool, Field(description="Always false: nobody watches entries as they come in.")]
    reviewed_by: Annotated[
        str | None, _Moment, Field(description="Until when the care team means to read it; null: no time is set.")
    ]
    clinic_opens_at: Annotated[
        str | None, _Moment, Field(description="When the clinic opens next; null: it is open now, or has no hours.")
    ]
    text: Annotated[str, Field(description="The statement in plain sentences, to be shown as it is.")]
    crisis_resources: Annotated[
        list[CrisisLine], Field(description="The crisis lines that answer now, emergency services first.")
    ]
