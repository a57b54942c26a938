"""`docs/access-matrix.md`: what everybody is told, decided by somebody and committed."""

from collections.abc import Mapping
from pathlib import Path

from tests.matrix.asking import CASES, Case
from tests.matrix.cast import IDENTITIES, Cell, relations_of

PATH = Path(__file__).parents[2] / "docs" / "access-matrix.md"
Matrix = Mapping[tuple[str, Cell | None], str]
"""By case of an operation and who asks (None: nobody is signed in)."""

HEAD = """# Who is told what

Made by `make matrix` from requests that were really sent; a test sends them all again and fails where an answer is
another than here, or is not here. Read every line that changes: to commit it is to decide it. A second test holds
every cell against `access/policy.py`, so that no cell can allow more than the policy does.

A cell is what somebody is told who stands to the chart as **own** / **other** / **ended** / **elsewhere** /
**emergency**: it is their own chart, they are on its care team, or their role sees the clinic; another patient, or
staff of the same clinic with another chart; their membership was ended, or, where the role has none, their account
disabled; another clinic; they opened the chart in an emergency. One word means all of them. `author` is the therapist
who wrote what is there.

`ok`: done, or refused with 409 or 412, which only who may do it is told (changes are sent with a version that is
nobody's, so that they change nothing). `401`, `403`, `404`: refused so. A thing that is not named by id is one's own:
there `ok` says that the list or the new thing is theirs, not the other chart's. `public` operations ask nobody who
they are.

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
