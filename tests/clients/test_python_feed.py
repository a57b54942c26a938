"""The Python client follows the change feed: a copy ends as the lists are, whatever happens on the way."""

from uuid import UUID

import httpx
import pytest

from integration_journal import Account, AsyncJournal, Kept, MemoryTokens, Tokens, models, operations
from tests.clients.networks import Network, draft, journal_of, phone
from tests.factories.feeds import seal
from tests.factories.sessions import session
from tests.support import Person, World


class Copy:
    """A device: the things that it was told of, and its cursor."""

    def __init__(self, journal: AsyncJournal) -> None:
        """Begin with nothing."""
        self.journal, self.forgot = journal, 0
        self.cursor: str | None = None
        self.things: dict[tuple[str, UUID], UUID | None] = {}
        self.words: list[tuple[str, str]] = []

    async def follow(self, *, limit: int = 200, stop_after: int | None = None) -> None:
        """Take what changed; killed after so many answers, if a test says so."""
        seen = 0
        async for changes in self.journal.changes(self.cursor, limit=limit):
            if changes.must_forget:
                self.things, self.forgot = {}, self.forgot + 1
            for item in changes.items:
                self.words.append((item.kind, item.change))
                self._take(item)
            self.cursor = changes.cursor
            seen += 1
            if seen == stop_after:
                return

    def _take(self, item: models.ChangeItem) -> None:
        if item.change == "closed":
            self.things = {thing: chart for thing, chart in self.things.items() if chart != item.patient_id}
        elif item.change == "gone":
            self.things.pop((item.kind, item.id), None)
        elif item.change == "changed":
            self.things[item.kind, item.id] = item.patient_id

    def of(self, kind: str) -> set[UUID]:
        """The ids of one kind."""
        return {thing for found, thing in self.things if found == kind}


def journal_for(person: Person) -> AsyncJournal:
    """A client of somebody who signed in elsewhere."""
    store = MemoryTokens()
    account = Account(person.id, str(person.actor.clinic_id))
    store.save(Kept(account, Tokens(person.token, "none")))
    return journal_of(Network(person.api), store=store)


@pytest.mark.thorough
async def test_a_copy_ends_as_the_lists_are(world: World) -> None:
    device = await phone(world)
    made = [(await device.journal.send(draft(f"Evening {number}"))).value.id for number in range(5)]
    await seal(world)
    copy = Copy(device.journal)
    await copy.follow(limit=2)
    assert copy.of("reflection") == set(made)
    assert ("reflection", "gone") not in copy.words
    await device.journal.send(operations.delete_reflection(made[0], if_match=1))
    change = models.ReflectionUpdate(text="Otherwise")
    await device.journal.send(operations.update_reflection(made[1], change, if_match=1))
    await seal(world)
    copy.words.clear()
    await copy.follow()
    assert copy.of("reflection") == set(made[1:])
    assert sorted(word for word in copy.words if word[0] == "reflection") == [
        ("reflection", "changed"),
        ("reflection", "gone"),
    ]
    listed = [one.id async for one in device.journal.each(operations.list_reflections())]
    assert copy.of("reflection") == set(listed)


@pytest.mark.thorough
async def test_a_chart_that_opens_is_read_whole_and_one_that_closes_is_dropped(world: World) -> None:
    """Also if the program is killed between any two answers: the cursor is stored with what was made of them."""
    therapist, other = await world.therapist(), await world.therapist()
    patient = await world.patient_of(therapist)
    sessions = {UUID((await session(therapist, world.chart_id(patient)))["id"]) for _ in range(4)}
    await seal(world)
    copy = Copy(journal_for(other))
    await copy.follow()
    assert copy.of("session") == set()
    path = f"/patients/{world.chart_id(patient)}/care-team"
    member = await therapist.post(path, {"account_id": other.id, "role": "therapist"})
    await seal(world)
    for killed_after in range(1, 4):
        await copy.follow(limit=2, stop_after=killed_after)
    await copy.follow(limit=2)
    assert copy.of("session") == sessions
    assert copy.words.count(("chart", "opened")) == 4  # killed while the chart was read, it begins that chart again
    words = len(copy.words)
    await copy.follow()
    assert len(copy.words) == words
    await therapist.delete(f"{path}/{member['id']}", member["version"])
    await seal(world)
    await copy.follow()
    assert copy.of("session") == set()


async def test_another_history_begins_anew_and_keeps_what_is_unsent(world: World) -> None:
    device = await phone(world)
    await device.journal.send(draft("Sent"))
    await seal(world)
    copy = Copy(device.journal)
    await copy.follow()
    await device.journal.keep(draft("Unsent"))
    expired = b'{"status": 410, "code": "cursor-expired", "detail": "Begin anew."}'
    headers = {"content-type": "application/problem+json"}
    device.network.answer(httpx.Response(410, headers=headers, content=expired))
    before = set(copy.things)
    await copy.follow()
    assert (copy.forgot, device.journal.unsent) == (1, 1)
    assert set(copy.things) == before
