"""Each thing that every slice does is done in one way."""

import ast
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import cast
from uuid import UUID

import pytest

from integration_api import resources
from integration_api.access.revisions import revised
from integration_api.access.rows import new_values
from integration_api.access.work import Work
from integration_api.resources.care.courses.schemas import CourseCreate
from integration_api.resources.care.courses.statements import UPDATE_COURSE
from integration_api.resources.care.courses.tables import CourseRow, CourseState

ROOT = Path(resources.__path__[0])
FILES = {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in sorted(ROOT.rglob("*.py"))}
TREES = {name: ast.parse(text) for name, text in FILES.items()}
NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


def functions() -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Every function of the resources, with its file."""
    for name, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield name, node


def calls(node: ast.AST) -> Iterator[ast.Call]:
    """Every call in a piece of code."""
    return (inner for inner in ast.walk(node) if isinstance(inner, ast.Call))


def called(call: ast.Call) -> str:
    """The last name of what is called."""
    return ast.unparse(call.func).rpartition(".")[2]


# ── versions ──


def test_versions_are_compared_and_counted_in_one_place() -> None:
    """A slice calls `check_version` and `Work.revise`; it raises no StaleVersion and counts no version itself."""
    assert [name for name, text in FILES.items() if "raise StaleVersion" in text] == []
    assert [name for name, text in FILES.items() if re.search(r"(?<!\.c)\.version \+ 1", text)] == []


@pytest.mark.thorough
def test_the_version_that_was_read_is_always_looked_at() -> None:
    """A function that is given `expected_version` checks it, hands it on, or guards a change with it."""
    ignored = [
        f"{name} {function.name}"
        for name, function in functions()
        if "expected_version" in {argument.arg for argument in function.args.args}
        and not any(
            "expected_version" in {ast.unparse(value) for value in (*call.args, *(k.value for k in call.keywords))}
            for call in calls(function)
        )
    ]
    assert ignored == []


def test_a_value_that_a_change_does_not_write_is_refused() -> None:
    """The answer never shows what was not stored."""
    row = CourseRow(
        clinic_id=UUID(int=1),
        id=UUID(int=2),
        created_at=NOW,
        updated_at=NOW,
        patient_id=UUID(int=3),
        state=CourseState.ACTIVE,
        planned_dosing_sessions=2,
        created_by_id=UUID(int=4),
    )
    changed = revised(UPDATE_COURSE, row, NOW, {"state": CourseState.COMPLETED})
    assert (changed.state, changed.version, row.version) == (CourseState.COMPLETED, 2, 1)
    for values in ({"patient_id": UUID(int=5)}, {"intentoin": None}):
        with pytest.raises(TypeError, match="update_course does not write"):
            revised(UPDATE_COURSE, row, NOW, values)


# ── files ──

_NEEDS_THE_CHART = ("people/patients/patient_accounts.py", "create_password_reset")


@pytest.mark.thorough
def test_what_makes_a_thing_stands_in_the_service() -> None:
    """`create_x` is in `service.py`; a reset of a patient's password needs the chart, which accounts do not know."""
    made = {
        (name, function.name)
        for name, function in functions()
        if function.name.startswith("create_") and not name.endswith(("/service.py", "/router.py"))
    }
    assert made == {_NEEDS_THE_CHART}


@pytest.mark.thorough
def test_a_row_made_of_a_body_begins_with_new_values() -> None:
    """`XRow(**new_values(work, body), ...)`: no slice copies a body field by field, or chooses a new row's id itself.

    An account's row is made for staff, patients and programs alike, so `new_account` names what it takes.
    """
    made = [
        (name, ast.unparse(call.func), keyword)
        for name, function in functions()
        if "body" in {argument.arg for argument in function.args.args}
        for call in calls(function)
        if called(call).endswith("Row")
        for keyword in call.keywords
    ]
    copied = [(name, row) for name, row, keyword in made if ast.unparse(keyword).endswith(f"=body.{keyword.arg}")]
    assert copied == []
    begun = {name for name, _, keyword in made if ast.unparse(keyword.value).startswith("new_values(work, body")}
    assert len(begun) > 9
    assert [name for name, text in FILES.items() if "body.id or new_id()" in text] == []


def test_a_body_has_each_field_that_its_row_holds_in_another_form() -> None:
    """A name that the body does not have is refused: the row would lose what was sent under the right one."""
    body = CourseCreate(patient_id=UUID(int=3))
    work = cast(Work, SimpleNamespace(now=NOW, actor=SimpleNamespace(clinic_id=UUID(int=1))))
    values = new_values(work, body, indication="mood")
    row = CourseRow(**values, created_by_id=UUID(int=4))
    assert (row.clinic_id, row.created_at, row.updated_at, row.version) == (UUID(int=1), NOW, NOW, 1)
    assert (row.patient_id, row.state, row.indication, row.id.version) == (UUID(int=3), "planned", "mood", 7)
    with pytest.raises(TypeError, match="CourseCreate has no indicatoin"):
        new_values(work, body, indicatoin="mood")


# ── fields ──


@pytest.mark.thorough
def test_a_field_is_described_once() -> None:
    """No two fields of a slice are described in the same words: they share a type, a base or a `Field`."""
    told: dict[tuple[str, str], int] = {}
    for name, tree in TREES.items():
        for call in calls(tree):
            if ast.unparse(call.func) == "Field":
                for keyword in call.keywords:
                    if keyword.arg == "description":
                        text = (name.rpartition("/")[0], ast.unparse(keyword.value))
                        told[text] = told.get(text, 0) + 1
    assert len(told) > 300
    assert [text for text, count in told.items() if count > 1] == []


# ── time ──


def test_one_rule_says_what_lies_in_the_future() -> None:
    """No slice compares a time that has passed with the clock by itself, under a code of its own."""
    told = [name for name, text in FILES.items() if re.search(r'"in_(the_)?future"', text)]
    assert told == []


# ── lists ──


@pytest.mark.thorough
def test_the_filters_of_a_list_are_written_once() -> None:
    """They are the fields of a frozen dataclass `XFilter` in `schemas.py`, which FastAPI and the Statement read."""
    told = {
        (name, function.name)
        for name, function in functions()
        if name.endswith("/router.py")
        and any(
            ast.unparse(mark.func) == "router.get" for mark in function.decorator_list if isinstance(mark, ast.Call)
        )
        and any("Query(" in ast.unparse(argument) for argument in function.args.args)
    }
    assert told == set()
    filters = [
        (name, node)
        for name, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and node.name.endswith("Filter")
    ]
    assert {name.rpartition("/")[2] for name, _ in filters} == {"schemas.py"}
    assert {ast.unparse(node.decorator_list[0]) for _, node in filters} == {"dataclass(frozen=True)"}
    assert len(filters) > 9


# ── answers ──


@pytest.mark.thorough
def test_answers_are_made_in_one_way() -> None:
    """`X.of(row)` if the row is all; else a function `present...` adds the rest, and takes the work first."""
    renamed, misplaced, unordered = [], [], []
    for name, function in functions():
        if function.name.lstrip("_").startswith("present"):
            more = [call for call in calls(function) if called(call) == "of" and call.keywords]
            renamed += [] if more else [f"{name} {function.name}"]
            names = [argument.arg for argument in function.args.args]
            unordered += [f"{name} {function.name}"] if "work" in names[1:] else []
        hidden = [inner for inner in ast.walk(function) if isinstance(inner, ast.Lambda)]
        misplaced += [
            f"{name} {function.name}" for inner in hidden if any(called(call) == "of" for call in calls(inner))
        ]
    assert (renamed, misplaced, unordered) == ([], [], [])


# ── updates ──


@pytest.mark.thorough
def test_what_may_be_absent_is_missing_and_never_none() -> None:
    """A field of an `XUpdate` may be absent: its default is MISSING. A service asks `is not MISSING`, nothing else."""
    wrong = []
    for name, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and node.name.endswith("Update"):
                wrong += [
                    f"{name} {node.name}.{ast.unparse(field.target)}"
                    for field in node.body
                    if isinstance(field, ast.AnnAssign)
                    and not (
                        "MISSING" in ast.unparse(field.annotation) and "MISSING" in ast.unparse(field.value or field)
                    )
                ]
            if isinstance(node, ast.Compare) and "isinstance" in ast.unparse(node):
                wrong.append(f"{name}:{node.lineno}")
            if isinstance(node, ast.Call) and re.match(r"isinstance\(body\.", ast.unparse(node)):
                wrong.append(f"{name}:{node.lineno}")
    assert wrong == []


# ── text ──


def test_whether_a_text_is_blank_is_asked_in_one_place() -> None:
    """`core.texts` knows the characters that show nothing; `strip` knows whitespace alone."""
    assert [name for name, text in FILES.items() if re.search(r"\.strip\(\)(?!\.)|isspace\(", text)] == []
