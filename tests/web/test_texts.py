"""Names, reasons, lines and prose say something, in every body that has them."""

import pytest

from tests.factories import notes, plans, sessions
from tests.scene import Scene, first_case, send
from tests.support import Api, World

UNSEEN = ["\u200b", "\u2800" * 12, "\u3164" * 12, "\u00ad" * 12, "\ufe0f" * 12, "\u0301" * 12, " \t\n" * 12]
SIGNS = ["." * 20, "-" * 12]
BROKEN = ["Rowan\nSample", "Rowan\x1b[31m", "Rowan\u202eelpmaS", "Rowan\u2066Sample", "Rowan\u2028Sample", "Ro\x85wan"]
NAMES = [
    ("create_patient", "name"),
    ("update_patient", "preferred_name"),
    ("create_account", "name"),
    ("create_service_account", "name"),
    ("update_clinic", "name"),
]
REASONS = [
    ("open_emergency_access", "reason"),
    ("amend_note", "reason"),
    ("return_note", "reason"),
    ("enter_note_in_error", "reason"),
    ("sign_note", "late_entry_reason"),
    ("cancel_session", "reason"),
    ("no_show_session", "reason"),
    ("decline_plan", "reason"),
]
LINES = [("create_account", "credential"), ("create_plan", "title"), ("hold_patient", "reference")]
PROSE = [("add_note_addendum", "text"), ("reply_reflection", "text"), ("add_strategy_library_entry", "if_cue")]


@pytest.fixture(scope="module")
async def scene(api: Api) -> Scene:
    """Everything exists once; no request of these tests is done."""
    api.clock.reset()
    return await Scene.build(await World.build(api))


@pytest.mark.parametrize(
    ("name", "field", "texts"),
    [
        *((*at, [*UNSEEN, *SIGNS, *BROKEN]) for at in NAMES),
        *((*at, [*UNSEEN, *SIGNS]) for at in REASONS),
        *((*at, [*UNSEEN, *BROKEN]) for at in LINES),
        *((*at, UNSEEN) for at in PROSE),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
async def test_what_says_nothing_is_refused(scene: Scene, name: str, field: str, texts: list[str]) -> None:
    request = await first_case(scene, name)
    given = request.body if isinstance(request.body, dict) else {}
    for text in texts:
        answer = await send(scene.world.api, request._replace(body={**given, field: text}))
        assert answer.status_code == 422, f"{text!a}: {answer.text}"
        assert [error["field"] for error in answer.json()["errors"]] == [f"body.{field}"], f"{text!a}"


@pytest.mark.parametrize(
    "email", ["a\u200bb@example.org", "ab@exam\u00adple.org", "a\x7f@example.org", "a b@example.org"]
)
async def test_an_address_hides_no_character(world: World, email: str) -> None:
    body = {"name": "Rowan Sample", "email": email}
    answer = await (await world.therapist()).send("POST", "/patients", body)
    assert [error["field"] for error in answer.json()["errors"]] == ["body.email"]


@pytest.mark.parametrize("text", UNSEEN, ids=ascii)
async def test_a_note_whose_section_shows_nothing_is_not_signed(world: World, text: str) -> None:
    therapist = await world.therapist()
    chart = await therapist.post("/patients", {"name": "Rowan Sample"})
    note = await notes.draft(therapist, chart["id"], sections=notes.sections(plan=text))
    assert note["sections"]["plan"] == text  # a draft keeps it as it was written
    answer = await therapist.send("POST", f"/notes/{note['id']}/sign", match=note["version"])
    assert (answer.status_code, answer.json()["missing"]) == (409, ["plan"])


async def test_an_intention_and_a_strategy_that_show_nothing_are_missing(world: World) -> None:
    therapist = await world.therapist()
    chart = await therapist.post("/patients", {"name": "Rowan Sample"})
    people = [{"role": "therapist", "account_id": therapist.id}]
    made = await sessions.started_session(therapist, chart["id"], phase="dosing", people=people, intention=UNSEEN[0])
    answer = await therapist.send("POST", f"/sessions/{made['id']}/complete", match=made["version"])
    assert (answer.status_code, answer.json()["blocking"]) == (409, ["intention", "dosing_record"])
    plan = await plans.plan(therapist, chart["id"])
    await plans.strategy(therapist, plan["id"], plan["version"], if_cue=UNSEEN[1])
    answer = await therapist.send("POST", f"/plans/{plan['id']}/propose", match=plan["version"] + 1)
    assert (answer.status_code, len(answer.json()["strategies"])) == (409, 1)


@pytest.mark.parametrize("name", ["Zoe\u0308 O\u2019Neill", "יעל\u200f", "李 小龍", "7 of 9"], ids=ascii)
async def test_a_name_is_kept_exactly(world: World, name: str) -> None:
    chart = await (await world.therapist()).post("/patients", {"name": name})
    assert chart["name"] == name
