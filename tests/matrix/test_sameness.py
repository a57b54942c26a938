"""What is not theirs answers like what does not exist: byte for byte, and by as many calls of the database.

Over every operation, with real ids of three charts and with ids that nothing has.
"""

import json

import pytest
from httpx import Response

from integration_api.access.limits.opened import OpenedCharts
from integration_api.core.ids import new_id
from tests.alike import Representatives
from tests.costs.counting import Asked, counted
from tests.document import body_properties
from tests.matrix.asking import CASES, DONE_ONCE, Case, ask
from tests.matrix.cast import Cast, Charts
from tests.matrix.references import REFERENCES, Reference, placed
from tests.scene import OPERATIONS, Request
from tests.scene.requests import UUID_TEXT
from tests.support import Person

pytestmark = pytest.mark.thorough

FIXED = {"X-Request-Id": "same"}


class Told:
    """An answer without what always differs, what it cost, and what the database was asked for it."""

    def __init__(self, answer: Response, asked: Asked) -> None:
        self.status, self.calls, self.texts = answer.status_code, asked.calls, asked.texts
        headers = {name: value for name, value in answer.headers.items() if name not in ("x-request-id", "date")}
        self.bytes = (answer.status_code, answer.content, headers)


async def told(charts: Charts, person: Person | None, request: Request, *, is_stale: bool = True) -> Told:
    runtime = charts.scene.world.api.runtime
    runtime.opened_charts = (
        OpenedCharts()
    )  # else it is now and then time to ask how many charts were shown: one call more
    with counted(runtime.database) as driver:
        answer = await ask(charts.scene, person, request, FIXED, is_stale=is_stale)
        return Told(answer, driver)


def is_told_no(case: str, status: int) -> bool:
    """Whether it is not theirs: not for an admin, in their own clinic."""
    if (case, status) == ("create_password_reset", 403):
        return False  # colleagues see each other's accounts: theirs to see, and not to do
    return status >= 300 and status not in (409, 412)


async def test_what_is_not_theirs_answers_like_what_does_not_exist(cast: Cast) -> None:
    """Of the second kind of database, each pair is asked by one of those who asked the first one the same.

    A person whose roles the operation does not name is refused before any database decides, however they stand to the
    chart: it is asked as if from elsewhere.
    """
    pairs, asked_here, wrong = 0, 0, []
    for case in CASES:
        request = await OPERATIONS[case.name](cast.scene)
        if request.status is not None or not request.names_a_thing or case.is_public:
            continue
        alike = Representatives[int](cast.scene.world.api.runtime.database)
        for cell, person in cast.people.items():
            is_named = not case.route.operation.who.keys().isdisjoint(cell.identity.roles)
            if cell.relation in ("own", "emergency") or not (is_named or cell.relation == "elsewhere"):
                continue
            known = alike.told(("same", case.name, cell))
            if known is not None:
                pairs += is_told_no(case.name, known)
                continue
            if case.name in DONE_ONCE:
                request = await OPERATIONS[case.name](cast.scene)
            real, none = await told(cast, person, request), await told(cast, person, request.of_nothing())
            asked_here += 1
            alike.keep(("same", case.name, cell), [*real.texts, "as of nothing", *none.texts], real.status)
            if not is_told_no(case.name, real.status):
                continue
            pairs += 1
            if (real.bytes, real.calls) != (none.bytes, none.calls):
                wrong.append(f"{case.name} as {cell}: {real.bytes} {real.calls}, {none.bytes} {none.calls}")
    assert wrong == []
    assert pairs > 1000
    assert asked_here > 300


def test_every_reference_of_a_body_or_query_is_known() -> None:
    """A new field that names something by id: say in `references.py` what it refers to."""
    assert [str(reference) for reference in REFERENCES if reference.thing is None] == []
    assert len(REFERENCES) >= 30


async def own_request(cast: Charts, name: str) -> Request:
    """A request of the operation that succeeds, with the chart it is in named where it can be."""
    request = await OPERATIONS[name](cast.scene)
    if name == "read_worklist":  # an admin names the account, and nobody else does
        request = request._replace(person=cast.scene.world.admin)
    properties = body_properties(cast.scene.world.api.document, name)
    body = dict(request.body) if isinstance(request.body, dict) else {}
    if "patient_id" in properties and "account_id" not in properties:
        body.setdefault("patient_id", cast.scene.chart)
    return request._replace(body=body) if properties else request


@pytest.mark.parametrize("reference", REFERENCES, ids=str)
async def test_a_reference_to_somebody_else_s_thing_is_not_found(cast: Cast, reference: Reference) -> None:
    """Another patient's, another clinic's and nobody's: 404 in a body, nothing found in a query, and all alike."""
    request = await own_request(cast, reference.operation)
    things = [*reference.foreign(cast, request), str(new_id())]
    requests = [placed(request, reference, thing) for thing in things]
    answers = [await told(cast, request.person, asked, is_stale=False) for asked in requests]
    assert {answer.status for answer in answers} == ({200} if reference.is_filter else {404})
    if not reference.is_filter:
        named = [error["field"] for error in json.loads(answers[0].bytes[1])["errors"]]
        assert named == [f"{'query' if reference.is_query else 'body'}.{reference.place.partition('.')[0]}"]
    if reference.operation == "list_ledger":
        return  # an auditor sees who of the own clinic asked for a thing that is not theirs, whether it exists or not
    assert len({(str(answer.bytes), answer.calls) for answer in answers}) == 1
    if reference.is_filter:
        lists = [value for value in json.loads(answers[0].bytes[1]).values() if isinstance(value, list)]
        assert lists
        assert not any(lists)


@pytest.mark.parametrize("reference", [r for r in REFERENCES if r.is_inside_a_chart], ids=str)
async def test_two_charts_are_not_mixed_even_by_who_sees_both(both: Charts, reference: Reference) -> None:
    """Everybody of one chart's team is on the other's too: what belongs to the other is not found in this one."""
    request = await own_request(both, reference.operation)
    thing = both.other.ids[str(reference.thing)]
    answer = await ask(both.scene, request.person, placed(request, reference, thing), is_stale=False)
    assert answer.status_code == 404, answer.text


@pytest.mark.parametrize("case", [case for case in CASES if case.route.path.count("{") > 1], ids=lambda case: case.name)
async def test_a_child_under_another_parent_is_not_found(cast: Cast, both: Charts, case: Case) -> None:
    """For who sees one of the two, for who sees both, and where both parents are of one chart."""
    for scenes in (cast, both):
        here = await OPERATIONS[case.name](scenes.scene)
        there = await OPERATIONS[case.name](scenes.other)
        own, others = UUID_TEXT.findall(here.path), UUID_TEXT.findall(there.path)
        beside = UUID_TEXT.findall((await OPERATIONS[case.name](scenes.scene)).path)
        mixed = [(own[0], others[1]), (others[0], own[1]), (own[0], str(new_id()))]
        for ids in [*mixed, *([(own[0], beside[1])] if beside[0] != own[0] else [])]:
            path = here.path.replace(own[0], ids[0]).replace(own[1], ids[1])
            answer = await told(scenes, here.person, here._replace(path=path), is_stale=False)
            assert answer.status == 404, path
