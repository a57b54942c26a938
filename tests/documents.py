"""The code blocks of a document in `docs/`, so that tests run what readers copy."""

import re
from pathlib import Path
from typing import Any

DOCS = Path(__file__).parents[1] / "docs"
_BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)


def blocks(name: str, language: str) -> list[str]:
    """The blocks of one language, in order."""
    return [code for of, code in _BLOCK.findall((DOCS / name).read_text("utf-8")) if of == language]


def run(name: str, **given: Any) -> dict[str, Any]:
    """Run all Python of a document, and return what it defines."""
    defined: dict[str, Any] = dict(given)
    exec("\n".join(blocks(name, "python")), defined)  # noqa: S102  our own document
    return defined
