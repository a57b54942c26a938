"""`docs/access-matrix.md`: what everybody is told, decided by somebody and committed."""

from collections.abc import Mapping
from pathlib import Path

from tests.matrix.asking import CASES, Case
from tests.matrix.cast import IDENTITIES, Cell, relations_of

PATH = Path(__file__).parents[2] / "docs" / "access-matrix.md"
Matrix = Mapping[tuple[str, Cell | None], str]
"""By case of an operation and who asks (None: nobody is signed in)."""

HEAD = """# Who is told what

Made by `make matrix` from requests that were really sent. A test sends them all again and fails if a response differs.
Review the diff line by line. Committing it approves these permissions. A second test compares every cell with
`access/policy.py`, so that no cell allows more than the policy does.

A cell has one response for each relation of the caller to the chart. They are **own** / **other** / **ended** /
**elsewhere** / **emergency**, and one word means all of them:

- **own**: it is the caller's chart, the caller is on its care team, or the caller's role sees the clinic;
- **other**: another patient, or staff of the same clinic with another chart;
- **ended**: the membership has ended; if the role has none, the account is disabled;
- **elsewhere**: another clinic;
- **emergency**: the caller opened the chart in an emergency.

`author` is the therapist who wrote the texts of the chart. `nobody` sends no token.

`ok` is done, or refused with 409 or 412, which only a caller who may do it gets. Changes are sent with a version that
no row has, so that they change nothing. `401`, `403` and `404` are refusals. If a thing is not named by id, `ok` means
the caller's own list or new thing. A `public` operation needs no token.

"""


def render(matrix: Matrix) -> str:
    """The document."""
    names = [identity.name for identity in IDENTITIES]
    lines = ["| Operation | nobody | " + " | ".join(names) + " |", "| --- " * (len(names) + 2) + "|"]
    shown = {name for name, _ in matrix}
    cases = sorted((case for case in CASES if case.name in shown), key=_place)
    for case in cases:
        told = ["public" if case.is_public else _cell(matrix, case, at) for at in range(len(IDENTITIES))]
        lines.append(f"| {case.name} | {matrix[case.name, None]} | " + " | ".join(told) + " |")
    return f"{HEAD}{len(matrix)} cells.\n\n" + "\n".join(lines) + "\n"


def _place(case: Case) -> tuple[str, str, str]:
    return case.route.path, case.method, case.name


def _cell(matrix: Matrix, case: Case, at: int) -> str:
    identity = IDENTITIES[at]
    told = [matrix[case.name, Cell(identity, relation)] for relation in relations_of(identity)]
    return told[0] if len(set(told)) == 1 else " / ".join(told)


def parse(text: str) -> dict[tuple[str, Cell | None], str]:
    """What the document says."""
    found: dict[tuple[str, Cell | None], str] = {}
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    head = rows[0][2:]
    by_name = {identity.name: identity for identity in IDENTITIES}
    for name, nobody, *told in rows[2:]:
        found[name, None] = nobody
        for who, cell in zip(head, told, strict=True):
            if cell == "public" or who not in by_name:
                continue
            relations = relations_of(by_name[who])
            answers = cell.split(" / ") * (len(relations) if " / " not in cell else 1)
            found |= {(name, Cell(by_name[who], r)): a for r, a in zip(relations, answers, strict=False)}
    return found
