"""Additions of a clinic to the instruments: wording out of FHIR Questionnaires, and definitions of its own."""

from asyncio import gather
from typing import Any

import pytest

from integration_api.resources.measures.instruments.catalogue import instruments
from tests.factories.instruments import defined, definition, questionnaire, wording
from tests.support import Json, World


def _questions(given: Json) -> list[Json]:
    found: list[Json] = given["item"][0]["item"]
    return found


async def test_a_wording_is_imported_and_shown_in_the_nearest_language(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    before = await patient.get("/instruments/phq9")
    assert (before["languages"], before["wording"]) == ([], None)
    made = await world.admin.post("/instruments", wording())
    assert (made["instrument_id"], made["instrument_version"], made["language"]) == ("phq9", 1, "en")
    await world.admin.post("/instruments", wording(questionnaire(words="Eine Frage zu"), language="de"))
    shown = await patient.get("/instruments/phq9", params={"language": "de-AT"})
    assert (shown["languages"], shown["wording"]["language"]) == (["de", "en"], "de")
    assert shown["wording"]["items"]["phq9.1"]["text"] == "Eine Frage zu interest."
    assert shown["wording"]["items"]["phq9.1"]["options"] == {"0": "0", "1": "1", "2": "2", "3": "3"}
    assert (await patient.get("/instruments/phq9"))["wording"]["language"] == "en"
    assert shown["definition"] == before["definition"]


async def test_the_newest_wording_counts_and_is_of_its_clinic_alone(world: World) -> None:
    await world.admin.post("/instruments", wording())
    await world.admin.post("/instruments", wording(questionnaire(words="Rather about")))
    therapist = await world.therapist()
    shown = await therapist.get("/instruments/phq9")
    assert shown["wording"]["items"]["phq9.1"]["text"] == "Rather about interest."
    stranger = await (await World.build(world.api)).therapist()
    assert (await stranger.get("/instruments/phq9"))["languages"] == []


async def test_an_instrument_is_found_by_the_code_of_its_panel(world: World) -> None:
    panel = instruments()["phq9"].panel_loinc
    given = {**questionnaire(), "code": [{"system": "http://loinc.org", "code": panel}]}
    made = await world.admin.post("/instruments", wording(given, instrument_id=None))
    assert made["instrument_id"] == "phq9"


async def test_answers_are_read_by_weight_and_by_code(world: World) -> None:
    given, codes = questionnaire(), instruments()["phq9"].answer_loinc
    assert codes is not None
    weight = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
    for number, question in enumerate(_questions(given)):
        question["answerOption"] = [
            {"valueCoding": {"code": codes[str(answer)], "display": f"Answer {answer}"}}
            if number % 2
            else {"valueCoding": {"code": "x", "display": "-", "extension": [{"url": weight, "valueDecimal": answer}]}}
            for answer in range(4)
        ]
    await world.admin.post("/instruments", wording(given))
    shown = (await world.admin.get("/instruments/phq9"))["wording"]["items"]
    assert shown["phq9.2"]["options"] == {str(answer): f"Answer {answer}" for answer in range(4)}
    assert set(shown["phq9.1"]["options"]) == {"0", "1", "2", "3"}


def _without_one(given: Json) -> None:
    del _questions(given)[3]


def _one_twice(given: Json) -> None:
    _questions(given).append(dict(_questions(given)[0]))


def _one_more(given: Json) -> None:
    _questions(given).append({"linkId": "canary", "type": "integer", "text": "Canary?"})


def _other_answers(given: Json) -> None:
    _questions(given)[0]["answerOption"].pop()


def _no_text(given: Json) -> None:
    _questions(given)[0]["text"] = "  "


def _no_questionnaire(given: Json) -> None:
    given["resourceType"] = "Patient"


def _long_title(given: Json) -> None:
    given["title"] = "Canary" * 34


def _long_answer(given: Json) -> None:
    _questions(given)[1]["answerOption"] = [
        {"valueInteger": answer, "valueString": "Canary" * 334} for answer in range(4)
    ]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_long_title, "its title has more than 200 characters"),
        (_long_answer, "question 2: the text of an answer has more than 2000 characters"),
        (_without_one, "phq9.4 (energy) is asked by no question"),
        (_one_twice, "question 11 is a second one for phq9.1"),
        (_one_more, "question 11 matches no item"),
        (_other_answers, "question 1: its answers are not those of phq9.1, which takes 0, 1, 2, 3"),
        (_no_text, "question 1 has no text, or one of more than 2000 characters"),
        (_no_questionnaire, "resourceType is not Questionnaire"),
    ],
)
async def test_what_does_not_match_is_refused_by_name(world: World, change: Any, told: str) -> None:
    given = questionnaire()
    change(given)
    answer = await world.admin.send("POST", "/instruments", wording(given))
    assert answer.status_code == 422
    assert told in [error["message"] for error in answer.json()["errors"]]
    assert "anary" not in answer.text
    assert (await world.admin.get("/instruments/phq9"))["languages"] == []


async def test_the_longest_texts_are_kept_whole(world: World) -> None:
    given = {**questionnaire(), "title": "t" * 200}
    texts = [str(answer) * 2000 for answer in range(4)]
    _questions(given)[0]["answerOption"] = [{"valueInteger": int(text[0]), "valueString": text} for text in texts]
    await world.admin.post("/instruments", wording(given))
    shown = (await world.admin.get("/instruments/phq9"))["wording"]
    assert (shown["title"], [*shown["items"]["phq9.1"]["options"].values()]) == ("t" * 200, texts)


async def test_a_wide_range_is_named_by_its_ends_and_a_weight_that_is_no_number_is_none(world: World) -> None:
    item = {"id": "own_sleep.1", "topic": "minutes", "min": 0, "max": 1440}
    score = {**definition()["scores"][0], "items": ["own_sleep.1"], "max": 1440}
    await defined(world.admin, items=[item], scores=[score], bands=[], changes=[])
    weight = {"url": "http://hl7.org/fhir/StructureDefinition/itemWeight", "valueDecimal": 1.5}
    option = {"valueCoding": {"code": "canary", "display": "Canary"}, "extension": [weight]}
    question = {"linkId": "own_sleep.1", "type": "choice", "text": "How long?", "answerOption": [option]}
    given = {"resourceType": "Questionnaire", "item": [question]}
    answer = await world.admin.send("POST", "/instruments", wording(given, instrument_id="own_sleep"))
    assert [error["message"] for error in answer.json()["errors"]] == [
        "question 1: its answers are not those of own_sleep.1, which takes 0 to 1440"
    ]


async def test_an_item_that_is_not_scored_may_be_left_out(world: World) -> None:
    given = questionnaire()
    del _questions(given)[9]
    await world.admin.post("/instruments", wording(given))


async def test_a_known_false_copy_is_refused(world: World) -> None:
    given = questionnaire("gad7")
    _questions(given)[0]["answerOption"][0] = {
        "valueCoding": {"code": "LA6568-5", "display": "Not at all sure"},
        "extension": [{"url": "http://hl7.org/fhir/StructureDefinition/itemWeight", "valueDecimal": 0}],
    }
    answer = await world.admin.send("POST", "/instruments", wording(given, instrument_id="gad7"))
    assert [error["message"] for error in answer.json()["errors"]] == [
        "question 1: its lowest answer is worded as in a known false copy"
    ]


@pytest.mark.parametrize("lacking", ["licence_note", "language", "instrument_id", "questionnaire"])
async def test_an_import_says_what_it_lacks(world: World, lacking: str) -> None:
    answer = await world.admin.send("POST", "/instruments", wording() | {lacking: None})
    field = "body" if lacking == "questionnaire" else f"body.{lacking}"
    assert [error["field"] for error in answer.json()["errors"]] == [field]


async def test_an_own_instrument_is_listed_answered_scored_and_versioned(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    made = await defined(world.admin)
    assert (made["instrument_id"], made["instrument_version"]) == ("own_sleep", 1)
    listed = (await patient.get("/instruments"))["items"]
    assert (listed[-1]["id"], listed[-1]["item_count"]) == ("own_sleep", 3)
    read = (await patient.get("/instruments/own_sleep"))["definition"]
    assert "verified" not in {one["status"] for name in ("scores", "bands", "changes") for one in read[name]}
    body = {"instrument_id": "own_sleep", "answers": {"own_sleep.1": 3, "own_sleep.2": 3}}
    begun = await patient.post("/measure-responses", {**body, "state": "draft"})
    done = await patient.post("/measure-responses", {**body, "state": "completed"})
    assert [(one["id"], one["value"], one["band"]) for one in done["scores"]] == [("total", 9, "poor")]
    chart = world.chart_id(patient)
    [series] = (await therapist.get(f"/patients/{chart}/trajectory"))["series"]
    assert (series["instrument_id"], [(one["value"], one["band"]) for one in series["points"]]) == (
        "own_sleep",
        [(9, "poor")],
    )
    drawn = await therapist.send("GET", f"/patients/{chart}/trajectory.svg", params={"instrument_id": "own_sleep"})
    assert "Sleep of our clinic" in drawn.text
    items = definition()["items"][:2]
    score = {**definition()["scores"][0], "items": [one["id"] for one in items], "max": 6}
    again = await defined(world.admin, items=items, scores=[score], bands=[], changes=[])
    assert again["instrument_version"] == 2
    assert len((await patient.get("/instruments"))["items"]) == len(listed)
    finished = await patient.post(f"/measure-responses/{begun['id']}/complete", {}, expect=200, match=1)
    assert [one["value"] for one in finished["scores"]] == [9], "a draft is scored by the version that it began with"
    await patient.post("/measure-responses", {**body, "answers": {"own_sleep.3": 1}}, expect=422)
    given = {
        "resourceType": "Questionnaire",
        "item": [{"linkId": one["id"], "type": "integer", "text": "How was it?"} for one in items],
    }
    worded = await world.admin.post("/instruments", wording(given, instrument_id="own_sleep"))
    assert worded["instrument_version"] == 2
    assert (await patient.get("/instruments/own_sleep"))["wording"]["items"]["own_sleep.1"]["text"] == "How was it?"


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"id": "phq9"}, "body.definition", "inconsistent"),
        ({"id": "Own Sleep"}, "body.definition.id", "string_pattern_mismatch"),
        ({"canary": 1}, "body.definition.(unknown)", "extra_forbidden"),
        ({"version": 3}, "body.definition.version", "not_given"),
        ({"licence_owner": "canary"}, "body.definition.licence_owner", "not_given"),
        ({"direction": "canary"}, "body.definition.direction", "enum"),
        ({"items": []}, "body.definition.items", "too_short"),
        ({"items": "canary"}, "body.definition.items", "list_type"),
        (
            {"items": [{"id": "own_sleep.1", "topic": "x", "min": 3, "max": 3}]},
            "body.definition.items.0",
            "value_error",
        ),
        ({"items": ["canary"]}, "body.definition.items.0", "model_type"),
        ({"bands": [{"score": "total", "label": "good", "min": 0, "max": 4}]}, "body.definition", "inconsistent"),
        ({"scores": [{"id": "total", "method": "sum", "items": ["own_sleep.9"]}]}, "body.definition", "inconsistent"),
        (
            {"bands": [{"score": "total", "label": "all", "min": 0, "max": 9, "status": "verified"}]},
            "body.definition.bands.0.status",
            "not_given",
        ),
        ({"recall_days": True}, "body.definition.recall_days", "int_type"),
    ],
)
async def test_a_definition_is_checked_as_those_of_the_product(
    world: World, changes: Json, field: str, code: str
) -> None:
    answer = await world.admin.send("POST", "/instruments", {"definition": definition(**changes)})
    assert answer.status_code == 422, answer.text
    assert (field, code) in [(error["field"], error["code"]) for error in answer.json()["errors"]]
    assert "canary" not in answer.text


async def test_two_versions_at_once_are_not_one(world: World) -> None:
    answers = await gather(
        *(world.admin.send("POST", "/instruments", {"definition": definition(name=f"Sleep {n}")}) for n in range(3))
    )
    versions = [one.json()["instrument_version"] for one in answers if one.status_code == 201]
    assert sorted(versions) == list(range(1, len(versions) + 1))
    assert {one.status_code for one in answers} <= {201, 409}


async def test_admins_alone_add_to_the_instruments(world: World) -> None:
    therapist = await world.therapist()
    for person in (therapist, await world.patient_of(therapist)):
        await person.post("/instruments", wording(), expect=403)
