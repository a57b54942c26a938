"""The safety rules R01 to R37 as data: trigger, severities, holds, key, who is told, and how far the product has it.

Rooms decide whether a write meets a rule; this file says what the rule is. Source: clinical.md section 6.
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, TypeAdapter

from integration_api.resources.attention.flags.rules import FlagSeverity
from integration_api.web.schemas import ReadSchema

_FILE = Path(__file__).parent / "safety_rules.json"
SAFEGUARDING = "safeguarding"
"""The one of those whom a rule tells that is the clinic's safeguarding lead."""
BY_HAND = "hand"
"""The rule of a flag that somebody raises without a rule of the list."""


class RuleStatus(StrEnum):
    """Whether the product has the data that a rule looks at."""

    LIVE = "live"
    PARTIAL = "partial"
    NO_DATA = "no_data"


RuleId = Annotated[str, Field(description="The safety rule.", examples=["R06"])]


class SafetyRule(ReadSchema):
    """One safety rule."""

    id: RuleId
    version: str = Field(description="The version of the rule.", examples=["2026-11-30"])
    title: str = Field(
        description="The rule in a few words.", examples=["The patient asks for help or does not feel safe"]
    )
    severities: list[FlagSeverity] = Field(
        description="The severities that it raises, the most severe first.", examples=[["critical", "high"]]
    )
    holds: list[str] = Field(description="The steps that it holds: dose, booster, discharge.", examples=[["dose"]])
    key: list[str] = Field(description="The kinds of things that raise it, each once.", examples=[["help"]])
    told: list[str] = Field(description="Those who are told.", examples=[["team", "prescriber"]])
    status: RuleStatus = Field(description="Whether the product has the data that it looks at.", examples=["live"])
    note: str | None = Field(description="The part that is missing; null if nothing is.", examples=[None])
    source: str = Field(description="The source of the rule.", examples=["clinical.md section 6, R06"])


class SafetyRules(ReadSchema):
    """All safety rules."""

    items: list[SafetyRule] = Field(description="The rules in their order.")


@cache
def safety_rules() -> Mapping[str, SafetyRule]:
    """Return the rules by id."""
    found = TypeAdapter(list[SafetyRule]).validate_json(_FILE.read_bytes())
    return {rule.id: rule for rule in found}
