"""A batch of offline work: each item is the operation itself, with its guards, ledger rows and stored responses."""

from integration_api.access.actor import Role
from integration_api.core.ids import new_id
from tests.factories.reflections import ledger_of
from tests.support import Json, Person, World


def item(key: str, operation: str, path: str, body: Json | None = None, **more: object) -> Json:
    """One item of a batch."""
    return {"key": key, "operation": operation, "path": f"/v1{path}", "body": body, **more}


def create(key: str, text: str = "The lake was still.", **more: object) -> Json:
    """An item that begins a reflection."""
    return item(key, "create_reflection", "/reflections", {"text": text, **more})


async def sync(person: Person, *items: Json, expect: int = 200) -> list[Json]:
    """The results of a batch."""
    found = await person.post("/sync", {"items": [*items]}, expect=expect)
    return found["results"] if expect == 200 else found  # type: ignore[no-any-return]  # JSON


async def patient_of(world: World) -> Person:
    """A patient with a chart."""
    return await world.patient_of(await world.therapist())


# ── the items ──


async def test_a_night_s_writing_goes_in_one_request(world: World) -> None:
    """Create, change and submit, with ETags that the phone could foresee."""
    patient = await patient_of(world)
    own = str(new_id())
    path = f"/reflections/{own}"
    results = await sync(
        patient,
        create("a", id=own),
        item(
            "b", "update_reflection", path, {"text": "The lake was still, and so was I."}, if_match='"1"', after=["a"]
        ),
        item("c", "submit_reflection", f"{path}/submit", {"share": True}, if_match='"2"', after=["b"]),
    )
    assert [(found["key"], found["status"], found["problem"]) for found in results] == [
        ("a", 201, None),
        ("b", 200, None),
        ("c", 200, None),
    ]
    shown = await patient.send("GET", path)
    assert (shown.json()["version"], shown.json()["sharing"]) == (3, "shared")
    assert results[2]["body"] == shown.json()
    assert results[2]["etag"] == shown.headers["etag"]
    assert [event for event, _ in await ledger_of(world.api, own)] == [
        "reflection.created",
        "reflection.updated",
        "reflection.submitted",
        "reflection.shared",
        "reflection.read",
    ]


async def test_the_rows_of_a_batch_have_its_request_id(world: World) -> None:
    patient, auditor = await patient_of(world), await world.staff(Role.AUDITOR)
    answer = await patient.send(
        "POST", "/sync", {"items": [item("m", "create_medicine", "/medicines", MEDICINE(world, patient))]}
    )
    assert answer.json()["results"][0]["status"] == 201, answer.text
    rows = (await auditor.get("/ledger", params={"limit": 100}))["items"]
    of_batch = [row["event"] for row in rows if row["request_id"] == answer.headers["x-request-id"]]
    assert of_batch == ["medicine.created"]


def MEDICINE(world: World, patient: Person) -> Json:
    return {"patient_id": world.chart_id(patient), "name": "Sertraline", "kind": "prescribed"}
