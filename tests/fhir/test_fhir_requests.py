"""One request of FHIR: versions, forms, pages, and refusals as OperationOutcome."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest

from integration_api.access.actor import Role
from integration_api.core.ids import new_id
from integration_api.fhir.bundles import PATH
from integration_api.fhir.served_types import TYPES
from tests.costs.counting import counted
from tests.factories import notes
from tests.factories.courses import course
from tests.fhir.clients import FHIR, all_that_is_said, ask, pages, resources_of, search
from tests.support import World


def codes_of(answer: Any) -> list[str]:
    return [issue["details"]["coding"][0]["code"] for issue in answer.json()["issue"]]


async def test_a_resource_has_its_version_and_is_not_sent_again(world: World) -> None:
    therapist = await world.therapist()
    chart = await therapist.post("/patients", {"name": "Rowan Sample", "birth_on": "1988-04-17"})
    answer = await ask(therapist, f"Patient/{chart['id']}")
    found = answer.json()
    assert (answer.headers["etag"], found["meta"]["versionId"]) == ('W/"1"', "1")
    assert answer.headers["last-modified"].endswith("GMT")
    assert (found["name"][0]["text"], found["birthDate"]) == ("Rowan Sample", "1988-04-17")
    same = await ask(therapist, f"Patient/{chart['id']}", headers={"If-None-Match": 'W/"1"'})
    assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", 'W/"1"')
    await therapist.patch(f"/patients/{chart['id']}", {"preferred_name": "Ro"}, 1)
    other = await ask(therapist, f"Patient/{chart['id']}", headers={"If-None-Match": 'W/"1"'})
    assert (other.status_code, other.headers["etag"], other.json()["name"][1]["text"]) == (200, 'W/"2"', "Ro")


@pytest.mark.parametrize("kind", ["DocumentReference", "Composition"])
async def test_an_addendum_makes_another_version_of_a_note(world: World, kind: str) -> None:
    """The note's own version stays, so a client that asks with its entity tag would never see the addendum."""
    therapist = await world.therapist()
    chart = await therapist.post("/patients", {"name": "Rowan Sample"})
    note = await notes.signed_note(therapist, chart["id"])
    before = await ask(therapist, f"{kind}/{note['id']}")
    had = {"If-None-Match": before.headers["etag"]}
    assert (await ask(therapist, f"{kind}/{note['id']}", headers=had)).status_code == 304
    await therapist.post(f"/notes/{note['id']}/addenda", {"text": "Also this."})
    after = await ask(therapist, f"{kind}/{note['id']}", headers=had)
    assert (after.status_code, "Also this." in "\n".join(all_that_is_said(after.json()))) == (200, True)
    assert after.headers["etag"] == f'W/"{after.json()["meta"]["versionId"]}"' != before.headers["etag"]


async def test_what_is_not_theirs_answers_like_what_is_not_there(world: World) -> None:
    """Byte for byte, and by as many calls of the database."""
    therapist, stranger = await world.therapist(), await world.therapist()
    chart = await therapist.post("/patients", {"name": "Rowan Sample"})
    for path in ("Patient/{}", "Patient/{}/$everything", "CareTeam/{}"):
        told = []
        for patient_id in (chart["id"], str(new_id())):
            with counted(world.api.runtime.database) as seen:
                answer = await ask(stranger, path.format(patient_id), headers={"X-Request-Id": "same"})
            told.append((answer.status_code, answer.content, dict(answer.headers), seen.calls))
        assert told[0] == told[1]
        assert told[0][0] == 404
    assert (await ask(stranger, "Patient/no-id")).status_code == 404
    assert (await ask(stranger, f"Patient/{chart['id'].upper()}")).status_code == 404
    found = (await ask(stranger, f"Patient?_id={chart['id']}")).json()
    assert "entry" not in found
    assert "entry" not in (await ask(stranger, f"Encounter?patient={chart['id']}")).json()


async def test_each_refusal_is_an_outcome_with_our_code(world: World) -> None:
    therapist, auditor = await world.therapist(), await world.staff(Role.AUDITOR)
    client = world.api.client
    cases = [
        (await ask(None, "Patient", client=client), 401, "unauthenticated"),
        (await ask(auditor, "Patient"), 403, "forbidden"),
        (await ask(therapist, "Account"), 404, "not-found"),
        (await ask(therapist, f"Account/{new_id()}"), 404, "not-found"),
        (await ask(therapist, f"AuditEvent/{new_id()}"), 404, "not-found"),
        (await ask(therapist, "Patient?name=Rowan"), 400, "malformed"),
        (await ask(therapist, "Encounter?patient=Rowan"), 400, "malformed"),
        (await ask(therapist, "Encounter?_include=Encounter:patient"), 400, "malformed"),
        (await ask(therapist, "Encounter?_cursor=0.nonsense"), 400, "invalid"),
        (await ask(therapist, "Encounter?_cursor=nonsense!"), 400, "malformed"),
        (await ask(therapist, "Encounter?_count=0"), 400, "malformed"),
        (await ask(therapist, "Encounter?date=2026-11-20"), 400, "malformed"),
        (await ask(therapist, "Encounter?date=ge2026-02-30"), 400, "malformed"),
        (await ask(therapist, "Encounter?date=ge2026-11-20&date=ge2026-11-21"), 400, "malformed"),
        (await ask(therapist, f"Encounter?patient={new_id()}&subject={new_id()}"), 400, "malformed"),
        (await ask(therapist, "Encounter?_format=xml"), 400, "malformed"),
        (await ask(therapist, f"Encounter?_id={new_id()}&patient={new_id()}"), 400, "malformed"),
        (await ask(therapist, f"Procedure?_id={new_id()},{new_id()}"), 400, "malformed"),
        (await ask(therapist, "CareTeam"), 400, "malformed"),
        (await ask(therapist, "Encounter", headers={"Accept": "application/fhir+xml"}), 406, "not-acceptable"),
        (await ask(therapist, "Encounter/_search", "POST", json={}), 415, "unsupported-media-type"),
    ]
    for answer, status, code in cases:
        assert (answer.status_code, codes_of(answer)) == (status, [code]), answer.text
    refused = (await ask(therapist, "Encounter?_include=Encounter:patient")).json()
    assert refused["issue"][0]["diagnostics"] == "query.(unknown): this parameter is not supported here"


async def test_no_refusal_repeats_what_was_sent(world: World) -> None:
    therapist = await world.therapist()
    for path in ("Encounter?Zephyrine=1", "Encounter?patient=Zephyrine", "Zephyrine", "Patient/Zephyrine"):
        assert "Zephyrine" not in (await ask(therapist, path)).text


@pytest.mark.parametrize("accept", ["application/fhir+json", "application/json;q=0.9", "*/*", "text/html, */*;q=0.1"])
async def test_json_is_answered_as_fhir_json(world: World, accept: str) -> None:
    answer = await ask(world.admin, "Organization", headers={"Accept": accept})
    assert (answer.status_code, answer.headers["content-type"]) == (200, FHIR)


async def test_a_form_searches_as_a_query_does(world: World) -> None:
    therapist = await world.therapist()
    chart = await therapist.post("/patients", {"name": "Rowan Sample"})
    await course(therapist, chart["id"])
    by_query = (await ask(therapist, f"EpisodeOfCare?patient=Patient/{chart['id']}")).json()
    sent = {"patient": f"Patient/{chart['id']}"}
    form = {"content": urlencode(sent).encode(), "headers": {"Content-Type": "application/x-www-form-urlencoded"}}
    by_form = (await ask(therapist, "EpisodeOfCare/_search", "POST", **form)).json()
    none = {**form, "content": urlencode({"patient": str(new_id())}).encode()}
    assert "entry" not in (await ask(therapist, "EpisodeOfCare/_search", "POST", **none)).json()
    assert by_form == by_query
    assert len(by_form["entry"]) == 1


async def test_pages_follow_each_other_through_every_list_of_a_type(world: World) -> None:
    therapist = await world.therapist()
    chart = await therapist.post("/patients", {"name": "Rowan Sample"})
    made = [(await course(therapist, chart["id"]))["id"] for _ in range(5)]
    found = await pages(therapist, f"EpisodeOfCare?patient={chart['id']}&_count=2")
    assert [len(page.get("entry", ())) for page in found] == [2, 2, 1]
    assert [one["id"] for one in resources_of(found)] == made[::-1]
    links = {link["relation"]: link["url"] for link in found[0]["link"]}
    assert links["self"].endswith(f"{PATH}/EpisodeOfCare?patient={chart['id']}&_count=2")
    assert "total" not in found[0]
    stranger = await world.therapist()
    theirs = links["next"].partition(f"{PATH}/")[2]
    assert (await ask(stranger, theirs)).status_code == 400, "a cursor is of the account that it was given to"
    several = ",".join(made[:2])
    assert {one["id"] for one in await search(therapist, f"EpisodeOfCare?_id={several}")} == set(made[:2])


async def test_the_indication_of_a_course_is_a_condition_and_none_is_none(world: World) -> None:
    therapist = await world.therapist()
    chart = await therapist.post("/patients", {"name": "Rowan Sample"})
    told = await course(therapist, chart["id"], indication="Recurrent low mood")
    for words in (None, " \n"):
        silent = await course(therapist, chart["id"], indication=words)
        assert (await ask(therapist, f"Condition/{silent['id']}")).status_code == 404
        assert "diagnosis" not in (await ask(therapist, f"EpisodeOfCare/{silent['id']}")).json()
    [found] = await search(therapist, f"Condition?patient={chart['id']}")
    assert found == (await ask(therapist, f"Condition/{told['id']}")).json()
    assert (found["id"], found["code"], found["subject"]["reference"]) == (
        told["id"],
        {"text": "Recurrent low mood"},
        f"Patient/{chart['id']}",
    )
    assert not {"clinicalStatus", "verificationStatus", "abatementDateTime"} & found.keys()
    episode = (await ask(therapist, f"EpisodeOfCare/{told['id']}")).json()
    assert episode["diagnosis"][0]["condition"]["reference"] == f"Condition/{told['id']}"
    assert "contained" not in episode
    whole = await search(therapist, f"Patient/{chart['id']}/$everything")
    assert [one["id"] for one in whole if one["resourceType"] == "Condition"] == [told["id"]]


async def test_a_name_of_a_host_that_is_none_is_not_repeated(world: World) -> None:
    for host in ('evil"><script>', "a b", "x/y"):
        answer = await ask(world.admin, "Organization", headers={"Host": host})
        assert answer.json()["link"][0]["url"] == f"{PATH}/Organization"


async def test_a_read_is_one_row_of_the_ledger_and_that_of_the_plain_api(world: World) -> None:
    therapist, auditor = await world.therapist(), await world.staff(Role.AUDITOR)
    chart = await therapist.post("/patients", {"name": "Rowan Sample"})
    rows = []
    for sending in (therapist.get(f"/patients/{chart['id']}"), ask(therapist, f"Patient/{chart['id']}")):
        before = {row["id"] for row in await ledger(auditor, chart["id"])}
        await sending
        new = [row for row in await ledger(auditor, chart["id"]) if row["id"] not in before]
        rows.append(
            [{name: row[name] for name in ("event", "action", "actor_id", "subject_id", "outcome")} for row in new]
        )
    assert rows[0] == rows[1]
    assert [row["event"] for row in rows[1]] == ["patient.read"]


async def ledger(auditor: Any, patient_id: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await auditor.get(f"/ledger?patient_id={patient_id}&limit=100"))["items"]
    return [row for row in found if row["event"] != "ledger.listed"]


async def test_a_refused_read_is_in_the_ledger(world: World) -> None:
    therapist, stranger, auditor = await world.therapist(), await world.therapist(), await world.staff(Role.AUDITOR)
    chart = await therapist.post("/patients", {"name": "Rowan Sample"})
    await ask(stranger, f"Patient/{chart['id']}")
    [row, *_] = await ledger(auditor, chart["id"])
    assert (row["event"], row["actor_id"], row["reason"]) == ("request.refused", stranger.id, "not-found")


async def test_head_and_options_are_as_of_the_plain_api(world: World) -> None:
    full, head = await ask(world.admin, "Organization"), await ask(world.admin, "Organization", "HEAD")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == full.headers["content-length"]
    answer = await world.api.client.options(f"{PATH}/Organization/{new_id()}")
    assert (answer.status_code, answer.headers["allow"]) == (204, "GET, HEAD, OPTIONS")


async def test_what_is_served_is_what_is_claimed(world: World) -> None:
    """Without a sign-in; each parameter that is claimed is taken, and each interaction answers."""
    answer = await ask(None, "metadata", client=world.api.client)
    claimed = answer.json()
    assert (claimed["fhirVersion"], claimed["kind"]) == ("4.0.1", "instance")
    [rest] = claimed["rest"]
    assert [one["type"] for one in rest["resource"]] == list(TYPES)
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    auditor, admin = await world.staff(Role.AUDITOR), world.admin
    values = {
        "_id": str(new_id()),
        "patient": world.chart_id(patient),
        "encounter": str(new_id()),
        "date": "ge2026-01-01",
    }
    values["subject"] = values["patient"]
    for one in rest["resource"]:
        people = [patient, therapist, auditor, admin]
        for parameter in one["searchParam"]:
            path = f"{one['type']}?{parameter['name']}={values[parameter['name']]}"
            statuses = [(await ask(person, path)).status_code for person in people]
            assert 200 in statuses, path
            assert 400 not in statuses, path
        is_read = {"code": "read"} in one["interaction"]
        known = (await ask(admin, f"{one['type']}/{new_id()}")).status_code
        assert known in ((403, 404) if is_read else (404,))
    assert '"profile"' not in json.dumps(claimed)


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("PUT", "Patient/019ab0de-0000-7000-8000-00000000abcd", 405, "method-not-allowed"),
        ("POST", "Patient", 405, "method-not-allowed"),
        ("GET", "Patient/1/_history/1", 404, "not-found"),
        ("GET", "%50atient", 400, "malformed"),
        ("HEAD", "Patient/1/_history/1", 404, None),
    ],
)
async def test_what_is_no_operation_is_refused_in_the_words_of_fhir(
    world: World, method: str, path: str, status: int, code: str | None
) -> None:
    """`ask` looks at the media type, and whether it is an OperationOutcome."""
    answer = await ask(await world.therapist(), path, method)
    assert answer.status_code == status
    assert (codes_of(answer) if answer.content else [None]) == [code]
    assert answer.headers.get("allow", "").startswith("GET" if status == 405 else "")
    assert (answer.headers["content-type"], "x-request-id" in answer.headers) == (FHIR, True)
