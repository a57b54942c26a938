"""Sources of the front ends: what a browser would show only for a text that is written from right to left."""

import re
from collections.abc import Iterator
from pathlib import Path

FRONT_ENDS = Path(__file__).parents[2] / "frontends"
FOLDERS = ("phone/src", "desk/src", "admin/src", "shared")
_ITEM = re.compile(r"<li\b[^<]*?\bdir=")
"""A list item with a direction of its own: its marker is on the side on which the list has no room for it."""


UNMARKED = {"phone/src/parts/safety-plan.tsx": 1}
"""Items of lists that show no marker (`ul.plain`), by the file."""


def sources() -> Iterator[Path]:
    """Every source of every front end."""
    for folder in FOLDERS:
        yield from sorted((FRONT_ENDS / folder).rglob("*.ts*"))


def test_a_list_item_has_the_direction_of_its_list() -> None:
    """The text inside has its own: `<li><bdi>{text}</bdi></li>`."""
    counts = {str(one.relative_to(FRONT_ENDS)): len(_ITEM.findall(one.read_text("utf-8"))) for one in sources()}
    assert {file: count for file, count in counts.items() if count} == UNMARKED
    assert _ITEM.search('<li key={number} dir="auto">'), "the pattern finds what was mended"
