"""The content of a reflection, in the form in which it is encrypted and answered: plain JSON values."""

from collections.abc import Iterator
from typing import Annotated, Literal, NotRequired

from pydantic import Field, StringConstraints
from typing_extensions import TypedDict

from integration_api.core.ids import Id
from integration_api.resources.journal.reflections.fragments import Fragment
from integration_api.resources.journal.reflections.prompts import Key
from integration_api.web.schemas import VISIBLE, Prose, Score10, response_part

Safety = Annotated[Literal["safe", "not_sure", "not_safe"], Field(title="Safety")]
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


@response_part
class Answer(TypedDict):
    """The answer to one prompt."""

    prompt_id: PromptId
    text: AnswerText


@response_part
class Ratings(TypedDict):
    """Ratings of this moment; each may be left out."""

    mood: Mood
    anxiety: Anxiety
    energy: Energy
    sleep: Sleep
    connection: Connection
    distress: Distress


@response_part
class Insight(TypedDict):
    """One short statement that a plan can point to."""

    id: Annotated[
        str, Field(description="Its id, which stays.", json_schema_extra={"format": "uuid"}, examples=[_INSIGHT_ID])
    ]
    text: Statement


class Content(TypedDict):
    """All that the patient wrote and chose. Only a fragment has the key `fragment`."""

    text: str | None
    prompt_set: str | None
    prompt_set_version: int | None
    answers: list[Answer]
    ratings: Ratings | None
    tags: list[str]
    insights: list[Insight]
    safety: Safety | None
    contact_me: bool
    fragment: NotRequired[Fragment]


CONTENT_FIELDS = set(Content.__annotations__)


class Outline(TypedDict):
    """The part of the content that a summary shows. It is encrypted apart, so that showing it decrypts no text."""

    tags: list[str]
    safety: Safety | None
    contact_me: bool


def outline_of(content: Content) -> Outline:
    """Return the outline, which is stored beside each content."""
    return {"tags": content["tags"], "safety": content["safety"], "contact_me": content["contact_me"]}


def texts_of(content: Content) -> Iterator[str | None]:
    """Yield the texts of a reflection, the first words of which are its title in a list."""
    if fragment := content.get("fragment"):
        yield fragment["word"]
        yield fragment["music"]["title"] if fragment["music"] else None
    yield content["text"]
    yield from (answer["text"] for answer in content["answers"])
