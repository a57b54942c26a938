"""The next steps of a patient: what is asked now, soon, what is over, and when to remind."""

from datetime import datetime, timedelta

from tests.factories.arcs import STEP, checked_in, dosed, let_pass, protocol, windows
from tests.factories.measure_responses import answered
from tests.support import Api, Json, Person, World


async def _pair(world: World) -> tuple[Person, Person, str]:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    return therapist, patient, world.chart_id(patient)


async def _next(patient: Person) -> Json:
    found: Json = await patient.get("/me/next")
    return found


async def test_it_is_the_patients_own(world: World, api: Api) -> None:
    assert (await api.send("GET", "/me/next")).status_code == 401
    therapist, patient, _ = await _pair(world)
    await therapist.get("/me/next", expect=403)
    assert await _next(patient) == {"now": [], "soon": [], "over": [], "reminders": []}


async def test_it_says_what_is_now_soon_and_over(world: World, api: Api) -> None:
    therapist, patient, chart = await _pair(world)
    await dosed(therapist, chart)
    found = await windows(patient)
    told = await _next(patient)
    assert (told["now"], told["over"]) == ([], [])
    assert told["soon"][0] == {
        "arc_window_id": found["t24"]["id"],
        "step_id": "t24",
        **{name: found["t24"][name] for name in ("opens_at", "due_at")},
    }
    assert len(told["soon"]) == len(found)
    await let_pass(api, therapist, patient, hours=13)
    told = await _next(patient)
    [now] = told["now"]
    step = found["t24"]["step"]
    assert (now["arc_window_id"], now["step_id"], now["is_answered"]) == (found["t24"]["id"], "t24", False)
    assert (now["prompts"], now["items"]) == (step["prompts"], step["items"])
    assert [one["instrument_id"] for one in now["measures"]] == step["measures"]
    await let_pass(api, therapist, patient, hours=24)
    told = await _next(patient)
    assert told["now"] == []
    assert told["over"] == [_over(found["t24"], "missed", found["t24"]["closes_at"])]


async def test_what_is_over_is_sorted_by_when_it_was_due_and_says_so(world: World, api: Api) -> None:
    """A window that is answered early is over before one that closed unanswered, and comes first."""
    therapist, patient, chart = await _pair(world)
    await dosed(therapist, chart)
    found = await windows(patient)
    await let_pass(api, therapist, patient, hours=49)
    made = await checked_in(patient)
    assert made["arc_window_id"] == found["t72"]["id"]
    await let_pass(api, therapist, patient, hours=40)
    assert (await _next(patient))["over"] == [
        _over(found["t72"], "answered", made["created_at"]),
        _over(found["t24"], "missed", found["t24"]["closes_at"]),
    ]


def _over(window: Json, state: str, closed_at: str) -> Json:
    named = {"arc_window_id": window["id"], "step_id": window["step"]["id"], "due_at": window["due_at"]}
    return {**named, "state": state, "closed_at": closed_at}


async def test_a_window_stays_until_its_measures_are_answered_too(world: World, api: Api) -> None:
    therapist, patient, chart = await _pair(world)
    await protocol(world.admin, STEP)
    await answered(patient)
    await dosed(therapist, chart)
    await let_pass(api, therapist, patient, hours=20)
    made = await checked_in(patient)
    [now] = (await _next(patient))["now"]
    assert (now["is_answered"], now["measures"]) == (True, [{"instrument_id": "phq9", "is_answered": False}])
    await answered(patient)
    told = await _next(patient)
    assert told["now"] == []
    window = (await windows(patient, state="answered"))["t24"]
    assert told["over"] == [_over(window, "answered", made["created_at"])]


async def test_reminders_are_times_alone_and_end_with_the_answer(world: World, api: Api) -> None:
    therapist, patient, chart = await _pair(world)
    await protocol(world.admin, STEP)
    await dosed(therapist, chart)
    window = (await windows(patient))["t24"]
    due_at = datetime.fromisoformat(window["due_at"])
    told = (await _next(patient))["reminders"]
    assert [one["what"] for one in told] == ["check_in", "check_in"]
    assert [datetime.fromisoformat(one["remind_at"]) - due_at for one in told] == [timedelta(), timedelta(hours=6)]
    await let_pass(api, therapist, patient, hours=25)
    assert len((await _next(patient))["reminders"]) == 1
    await checked_in(patient)
    assert (await _next(patient))["reminders"] == []


async def test_a_calendar_says_when_and_no_more(world: World, api: Api) -> None:
    therapist, patient, chart = await _pair(world)
    await protocol(world.admin, STEP)
    await dosed(therapist, chart)
    path = (await patient.post("/me/calendar"))["path"]
    due_at = datetime.fromisoformat((await windows(patient))["t24"]["due_at"])
    shown = (await api.send("GET", path)).text
    assert "SUMMARY:Check-in" in shown
    assert f"DTSTART:{due_at:%Y%m%dT%H%M%SZ}" in shown
    await let_pass(api, therapist, patient, hours=20)
    await checked_in(patient)
    assert "SUMMARY:Check-in" not in (await api.send("GET", path)).text
