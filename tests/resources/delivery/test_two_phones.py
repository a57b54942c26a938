"""Two phones of one patient, offline for days: no text is lost, and whoever sends first, both end with the same."""

import random
from collections import Counter

import pytest

from tests.factories.phones import Phone
from tests.factories.reflections import draft
from tests.support import World


async def phones_of(world: World) -> tuple[Phone, Phone]:
    """Two phones that both show an entry to be edited, and one to be deleted."""
    patient = await world.patient_of(await world.therapist())
    for text in ("The lake.", "The path."):
        await draft(patient, text=text)
    superseded: set[str] = set()
    first, second = (Phone(name, patient, superseded) for name in ("first", "second"))
    for phone in (first, second):
        await phone.sync()
    return first, second


def entry(phone: Phone, text: str) -> str:
    """The id of the entry that a phone shows with this text."""
    return next(thing for thing, shown in phone.shown.items() if shown == text)


async def three_days(world: World, order: list[int], *, are_lost: bool) -> list[str]:
    """Return the state at the end, if the phones come online in this order."""
    phones = await phones_of(world)
    lake, path = entry(phones[0], "The lake."), entry(phones[0], "The path.")
    for day in range(1, 4):
        for phone in phones:
            phone.change(lake, f"The lake on day {day}, by {phone.name}.")
            phone.write(f"Day {day}, by {phone.name}.")
    phones[0].change(path, "The path, by first.")
    phones[1].delete(path)
    for at in order:
        if are_lost:
            await phones[at].sync(is_lost=True)
        await phones[at].sync()
    for _ in range(3):
        for phone in phones:
            await phone.sync()
    assert [phone.queue for phone in phones] == [[], []]
    assert phones[0].shown == phones[1].shown
    assert phones[0].version == phones[1].version
    return sorted(phones[0].shown.values())


@pytest.mark.thorough
@pytest.mark.parametrize("are_lost", [False, True], ids=["answered", "lost"])
async def test_two_phones_and_three_days_in_both_orders(world: World, *, are_lost: bool) -> None:
    """Each phone's last text of the entry stands, with what was written new and what the other deleted."""
    days = [f"Day {day}, by {name}." for day in range(1, 4) for name in ("first", "second")]
    last = [f"The lake on day 3, by {name}." for name in ("first", "second")]
    expected = sorted([*days, *last, "The path, by first."])
    ends = [await three_days(world, order, are_lost=are_lost) for order in ([0, 1], [1, 0])]
    assert ends == [expected, expected]


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("settings", "seed"),
    [("sqlite", seed) for seed in range(8)] + [("postgresql", seed) for seed in range(8, 12)],
    indirect=["settings"],
    scope="session",
)
async def test_whatever_two_phones_do_no_text_is_lost(world: World, seed: int) -> None:
    """Each typed text stands at the end, unless somebody who saw it replaced or deleted it."""
    chance, phones, typed = random.Random(seed), await phones_of(world), Counter[str]()
    for step in range(60):
        phone = chance.choice(phones)
        text = f"{phone.name} {seed}/{step}."
        act = chance.choices(("write", "change", "delete", "sync", "lose"), (3, 8, 1, 3, 1))[0]
        if act in ("sync", "lose"):
            await phone.sync(is_lost=act == "lose")
        elif act == "write":
            phone.write(text)
            typed[text] += 1
        elif phone.shown:
            thing = chance.choice(sorted(phone.shown))
            if act == "change":
                phone.change(thing, text)
                typed[text] += 1
            else:
                phone.delete(thing)
    for _ in range(6):
        for phone in phones:
            await phone.sync()
    assert [phone.queue for phone in phones] == [[], []]
    standing = {found["text"] for found in (await phones[0].person.get("/reflections?limit=100"))["items"]}
    assert typed.keys() - phones[0].superseded <= standing
    assert phones[0].shown == phones[1].shown
    assert set(phones[0].shown.values()) == standing
    told = {result["problem"]["code"] for phone in phones for result in phone.needs_you}
    assert told <= {"stale-version", "not-found", "gone"}, "a stale DELETE, or what was done and then deleted"
