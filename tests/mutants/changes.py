"""Six ways to take a protection out of a syntax tree. Each names what it changes, so layout and comments do not matter.

A change finds the smallest part of its scope that holds every name it was given: variables, attributes, keywords and
strings. Raises DoesNotApply unless there is exactly one.
"""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

JOINS = (ast.Add, ast.BitOr)
LISTS = (ast.List, ast.Tuple, ast.Set)
NAMED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


class DoesNotApply(Exception):
    """The code has no such part any more, or several."""


class Slot(NamedTuple):
    """A node and where it hangs in its parent."""

    parent: ast.AST
    field: str
    at: int | None
    node: ast.AST

    def put(self, *nodes: ast.AST) -> None:
        """Put these in the place of the node; in a field that is no list, exactly one."""
        if self.at is None:
            (new,) = nodes
            setattr(self.parent, self.field, new)
        else:
            getattr(self.parent, self.field)[self.at : self.at + 1] = nodes


class Change(Protocol):
    """One way to change a scope."""

    def apply(self, scope: ast.AST) -> None:
        """Change the tree in place. Raises DoesNotApply."""


def changed(source: str, inside: str, change: Change) -> str:
    """Return the program with one change made inside a function, class or constant, as `Exchange._run`."""
    tree = ast.parse(source)
    scope: ast.AST = tree
    for name in inside.split("."):
        scope = _only([node for node in _below(scope) if _names(node, name)], name)
    change.apply(scope)
    return ast.unparse(ast.fix_missing_locations(tree))


class Named:
    """A change of the smallest part that holds all of these names."""

    def __init__(self, *names: str) -> None:
        self.names = names


class Drop(Named):
    """Take out an argument, an operand of `and`, `or`, `+` or `|`, an item of a list, or a condition of a list made."""

    def apply(self, scope: ast.AST) -> None:
        slot = _smallest(scope, self.names, _is_item)
        if isinstance(slot.parent, ast.BinOp):
            other = slot.parent.left if slot.field == "right" else slot.parent.right
            _only([s for s in _slots(scope) if s.node is slot.parent], "operand").put(other)
            return
        slot.put()
        if isinstance(slot.parent, ast.BoolOp) and len(slot.parent.values) == 1:
            _only([s for s in _slots(scope) if s.node is slot.parent], "operand").put(slot.parent.values[0])


class Skip(Named):
    """Leave out a statement, as a `raise`, a call, or an `if` with all that it holds."""

    def apply(self, scope: ast.AST) -> None:
        _smallest(scope, self.names, lambda slot: isinstance(slot.node, ast.stmt)).put(ast.Pass())


@dataclass(frozen=True)
class Replace:
    """Write another expression in the place of one; both are Python, compared as syntax trees."""

    old: str
    new: str

    def apply(self, scope: ast.AST) -> None:
        wanted = ast.dump(_expression(self.old))
        found = [slot for slot in _slots(scope) if isinstance(slot.node, ast.expr) and ast.dump(slot.node) == wanted]
        _only(found, self.old).put(_expression(self.new))


class Loosen(Named):
    """Let a condition of a Statement hold for every row, as `(condition) IS NOT NULL`; its parameters stay."""

    def apply(self, scope: ast.AST) -> None:
        slot = _smallest(scope, self.names, _is_item)
        assert isinstance(slot.node, ast.expr)
        slot.put(ast.Call(ast.Attribute(slot.node, "is_not", ast.Load()), [ast.Constant(None)], []))


@dataclass(frozen=True)
class Append:
    """Add an item to a list that holds `name`."""

    name: str
    item: str

    def apply(self, scope: ast.AST) -> None:
        slot = _smallest(scope, (self.name,), lambda slot: isinstance(slot.node, LISTS))
        assert isinstance(slot.node, LISTS)
        slot.node.elts.append(_expression(self.item))


@dataclass(frozen=True)
class Return:
    """Let a function return this, whatever it is asked."""

    value: str

    def apply(self, scope: ast.AST) -> None:
        if not isinstance(scope, ast.FunctionDef | ast.AsyncFunctionDef):
            raise DoesNotApply(self.value)
        scope.body = [ast.Return(_expression(self.value))]


# ── finding ──


def _only(found: list[Any], what: object) -> Any:
    if len(found) != 1:
        msg = f"{what}: {len(found)} of them"
        raise DoesNotApply(msg)
    return found[0]


def _below(scope: ast.AST) -> Iterator[ast.AST]:
    """Yield what a scope holds, not what the functions and classes in it hold."""
    for child in ast.iter_child_nodes(scope):
        yield child
        if not isinstance(child, NAMED):
            yield from _below(child)


def _names(node: ast.AST, name: str) -> bool:
    """Whether this defines the name."""
    if isinstance(node, ast.Assign):
        return any(isinstance(target, ast.Name) and target.id == name for target in node.targets)
    if isinstance(node, ast.AnnAssign):
        return isinstance(node.target, ast.Name) and node.target.id == name
    return isinstance(node, NAMED) and node.name == name


def _slots(scope: ast.AST) -> Iterator[Slot]:
    for parent in ast.walk(scope):
        for field, value in ast.iter_fields(parent):
            if isinstance(value, ast.AST):
                yield Slot(parent, field, None, value)
            elif isinstance(value, list):
                yield from (Slot(parent, field, at, node) for at, node in enumerate(value) if isinstance(node, ast.AST))


def _is_item(slot: Slot) -> bool:
    parent, field = slot.parent, slot.field
    if isinstance(parent, ast.BinOp):
        return isinstance(parent.op, JOINS) and field != "op"
    return (
        (isinstance(parent, ast.Call) and field in {"args", "keywords"})
        or (isinstance(parent, ast.BoolOp) and field == "values")
        or (isinstance(parent, LISTS) and field == "elts")
        or (isinstance(parent, ast.comprehension) and field == "ifs")
    )


def _mentioned(node: ast.AST) -> set[str]:
    found = set()
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            found.add(part.value)
        found |= {name for key in ("id", "attr", "arg", "name") if isinstance(name := getattr(part, key, None), str)}
    return found


def _smallest(scope: ast.AST, names: tuple[str, ...], is_wanted: Callable[[Slot], bool]) -> Slot:
    wanted = set(names)
    found = [slot for slot in _slots(scope) if is_wanted(slot) and wanted <= _mentioned(slot.node)]
    nodes = {id(slot.node) for slot in found}
    found = [slot for slot in found if not any(id(part) in nodes for part in list(ast.walk(slot.node))[1:])]
    slot: Slot = _only(found, " ".join(names))
    return slot


def _expression(code: str) -> ast.expr:
    return ast.parse(code, mode="eval").body
