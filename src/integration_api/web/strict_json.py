"""Strict JSON: refuses input that RFC 8259 leaves open or that a database cannot store.

It refuses:

- an encoding other than UTF-8, and a byte order mark;
- a key given twice, and nesting beyond 32;
- `NaN` and infinities (also `1e999`), and integers beyond 64 bits;
- NUL and lone surrogates in text.
"""

import json
import math
from typing import NoReturn

from integration_api.web.protocol_errors import BadRequest

MAX_DEPTH = 32
_MAX_INTEGER = 2**63 - 1
_MAX_DIGITS = 20


def parse(body: bytes) -> object:
    """Parse `body`. Raises BadRequest, which says what is wrong but does not repeat the input."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadRequest("The body is not UTF-8.") from error
    if text.startswith("\ufeff"):
        raise BadRequest("The body starts with a byte order mark.")
    if _depth(text) > MAX_DEPTH:
        raise BadRequest(f"The body is nested deeper than {MAX_DEPTH}.")
    try:
        value = json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=_refuse_constant,
            parse_float=_finite,
            parse_int=_bounded,
        )
    except json.JSONDecodeError as error:
        raise BadRequest(f"The body is not JSON (at character {error.pos}).") from error
    if "\\u" in text or "\x00" in text:
        _check_text(value)
    return value


def _depth(text: str) -> int:
    """Return the depth of nesting, without brackets inside strings."""
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return 0
    depth = deepest = 0
    is_string = is_escaped = False
    for character in text:
        if is_string:
            if is_escaped:
                is_escaped = False
            elif character == "\\":
                is_escaped = True
            elif character == '"':
                is_string = False
        elif character == '"':
            is_string = True
        elif character in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "]}":
            depth -= 1
    return deepest


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise BadRequest("A key is given twice in one object.")
    return value


def _refuse_constant(_: str) -> NoReturn:
    raise BadRequest("Numbers must be finite.")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise BadRequest("Numbers must be finite.")
    return number


def _bounded(text: str) -> int:
    if len(text) > _MAX_DIGITS or abs(number := int(text)) > _MAX_INTEGER:
        raise BadRequest("Integers must fit in 64 bits.")
    return number


def _check_text(value: object) -> None:
    if isinstance(value, str):
        if "\x00" in value:
            raise BadRequest("Text must not contain NUL.")
        if any("\ud800" <= character <= "\udfff" for character in value):
            raise BadRequest("Text must be valid Unicode.")
    elif isinstance(value, dict):
        for key, item in value.items():
            _check_text(key)
            _check_text(item)
    elif isinstance(value, list):
        for item in value:
            _check_text(item)
