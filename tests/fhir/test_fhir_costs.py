"""A FHIR request costs what the plain one costs: as many calls of the database, with the same Statements."""

import pytest

from integration_api.access.policy import granted
from integration_api.fhir.served_types import SEARCHED_ALONE, TYPES
from tests.costs.counting import counted
from tests.fhir.charts import Charts
from tests.fhir.clients import ask
from tests.fhir.test_fhir_sets import ids_of

pytestmark = pytest.mark.thorough


@pytest.mark.parametrize("kind", [kind for kind in TYPES if kind not in {"CareTeam", "Communication", *SEARCHED_ALONE}])
async def test_a_page_costs_what_the_plain_page_costs(charts: Charts, kind: str) -> None:
    database = charts.own.world.api.runtime.database
    for person in charts.people.values():
        sources = [source for source in TYPES[kind] if granted(source.list_route.operation, person.actor)]
        if not sources:
            continue
        source = sources[0]
        names = source.list_route.declared.query_names
        query = {**source.always, **({"limit": "10"} if "limit" in names else {})}
        await person.send("GET", source.list_route.path, params=query)  # the process learns what they opened lately
        with counted(database) as plainly:
            plain = await person.send("GET", source.list_route.path, params=query)
        with counted(database) as by_fhir:
            answer = await ask(person, f"{kind}?_count=10")
        assert (by_fhir.calls, by_fhir.texts) == (plainly.calls, plainly.texts)
        assert plain.status_code == answer.status_code == 200
        for one in ids_of(source, plain.json().get("items", []))[:1]:
            with counted(database) as read:
                await ask(person, f"{kind}/{one}")
            assert read.calls <= plainly.calls + 2


async def test_a_page_of_everything_is_one_list(charts: Charts) -> None:
    """However many resources belong to a patient; a page of readings takes the list of sessions too.

    The staff that a page refers to are one list more, however many they are.
    """
    therapist, database = charts.people["author"], charts.own.world.api.runtime.database
    following, most = f"Patient/{charts.own.chart}/$everything?_count=100", 0
    while following:
        with counted(database) as seen:
            answer = await ask(therapist, following)
        most = max(most, seen.calls)
        links = {link["relation"]: link["url"] for link in answer.json()["link"]}
        following = links.get("next", "").partition("/fhir/R4/")[2]
    assert 0 < most <= 9
