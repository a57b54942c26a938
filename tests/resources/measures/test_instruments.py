"""Instruments over HTTP: definitions with their sources, and no official wording."""

import json

from integration_api.resources.measures.instruments.catalogue import instruments
from tests.support import World

MAX_TOPIC_CHARACTERS = 40
"""A topic is a word or two; the official wording of an item is a sentence."""


async def test_everybody_lists_and_reads_instruments(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    listed = await patient.get("/instruments")
    assert listed == await therapist.get("/instruments")
    assert [one["id"] for one in listed["items"]] == list(instruments())
    phq9 = next(one for one in listed["items"] if one["id"] == "phq9")
    assert (phq9["item_count"], phq9["direction"], phq9["text_distribution"]) == (10, "higher_is_worse", "free")
    for one in listed["items"]:
        read = await patient.get(f"/instruments/{one['id']}")
        named = json.dumps(read["definition"])
        assert all(f'"{source}"' in named for source in read["sources"])
        assert len(read["definition"]["items"]) == one["item_count"]


async def test_what_there_is_not_is_not_found(world: World) -> None:
    therapist = await world.therapist()
    await therapist.get("/instruments/nothing_of_the_kind", expect=404)
    await therapist.get("/instruments/PHQ-9", expect=422)


def test_no_item_has_official_wording() -> None:
    for one in instruments().values():
        assert all(len(item.topic) <= MAX_TOPIC_CHARACTERS and "?" not in item.topic for item in one.items), one.id


async def test_whoever_is_disabled_reads_no_instrument_any_more(world: World) -> None:
    """Definitions are in no row, so that no Statement proves that the account stands: it is asked for by itself."""
    therapist = await world.therapist()
    version = (await world.admin.get(f"/accounts/{therapist.id}"))["version"]
    await world.admin.patch(f"/accounts/{therapist.id}", {"state": "disabled"}, version)
    for path in ("/instruments", "/instruments/phq9"):
        await therapist.get(path, expect=401)
