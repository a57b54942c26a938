"""Find every call that passes values to a Statement, and compare their names with the Statement's parameters."""

import ast
import importlib
import inspect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from integration_api.access.actor import Actor, Role
from integration_api.access.chart_lists import IDS, ChartList, list_charts
from integration_api.access.policy import Grant
from integration_api.access.visible import values_of
from integration_api.access.work import Work
from integration_api.ledger.events import Purpose
from integration_api.storage.database import Database, Rows, Step
from integration_api.storage.statements import Statement
from tests.architecture.inference import FUNCTIONS, Function, Scope, parameters
from tests.architecture.kinds import UNKNOWN, Each, Keys, Known, Of, Values, fields_of

READS, CHANGES = ("one", "get", "all", "part", "page"), ("change", "create", "revise")
IN_BULK = {"append": 0}
"""Methods of Database that take a Statement and many mappings, with the index of the Statement."""
MUST_RESOLVE = {"one", "page", *CHANGES}
"""Names that are those of Work unless the receiver is known to be something else; an unresolved call is a finding."""
CURSOR = frozenset({"cursor_at", "cursor_id", "page_rows"})
OF_WORK = {name: frozenset(inspect.signature(getattr(Work, name)).parameters) for name in (*READS, *CHANGES)}
_NOW, _ID = datetime(2026, 11, 2, tzinfo=UTC), UUID(int=1)
_ACTOR = Actor(_ID, _ID, _ID, 1, (Role.THERAPIST,), None, _NOW)
_GRANT = Grant(Role.THERAPIST, Purpose.TREATMENT, is_clinic=False, is_team=True, is_own=False)
AMBIENT = frozenset(values_of(_ACTOR, _GRANT, _NOW))
"""The parameters that Work gives every Statement."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call that passes values to a Statement, or to one of several (`A if x else B`)."""

    function: str
    """File and function, as `access/reads.py Reads.one`."""
    line: int
    statements: tuple[Statement, ...]
    given: tuple[Keys, ...]
    """One set of keys for each branch."""
    ambient: frozenset[str] = frozenset()
    problem: str = ""

    def findings(self) -> Iterator[str]:
        """Yield a finding for each parameter without a value, and for each value that no Statement takes."""
        names = [statement.compiled("sqlite").names for statement in self.statements]
        prefix = f"{self.function}, line {self.line}: {'/'.join(statement.name for statement in self.statements)}"
        if self.problem:
            yield f"{prefix}: {self.problem}"
        for keys in self.given:
            for wanted in names:
                if missing := wanted - keys.named - keys.carried - self.ambient:
                    yield f"{prefix}: misses {', '.join(sorted(missing))}"
            if surplus := keys.named.difference(*names):
                yield f"{prefix}: takes no {', '.join(sorted(surplus))}"


def calls_of(where: str, module: Mapping[str, Any], tree: ast.AST) -> Iterator[Call]:
    """Yield the calls of one module, given by its namespace and its syntax."""
    yield from _calls_in(f"{where} ", tree, Scope(module, tree), None)


def calls_of_module(where: str, source: str) -> Iterator[Call]:
    """Yield the calls of a module of the product."""
    name = f"integration_api.{where.removesuffix('.py').replace('/', '.')}".removesuffix(".__init__")
    yield from calls_of(where, vars(importlib.import_module(name)), ast.parse(source))


def _calls_in(where: str, node: ast.AST, scope: Scope, owner: type | None) -> Iterator[Call]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ClassDef):
            found = scope.namespace.get(child.name)
            yield from _calls_in(f"{where}{child.name}.", child, scope, found if isinstance(found, type) else None)
        elif isinstance(child, FUNCTIONS):
            inner = Scope(scope.namespace, child, scope)
            if isinstance(child, Function):
                function = getattr(owner, child.name, None) if owner else scope.namespace.get(child.name)
                if isinstance(function, property):
                    function = function.fget
                inner.given |= parameters(child, function if callable(function) else None, owner)
            yield from _calls_in(f"{where}{getattr(child, 'name', '')}.", child, inner, None)
        else:
            if isinstance(child, ast.Call):
                yield from _call(where.rstrip("."), child, scope)
            yield from _calls_in(where, child, scope, owner)


def _call(where: str, node: ast.Call, scope: Scope) -> Iterator[Call]:
    """Yield the call if it hands values to a Statement."""
    if any(isinstance(value, Known) and value.value is Step for value in scope.values(node.func)):
        yield _made(where, node, 0, scope.values(node.args[0]), scope.values(node.args[1]))
        return
    if any(isinstance(value, Known) and value.value is Rows for value in scope.values(node.func)):
        yield _made(where, node, 0, scope.values(node.args[0]), _items(scope.values(node.args[1])))
        return
    if any(isinstance(value, Known) and value.value is list_charts for value in scope.values(node.func)):
        yield _of_charts(where, node, scope)
        lists = [value.value for value in scope.values(node.args[1]) if isinstance(value, Known)]
        named: Values = [Known(read.by_ids) for read in lists if isinstance(read, ChartList)]
        if named:
            yield _made(where, node, 1, named, [Keys(carried=frozenset(IDS))], AMBIENT)
        return
    if not isinstance(node.func, ast.Attribute) or node.func.attr not in {*OF_WORK, *IN_BULK}:
        return
    name, receivers = node.func.attr, scope.values(node.func.value)
    place = IN_BULK.get(name, 0)
    found = scope.values(node.args[place]) if len(node.args) > place else []
    is_ours = any(isinstance(value, Of) and value.kind in {Work, Database} for value in receivers)
    is_other = bool(receivers) and all(isinstance(value, Known) for value in receivers)
    if not (any(map(_is_statement, found)) or is_ours or (name in MUST_RESOLVE and not is_other)):
        return
    if name in IN_BULK:
        yield _made(where, node, place, found, _items(scope.values(node.args[place + 1])))
    elif name in {"one", "all"} and len(node.args) > 1:
        yield _made(where, node, 0, found, scope.values(node.args[1]))
    else:
        own = OF_WORK[name]
        given = scope.keywords(keyword for keyword in node.keywords if keyword.arg not in own)
        yield _made(where, node, 0, found, _with_row(node, scope, name, given), AMBIENT)


def _of_charts(where: str, node: ast.Call, scope: Scope) -> Call:
    """Return what `list_charts` gives both Statements of a list: the filters and the cursor."""
    found: Values = []
    for value in scope.values(node.args[1]):
        match value:
            case Known(value=ChartList() as read):
                found += [Known(read.of_chart), Known(read.of_team)]
            case _:
                found.append(UNKNOWN)
    given: Values = []
    for value in scope.values(node.args[3]):
        filters = fields_of(value.kind) if isinstance(value, Of) else None
        given.append(UNKNOWN if filters is None else Keys(filters, CURSOR))
    return _made(where, node, 1, found, given, AMBIENT)


def _with_row(node: ast.Call, scope: Scope, name: str, given: Values) -> Values:
    """Add what a method of Work gives a Statement beside its keywords."""
    extra = [Keys()]
    if name == "page":
        is_ranked = any(word.arg == "rank" for word in node.keywords)
        extra = [Keys(carried=CURSOR | {"cursor_rank"} if is_ranked else CURSOR)]
    elif name in CHANGES and len(node.args) > 1:
        more = frozenset({"expected_version"} if name == "revise" else ())
        kinds = [value.kind if isinstance(value, Of) else None for value in scope.values(node.args[1])]
        rows = [fields_of(kind) for kind in kinds]
        extra = [Keys(carried=fields | more) for fields in rows if fields]
        if not extra or None in rows:
            return []
    return [a | b for a in extra for b in given if isinstance(b, Keys)] if all(map(_is_keys, given)) else []


def _made(
    where: str, node: ast.Call, place: int, found: Values, given: Values, ambient: frozenset[str] = frozenset()
) -> Call:
    """Return a call whose Statement is the argument at `place`."""
    statements = tuple(v.value for v in found if isinstance(v, Known) and isinstance(v.value, Statement))
    given = [Keys(frozenset(v.value)) if isinstance(v, Known) and isinstance(v.value, dict) else v for v in given]
    keys = tuple(value for value in given if isinstance(value, Keys))
    problem = ""
    if not statements or len(statements) < len(found):
        problem = f"cannot resolve the Statement {ast.unparse(node.args[place])}"
    elif not keys or len(keys) < len(given):
        problem = f"cannot resolve the values of {ast.unparse(node)}"
    return Call(where, node.lineno, statements, () if problem else keys, ambient, problem)


def _is_statement(value: object) -> bool:
    return isinstance(value, Known) and isinstance(value.value, Statement | Step)


def _is_keys(value: object) -> bool:
    return isinstance(value, Keys)


def _items(values: Values) -> Values:
    return [item for value in values for item in (value.items if isinstance(value, Each) else [value])]
