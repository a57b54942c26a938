"""A few requests of every operation made from the document, each as somebody who may; `make fuzz` sends many more."""

import pytest
from schemathesis import GenerationMode

from tests.fuzz import MODES, Fuzz, allowed_role, count_operations, target

pytestmark = pytest.mark.thorough


@pytest.mark.parametrize(("kind", "seed"), [("sqlite", 7), ("postgresql", 8)], ids=["sqlite", "postgresql"])
def test_no_case_is_a_5xx_or_breaks_the_document(kind: str, seed: int, request: pytest.FixtureRequest) -> None:
    """Send requests that the document refuses to one kind of database: no database is asked about them."""
    url = request.getfixturevalue("postgres_url") if kind == "postgresql" else None
    with target(url) as on:
        report = Fuzz(on, 1, seed).run(allowed_role, MODES if url is None else [GenerationMode.POSITIVE])
    assert report.failures == []
    assert report.cases >= count_operations()
    assert report.begun > 0  # of streams
    assert report.statuses[200] + report.statuses[201] > 20  # it did get in
