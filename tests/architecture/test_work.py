"""A slice collects; whoever began the Work applies it. So nothing is written in pieces, and none is written twice."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.test_arrows import SOURCE

SLICES = sorted((SOURCE / "resources").rglob("*.py"))
OF_WHO_BEGAN_IT = {"apply", "forget", "anew"}
PAST_THE_WORK = {"database", "driver"}


def past_the_work(text: str) -> Iterator[str]:
    """What a slice may not do: apply its Work, throw away or begin one, and reach the database itself."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in OF_WHO_BEGAN_IT:
            yield f"{node.lineno}: .{node.func.attr}()"
        elif isinstance(node, ast.Attribute) and node.attr in PAST_THE_WORK:
            yield f"{node.lineno}: .{node.attr}"
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Work":
            yield f"{node.lineno}: Work()"


@pytest.mark.parametrize("path", SLICES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_slice_neither_applies_its_work_nor_goes_past_it(path: Path) -> None:
    assert list(past_the_work(path.read_text())) == []


def test_the_check_itself_sees_each_of_them() -> None:
    text = (
        "await work.apply()\nwork.forget()\nwork.anew()\nWork(runtime, action, request_id)\n"
        "await work.runtime.database.one(sql.READ, {})\ndatabase = work.runtime.database\n"
    )
    assert sorted(found[0] for found in past_the_work(text)) == ["1", "2", "3", "4", "5", "6"]
