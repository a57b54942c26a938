"""Remote sessions over HTTP: the record before a dose at home, the observer's token, and the links."""

from datetime import timedelta

import pytest

from integration_api.core.ids import new_id
from tests.factories.doses import dose
from tests.factories.notes import supervisor_of
from tests.factories.orders import prescriber_of
from tests.factories.readiness import AT_HOME, answer, clear, dosing_session, holds_of
from tests.factories.remote_sessions import (
    RECORD,
    home_session,
    link,
    look,
    observe,
    remote_record,
    support_token,
)
from tests.factories.sessions import move, session
from tests.support import Api, Json, Person, World


async def chart_of(world: World) -> tuple[Person, str]:
    """A therapist and a chart of theirs."""
    therapist = await world.therapist()
    return therapist, world.chart_id(await world.patient_of(therapist))


async def test_nobody_without_a_token(api: Api) -> None:
    path = f"/sessions/{new_id()}"
    for method, tail in (
        ("GET", "remote"),
        ("PUT", "remote"),
        ("POST", "support-token"),
        ("DELETE", "support-token"),
        ("GET", "observer-watch"),
        ("POST", "link-events"),
    ):
        assert (await api.send(method, f"{path}/{tail}", json={})).status_code == 401, tail


async def test_who_may_what(world: World) -> None:
    therapist, chart = await chart_of(world)
    made, stranger, admin = await home_session(therapist, chart), await world.therapist(), world.admin
    supervisor = await supervisor_of(world, therapist, chart)
    path = f"/sessions/{made['id']}"
    for person, reads, writes in ((supervisor, 200, 403), (stranger, 404, 404), (admin, 403, 403)):
        await person.get(f"{path}/remote", expect=reads)
        await person.get(f"{path}/observer-watch", expect=reads)
        await person.put(f"{path}/remote", RECORD, match=1, expect=writes)
        await person.post(f"{path}/support-token", {}, expect=writes)
        await person.post(f"{path}/link-events", {"items": [link("lost", made["started_at"])]}, expect=writes)
        await person.delete(f"{path}/support-token", expect=writes)


async def test_a_record_is_written_and_says_what_it_lacks(world: World) -> None:
    therapist, chart = await chart_of(world)
    made = await session(therapist, chart, phase="dosing", modality="telehealth")
    blank = await therapist.get(f"/sessions/{made['id']}/remote")
    assert (blank["version"], len(blank["lacking"]), blank["updated_by_id"]) == (0, 6, None)
    some = await remote_record(therapist, made, observer={**RECORD["observer"], "is_adult": False, "briefed_at": None})
    assert some["lacking"] == ["observer_adult", "observer_briefed"]
    await therapist.put(f"/sessions/{made['id']}/remote", RECORD, match=0, expect=412)
    whole = await remote_record(therapist, made, 1)
    assert (whole["lacking"], whole["version"], whole["observer"]["name"]) == ([], 2, "Ash Doe")
    assert await therapist.get(f"/sessions/{made['id']}/remote") == whole


async def test_only_a_dosing_session_has_one(world: World) -> None:
    therapist, chart = await chart_of(world)
    made = await session(therapist, chart)
    assert (await therapist.get(f"/sessions/{made['id']}/remote", expect=409))["code"] == "not-dosing"
    await therapist.get(f"/sessions/{made['id']}/observer-watch", expect=409)
    await therapist.post(f"/sessions/{made['id']}/support-token", {}, expect=409)


async def test_a_dose_at_home_is_held_without_a_whole_record(world: World) -> None:
    """R18."""
    therapist, chart = await chart_of(world)
    made = await dosing_session(therapist, chart, modality="telehealth")
    answers = {name.removeprefix("rd."): value for name, value in AT_HOME.items()}
    assert (await clear(therapist, made, **answers))["unmet"] == ["remote_record"]
    held = await dose(therapist, made, 409)
    assert [(one["item"], one["rule"]) for one in held["holds"]] == [("remote_record", "R18")]
    await remote_record(therapist, made, medical_on_call=None)
    await dose(therapist, made, 409)
    await remote_record(therapist, made, 1)
    await dose(therapist, made)
    assert await holds_of(therapist, made) == []


async def test_a_clinic_may_ask_for_no_record(world: World) -> None:
    clinic = await world.admin.get("/clinic")
    await world.admin.patch("/clinic", {"policies": {"remote_record": 0}}, clinic["version"])
    therapist, chart = await chart_of(world)
    made = await dosing_session(therapist, chart, modality="telehealth")
    await clear(therapist, made, **{name.removeprefix("rd."): value for name, value in AT_HOME.items()})
    await dose(therapist, made)


@pytest.mark.parametrize(("which", "item"), [("video", "video_link"), ("observer", "observer_link")])
async def test_a_lost_link_holds_the_next_dose_until_it_is_restored(world: World, which: str, item: str) -> None:
    """R26: longer than five minutes."""
    therapist, chart = await chart_of(world)
    made = await home_session(therapist, chart)
    await dose(therapist, made)
    lost_at = world.api.clock()
    path = f"/sessions/{made['id']}/link-events"
    event = link("lost", lost_at, which)
    await therapist.post(path, {"items": [event]}, expect=200)
    again = await therapist.post(path, {"items": [event]}, expect=200)
    assert [one["recorded_by_id"] for one in again["link_events"]] == [therapist.id]
    assert (await therapist.get(f"/sessions/{made['id']}/remote"))[f"{which}_lost_at"] is not None
    world.api.clock.advance(minutes=4)
    await dose(therapist, made, kind="booster")
    world.api.clock.advance(minutes=2)
    held = await dose(therapist, made, 409, kind="booster")
    assert [(one["item"], one["rule"]) for one in held["holds"]] == [(item, "R26")]
    back = await therapist.post(path, {"items": [link("restored", world.api.clock(), which)]}, expect=200)
    assert [(one["rule"], one["text"]) for one in back["findings"]] == [("R26", f"{which} lost")]
    check = await therapist.get(f"/sessions/{made['id']}/readiness")
    await answer(therapist, made, check["version"], screen={"status": "met", "note": "Calm."})
    await dose(therapist, made, kind="booster")


async def test_a_prescriber_lets_a_dose_start_with_a_lost_link(world: World) -> None:
    therapist, chart = await chart_of(world)
    prescriber = await prescriber_of(world, therapist, chart)
    made = await home_session(therapist, chart)
    await dose(therapist, made)
    lost = {"items": [link("lost", world.api.clock() - timedelta(minutes=9))]}
    await therapist.post(f"/sessions/{made['id']}/link-events", lost, expect=200)
    held = await dose(therapist, made, 409, kind="booster")
    path = f"/sessions/{made['id']}/holds/{held['holds'][0]['hold_id']}/release"
    await prescriber.post(path, {"reason": "By telephone."}, match=1, expect=200)
    await dose(therapist, made, kind="booster")


async def test_an_id_of_another_session_is_refused(world: World) -> None:
    therapist, chart = await chart_of(world)
    one, two = await home_session(therapist, chart), await home_session(therapist, chart)
    event, seen = link("lost", world.api.clock()), look(world.api.clock())
    await therapist.post(f"/sessions/{one['id']}/link-events", {"items": [event]}, expect=200)
    await therapist.post(f"/sessions/{two['id']}/link-events", {"items": [event]}, expect=409)
    await observe(world.api, await support_token(therapist, one), seen)
    token = await support_token(therapist, two)
    told = await observe(world.api, token, seen, events=[event])
    assert [one["outcome"] for one in (*told["checks"], *told["link_events"])] == ["id_taken", "id_taken"]


async def test_no_token_for_a_session_that_is_over(world: World) -> None:
    therapist, chart = await chart_of(world)
    made = await home_session(therapist, chart)
    await move(therapist, made, "cancel", reason="Moved")
    assert (await therapist.post(f"/sessions/{made['id']}/support-token", {}, expect=409))["code"] == "session-closed"


async def test_a_token_is_shown_once_and_told_without_its_secret(world: World) -> None:
    therapist, chart = await chart_of(world)
    made = await home_session(therapist, chart)
    path = f"/sessions/{made['id']}/support-token"
    await therapist.delete(path)
    issued = await therapist.post(path, {"minutes": 30}, key="a-token-once")
    again = await therapist.post(path, {"minutes": 30}, key="a-token-once", expect=409)
    told: Json = await therapist.get(f"/sessions/{made['id']}/remote")
    assert (again["code"], told["token_expires_at"]) == ("shown-once", issued["expires_at"])
    assert issued["token"] not in str(told)
    await therapist.delete(path)
    assert (await therapist.get(f"/sessions/{made['id']}/remote"))["token_revoked_at"] is not None
    await therapist.delete(path)
