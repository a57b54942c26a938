"""Work that is done once, when a Statement is compiled, and not by every request."""

import pytest

import integration_api.app  # noqa: F401  it declares every Statement
from integration_api.storage.compiling import DialectName
from integration_api.storage.statements import STATEMENTS


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_constants_are_written_for_the_driver_once(dialect: DialectName) -> None:
    """Some Statements have fifty, as JSON: to write them anew took longer than to ask the database."""
    found = [statement.compiled(dialect) for statement in STATEMENTS.values()]
    assert sum(len(compiled.constants) for compiled in found) > len(found)
    for compiled in found:
        assert compiled.constants.keys().isdisjoint(compiled.converters)
