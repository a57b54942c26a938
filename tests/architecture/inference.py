"""A small evaluator of expressions: the objects a module names, the types of everything else, never a value.

It reads a module's syntax tree beside its real namespace. Rows come from annotations, mappings from how they are
written. An expression that it cannot tell is UNKNOWN, so a check built on it fails instead of passing by accident.
"""

import ast
import builtins
import functools
import inspect
import textwrap
import types
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from integration_api.storage.statements import Read
from tests.architecture.kinds import (
    UNKNOWN,
    Each,
    Keys,
    Known,
    Method,
    Of,
    Value,
    Values,
    distinct,
    fields_of,
    hints_of,
    items_of,
    joined,
    one_by_one,
)

Function = ast.FunctionDef | ast.AsyncFunctionDef
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.GeneratorExp)


class Scope:
    """The names that a function, or a module outside its functions, can see."""

    def __init__(self, namespace: Mapping[str, Any], body: ast.AST, outer: "Scope | None" = None) -> None:
        """`namespace` is the module's; `outer` encloses this function."""
        self.namespace, self.outer = namespace, outer
        self.given: dict[str, Values] = {}
        self._sources: dict[str, list[Callable[[], Values]]] = {}
        self._busy: set[str] = set()
        if isinstance(body, FUNCTIONS):
            for node in _within(body):
                self._collect(node)

    # ── names ──

    def _collect(self, node: ast.AST) -> None:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                self._bind(target, node.value)
        elif isinstance(node, ast.AnnAssign | ast.NamedExpr) and node.value is not None:
            self._bind(node.target, node.value)
        elif isinstance(node, ast.For | ast.AsyncFor | ast.comprehension):
            self._bind(node.target, ast.Subscript(node.iter, ast.Constant(0), ast.Load()))

    def _bind(self, target: ast.expr, value: ast.expr) -> None:
        if isinstance(target, ast.Name):
            self._sources.setdefault(target.id, []).append(lambda: self.values(value))
        elif isinstance(target, ast.Tuple):
            for at, part in enumerate(target.elts):
                if isinstance(value, ast.Tuple) and len(value.elts) == len(target.elts):
                    self._bind(part, value.elts[at])
                elif isinstance(part, ast.Name):
                    self._sources.setdefault(part.id, []).append(functools.partial(self._part, value, at))

    def _part(self, value: ast.expr, at: int) -> Values:
        """Return one place of a tuple that a function returned or a loop takes apart."""
        found: Values = []
        for whole in self.values(value):
            parts = typing.get_args(whole.kind) if isinstance(whole, Of) else ()
            is_tuple = isinstance(whole, Of) and typing.get_origin(whole.kind) is tuple and at < len(parts)
            found += one_by_one(parts[at]) if is_tuple else [UNKNOWN]
        return found

    def name(self, name: str) -> Values:
        """Return what a name may stand for."""
        if name in self.given:
            return self.given[name]
        if name in self._sources:
            if name in self._busy:  # it is made from itself: its other sources say what it is
                return []
            self._busy.add(name)
            try:
                return distinct(value for source in self._sources[name] for value in source())
            finally:
                self._busy.discard(name)
        if self.outer is not None:
            return self.outer.name(name)
        if name in self.namespace:
            return [Known(self.namespace[name])]
        return [Known(getattr(builtins, name))] if hasattr(builtins, name) else [UNKNOWN]

    # ── expressions ──

    def values(self, node: ast.expr) -> Values:
        """Return what an expression may be."""
        read = self._readers.get(type(node))
        return [UNKNOWN] if read is None else distinct(read(self, node))

    def _alternatives(self, node: Any) -> Values:
        parts = node.values if isinstance(node, ast.BoolOp) else [node.body, node.orelse]
        return [value for part in parts for value in self.values(part)]

    def _sequence(self, node: Any) -> Values:
        return [Each(tuple(value for part in node.elts for value in self.values(part)))]

    def _subscript(self, node: ast.Subscript) -> Values:
        whole = self.values(node.value)
        return whole if isinstance(node.slice, ast.Slice) else [item for base in whole for item in items_of(base)]

    def _attribute_of(self, node: ast.Attribute) -> Values:
        return [found for base in self.values(node.value) for found in self._attribute(base, node.attr)]

    def _call(self, node: ast.Call) -> Values:
        return [found for called in self.values(node.func) for found in self._called(called, node)]

    def _mapping(self, node: ast.Dict) -> Values:
        parts: list[Values] = []
        for key, value in zip(node.keys, node.values, strict=True):
            if key is None:
                parts.append(self.values(value))
            else:
                is_name = isinstance(key, ast.Constant) and isinstance(key.value, str)
                parts.append([Keys(frozenset({key.value})) if is_name else UNKNOWN])  # type: ignore[attr-defined]  # a Constant
        return joined(parts)

    def _attribute(self, base: Value, name: str) -> Values:
        if isinstance(base, Known):
            if not hasattr(base.value, name):
                return [UNKNOWN]
            found: Any = getattr(base.value, name)
            is_method = isinstance(base.value, type) and callable(found) and not isinstance(found, type)
            return [Method(base.value, found) if is_method else Known(found)]
        kind = (typing.get_origin(base.kind) or base.kind) if isinstance(base, Of) else None
        if name == "__dict__":
            fields = fields_of(kind)
            return [UNKNOWN] if fields is None else [Keys(carried=fields)]
        return self._of_instance(kind, base, name) if isinstance(kind, type) and isinstance(base, Of) else [UNKNOWN]

    def _of_instance(self, kind: type, base: Of, name: str) -> Values:
        """Return an attribute of a value: a property, a method, an annotated field, or one that `__init__` sets."""
        static = inspect.getattr_static(kind, name, None)
        if isinstance(static, property) and static.fget is not None:
            return self._returned(static.fget, base.kind, None)
        if isinstance(static, types.FunctionType | classmethod):
            return [Method(base.kind, getattr(kind, name))]
        hint = hints_of(kind).get(name)
        return list(_set_at_start(kind, name)) if hint is None else list(one_by_one(hint))

    # ── calls ──

    def _called(self, called: Value, node: ast.Call) -> Values:
        if isinstance(called, Method):
            return self._returned(called.function, called.owner, node)
        if not isinstance(called, Known):
            return [UNKNOWN]
        if called.value is vars and node.args:
            kinds = [fields_of(value.kind) if isinstance(value, Of) else None for value in self.values(node.args[0])]
            return [UNKNOWN if fields is None else Keys(fields) for fields in kinds]
        if called.value is dict:
            return self._dict(node)
        if isinstance(called.value, type):
            return [Of(called.value)]
        return self._returned(called.value, None, node) if callable(called.value) else [UNKNOWN]

    def _dict(self, node: ast.Call) -> Values:
        """Return the keys of `dict(zip(NAMES, values))`, NAMES being a constant of the product."""
        match node.args:
            case [ast.Call(func=ast.Name(id="zip"), args=[names, *_])]:
                known = [value.value for value in self.values(names) if isinstance(value, Known)]
                return [Keys(frozenset(value)) for value in known] or [UNKNOWN]
        return [UNKNOWN]

    def _returned(self, function: Callable[..., Any], owner: Any, node: ast.Call | None) -> Values:
        if isinstance(owner, type) and issubclass(owner, BaseModel) and function.__name__.startswith("model_co"):
            return [Of(owner)]  # model_construct, model_copy
        hint: Any = hints_of(function).get("return")
        if typing.get_origin(hint) in {dict, Mapping}:
            return self._read_body(function, owner, node)
        free = getattr(hint, "__parameters__", (hint,) if isinstance(hint, typing.TypeVar) else ())
        if not free:
            return [UNKNOWN] if hint is None else list(one_by_one(hint))
        if len(free) > 1 or node is None:
            return [UNKNOWN]
        kinds = self._meant(free[0], function, node)
        return distinct(v for kind in kinds for v in one_by_one(kind if hint is free[0] else hint[kind]))

    def _meant(self, variable: typing.TypeVar, function: Callable[..., Any], node: ast.Call) -> Iterator[Any]:
        """Yield what a type variable stands for, by the argument that is annotated with it."""
        hints, names = hints_of(function), list(inspect.signature(function).parameters)
        skipped = names[0] in {"self", "cls"} and isinstance(node.func, ast.Attribute)
        given = dict(zip(names[skipped:], node.args, strict=False)) | {k.arg: k.value for k in node.keywords if k.arg}
        for name, argument in given.items():
            hint = hints.get(name)
            if hint is not variable and variable not in typing.get_args(hint):
                continue
            for value in self.values(argument):
                match value:
                    case Known(value=Read() as read) if hint is not variable:
                        yield read.into
                    case Known(value=type() as kind) if typing.get_origin(hint) is type:
                        yield kind
                    case Of(kind=kind) if hint is variable:
                        yield kind
            return

    def _read_body(self, function: Callable[..., Any], owner: Any, node: ast.Call | None) -> Values:
        """Return the keys that a function of the product returns, from its own `return` lines."""
        if not _is_ours(function):
            return [UNKNOWN]
        inner, tree = opened(function, owner)
        if tree.args.kwarg is not None:
            known = {argument.arg for argument in (*tree.args.args, *tree.args.kwonlyargs)}
            more = [k for k in (node.keywords if node else ()) if k.arg not in known]
            inner.given[tree.args.kwarg.arg] = self.keywords(more)
        returned = [part.value for part in _within(tree) if isinstance(part, ast.Return) and part.value is not None]
        return distinct(value for part in returned for value in inner.values(part))

    def keywords(self, keywords: Iterable[ast.keyword]) -> Values:
        """Return the keys that keywords of a call give, `**mapping` among them."""
        return joined([self.values(k.value) if k.arg is None else [Keys(frozenset({k.arg}))] for k in keywords])

    _readers: dict[type[ast.expr], Callable[["Scope", Any], Values]] = {
        **dict.fromkeys((ast.Await, ast.NamedExpr, ast.Starred), lambda scope, node: scope.values(node.value)),
        **dict.fromkeys((ast.IfExp, ast.BoolOp), _alternatives),
        **dict.fromkeys((ast.Tuple, ast.List), _sequence),
        **dict.fromkeys(COMPREHENSIONS, lambda scope, node: [Each(tuple(scope.values(node.elt)))]),
        ast.Constant: lambda _, node: [] if node.value is None else [Of(type(node.value))],
        ast.Name: lambda scope, node: scope.name(node.id),
        ast.Attribute: _attribute_of,
        ast.Subscript: _subscript,
        ast.Dict: _mapping,
        ast.Call: _call,
    }


def opened(function: Callable[..., Any], owner: Any) -> tuple[Scope, Function]:
    """Return the scope of a function of the product and its syntax tree."""
    function = inspect.unwrap(function)
    assert isinstance(function, types.FunctionType)
    tree = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    assert isinstance(tree, Function)
    scope = Scope(function.__globals__, tree)
    scope.given |= parameters(tree, function, owner)
    return scope, tree


@functools.cache
def _set_at_start(kind: type, name: str) -> tuple[Value, ...]:
    """Return what the `__init__` of the class, or of one that it inherits from, assigns to an attribute."""
    for owner in kind.__mro__:
        if (start := vars(owner).get("__init__")) is None or not _is_ours(start):
            continue
        inner, tree = opened(start, owner)
        own = [assigned for target, assigned in _assigned(tree) if ast.unparse(target) == f"self.{name}"]
        if own:
            return tuple(value for assigned in own for value in inner.values(assigned))
    return (UNKNOWN,)


def _is_ours(function: object) -> bool:
    return getattr(function, "__module__", "").startswith("integration_api")


def _assigned(tree: ast.AST) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Yield the pairs of target and value, also of `a, b = x, y`."""
    for node in _within(tree):
        if not isinstance(node, ast.Assign):
            continue
        for target in node.targets:
            if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                yield from zip(target.elts, node.value.elts, strict=False)
            else:
                yield target, node.value


def parameters(tree: Function, function: Callable[..., Any] | None, owner: Any) -> dict[str, Values]:
    """Return what a function's parameters are, by their annotations."""
    hints = hints_of(function) if function is not None else {}
    arguments = [*tree.args.posonlyargs, *tree.args.args, *tree.args.kwonlyargs]
    found: dict[str, Values] = {
        a.arg: list(one_by_one(hints[a.arg])) if a.arg in hints else [UNKNOWN] for a in arguments
    }
    if owner is not None and arguments:
        found[arguments[0].arg] = [Known(owner)] if arguments[0].arg == "cls" else [Of(owner)]
    for rest in (tree.args.vararg, tree.args.kwarg):
        if rest is not None:
            found[rest.arg] = [UNKNOWN]
    return found


def _within(function: ast.AST) -> Iterator[ast.AST]:
    """Yield what a function holds, not what functions inside it hold."""
    for child in ast.iter_child_nodes(function):
        yield child
        if not isinstance(child, FUNCTIONS):
            yield from _within(child)
