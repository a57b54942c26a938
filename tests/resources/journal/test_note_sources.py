"""Drafts that begin with a tool or with the last plan: both are told for as long as the note is kept."""

from typing import get_args

import pytest

from integration_api.core.ids import new_id
from integration_api.resources.journal.notes.operations import SIGN_NOTE
from integration_api.resources.people.service_accounts.schemas import ServiceScope
from tests.factories.notes import draft, past_session, sections, sign, signed_note
from tests.support import Api, Json, Person, World

SCRIBE: Json = {"kind": "scribe", "tool": "Quiet Scribe", "tool_version": "4.2", "patient_consented": True}


async def begun(world: World) -> tuple[Person, str]:
    """A therapist and a chart."""
    therapist = await world.therapist()
    return therapist, world.chart_id(await world.patient_of(therapist))


async def carried(therapist: Person, chart: str, note_format: str = "dap", **facts: object) -> Json:
    """A draft that carries the last plan forward."""
    body = {"format": note_format, "session_id": await past_session(therapist, chart), "carry_forward": True, **facts}
    made: Json = await therapist.post("/notes", body)
    return made


async def test_nobody_without_a_token(api: Api) -> None:
    body = {"session_id": str(new_id()), "format": "dap", "carry_forward": True, "source": SCRIBE}
    assert (await api.send("POST", "/notes", json=body)).status_code == 401


async def test_the_source_stays_after_signing(world: World) -> None:
    therapist, chart = await begun(world)
    made = await draft(therapist, chart, source=SCRIBE)
    assert made["source"] == SCRIBE
    changed = await therapist.patch(f"/notes/{made['id']}", {"sections": {"plan": "Rest."}}, made["version"])
    signed = await sign(therapist, changed)
    assert signed["source"] == SCRIBE
    body = {"sections": sections(plan="Otherwise."), "reason": "Corrected."}
    path = f"/notes/{made['id']}/amendments"
    assert (await therapist.post(path, body, match=signed["version"], expect=200))["source"] == SCRIBE
    [row] = (await therapist.get(f"/notes?patient_id={chart}"))["items"]
    assert row["source"] == SCRIBE


async def test_a_source_may_be_named_later_and_is_never_taken_away(world: World) -> None:
    therapist, chart = await begun(world)
    made = await draft(therapist, chart)
    assert made["source"] is None
    named = await therapist.patch(f"/notes/{made['id']}", {"source": SCRIBE}, 1)
    assert named["source"] == SCRIBE
    await therapist.patch(f"/notes/{made['id']}", {"source": None}, 2, expect=422)
    signed = await sign(therapist, named)
    refused = await therapist.patch(f"/notes/{made['id']}", {"source": SCRIBE}, signed["version"], expect=409)
    assert refused["code"] == "note-signed"


@pytest.mark.parametrize(("kind", "expect"), [("dictation", 201), ("scribe", 422), ("model", 422)])
async def test_no_tool_listens_or_writes_without_consent(world: World, kind: str, expect: int) -> None:
    therapist, chart = await begun(world)
    session_id = await past_session(therapist, chart)
    source = {**SCRIBE, "kind": kind, "patient_consented": False}
    body = {"format": "dap", "session_id": session_id, "source": source}
    told = await therapist.post("/notes", body, expect=expect)
    made = await draft(therapist, chart)
    await therapist.patch(f"/notes/{made['id']}", {"source": source}, 1, expect=200 if expect == 201 else 422)
    if expect == 422:
        assert [(one["field"], one["code"]) for one in told["errors"]] == [
            ("body.source.patient_consented", "consent_missing")
        ]


def test_no_tool_signs() -> None:
    """A service account has no role that signs, and no scope for it."""
    assert "service" not in {role.value for role in SIGN_NOTE.who}
    assert not [scope for scope in get_args(ServiceScope) if "note" in scope]


async def test_a_draft_begins_with_the_last_plan(world: World) -> None:
    therapist, chart = await begun(world)
    await signed_note(therapist, chart, sections=sections(plan="An older plan."))
    last = await signed_note(therapist, chart, sections=sections("soap", plan="Rest each day."), format="soap")
    await draft(therapist, chart, sections=sections(plan="Not signed."))
    made = await carried(therapist, chart, sections={"data": "New."})
    assert made["sections"] == {"data": "New.", "plan": "Rest each day."}
    assert made["carried_from_id"] == last["id"]
    whole = {"sections": {"assessment": "Calm.", "plan": "Rest twice."}}
    signed = await sign(therapist, await therapist.patch(f"/notes/{made['id']}", whole, 1))
    assert (signed["carried_from_id"], signed["sections"]["plan"]) == (last["id"], "Rest twice.")
    assert (await therapist.get(f"/notes/{last['id']}"))["sections"]["plan"] == "Rest each day."


async def test_nothing_is_carried_if_there_is_nothing(world: World) -> None:
    therapist, chart = await begun(world)
    await signed_note(therapist, world.chart_id(await world.patient_of(therapist)))
    made = await carried(therapist, chart)
    assert (made["sections"], made["carried_from_id"]) == ({}, None)


async def test_a_plan_that_is_given_or_has_no_place_is_refused(world: World) -> None:
    therapist, chart = await begun(world)
    await signed_note(therapist, chart)
    session_id = await past_session(therapist, chart)
    for facts in ({"format": "dap", "sections": {"plan": "Mine."}}, {"format": "narrative"}):
        body = {"session_id": session_id, "carry_forward": True, **facts}
        refused = await therapist.post("/notes", body, expect=422)
        assert [(one["field"], one["code"]) for one in refused["errors"]] == [("body.carry_forward", "no_place")]


async def test_the_note_that_was_read_is_in_the_ledger(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    last = await signed_note(therapist, world.chart_id(patient))
    await carried(therapist, last["patient_id"])
    found = (await patient.get("/me/access-log"))["items"]
    assert ("note.read", last["id"]) in {(one["event"], one["subject_id"]) for one in found}


async def test_a_change_that_comes_too_late_keeps_both_labels(world: World) -> None:
    therapist, chart = await begun(world)
    last = await signed_note(therapist, chart)
    made = await carried(therapist, chart, source=SCRIBE)
    path = f"/notes/{made['id']}"
    await therapist.patch(path, {"sections": {"data": "First."}}, 1)
    late = {"headers": {"On-Conflict": "keep_both"}, "key": "a-late-change"}
    told = await therapist.patch(path, {"sections": {"data": "Second."}}, 1, expect=409, **late)
    second = await therapist.get(f"/notes/{told['kept_id']}")
    assert (second["source"], second["carried_from_id"]) == (SCRIBE, last["id"])
