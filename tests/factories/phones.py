"""A phone with a queue, as `docs/sync.md` tells front ends to keep one."""

from dataclasses import dataclass, field

from integration_api.core.ids import new_id
from tests.factories.batches import begin, edit, item
from tests.support import Json, Person

MAX_BATCH = 100


@dataclass
class Phone:
    """A phone: the texts that it shows, and those not sent yet. `superseded` holds texts that its person replaced."""

    name: str
    person: Person
    superseded: set[str] = field(default_factory=set)
    shown: dict[str, str] = field(default_factory=dict)
    """Texts as this phone shows them, by the id of their entry."""
    version: dict[str, int] = field(default_factory=dict)
    """The version of each, as read or as foreseen from the queue."""
    queue: list[Json] = field(default_factory=list)
    needs_you: list[Json] = field(default_factory=list)
    """Results that a person has to look at."""
    _count: int = 0

    def _key(self) -> str:
        self._count += 1
        return f"{self.name}-{self._count}"

    def _last_of(self, thing: str) -> list[str]:
        """The key of the last item about a thing, which the next one builds on."""
        return [sent["key"] for sent in self.queue if thing in (sent["path"].split("/")[-1], sent.get("begins"))][-1:]

    def write(self, text: str) -> str:
        """Begin an entry."""
        own = str(new_id())
        self.queue.append({**begin(self._key(), own, text), "begins": own})
        self.shown[own], self.version[own] = text, 1
        return own

    def change(self, thing: str, text: str) -> None:
        """Type another text into an entry that is shown."""
        change = edit(self._key(), thing, {"text": text}, self.version[thing], after=self._last_of(thing))
        self.queue.append(change)
        self.superseded.add(self.shown[thing])
        self.shown[thing] = text
        self.version[thing] += 1

    def delete(self, thing: str) -> None:
        """Delete an entry that is shown."""
        facts = {"if_match": f'"{self.version[thing]}"', "after": self._last_of(thing)}
        self.queue.append(item(self._key(), "delete_reflection", f"/reflections/{thing}", **facts))
        self.superseded.add(self.shown.pop(thing))
        del self.version[thing]

    async def sync(self, *, is_lost: bool = False) -> None:
        """Send the queue, look at the results, and read what there is. If the response is lost, nothing is known."""
        batch = [{k: v for k, v in sent.items() if k != "begins"} for sent in self.queue[:MAX_BATCH]]
        results: list[Json] = []
        if batch:
            results = (await self.person.post("/sync", {"items": batch}, expect=200))["results"]
        if is_lost:
            return
        for sent, result in zip(self.queue[: len(results)], results, strict=True):
            self._settle(sent, result)
        open_keys = {result["key"] for result in results if result["not_attempted"]}
        self.queue = [sent for sent in self.queue if sent["key"] in open_keys] + self.queue[len(results) :]
        for sent in self.queue:
            sent["after"] = [key for key in sent.get("after", ()) if key in open_keys]
        await self._read()

    def _settle(self, sent: Json, result: Json) -> None:
        problem = result["problem"]
        if problem is None:
            return
        if problem["code"] == "kept-both":
            self._go_on_with(problem["conflict_of_id"], problem["kept_id"])
        elif sent["operation"] != "delete_reflection" or result["status"] != 404:
            self.needs_you.append(result)

    def _go_on_with(self, thing: str, kept: str) -> None:
        """Turn what this phone wrote after the kept text to the draft that holds it, at the versions of that."""
        version = 1
        for sent in self.queue:
            path = sent["path"].split("/")
            if path[-1] == thing and sent.get("after"):
                sent["path"], sent["if_match"] = "/".join([*path[:-1], kept]), f'"{version}"'
                version += 1
        if thing in self.shown:
            self.shown[kept], self.version[kept] = self.shown.pop(thing), version
            del self.version[thing]

    async def _read(self) -> None:
        """Show what there is; what still waits in the queue stays as it was typed."""
        waiting = {sent["path"].split("/")[-1] for sent in self.queue} | {sent.get("begins") for sent in self.queue}
        there = {entry["id"]: entry for entry in (await self.person.get("/reflections?limit=100"))["items"]}
        for gone in self.shown.keys() - there.keys() - waiting:
            del self.shown[gone], self.version[gone]
        for thing in there.keys() - waiting:
            self.shown[thing], self.version[thing] = there[thing]["text"], there[thing]["version"]
