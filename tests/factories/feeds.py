"""Clients of the change feed, as a front end is one."""

from dataclasses import dataclass, field
from typing import Any

from integration_api.app import sealer_of
from integration_api.ledger.due import record_due
from tests.support import Api, Json, Person, World

KINDS_OF_CHARTS = {
    "patient",
    "care_team",
    "course",
    "session",
    "medicine",
    "note",
    "reflection",
    "goal",
    "plan",
    "practice",
    "safety_plan",
    "shared_summary",
}


async def seal(world: World) -> None:
    """Give everything that is committed its place, as the sealer does each second."""
    await record_due(world.api.runtime.database, world.api.clock)
    await sealer_of(world.api.runtime).seal(world.clinic_id, back=None)


@dataclass
class Client:
    """A front end that polls, and keeps the ids that it is told of."""

    person: Person
    cursor: str | None = None
    limit: int = 500
    held: dict[tuple[str, str], str | None] = field(default_factory=dict)
    """Kind and id of each thing, with its chart."""
    ever: set[tuple[str, str]] = field(default_factory=set)
    """All that it was ever told of, as changed or gone."""
    ever_of: set[str] = field(default_factory=set)
    """The charts of all that it was ever told of."""
    charts: dict[str, str | None] = field(default_factory=dict)
    """The charts that are open, and until when."""

    async def page(self, expect: int = 200, **params: Any) -> Json:
        """One answer of the feed, as it came."""
        asked = {"limit": self.limit, **({"cursor": self.cursor} if self.cursor else {}), **params}
        found: Json = await self.person.get("/changes", expect=expect, params=asked)
        return found

    async def poll(self) -> list[Json]:
        """Read the feed to its end, and do what it says. Return what it told."""
        answer = await self.person.send("GET", "/changes", params=self._asked())
        if answer.status_code == 410:
            return await self.begin()
        told: list[Json] = []
        while True:
            assert answer.status_code == 200, answer.text
            page = answer.json()
            for item in page["items"]:
                await self._take(item, is_first=self.cursor is None)
            told += page["items"]
            self.cursor = page["next_cursor"]
            if not page["has_more"]:
                return told
            answer = await self.person.send("GET", "/changes", params=self._asked())
            if answer.status_code == 410:
                return await self.begin()

    async def begin(self) -> list[Json]:
        """Forget everything, and read the feed from the start."""
        self.cursor = None
        self.held.clear()
        self.charts.clear()
        return await self.poll()

    def _asked(self) -> Json:
        return {"limit": self.limit, **({"cursor": self.cursor} if self.cursor else {})}

    async def _take(self, item: Json, *, is_first: bool) -> None:
        kind, thing, chart = item["kind"], item["id"], item["patient_id"]
        if item["change"] in ("changed", "gone"):
            self.ever.add((kind, thing))
            self.ever_of |= {chart} if chart else set()
        if item["change"] == "changed":
            self.held[kind, thing] = chart
        elif item["change"] == "gone":
            self.held.pop((kind, thing), None)
        elif item["change"] == "closed":
            self.charts.pop(chart, None)
            self._drop(chart)
        else:
            self.charts[chart] = item["until"]
            if not is_first:
                self._drop(chart)
                await self._read_chart(chart)

    def _drop(self, chart: str) -> None:
        for key in [key for key, of in self.held.items() if of == chart]:
            del self.held[key]

    async def _read_chart(self, chart: str) -> None:
        cursor = None
        while True:
            params = {"patient_id": chart, "limit": self.limit, **({"cursor": cursor} if cursor else {})}
            answer = await self.person.send("GET", "/changes", params=params)
            if answer.status_code == 410:
                cursor = None
                continue
            page = answer.json()
            for item in page["items"]:
                if item["change"] in ("changed", "gone"):
                    await self._take(item, is_first=True)
            cursor = page["next_cursor"]
            if not page["has_more"]:
                return

    def of(self, kind: str) -> set[str]:
        """Return the ids of one kind that it holds."""
        return {thing for of, thing in self.held if of == kind}


async def client(person: Person) -> Client:
    """Return a client that has read the feed once."""
    made = Client(person)
    await made.poll()
    return made


async def listed(person: Person, path: str, **params: Any) -> set[str]:
    """Return the ids of everything that a list shows."""
    found: set[str] = set()
    cursor = None
    while True:
        page = await person.get(path, params={"limit": 100, **params, **({"cursor": cursor} if cursor else {})})
        found |= {item["id"] for item in page["items"]}
        cursor = page["next_cursor"]
        if cursor is None:
            return found


async def sealed_rows(api: Api) -> None:
    """Seal every clinic."""
    await sealer_of(api.runtime).seal_all(back=None)
