"""One protection taken out."""

from typing import NamedTuple

SOURCE = "src/integration_api/"
MATRIX, SAMENESS = "tests/matrix/test_matrix.py", "tests/matrix/test_sameness.py"
CANARIES, TRACES = "tests/matrix/test_canaries.py", "tests/matrix/test_traces.py"
BODIES, HEADERS = "tests/matrix/test_bodies.py", "tests/matrix/test_headers.py"
EMERGENCIES, SIGNING_IN = "tests/resources/people/test_emergencies.py", "tests/resources/people/test_sign_in.py"


class Mutant(NamedTuple):
    """`before` stands in the file exactly once; with `after` in its place one of `tests` must fail."""

    name: str
    path: str
    before: str
    after: str
    tests: tuple[str, ...]


def mutant(name: str, path: str, before: str, after: str, *tests: str) -> Mutant:
    return Mutant(name, SOURCE + path, before, after, tests)
