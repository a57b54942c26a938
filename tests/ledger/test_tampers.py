"""Five hundred random tampers, half on each database, with all protection of the ledger taken off: all are found.

Each is done by direct SQL, looked for, and undone. A tamper that would change nothing is not counted.
"""

import random
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from integration_api.app import sealer_of
from integration_api.ledger.heads import Heads, export_heads
from integration_api.ledger.seal import COLUMNS, Signer, head_of, leaf_of, root_of
from integration_api.ledger.tables import SealRow
from integration_api.ledger.verify import Report, verify_clinic
from integration_api.settings import Settings
from tests.applications import application
from tests.factories import notes
from tests.ledger.hands import Hands, Row, hands
from tests.support import Api, World

pytestmark = pytest.mark.thorough

TAMPERS = 250
AGO = timedelta(days=40)


class Clinic:
    """A clinic whose ledger was sealed in several batches, its heads exported, and its true rows."""

    def __init__(self, api: Api, world: World, at: Hands, heads: Heads, chance: random.Random) -> None:
        self.api, self.world, self.at, self.heads, self.chance = api, world, at, heads, chance
        self.id = world.clinic_id
        self.kept: dict[str, list[Row]] = {}

    @classmethod
    async def build(cls, api: Api, at: Hands, seed: int) -> "Clinic":
        """Reads, writes and refusals of several people; seals of one row, of a few, and of many."""
        world, sealer = await World.build(api), sealer_of(api.runtime)
        therapist, other = await world.therapist(), await world.therapist()
        patient = await world.patient_of(therapist)
        chance = random.Random(seed)
        for batch in (1, 2, 3, 5, 8, 13, 4, 7):
            for _ in range(batch):
                await therapist.get(f"/patients/{world.chart_id(patient)}")
            if batch % 2:
                await other.get(f"/patients/{world.chart_id(patient)}", expect=404)
                await notes.signed_note(therapist, world.chart_id(patient))
                await patient.post("/reflections", {"kind": "text", "text": "t"})
            await sealer.seal(world.clinic_id)
        for _ in range(3):
            await therapist.get("/worklist")  # not sealed yet
        heads = await export_heads(api.runtime.database, sealer.signer.public_key, api.clock())
        found = cls(api, world, at, heads, chance)
        found.kept = await at.keep(found.id)
        return found

    async def verify(self, *, with_head: bool) -> Report:
        """What the product finds."""
        key = sealer_of(self.api.runtime).signer.public_key
        head = self.heads.by_clinic[self.id] if with_head else None
        return await verify_clinic(self.api.runtime.database, self.id, key, head)

    def any(self, table: str) -> Row:
        """A row that was sealed, a place or a seal."""
        rows = self.kept[table]
        if table == "ledger":
            placed = {place["id"] for place in self.kept["ledger_places"]}
            rows = [row for row in rows if row["id"] in placed]
        return self.chance.choice(rows)


Tamper = Callable[[Clinic], Awaitable[bool]]
"""Does it; True where it is to be seen without exported heads."""


def another(clinic: Clinic, column: str, value: Any) -> object:  # noqa: PLR0911  one for each kind
    """A value of the same kind, but not the same."""
    words: dict[str, list[object]] = {
        "outcome": ["done", "denied"],
        "purpose": [None, "treatment", "supervision", "operations", "oversight", "own"],
        "is_private": [True, False] if not clinic.at.is_sqlite else [0, 1],
    }
    if column in words:
        return clinic.chance.choice([word for word in words[column] if word != value])
    if value is None:
        made = {"digest": b"\0" * 32, "reason": "", "actor_role": "auditor"}
        return made.get(column, clinic.at.own(uuid4()))
    if clinic.chance.random() < 0.3 and column in ("reason", "actor_id", "actor_role", "subject_id", "patient_id"):
        return None
    if isinstance(value, bytes):
        at = clinic.chance.randrange(len(value))
        return value[:at] + bytes([value[at] ^ 1 << clinic.chance.randrange(8)]) + value[at + 1 :]
    if isinstance(value, datetime):
        return value + timedelta(microseconds=clinic.chance.choice([1, -1, 10**6, -86_400 * 10**6]))
    if isinstance(value, int):
        return value + clinic.chance.choice([1, -1, 7])
    if isinstance(value, UUID) or (column.endswith("id") and column != "request_id"):
        if clinic.at.is_sqlite and str(value) != str(value).upper() and clinic.chance.random() < 0.3:
            return str(value).upper()  # the same id, but no query finds it
        return clinic.at.own(uuid4())
    if str(value)[:2] == "20":  # a time, on SQLite
        text = str(value)
        return text[:-1] + ("1" if text[-1] != "1" else "2")
    return clinic.chance.choice([f"{value}x"[-40:], str(value)[:-1], str(value).upper()])


async def edit_a_row(c: Clinic) -> bool:
    row, column = c.any("ledger"), c.chance.choice(list(COLUMNS[1]))
    await c.at.set("ledger", row, **{column: another(c, column, row[column])})
    return True


async def edit_a_place(c: Clinic) -> bool:
    row, column = c.any("ledger_places"), c.chance.choice(["clinic_id", "id", "seal_number", "position", "leaf"])
    value = another(c, column, row[column]) if column != "position" else c.chance.choice([0, -3, 10**6])
    await c.at.set("ledger_places", row, **{column: value})
    return True


async def edit_a_seal(c: Clinic) -> bool:
    row = c.any("ledger_seals")
    column = c.chance.choice([name for name in SealRow.model_fields if name not in ("clinic_id", "id", "number")])
    await c.at.set("ledger_seals", row, **{column: another(c, column, row[column])})
    return True


async def renumber_a_seal(c: Clinic) -> bool:
    await c.at.set("ledger_seals", c.any("ledger_seals"), number=c.chance.choice([0, -1, 999]))
    return True


async def give_a_seal_another_id(c: Clinic) -> bool:
    await c.at.set("ledger_seals", c.any("ledger_seals"), id=c.at.own(uuid4()))
    return True


async def remove_a_row(c: Clinic) -> bool:
    await c.at.delete("ledger", c.any("ledger"))
    return True


async def remove_a_row_and_its_place(c: Clinic) -> bool:
    row = c.any("ledger")
    await c.at.delete("ledger", row)
    await c.at.delete("ledger_places", row)
    return True


async def remove_a_row_and_close_the_gap(c: Clinic) -> bool:
    place = c.any("ledger_places")
    await c.at.delete("ledger", place)
    await c.at.delete("ledger_places", place)
    for later in c.kept["ledger_places"]:
        if later["position"] > place["position"]:
            await c.at.set("ledger_places", later, position=later["position"] - 1)
    return True


async def swap_two_rows(c: Clinic) -> bool:
    one, other = c.any("ledger"), c.any("ledger")
    while other["request_id"] == one["request_id"]:
        other = c.any("ledger")
    for row, content in ((one, other), (other, one)):
        await c.at.set("ledger", row, **{n: v for n, v in content.items() if n not in ("clinic_id", "id")})
    return True


async def swap_two_places(c: Clinic) -> bool:
    one, other = c.any("ledger_places"), c.any("ledger_places")
    while other["id"] == one["id"]:
        other = c.any("ledger_places")
    await c.at.set("ledger_places", one, position=-1)
    await c.at.set("ledger_places", other, position=one["position"])
    await c.at.set("ledger_places", one, position=other["position"])
    return True


def forged(c: Clinic, ago: timedelta) -> Row:
    row = {**c.any("ledger"), "id": c.at.own(uuid4()), "request_id": uuid4().hex}
    earlier = (c.api.clock() - ago) if not c.at.is_sqlite else None
    row["at"] = earlier or (c.api.clock() - ago).strftime("%Y-%m-%d %H:%M:%S.%f")
    return row


async def insert_a_row_of_long_ago(c: Clinic) -> bool:
    await c.at.insert("ledger", [forged(c, AGO)])
    return True


async def insert_a_row_of_long_ago_and_have_it_sealed(c: Clinic) -> bool:
    await c.at.insert("ledger", [forged(c, AGO)])
    await c.at.commit()
    await sealer_of(c.api.runtime).seal(c.id, back=None)
    await c.at.begin()
    return True


async def insert_a_row_with_a_place_at_the_end(c: Clinic) -> bool:
    row, last = forged(c, timedelta()), c.kept["ledger_places"][-1]
    await c.at.insert("ledger", [row])
    await c.at.insert("ledger_places", [{**last, "id": row["id"], "position": last["position"] + 1}])
    return True


async def insert_a_row_with_a_place_before_the_first(c: Clinic) -> bool:
    row, first = forged(c, timedelta()), c.kept["ledger_places"][0]
    await c.at.insert("ledger", [row])
    await c.at.insert(
        "ledger_places", [{**first, "id": row["id"], "position": c.chance.choice([0, -9]), "leaf": leaf_of(row)}]
    )
    return True


async def insert_a_seal(c: Clinic) -> bool:
    last = c.kept["ledger_seals"][-1]["number"]
    number = c.chance.choice([0, -4, last + 1, last + 9])
    await c.at.insert("ledger_seals", [{**c.any("ledger_seals"), "id": c.at.own(uuid4()), "number": number}])
    return True


async def insert_a_row_in_the_place_of_another(c: Clinic) -> bool:
    row, place = forged(c, timedelta()), c.any("ledger_places")
    leaf = leaf_of(row)
    await c.at.insert("ledger", [row])
    await c.at.delete("ledger_places", place)
    await c.at.insert("ledger_places", [{**place, "id": row["id"], "leaf": c.chance.choice([leaf, place["leaf"]])}])
    return True


async def insert_a_row_and_shift_those_after_it(c: Clinic) -> bool:
    row, place = forged(c, timedelta()), c.any("ledger_places")
    await c.at.insert("ledger", [row])
    for later in reversed(c.kept["ledger_places"]):
        if later["position"] >= place["position"]:
            await c.at.set("ledger_places", later, position=later["position"] + 1)
    await c.at.insert("ledger_places", [{**place, "id": row["id"], "leaf": leaf_of(row)}])
    return True


async def drop_a_seal(c: Clinic) -> bool:
    await c.at.delete("ledger_seals", c.any("ledger_seals"))
    return True


async def drop_all_seals(c: Clinic) -> bool:
    for row in c.kept["ledger_seals"]:
        await c.at.delete("ledger_seals", row)
    return True


async def swap_two_seals(c: Clinic) -> bool:
    one, other = c.chance.sample(c.kept["ledger_seals"], 2)
    await c.at.set("ledger_seals", one, number=10**6)
    await c.at.set("ledger_seals", other, number=one["number"])
    await c.at.set("ledger_seals", one, number=other["number"])
    return True


async def cut_off_the_end(c: Clinic) -> bool:
    """Seals, places and rows: what is left is a true chain, only shorter."""
    first = c.chance.choice(c.kept["ledger_seals"])["number"]
    gone = {place["id"] for place in c.kept["ledger_places"] if place["seal_number"] >= first}
    with_rows = c.chance.random() < 0.7
    for table, rows in c.kept.items():
        for row in rows:
            is_late = row["number"] >= first if table == "ledger_seals" else row["id"] in gone
            if is_late and (table != "ledger" or with_rows):
                await c.at.delete(table, row)
    return False


async def remove_everything(c: Clinic) -> bool:
    for table, rows in c.kept.items():
        for row in rows:
            await c.at.delete(table, row)
    return False


async def sign_anew(c: Clinic, signer: Signer, *, only_one: bool = False) -> None:
    """Edit a row, and make leaf, root and every head after it right again; or only the head over it."""
    last = c.kept["ledger_seals"][-1]["number"]
    place = c.chance.choice([one for one in c.kept["ledger_places"] if not only_one or one["seal_number"] < last])
    row = next(row for row in c.kept["ledger"] if row["id"] == place["id"])
    await c.at.set("ledger", row, event="session.read")
    leaf = leaf_of({**row, "event": "session.read"})
    await c.at.set("ledger_places", place, leaf=leaf)
    leaves = {one["position"]: one["leaf"] for one in c.kept["ledger_places"]} | {place["position"]: leaf}
    previous: bytes | None = None
    for raw in c.kept["ledger_seals"]:
        if raw["number"] < place["seal_number"] or (only_one and raw["number"] > place["seal_number"]):
            continue
        seal = SealRow(**{name: _plain(name, value) for name, value in raw.items()})
        seal.root = root_of([leaves[seal.first_position + at] for at in range(seal.row_count)])
        seal.previous_head = previous or seal.previous_head
        seal.public_key, seal.key_id = signer.public_key, signer.key_id
        seal.head = previous = head_of(seal)
        names = ("root", "previous_head", "public_key", "key_id", "head")
        changed = {name: getattr(seal, name) for name in names}
        await c.at.set("ledger_seals", raw, **changed, signature=signer.sign(seal.head))


def _plain(name: str, value: Any) -> Any:
    if isinstance(value, str):
        return UUID(value) if name.endswith("id") else datetime.fromisoformat(value + "+00:00")
    return value


async def sign_with_another_key(c: Clinic) -> bool:
    await sign_anew(c, Signer(c.chance.randbytes(32)))
    return True


async def sign_with_the_key_itself(c: Clinic) -> bool:
    """Whoever has the master key: the chain is whole, but it is not the one that was exported."""
    await sign_anew(c, sealer_of(c.api.runtime).signer)
    return False


async def sign_one_seal_with_the_key_itself(c: Clinic) -> bool:
    """The next seal still names the head that was there before."""
    await sign_anew(c, sealer_of(c.api.runtime).signer, only_one=True)
    return True


KINDS: dict[Tamper, int] = {
    edit_a_row: 12,
    edit_a_place: 5,
    edit_a_seal: 7,
    renumber_a_seal: 1,
    give_a_seal_another_id: 1,
    remove_a_row: 4,
    remove_a_row_and_its_place: 2,
    remove_a_row_and_close_the_gap: 1,
    swap_two_rows: 4,
    swap_two_places: 4,
    insert_a_row_of_long_ago: 2,
    insert_a_row_of_long_ago_and_have_it_sealed: 2,
    insert_a_row_with_a_place_at_the_end: 2,
    insert_a_row_with_a_place_before_the_first: 2,
    insert_a_seal: 2,
    insert_a_row_in_the_place_of_another: 2,
    insert_a_row_and_shift_those_after_it: 1,
    drop_a_seal: 4,
    drop_all_seals: 1,
    swap_two_seals: 2,
    cut_off_the_end: 4,
    remove_everything: 1,
    sign_with_another_key: 3,
    sign_with_the_key_itself: 3,
    sign_one_seal_with_the_key_itself: 2,
}
"""How often each is chosen."""


async def test_random_tampers_are_found(own: Settings) -> None:
    missed: list[str] = []
    done: Counter[str] = Counter()
    async with application(own) as api, hands(own) as at:
        clinic = await Clinic.build(api, at, seed=20261123 + at.is_sqlite)
        assert (await clinic.verify(with_head=True)).findings == []
        for _ in range(TAMPERS):
            [tamper] = clinic.chance.choices(list(KINDS), list(KINDS.values()))
            state = clinic.chance.getstate()
            await at.begin()
            is_plain = await tamper(clinic)
            await at.commit()
            if is_plain and not (await clinic.verify(with_head=False)).findings:
                missed.append(f"{tamper.__name__} {hash(state)}")
            if not (await clinic.verify(with_head=True)).findings:
                missed.append(f"{tamper.__name__} with heads {hash(state)}")
            done[tamper.__name__] += 1
            await at.restore(clinic.id, clinic.kept)
        after = await clinic.verify(with_head=True)
    assert missed == []
    assert done.total() == TAMPERS
    assert len(done) == len(KINDS), "every kind came up"
    assert (after.findings, after.waiting) == ([], 3)
    assert after.rows == len(clinic.kept["ledger_places"]) > 60
