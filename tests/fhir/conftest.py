"""Two charts of one clinic, with one of everything in each, and somebody of each role."""

import pytest

from tests.fhir.charts import Charts
from tests.support import Api, World


@pytest.fixture(scope="session")
async def charts(api: Api) -> Charts:
    """The charts are built once for each kind of database; these tests only read."""
    api.clock.reset()
    return await Charts.build(await World.build(api))
