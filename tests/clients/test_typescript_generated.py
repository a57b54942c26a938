"""The TypeScript client's generated words are those of the documents; that it is not stale, `--check` sees."""

import re
from pathlib import Path

from tests.document import made_document

GENERATED = Path(__file__).parents[2] / "clients" / "typescript" / "src" / "generated"


def test_every_code_of_a_problem_has_its_type() -> None:
    named = re.findall(r'^  \| "([^"]+)"', (GENERATED / "codes.ts").read_text("utf-8"), re.MULTILINE)
    codes = set(made_document()["components"]["schemas"]["ProblemCode"]["x-extensible-enum"])
    assert len(codes) > 100
    assert set(named) >= codes
