"""No word and no id of a safeguarding report reaches anybody but its reporter, the lead and the deputy."""

import re
from collections.abc import AsyncIterator

import pytest

from integration_api.access.actor import Role
from integration_api.app import action_routes
from integration_api.core.ids import new_id
from tests.factories.care_teams import join
from tests.factories.feeds import client, seal
from tests.factories.safeguarding import PATH, report
from tests.matrix.asking import address
from tests.resources.journal.test_psychotherapy_sweep import found
from tests.scene import OPERATIONS, Request, Scene, send
from tests.support import Json, Person, World

OTHERS = (
    *("therapist", "colleague", "prescriber", "emergency", "admin", "auditor", "officer"),
    *("newcomer", "other"),
)
"""People of the scene who may know of no report; the therapist is named in it."""
WORDS = {"-reported-", "-handled-"}


def places(scene: Scene, report_id: str) -> list[tuple[str, Json]]:
    """Every GET about every thing of the chart, every list, and each list by each filter that names a thing."""
    asked: list[tuple[str, Json]] = []
    ids = {**scene.ids, "safeguarding_report_id": report_id}
    for route in action_routes():
        if "GET" not in (route.methods or ()):
            continue
        path = address(route.path.format(**{name: ids[name] for name in re.findall(r"{(\w+)}", route.path)}))
        known = route.declared.query_names
        most: Json = {"limit": 100} if "limit" in known else {}
        most |= {"from": "2026-03-01", "to": "2026-03-02"} if {"from", "to"} <= known and "limit" not in known else {}
        chosen: list[Json] = [{"place": place} for place in ("lead", "deputy") if "place" in known]
        filters: list[Json] = [{name: ids[name]} for name in known if name in ids]
        asked += [(path, most | more) for more in ({}, *chosen, *filters)]
    return asked


async def answers(scene: Scene, person: Person, report_id: str) -> AsyncIterator[str]:
    """All that somebody is told by these, by every search and batch, and by requests with the id itself."""
    client_, headers = person.api.client, {"Authorization": f"Bearer {person.token}"}
    for path, query in places(scene, report_id):
        answer = await client_.get(path, params=query, headers=headers)
        yield f"{path} {query} {answer.status_code} {answer.text} {answer.headers}"
    for name, prepare in OPERATIONS.items():
        if name.startswith(("search_", "sync")):
            ask = await prepare(scene)
            yield f"{name} {(await send(scene.world.api, ask._replace(person=person))).text}"
    for method, end, body in (("PATCH", "", {"state": "closed"}), ("POST", "/hand-over", None)):
        answer = await person.send(method, f"{PATH}/{report_id}{end}", body, match=1)
        assert answer.status_code in (403, 404), (method, end, answer.text)
        yield f"{method} {answer.text}"


@pytest.mark.thorough
async def test_nobody_else_is_told_a_word_or_an_id_of_a_report(world: World) -> None:
    """R32: a report is no flag, and no flag betrays one."""
    scene = await Scene.build(world)
    shown = scene.ids["safeguarding_report_id"]
    hidden = (await report(scene.patient, scene.supervisor, scene.therapist, text=scene.word("reported-hidden")))["id"]
    await seal(world)
    later = await world.staff(Role.SUPERVISOR)
    await join(scene.therapist, scene.chart, later)
    await seal(world)
    people = {name: scene.people[name] for name in OTHERS}
    people |= {"supervisor who came later": later, "program": await world.staff(Role.SERVICE)}
    for name, person in people.items():
        for one in (shown, hidden):
            assert await found(answers(scene, person, one), {shown, hidden, *WORDS}) == [], name
    lead, deputy = scene.supervisor, scene.people["deputy"]
    assert await found(answers(scene, lead, hidden), {hidden, "-reported-hidden-"}) == [], "the lead is named"
    for person, one in ((scene.patient, shown), (lead, shown), (deputy, shown), (deputy, hidden)):
        path = f"{PATH}/{one}"
        assert "-reported-" in (await person.send("GET", path)).text, "the search itself finds what is there"


@pytest.mark.thorough
async def test_what_is_refused_about_a_report_is_as_of_one_that_does_not_exist(world: World) -> None:
    scene = await Scene.build(world)
    for person in (scene.therapist, scene.people["admin"], scene.officer, scene.people["emergency"]):
        for method, end, body in (("GET", "", None), ("PATCH", "", {"state": "closed"}), ("POST", "/hand-over", None)):
            real, none = [
                await send(
                    world.api, Request(person, method, f"{PATH}/{one}{end}", body, 1, headers={"X-Request-Id": "same"})
                )
                for one in (scene.ids["safeguarding_report_id"], str(new_id()))
            ]
            assert (real.status_code, real.content) == (none.status_code, none.content)


@pytest.mark.thorough
async def test_the_ledger_shows_nobody_that_there_is_a_report(world: World) -> None:
    """Reads, refusals and retries too; the reporter's own access log names none either, since others may see it."""
    scene = await Scene.build(world)
    report_id = scene.ids["safeguarding_report_id"]
    body = {"about": "touch", "text": "x", "named_account_ids": [scene.therapist.id]}
    for _ in range(2):
        await scene.patient.send("POST", PATH, body, key="again")
    await scene.therapist.get(f"{PATH}/{report_id}", expect=404)
    await scene.supervisor.get(f"{PATH}/{report_id}")
    await seal(world)
    for person, where in ((scene.auditor, "/ledger"), (scene.officer, "/ledger"), (scene.patient, "/me/access-log")):
        seen, cursor = "", None
        while True:
            params = {"limit": 100, **({"cursor": cursor} if cursor else {})}
            answer = await person.send("GET", where, params=params)
            if answer.status_code == 403:
                break
            seen, cursor = seen + answer.text, answer.json()["next_cursor"]
            if cursor is None:
                break
        assert "safeguarding_report" not in seen
        assert report_id not in seen


@pytest.mark.thorough
async def test_nothing_that_a_named_person_is_shown_changes_by_a_report(world: World) -> None:
    """Their worklist, notices, feed, sessions and readiness are the same before and after, and so are the admin's."""
    scene = await Scene.build(world)
    await seal(world)
    named = {"therapist": scene.therapist, "admin": scene.people["admin"], "officer": scene.officer}

    async def shown(person: Person) -> list[str]:
        session = f"/sessions/{scene.ids['session_id']}"
        lists = ("/worklist", "/notices", "/patients", "/sessions", "/notes", "/reflections", "/me")
        told = [
            await person.send("GET", path) for path in (*lists, session, f"{session}/holds", "/clinic/safeguarding")
        ]
        return [answer.text.partition('"request_id"')[0] for answer in told]

    before = {name: await shown(person) for name, person in named.items()}
    await seal(world)
    feeds = {name: await client(person) for name, person in named.items()}
    sent = await report(scene.patient, *named.values(), immediate_danger=True)
    await scene.people["deputy"].patch(f"{PATH}/{sent['id']}", {"state": "investigating"}, 1)
    await seal(world)
    assert {name: await shown(person) for name, person in named.items()} == before
    for name, feed in feeds.items():
        assert await feed.poll() == [], name
