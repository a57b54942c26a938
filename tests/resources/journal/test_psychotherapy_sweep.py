"""No word and no id of a psychotherapy note reaches anybody but its author and those whom the author named."""

import re
from collections.abc import AsyncIterator

import pytest

from integration_api.access.actor import Role
from integration_api.app import action_routes
from integration_api.core.ids import new_id
from tests.factories.care_teams import join
from tests.factories.feeds import seal
from tests.matrix.asking import address
from tests.scene import OPERATIONS, Request, Scene, send
from tests.support import Json, Person, World

OTHERS = ("patient", "colleague", "prescriber", "emergency", "admin", "auditor", "officer", "newcomer", "other")
"""People of the scene who may know of no psychotherapy note."""


async def confided(scene: Scene) -> str:
    """The id of the note that its author granted to nobody."""
    listed = (await scene.therapist.get("/psychotherapy-notes"))["items"]
    return next(str(item["id"]) for item in listed if item["id"] != scene.ids["psychotherapy_note_id"])


def places(scene: Scene, alone: str) -> list[tuple[str, Json]]:
    """Every GET about every thing of the chart, every list, and each list by each filter that names a thing."""
    found: list[tuple[str, Json]] = []
    for route in action_routes():
        if "GET" not in (route.methods or ()):
            continue
        names = set(re.findall(r"{(\w+)}", route.path))
        paths = [address(route.path.format(**{name: scene.ids[name] for name in names}))]
        if "psychotherapy_note_id" in names:
            ids = {**{name: scene.ids[name] for name in names}, "psychotherapy_note_id": alone}
            paths.append(address(route.path.format(**ids)))
        known = route.declared.query_names
        most: Json = {"limit": 100} if "limit" in known else {}
        most |= {"from": "2026-03-01", "to": "2026-03-02"} if {"from", "to"} <= known and "limit" not in known else {}
        flags: list[Json] = [{name: "true"} for name in ("granted", "withdrawn", "others") if name in known]
        filters: list[Json] = [{name: scene.ids[name]} for name in known if name in scene.ids]
        found += [(path, most | more) for path in paths for more in ({}, *flags, *filters)]
    return found


async def answers(scene: Scene, person: Person) -> AsyncIterator[str]:
    """All that somebody is told by these, by every search, and by requests with the ids themselves."""
    client, headers = person.api.client, {"Authorization": f"Bearer {person.token}"}
    for path, query in places(scene, await confided(scene)):
        answer = await client.get(path, params=query, headers=headers)
        yield f"{path} {query} {answer.status_code} {answer.text} {answer.headers}"
    for name, prepare in OPERATIONS.items():
        if name.startswith(("search_", "sync")):
            ask = await prepare(scene)
            answer = await send(scene.world.api, ask._replace(person=person))
            yield f"{name} {answer.text}"


async def tries(scene: Scene, person: Person) -> AsyncIterator[str]:
    """The responses to somebody who tries to change the notes of another."""
    for note_id in (await confided(scene), scene.ids["psychotherapy_note_id"]):
        path = f"/psychotherapy-notes/{note_id}"
        for method, end, body in (
            ("PATCH", "", {"text": "x"}),
            ("DELETE", "", None),
            ("POST", "/sign", None),
            ("DELETE", f"/grants/{scene.ids['grant_id']}", None),
        ):
            answer = await person.send(method, path + end, body, match=1)
            assert answer.status_code in (403, 404), (method, path, answer.text)
            yield f"{method} {answer.text}"


async def found(told: AsyncIterator[str], words: set[str]) -> list[str]:
    """Answers in which one of these words stands, other than in the path and query that were asked for."""
    return [
        text[:300]
        async for text in told
        if [word for word in words if word in text.partition(" ")[2].replace(f"'{word}'", "")]
    ]


@pytest.mark.thorough
async def test_nobody_else_is_told_a_word_or_an_id_of_a_psychotherapy_note(world: World) -> None:
    scene = await Scene.build(world)
    await seal(world)
    ungranted = await world.staff(Role.SUPERVISOR)
    await join(scene.therapist, scene.chart, ungranted)
    await seal(world)
    ids = {await confided(scene), scene.ids["psychotherapy_note_id"], scene.ids["grant_id"]}
    secret = {*ids, "-confided-", "-granted-"}
    people = {name: scene.people[name] for name in OTHERS}
    people |= {"supervisor without a grant": ungranted, "program": await world.staff(Role.SERVICE)}
    for name, person in people.items():
        assert await found(answers(scene, person), secret) == [], name
        assert await found(tries(scene, person), secret) == [], name
    shown = scene.ids["psychotherapy_note_id"]
    rest = secret - {shown, "-granted-"}
    assert await found(answers(scene, scene.supervisor), rest) == []
    for person, word in ((scene.therapist, "-confided-"), (scene.therapist, shown), (scene.supervisor, shown)):
        assert await found(answers(scene, person), {word}) != [], "the search itself finds what is there"


@pytest.mark.thorough
async def test_what_is_refused_about_a_note_is_as_of_one_that_does_not_exist(world: World) -> None:
    scene = await Scene.build(world)
    alone = await confided(scene)
    for person in (scene.people["colleague"], scene.people["prescriber"], scene.supervisor):
        for method, end, body in (("GET", "", None), ("PATCH", "", {"text": "x"}), ("POST", "/sign", None)):
            fixed = {"X-Request-Id": "same"}
            real, none = [
                await send(
                    world.api,
                    Request(person, method, f"/psychotherapy-notes/{one}{end}", body, 1, headers=fixed),
                )
                for one in (alone, str(new_id()))
            ]
            assert (real.status_code, real.content) == (none.status_code, none.content)


@pytest.mark.thorough
async def test_the_ledger_shows_nobody_that_there_is_a_note(world: World) -> None:
    """Refusals and retries too; the chart's patient is not told either."""
    scene = await Scene.build(world)
    alone = await confided(scene)
    path = f"/patients/{scene.chart}/psychotherapy-notes"
    for _ in range(2):
        await scene.therapist.send("POST", path, {"text": "He spoke."}, key="again")
    prescriber = scene.people["prescriber"]
    assert (await prescriber.send("POST", path, {"text": "He spoke."})).status_code == 403
    await scene.people["colleague"].get(f"/psychotherapy-notes/{alone}", expect=404)
    for person, where in ((scene.auditor, "/ledger"), (scene.patient, "/me/access-log")):
        seen, cursor = "", None
        while True:
            params = {"limit": 100, **({"cursor": cursor} if cursor else {})}
            answer = await person.send("GET", where, params=params)
            assert answer.status_code == 200
            seen, cursor = seen + answer.text, answer.json()["next_cursor"]
            if cursor is None:
                break
        assert "psychotherapy" not in seen
        assert alone not in seen
