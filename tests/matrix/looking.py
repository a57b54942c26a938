"""Looking at everything that can be looked at, as everybody: which texts and which fields come back."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from httpx import Response

from integration_api.app import action_routes
from tests.matrix.asking import address, check_headers
from tests.scene import Scene
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
}
"""By what they are to the first chart, who looks: people of its scene."""
FIELDS = Path(__file__).parents[2] / "docs" / "access-fields.md"
_WORD = re.compile(rf"({'|'.join(MARKS)})-([a-z]+)-([a-z0-9_]+)(?:-[0-9a-f]{{8}})?")


@dataclass
class Garden:
    """Three charts full of canaries."""

    charts: list[Scene]
    people: dict[str, Person]

    @classmethod
    async def build(cls, world: World) -> "Garden":
        """Two in this clinic, one in another."""
        elsewhere = await World.build(world.api)
        homes = (world, world, elsewhere)
        charts = [await Scene.build(home, mark, born) for home, mark, born in zip(homes, MARKS, BORN, strict=True)]
        return cls(charts, {shown: charts[0].people[name] for shown, name in PEOPLE.items()})


@dataclass
class Seen:
    """What one person was shown."""

    texts: set[tuple[str, str]] = field(default_factory=set)
    """Whose canary (its mark), and of which kind."""
    words: set[str] = field(default_factory=set)
    fields: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """By operation, the places that came back with a value."""
    answers: int = 0

    def see(self, operation: str, answer: Response) -> None:
        """Look through every byte of an answer."""
        check_headers(answer)
        self.answers += 1
        self.take(answer.text + str(answer.headers))
        is_no_json = answer.headers.get("content-type", "").startswith(("text/event-stream", "text/calendar"))
        if answer.is_success and answer.content and not is_no_json:
            self.fields[operation] |= set(_places(answer.json())) - {"next_cursor"}

    def take(self, everything: str) -> None:
        """Find the canaries of a text."""
        words = _WORD.findall(everything)
        for mark, kind, word in words:
            self.texts.add((mark, kind))
            self.words.add(f"{kind}-{word}")
        for mark, born in zip(MARKS, BORN, strict=True):
            if born in everything:
                self.texts.add((mark, "person"))
            assert everything.count(mark) == sum(found[0] == mark for found in words), "a canary of unknown shape"


def _places(value: object, place: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, part in value.items():
            yield from _places(part, f"{place}.{name}" if place else name)
    elif isinstance(value, list):
        for part in value:
            yield from _places(part, place)
    elif value is not None:
        yield place


async def look(garden: Garden, person: Person) -> Seen:
    """Every GET about every thing of every chart, every list, and the search by each word of each name."""
    seen, client = Seen(), person.api.client
    headers = {"Authorization": f"Bearer {person.token}"}
    for route in action_routes():
        if "GET" not in (route.methods or ()):
            continue
        names = set(re.findall(r"{(\w+)}", route.path))
        queries = _queries(route.declared.query_names, garden)
        for chart in garden.charts if names else garden.charts[:1]:
            path = address(route.path.format(**{name: chart.ids[name] for name in names}))
            for query in queries:
                answer = await client.get(path, params=query, headers=headers)
                seen.see(route.name, answer)
    for chart in garden.charts:
        for word in (chart.mark, "sample"):
            answer = await client.post(address("/patients/search"), json={"name_part": word}, headers=headers)
            seen.see("search_patients", answer)
    return seen


def _queries(names: frozenset[str], garden: Garden) -> list[Json]:
    most: Json = {"limit": 100} if "limit" in names else {}
    needs_days = {"from", "to"} <= names and "limit" not in names
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
