"""Looking at everything that can be looked at, as everybody: which texts and which fields come back."""

import re
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from httpx import Response

from integration_api.access.route import ActionRoute
from integration_api.app import action_routes
from integration_api.web.instants import instant
from tests.alike import Representatives
from tests.costs.counting import counted
from tests.factories.capture_links import issue
from tests.matrix.asking import address, check_headers
from tests.scene import Scene
from tests.scene.doses import open_window
from tests.scene.remote_sessions import record_in_part
from tests.support import Json, Person, World

MARKS = ("Zephyrine", "Quillon", "Ossifrage")
"""Of two charts of one clinic, and of one of another."""
BORN = ("1971-02-03", "1972-03-04", "1973-04-05")
PEOPLE = {
    "author": "therapist",
    "patient": "patient",
    "therapist": "colleague",
    "prescriber": "prescriber",
    "supervisor": "supervisor",
    "emergency": "emergency",
    "clinic_admin": "admin",
    "auditor": "auditor",
    "privacy_officer": "officer",
    "nobody's therapist": "newcomer",
    "outside_therapist": "outside",
}
"""By what they are to the first chart, who looks: people of its scene."""
ASKING_ALL = {"patient", "therapist", "supervisor", "emergency"}
"""Those who are asked of each kind of database: a page of the ledger about a chart tells of their reading alone."""
PROGRAMS = ("program_id", "program_of_set_id")
"""Accounts that are programs, with keys at an address, and with a set of keys."""
FIELDS = Path(__file__).parents[2] / "docs" / "access-fields.md"
_WORD = re.compile(rf"({'|'.join(MARKS)})-([a-z]+)-([a-z0-9_]+)(?:-[0-9a-f]{{8}})?")


@dataclass
class Garden:
    """Three charts full of canaries."""

    charts: list[Scene]
    people: dict[str, Person]
    alike: Representatives["Glance"]
    going_on: str
    """A session of the first chart in which a dose was given, and nobody has left."""

    @classmethod
    async def build(cls, world: World) -> "Garden":
        """Two in this clinic, one in another."""
        elsewhere = await World.build(world.api)
        homes = (world, world, elsewhere)
        charts = [await Scene.build(home, mark, born) for home, mark, born in zip(homes, MARKS, BORN, strict=True)]
        going_on = await open_window(charts[0])
        await record_in_part(charts[0], going_on)
        await issue(charts[0].therapist, {"id": going_on})  # which ends the link of the session before
        people = {shown: charts[0].people[name] for shown, name in PEOPLE.items()}
        return cls(charts, people, Representatives(world.api.runtime.database), going_on)


class Glance(NamedTuple):
    """The canaries and fields that one answer showed."""

    texts: frozenset[tuple[str, str]]
    """Whose canary (its mark), and of which kind."""
    words: frozenset[str]
    fields: frozenset[str]
    """The places that came back with a value."""


@dataclass
class Seen:
    """What one person was shown."""

    texts: set[tuple[str, str]] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    fields: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """By operation."""
    answers: int = 0

    def see(self, operation: str, glance: Glance) -> None:
        """Remember what an answer showed."""
        self.answers += 1
        self.texts |= glance.texts
        self.words |= glance.words
        if glance.fields:
            self.fields[operation] |= glance.fields


def glance_at(answer: Response) -> Glance:
    """Look through every byte of an answer."""
    check_headers(answer)
    texts, words = canaries(answer.text + str(answer.headers))
    is_json = answer.headers.get("content-type", "").startswith("application/json")
    is_read = answer.is_success and answer.content and is_json
    return Glance(texts, words, frozenset(_places(answer.json())) - {"next_cursor"} if is_read else frozenset())


def canaries(everything: str) -> tuple[frozenset[tuple[str, str]], frozenset[str]]:
    """Whose canaries of which kind a text holds, and the words of them."""
    found = _WORD.findall(everything)
    for mark in MARKS:
        assert everything.count(mark) == sum(word[0] == mark for word in found), "a canary of unknown shape"
    born = {(mark, "person") for mark, day in zip(MARKS, BORN, strict=True) if day in everything}
    texts = {(mark, kind) for mark, kind, _ in found}
    return frozenset(texts | born), frozenset(f"{kind}-{word}" for _, kind, word in found)


def _places(value: object, place: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, part in value.items():
            yield from _places(part, f"{place}.{name}" if place else name)
    elif isinstance(value, list):
        for part in value:
            yield from _places(part, place)
    elif value is not None:
        yield place


async def look(garden: Garden, who: str, person: Person, only: Collection[str] | None = None) -> Seen:
    """Every GET about every thing of every chart, every list, and the search by each word of each name.

    With `only`, no GETs but those of these operations.

    Of the second kind of database, each is asked by one of those who asked the first one the same and saw the same.
    """
    seen, client = Seen(), person.api.client
    headers = {"Authorization": f"Bearer {person.token}"}

    async def see(operation: str, method: str, path: str, place: Hashable, **sent: Any) -> None:
        glance = None if who in ASKING_ALL else garden.alike.told((who, operation, place))
        if glance is None:
            with counted(person.api.runtime.database) as driver:
                glance = glance_at(await client.request(method, address(path), headers=headers, **sent))
            garden.alike.keep((who, operation, place), [operation, *driver.texts], glance)
        seen.see(operation, glance)

    for route in action_routes():
        if "GET" in (route.methods or ()) and (only is None or route.name in only):
            for path, place, query in _asked(garden, route):
                await see(route.name, "GET", path, place, params=query)
    for chart in garden.charts:
        for word in (chart.mark, "sample"):
            await see("search_patients", "POST", "/patients/search", (chart.mark, word), json={"name_part": word})
    return seen


def _asked(garden: Garden, route: ActionRoute) -> Iterator[tuple[str, Hashable, Json]]:
    """Each path and query of a GET, and a name of its place that is the same for everybody."""
    names = set(re.findall(r"{(\w+)}", route.path))
    queries = _queries(route.declared.query_names, garden)
    for number, chart in enumerate(garden.charts if names else garden.charts[:1]):
        path = route.path.format(**{name: chart.ids[name] for name in names})
        yield from ((path, (number, place), query) for place, query in enumerate(queries))
    if names == {"session_id"}:
        yield route.path.format(session_id=garden.going_on), "going on", queries[0]
    first = garden.charts[0]
    if "vital_id" in names:
        yield route.path.format(**{**first.ids, "vital_id": first.ids["critical_vital_id"]}), "critical", queries[0]
    if (
        route.path == "/me/access-log" and first.built_at is not None
    ):  # all of these answers are entries too, and newer than what is looked for
        yield route.path, "planted", {**queries[0], "before": instant(first.built_at)}
    if "/service-accounts/" in route.path:
        for program in PROGRAMS:
            yield route.path.format(account_id=garden.charts[0].ids[program]), program, queries[0]


def _queries(names: frozenset[str], garden: Garden) -> list[Json]:
    most: Json = {"limit": 100} if "limit" in names else {}
    needs_days = {"from", "to"} <= names and not {"limit", "baseline_at"} & names
    most |= {"from": "2026-01-01T00:00:00Z"} if "baseline_at" in names else {}
    most |= {"instrument_id": "phq9"} if "width" in names else {}
    most |= {"from": "2026-03-01", "to": "2026-03-02"} if needs_days else {}
    most |= {"from_number": 1, "to_number": 2} if {"from_number", "to_number"} <= names else {}
    things = [name for name in names if name in garden.charts[0].ids]
    withdrawn = [{**most, "withdrawn": "true"}] if "withdrawn" in names else []
    return [most, *withdrawn, *({**most, name: chart.ids[name]} for name in things for chart in garden.charts)]


HEAD = """# Which fields come back to whom

Made by `make matrix` from responses about a chart in which every text is written; a test asks again and compares. A
field is listed for each person who got a value in it: the therapist who wrote (`author`), staff of the care team by
role, the patient, a therapist with emergency access (`emergency`), and staff on no team. The texts that each may get
are decided by hand in `tests/matrix/test_canaries.py`.

| Operation | who | fields with a value |
| --- | --- | --- |
"""


def fields_document(seen: Mapping[str, Seen]) -> str:
    """One line for each operation and each set of people who are given the same fields of it."""
    lines = []
    for operation in sorted({name for one in seen.values() for name in one.fields}):
        by_who: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for place in sorted({place for one in seen.values() for place in one.fields.get(operation, ())}):
            who = tuple(name for name, one in seen.items() if place in one.fields.get(operation, ()))
            by_who[who].append(place)
        everybody = tuple(seen)
        for who, places in sorted(by_who.items(), key=lambda item: (-len(item[0]), item[0])):
            shown = "everybody" if who == everybody else ", ".join(who)
            lines.append(f"| {operation} | {shown} | {' '.join(f'`{place}`' for place in places)} |\n")
    return HEAD + "".join(lines)
