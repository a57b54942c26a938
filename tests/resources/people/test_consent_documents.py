"""Consent documents: versions by language, of which one of each purpose is in force."""

import hashlib
from uuid import uuid4

import pytest

from integration_api.core.ids import new_id
from tests.factories.consents import TEXT, published
from tests.factories.feeds import client, seal
from tests.support import Api, Json, World

PATH = "/consent-documents"


def text_of(language: str = "en", text: str = TEXT) -> Json:
    return {"language": language, "title": "Consent", "text": text}


async def test_nobody_without_a_token(api: Api) -> None:
    for method, path in (
        ("GET", PATH),
        ("POST", PATH),
        ("GET", f"{PATH}/{uuid4()}"),
        ("POST", f"{PATH}/{uuid4()}/retire"),
    ):
        assert (await api.send(method, path)).status_code == 401


async def test_an_admin_publishes_and_everybody_of_the_clinic_reads(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    texts = [text_of(), text_of("es-us", "Recibirá ketamina.")]
    made = await world.admin.post(PATH, {"purpose": "treatment", "texts": texts})
    assert (made["number"], made["valid_from"], made["languages"], made["retired_at"]) == (1, 1, ["en", "es-US"], None)
    for person in (therapist, patient, world.admin):
        assert await person.get(f"{PATH}/{made['id']}") == made
        [listed] = (await person.get(PATH))["items"]
        assert listed == {name: value for name, value in made.items() if name != "texts"}
    shown = made["texts"][1]
    assert shown["text_sha256"] == hashlib.sha256(f"{shown['title']}\n{shown['text']}".encode()).hexdigest()
    for person in (therapist, patient):
        await person.post(PATH, {"purpose": "treatment", "texts": texts}, expect=403)
        await person.post(f"{PATH}/{made['id']}/retire", match=1, expect=403)


async def test_another_clinic_s_documents_are_its_own(world: World) -> None:
    made = await published(world.admin, "treatment")
    elsewhere = await World.build(world.api)
    await elsewhere.admin.get(f"{PATH}/{made['id']}", expect=404)
    await elsewhere.admin.post(f"{PATH}/{made['id']}/retire", match=1, expect=404)
    assert (await elsewhere.admin.get(PATH))["items"] == []


async def test_the_next_version_ends_the_one_before(world: World) -> None:
    first = await published(world.admin, "sharing")
    other = await published(world.admin, "research")
    second = await published(world.admin, "sharing", needs_new_signature=True)
    third = await published(world.admin, "sharing")
    assert [(one["number"], one["valid_from"]) for one in (first, second, third)] == [(1, 1), (2, 2), (3, 2)]
    assert [one["id"] for one in (await world.admin.get(PATH))["items"]] == [third["id"], other["id"]]
    [gone, _] = (await world.admin.get(PATH, params={"retired": "true", "purpose": "sharing"}))["items"]
    assert (gone["id"], gone["version"], gone["retired_by_id"]) == (second["id"], 2, world.admin.id)
    assert (await world.admin.get(f"{PATH}/{first['id']}"))["texts"] == first["texts"]


async def test_a_version_is_retired_once_and_the_next_number_goes_on(world: World) -> None:
    made = await published(world.admin, "research")
    path = f"{PATH}/{made['id']}/retire"
    assert (await world.admin.send("POST", path)).status_code == 428
    await world.admin.post(path, match=9, expect=412)
    retired = await world.admin.post(path, match=1, expect=200)
    assert (retired["version"], retired["retired_by_id"]) == (2, world.admin.id)
    assert (await world.admin.post(path, match=2, expect=409))["code"] == "superseded"
    await world.admin.post(f"{PATH}/{new_id()}/retire", match=1, expect=404)
    assert (await published(world.admin, "research"))["number"] == 2


@pytest.mark.parametrize(
    "body",
    [
        {"purpose": "treatment", "texts": []},
        {"purpose": "treatment", "texts": [text_of(), text_of("EN")]},
        {"purpose": "treatment", "texts": [text_of("english")]},
        {"purpose": "treatment", "texts": [text_of(text=" ")]},
        {"purpose": "treatment", "texts": [text_of(f"x{a}{b}") for a in "abcde" for b in "abcde"]},
        {"purpose": "marketing", "texts": [text_of()]},
        {"texts": [text_of()]},
    ],
)
async def test_a_document_that_cannot_be_is_refused(world: World, body: Json) -> None:
    await world.admin.post(PATH, body, expect=422)


async def test_everybody_is_told_of_a_version(world: World) -> None:
    patient = await world.patient_of(await world.therapist())
    await seal(world)
    phone = await client(patient)
    made = await published(world.admin, "treatment")
    await seal(world)
    assert ("consent_document", made["id"]) in {(one["kind"], one["id"]) for one in await phone.poll()}
