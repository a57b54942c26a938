"""JSON as text for people who review it: one line for each key, and no more lines than that needs."""

import json

_COLUMNS = 120
_SHORT = 100
_MAX_INDENT = 2


def written(value: object) -> str:
    """Write a JSON value as text.

    A list, and an object of one key, stay on one line if they fit. So does a short object of plain values or lists of
    them. Any other object has one line for each key, so that a change of one changes one line. A list of plain values
    fills its lines. The outermost object is not indented, and deep ones no further than those around them.
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
    if isinstance(value, list) and not any(isinstance(part, dict | list) for part in value):
        return f"[\n{_filled(list(map(_scalar, value)), inner)}\n{margin}]"
    if len(parts) == 1:  # it shares the lines of what is in it
        return f"{first}{keys[0]}{_text(parts[0], margin, inner or ' ')}{last}"
    lines = [key + _text(part, inner, (inner + " ")[:_MAX_INDENT]) for key, part in zip(keys, parts, strict=True)]
    return f"{first}\n{inner}" + f",\n{inner}".join(lines) + f"\n{margin}{last}"


def _line(value: object) -> str | None:
    """Write the value on one line; return None if an object of several keys, not all of them short, is in it."""
    if isinstance(value, list):
        lines = [_line(part) for part in value]
        return None if None in lines else f"[{', '.join(map(str, lines))}]"
    if isinstance(value, dict) and value:
        if len(value) > 1 and not all(_is_plain(part) for part in value.values()):
            return None
        parts = {key: _line(part) for key, part in value.items()}
        if None in parts.values():
            return None
        line = ", ".join(f"{_scalar(key)}: {part}" for key, part in parts.items())
        return f"{{{line}}}" if len(value) == 1 or len(line) <= _SHORT else None
    return _scalar(value)


def _filled(words: list[str], margin: str) -> str:
    """Write words with commas between them, as many on a line as fit."""
    lines = [margin + words[0]]
    for word in words[1:]:
        lines[-1] += ","
        if len(lines[-1]) + len(word) + 2 <= _COLUMNS:
            lines[-1] += f" {word}"
        else:
            lines.append(margin + word)
    return "\n".join(lines)


def _is_plain(value: object) -> bool:
    """Return whether it is a plain value, or a list of them."""
    return not any(isinstance(part, dict | list) for part in (value if isinstance(value, list) else [value]))


def _scalar(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
