"""Prompt sets: our own wording, in a data file. A version that was once in it stays, since answers point to it."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints, TypeAdapter

from integration_api.web.schemas import Line, Schema

_FILE = Path(__file__).parent / "prompt_sets.json"

Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,40}$")]


class PromptArea(StrEnum):
    """The area that a prompt is about. Source: clinical.md section 3."""

    SENSORY_BODY = "sensory_body"
    EMOTION = "emotion"
    IMAGERY_NARRATIVE = "imagery_narrative"
    INSIGHT_COGNITIVE = "insight_cognitive"
    SELF_COMPASSION = "self_compassion"
    RELATIONAL = "relational"
    SPIRITUAL_MEANING = "spiritual_meaning"
    NATURE = "nature"
    CHALLENGE_DIFFICULTY = "challenge_difficulty"
    GRATITUDE = "gratitude"
    BEHAVIOUR_COMMITMENT = "behaviour_commitment"
    SUPPORT_NEEDED = "support_needed"
    SAFETY_CHECK = "safety_check"


class Prompt(Schema):
    """One question to write to."""

    id: Key = Field(description="Its id within the set.", examples=["picture"])
    area: PromptArea = Field(description="Its topic.", examples=["imagery_narrative"])
    text: Line = Field(
        description="The question.", examples=["Is there a picture, a sound or a scene that stays with you?"]
    )
    help: Line | None = Field(description="A word of help beside it.", examples=["It does not have to make sense."])


class PromptSet(Schema):
    """Questions that belong together, in order. A version never changes."""

    id: Key = Field(description="Its id, the same for every version.", examples=["coming_back"])
    version: int = Field(ge=1, description="Counts its versions.", examples=[1])
    title: Line = Field(description="Its name.", examples=["Coming back"])
    prompts: list[Prompt] = Field(min_length=1, max_length=50, description="The questions, in order.")


class PromptSets(Schema):
    """Every prompt set."""

    items: list[PromptSet] = Field(description="Every version of every set; offer the newest version of each.")


@cache
def prompt_sets() -> tuple[PromptSet, ...]:
    """Return every version of every prompt set."""
    return TypeAdapter(tuple[PromptSet, ...]).validate_json(_FILE.read_text("utf-8"))


@cache
def _prompt_ids() -> Mapping[tuple[str, int], frozenset[str]]:
    return {(item.id, item.version): frozenset(prompt.id for prompt in item.prompts) for item in prompt_sets()}


def prompt_ids(prompt_set: str, version: int) -> frozenset[str] | None:
    """Return the prompts of one version of a set, or None if there is no such version."""
    return _prompt_ids().get((prompt_set, version))
