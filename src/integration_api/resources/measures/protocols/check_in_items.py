"""The items of check-ins, from a data file. They are our own short words, and no instrument asks them.

A change of an item's range makes a new version of the file; one of its wording does not. Source: clinical.md section 6.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints, TypeAdapter

from integration_api.web.schemas import Line, ReadSchema

_FILE = Path(__file__).parent / "check_in_items.json"

CheckInItemId = Annotated[str, StringConstraints(pattern=r"^ci\.[a-z][a-z_]{1,37}$")]
CheckInWord = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]{0,39}$")]


class CheckInItem(ReadSchema):
    """One question of a check-in. It is answered by a word, or by a number from `min` to `max`."""

    id: CheckInItemId = Field(description="Its id, the same in every version.", examples=["ci.unreal"])
    topic: Line = Field(description="Our own short word for it.", examples=["unreality"])
    question: Line = Field(
        description="The question in our own English words; a front end may have its own.",
        examples=["Do things feel unreal?"],
    )
    answers: list[CheckInWord] | None = Field(
        description="The words that answer it, the mildest first; null: it is a number.", examples=[None]
    )
    min: int | None = Field(description="The lowest answer; null: it is answered by a word.", examples=[0])
    max: int | None = Field(description="The highest answer.", examples=[3])
    min_label: Line | None = Field(
        description="The meaning of `min`; null: it is answered by a word. Those between have no words.",
        examples=["not at all"],
    )
    max_label: Line | None = Field(description="The meaning of `max`.", examples=["very much"])

    def takes(self, answer: object) -> bool:
        """Return whether this answers the item."""
        if self.answers is not None:
            return answer in self.answers
        if not isinstance(answer, int) or isinstance(answer, bool) or self.min is None or self.max is None:
            return False
        return self.min <= answer <= self.max


class CheckInItems(ReadSchema):
    """Every item of a check-in, in the order in which it is asked."""

    version: int = Field(description="The version of the items, which each check-in keeps.", examples=[1])
    source: str = Field(description="The page in `docs` that has the items.", examples=["clinical.md section 6"])
    items: list[CheckInItem] = Field(description="The items.")


@cache
def check_in_items() -> CheckInItems:
    """Return the whole file."""
    return TypeAdapter(CheckInItems).validate_json(_FILE.read_text("utf-8"))


@cache
def items_by_id() -> Mapping[str, CheckInItem]:
    """Return the items by their ids."""
    return {item.id: item for item in check_in_items().items}
