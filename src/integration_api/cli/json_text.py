"""JSON as compact text whose lines a person can compare: no spaces, no margins, a long value on several lines."""

import json

_COLUMNS = 1000


def written(value: object) -> str:
    """Write a JSON value as text.

    A value that fits stays on one line. A longer object or list has one line for each of its parts, so that a change of
    one changes one line.
    """
    return _text("", value) + "\n"


def _text(key: str, value: object) -> str:
    line = key + json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if len(line) <= _COLUMNS or not isinstance(value, dict | list) or not value:
        return line
    if isinstance(value, dict):
        parts = [_text(f"{json.dumps(name, ensure_ascii=False)}:", part) for name, part in value.items()]
        return f"{key}{{\n" + ",\n".join(parts) + "\n}"
    return f"{key}[\n" + ",\n".join(_text("", part) for part in value) + "\n]"
