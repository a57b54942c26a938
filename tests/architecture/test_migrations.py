"""Each migration says whether servers of the revision before may go on; what says yes takes nothing away from them."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from integration_api.storage.migrations import SERVES_SINCE
from tests.processes import ROOT

VERSIONS = sorted(
    path for path in (ROOT / "alembic" / "versions").glob("*.py") if path.name[: len(SERVES_SINCE)] >= SERVES_SINCE
)
ADDS = {"create_table", "create_index", "add_column", "build_index", "fill", "is_", "table", "column"}
"""Changes that an older server does not notice, and the words of a fill: of a column that a revision before added."""
MAKES = {"Column", "CheckConstraint", "ForeignKeyConstraint", "PrimaryKeyConstraint", "UniqueConstraint", "f", "text"}
TYPES = {
    *("BigInteger", "Boolean", "Date", "DateTime", "Enum", "Integer", "LargeBinary", "SmallInteger"),
    *("String", "Text", "Uuid"),
}
LONG = {"build_index", "drop_index", "fill"}


def says(tree: ast.Module) -> object:
    """The value of `serves_with`; None if it is not set."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "serves_with":
            return getattr(node.value, "value", None)
    return None


def upgrade_of(tree: ast.Module) -> ast.FunctionDef:
    return next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "upgrade")


def calls(tree: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    """Every call of `upgrade`, by its last name."""
    for node in ast.walk(upgrade_of(tree)):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "?")
            yield name, node


def faults(text: str) -> Iterator[str]:
    """The faults of a migration."""
    tree = ast.parse(text)
    if not isinstance(says(tree), bool):
        yield "says nothing of servers of the revision before: serves_with = True or False"
    if says(tree) is True:
        for name, call in calls(tree):
            if name not in ADDS | MAKES | TYPES:
                yield f"lets older servers go on, and calls {name}"
            if name == "add_column" and "nullable=True" not in ast.unparse(call):
                yield "lets older servers go on, and adds a column that they must fill"
    body = [node for node in upgrade_of(tree).body if not isinstance(node, ast.Expr) or not _is_text(node)]
    long = [at for at, node in enumerate(body) if any(name in ast.unparse(node).split("(")[0] for name in LONG)]
    if long and long != [0]:
        yield "has a long step that is not the first"


def _is_text(node: ast.Expr) -> bool:
    return isinstance(node.value, ast.Constant)


@pytest.mark.parametrize("path", VERSIONS, ids=lambda path: path.stem)
def test_a_migration_says_which_servers_may_go_on(path: Path) -> None:
    assert [*faults(path.read_text("utf-8"))] == []


HEAD = "serves_with = {}\ndef upgrade():\n    '''Apply.'''\n    {}\n"


@pytest.mark.parametrize(
    ("says_so", "does", "count"),
    [
        ("True", "op.create_table('a', sa.Column('b', sa.Uuid(), nullable=False))", 0),
        ("True", "op.add_column('a', sa.Column('b', sa.Uuid(), nullable=True))", 0),
        ("True", "op.add_column('a', sa.Column('b', sa.Uuid(), nullable=False))", 1),
        ("True", "op.drop_column('a', 'b')", 1),
        ("True", "op.execute('DELETE FROM a')", 1),
        ("False", "op.drop_column('a', 'b')", 0),
        ("None", "op.create_table('a')", 1),
        ("True", "build_index('a', 'b', ['c'])\n    op.create_table('d')", 0),
        ("True", "op.create_table('d')\n    build_index('a', 'b', ['c'])", 1),
        ("True", "fill(sa.table('a', sa.column('b')), {'b': 1}, sa.column('b').is_(None))", 0),
        (
            "True",
            "op.add_column('a', sa.Column('b', sa.Uuid(), nullable=True))\n    fill(A, {'b': 1}, A.c.b.is_(None))",
            1,
        ),
    ],
)
def test_the_check_itself_sees_what_takes_something_away(says_so: str, does: str, count: int) -> None:
    assert len([*faults(HEAD.format(says_so, does))]) == count
