"""Clients that poll at random end with exactly what the lists show, and never held an id that they could not see.

Random people change everything that has an audience, both ways. Sealers run at random, time passes, grants come and
go. After each step, the lists say what everybody may see at that moment.
"""

import os
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest

from integration_api.resources.delivery.changes.rules import ChangeKind
from integration_api.settings import Settings
from tests.applications import application
from tests.factories.feed_lists import ALIKE, LISTS, PARTS, kinds_of
from tests.factories.feed_stage import Stage, staged
from tests.factories.feed_writers import STEPS, WRITTEN_BY, begin
from tests.factories.feeds import Client, listed, seal
from tests.support import World, enter_again

ROOT = Path(__file__).parents[3]


def told_of_lists(name: str, ever: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return what was told of the kinds that the lists are asked about."""
    return {one for one in ever if one[0] in kinds_of(name) - ALIKE}


def charts_of(client: Client) -> set[tuple[str, str]]:
    """The charts that are open to a client, and its own."""
    own = {str(client.person.actor.patient_id)} if client.person.actor.is_patient else set()
    return {("patient", chart) for chart in {*client.charts, *own}}


NOT_BY_ID = frozenset({"patient", "notice"})
"""Kinds that nobody reads by their ids here: a chart is asked for by its timeline, and a notice is listed alone."""
IN_TIMELINE = frozenset({"session", "note", "reflection", "plan", "practice", "goal", "shared_summary"})
WORDS = {"plan": "quiet", "goal": "out", "shared_summary": "both"}
"""By kind, a word that each thing of it has, whoever is shown it."""


async def agree(stage: Stage, name: str, shown: set[tuple[str, str]], known: set[tuple[str, str]]) -> None:
    """Timeline, search and each thing by its id show this person what the lists show, and nothing else."""
    person = stage.people[name]
    found: set[tuple[str, str]] = set()
    searched: set[tuple[str, str]] = set()
    withdrawn: set[tuple[str, str]] = set()
    for chart in stage.charts:
        path = f"/patients/{chart}/timeline"
        if not (await person.send("GET", path)).is_success:
            continue
        for noun, at in (("goal", "/goals"), ("shared_summary", "/shared-summaries")):
            withdrawn |= {(noun, one) for one in await listed(person, at, patient_id=chart, withdrawn="true")}
        for kind in IN_TIMELINE:
            found |= {(kind, one) for one in await listed(person, path, kind=kind)}
        for word in ("lake", "again", *WORDS.values()):
            answer = await person.post(f"/patients/{chart}/search", {"words": word}, expect=200)
            searched |= {(one["kind"], one["id"]) for one in answer["items"] if one["kind"] in LISTS}
    standing = shown - withdrawn
    assert found == {key for key in standing if key[0] in IN_TIMELINE}, f"{name}: the timeline shows something else"
    assert searched <= shown, f"{name}: search finds what no list shows"
    assert {key for key in searched if key[0] in WORDS} == {key for key in standing if key[0] in WORDS}
    for kind, one in sorted(known):
        status = (await person.send("GET", f"{LISTS[kind][0]}/{one}")).status_code
        hidden = 404 if kind in kinds_of(name) else 403
        assert status == (200 if (kind, one) in shown else hidden), f"{name}: {kind} answers {status}"


@asynccontextmanager
async def restarts(world: World, settings: Settings) -> AsyncIterator[Callable[[], Awaitable[None]]]:
    """Yield what puts a new process in the place of the last: nothing that one remembers is known to the next."""
    first = world.api.app, world.api.client
    async with AsyncExitStack() as last:

        async def again() -> None:
            await last.aclose()
            made = await last.enter_async_context(application(settings, world.api.clock))
            world.api.app, world.api.client = made.app, made.client

        try:
            yield again
        finally:
            world.api.app, world.api.client = first


SEEDS = {"sqlite": 1, "postgresql": 12}
"""A walk of its own for each kind of database: what is decided in Python is walked through twice."""
RESTARTS = (30, 60, 90)
"""Steps before which the application is another one."""
WALKS = range(int(os.environ.get("TEST_FEED_WALKS", "1")))
"""Of each kind of database; `make drills` walks more of them."""


@pytest.mark.thorough
@pytest.mark.parametrize("walk", WALKS)
async def test_who_polls_at_random_ends_with_what_the_lists_show(world: World, settings: Settings, walk: int) -> None:
    async with restarts(world, settings) as restart:
        await walk_through(world, walk, restart)


async def walk_through(world: World, walk: int, restart: Callable[[], Awaitable[None]]) -> None:
    """Let everything change at random, with restarts between, and look at the end."""
    seed = SEEDS[world.api.runtime.database.driver.dialect] + 100 * walk
    stage = await staged(world, seed)
    await begin(stage)
    for at in range(100):
        if at in RESTARTS:
            await restart()
        step = stage.chance.choice(STEPS)
        await step(stage)
        if stage.is_changed:
            await stage.watch()
    await seal(world)
    for name, client in stage.clients.items():
        await enter_again(stage.people[name])
        await client.poll()
        held = {key for key in client.held if key[0] in kinds_of(name)}
        assert held == await stage.look(name), f"{name} holds something else than the lists show (seed {seed})"
        kinds = {kind for kind, _ in client.ever} & LISTS.keys()
        assert kinds <= kinds_of(name), f"{name} was told of a kind that is not theirs to list"
        parts = {(PARTS[kind], one) for kind, one in client.held if kind in PARTS}
        assert parts <= held | charts_of(client), f"{name} holds a part of what they do not see (seed {seed})"
        unseen = told_of_lists(name, client.ever) - stage.could_see[name]
        assert unseen == set(), f"{name} was told of what they could not see (seed {seed})"
        charts = {("patient", chart) for chart in client.ever_of} - charts_of(client)
        assert charts <= stage.could_see[name], f"{name} was told of a chart that they could not see (seed {seed})"
    told = set[tuple[str, str]]().union(*(client.ever for client in stage.clients.values()))
    assert {kind for kind, _ in told} | {ChangeKind.CHART} == {*ChangeKind}, "a kind was never told of"
    known = set[tuple[str, str]]().union(*(seen for name, seen in stage.could_see.items() if name != "outsider"))
    for name in stage.people.keys() - {"admin"}:
        shown = set() if name == "outsider" else await stage.look(name)  # of theirs nothing is in these charts
        await agree(stage, name, shown, {key for key in known if key[0] not in NOT_BY_ID})


def test_each_kind_of_the_feed_is_written_by_a_step_or_says_why_not() -> None:
    assert {*WRITTEN_BY} == {*ChangeKind}
    written = {kind: steps for kind, steps in WRITTEN_BY.items() if not isinstance(steps, str)}
    assert all(written.values())
    assert {step for steps in written.values() for step in steps} <= {*STEPS}


def test_each_kind_of_the_feed_stands_in_its_document() -> None:
    table = (ROOT / "docs/change-feed.md").read_text().partition("## Kinds")[2].partition("A client must")[0]
    named = [line.split("|")[1] for line in table.split("\n") if line.startswith("|")]
    assert {*re.findall(r"`([a-z_]+)`", "".join(named))} == {*ChangeKind}
