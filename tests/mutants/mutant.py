"""One protection taken out."""

from typing import NamedTuple

from tests.mutants.changes import Change, changed

SOURCE = "src/integration_api/"
MATRIX, SAMENESS = "tests/matrix/test_matrix.py", "tests/matrix/test_sameness.py"
CANARIES, TRACES = "tests/matrix/test_canaries.py", "tests/matrix/test_traces.py"
BODIES, HEADERS = "tests/matrix/test_bodies.py", "tests/matrix/test_headers.py"
EMERGENCIES, SIGNING_IN = "tests/resources/people/test_emergencies.py", "tests/resources/people/test_sign_in.py"


class Mutant(NamedTuple):
    """With `change` made `inside` a function, class or constant of a module, one of `tests` must fail.

    The tests run on SQLite, unless it needs a PostgreSQL.
    """

    name: str
    path: str
    inside: str
    change: Change
    tests: tuple[str, ...]
    needs_postgresql: bool = False

    def of(self, source: str) -> str:
        """Return the module with the protection taken out. Raises DoesNotApply."""
        return changed(source, self.inside, self.change)


def mutant(name: str, path: str, inside: str, change: Change, *tests: str, needs_postgresql: bool = False) -> Mutant:
    return Mutant(name, SOURCE + path, inside, change, tests, needs_postgresql)
