"""Routing: one lookup for each part of a path, however many operations there are.

HEAD is answered as GET is, and does what GET does, but its response has no body. OPTIONS names the methods of a path.
A path has one spelling: percent-codes that it does not need are refused. A proxy that decides by path reads the codes
in one way and the next program in another. Source: RFC 3986, 2.3 and 6.2.2.2.
"""

import re
from collections.abc import Mapping

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from integration_api.web.problems import problem_response
from integration_api.web.protocol_errors import BadRequest, MethodNotAllowed

IS_HEAD = "is_head"
"""Name in the ASGI scope of an operation that answers a HEAD: its `method` is GET."""
_CODE = re.compile(rb"%([0-9A-Fa-f]{2})?")
_NEEDLESS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
_NEVER = bytes([*range(0x20), 0x7F, *b"/\\"])
"""Bytes that no part of a path may hold: they end it, or a line, in some program."""
_REFUSED_CODES = frozenset([b"", *(b"%02X" % byte for byte in _NEEDLESS + _NEVER)])


class _Node:
    """A node of the tree of paths: the parts that may follow. `suffixed` are parameters with an end: `{name}.ics`."""

    __slots__ = ("allowed", "answers", "any", "literal", "suffixed")

    def __init__(self) -> None:
        self.literal: dict[str, _Node] = {}
        self.any: _Node | None = None
        self.suffixed: dict[str, _Node] = {}
        self.answers: dict[str, tuple[ASGIApp, tuple[str, ...], str]] = {}
        self.allowed: tuple[str, ...] = ()


class Router:
    """The ASGI router: calls the operation of a request, or `app` if there is none at its path."""

    def __init__(self, app: ASGIApp, operations: Mapping[tuple[str, str], ASGIApp]) -> None:
        """Build the tree; `operations` maps method and path template to an ASGI application."""
        self.app = app
        self._root = _Node()
        for (method, template), answer in operations.items():
            node, names = self._root, []
            for part in template.split("/"):
                if part.startswith("{"):
                    name, _, suffix = part[1:].partition("}")
                    names.append(name)
                    if suffix:
                        node = node.suffixed.setdefault(suffix, _Node())
                        continue
                    node.any = node.any or _Node()
                    node = node.any
                else:
                    node = node.literal.setdefault(part, _Node())
            node.answers[method] = answer, tuple(names), template
            node.allowed = tuple(sorted({*node.answers, *(["HEAD"] if "GET" in node.answers else []), "OPTIONS"}))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        method = scope["method"]
        if method == "HEAD":
            method, send = "GET", without_body(send)
        raw_path = scope.get("raw_path")
        if raw_path and b"%" in raw_path and _has_other_spelling(raw_path):
            refusal = BadRequest("The path has a percent-code where none may be: write it without.")
            return await problem_response(refusal, scope["state"]["request_id"])(scope, receive, send)
        values: list[str] = []
        node = None if scope.get("root_path") else _find(self._root, scope["path"].split("/"), 0, values)
        if node is None:
            return await self.app(scope, receive, send)
        found = node.answers.get(method)
        if found is None:
            return await _other_method(node, scope)(scope, receive, send)
        answer, names, scope["template"] = found
        scope["path_params"] = dict(zip(names, values, strict=True))
        if scope["method"] != method:  # the server and the log still see which it was
            scope = {**scope, "method": method, IS_HEAD: True}
        return await answer(scope, receive, send)


def _has_other_spelling(raw_path: bytes) -> bool:
    """Return whether a percent-code stands for what needs none, for what no path may hold, or for nothing."""
    return any(code.upper() in _REFUSED_CODES for code in _CODE.findall(raw_path))


def without_body(send: Send) -> Send:
    """Return a `send` that leaves the bytes of a body out, and its length in the headers."""

    async def send_head(message: Message) -> None:
        if message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await send(message)

    return send_head


def _other_method(node: _Node, scope: Scope) -> Response:
    """Return the response to OPTIONS, or to a method that no operation at this path has."""
    if scope["method"] == "OPTIONS":
        return Response(status_code=204, headers={"Allow": ", ".join(node.allowed)})
    return problem_response(MethodNotAllowed(node.allowed), scope["state"]["request_id"])


def _find(node: _Node, parts: list[str], at: int, values: list[str]) -> _Node | None:
    """Return the node of a path, and fill `values`. A literal part is preferred to a parameter."""
    if at == len(parts):
        return node if node.answers else None
    part = parts[at]
    below = node.literal.get(part)
    found = _find(below, parts, at + 1, values) if below is not None else None
    for suffix, ended in node.suffixed.items():
        if found is None and part.endswith(suffix) and part != suffix:
            found = _find_parameter(ended, parts, at, values, part.removesuffix(suffix))
    if found is None and node.any is not None and part:
        found = _find_parameter(node.any, parts, at, values, part)
    return found


def _find_parameter(node: _Node, parts: list[str], at: int, values: list[str], value: str) -> _Node | None:
    """Return the node below a parameter that has this value, and fill `values`."""
    kept = len(values)
    values.append(value)
    found = _find(node, parts, at + 1, values)
    if found is None:
        del values[kept:]
    return found
