"""JSON as text for people who review it: one line for each key, and no more lines than that needs."""

import json

_COLUMNS = 120


def written(value: object) -> str:
    """Write a JSON value as text.

    A list, and an object of one key, stay on one line if they fit. An object of several keys has one line for each, so
    a change of one key changes one line. What is in the outermost object is not indented.
    """
    return _text(value, "", "") + "\n"


def _text(value: object, margin: str, inner: str) -> str:
    """Write a value. Its last line begins with `margin`, the lines between with `inner`."""
    line = _line(value)
    if line is not None and len(margin) + len(line) <= _COLUMNS:
        return line
    if isinstance(value, dict):
        keys = [f"{_scalar(key)}: " for key in value]
        parts, first, last = list(value.values()), "{", "}"
    elif isinstance(value, list):
        parts, first, last = value, "[", "]"
        keys = [""] * len(value)
    else:
        return _scalar(value)
    if len(parts) == 1:  # it shares the lines of what is in it
        return f"{first}{keys[0]}{_text(parts[0], margin, inner or ' ')}{last}"
    lines = [key + _text(part, inner, inner + " ") for key, part in zip(keys, parts, strict=True)]
    return f"{first}\n{inner}" + f",\n{inner}".join(lines) + f"\n{margin}{last}"


def _line(value: object) -> str | None:
    """Write the value on one line; return None if an object of several keys is in it."""
    if isinstance(value, list):
        lines = [_line(part) for part in value]
        return None if None in lines else f"[{', '.join(map(str, lines))}]"
    if isinstance(value, dict) and value:
        if len(value) > 1:
            return None
        [(key, part)] = value.items()
        line = _line(part)
        return None if line is None else f"{{{_scalar(key)}: {line}}}"
    return _scalar(value)


def _scalar(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
