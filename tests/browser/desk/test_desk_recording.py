"""A dosing session is written down at the desk by therapist and prescriber, from the order to the link to write by."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.browser.clinic import NOOR, TOBIAS, WREN, Clinic, Json, marker
from tests.browser.conftest import NewPhone
from tests.browser.desk.conftest import NewDesk
from tests.browser.desk.office import Desk
from tests.browser.desk.rooms import faults_of, fill, send
from tests.browser.desk.test_desk_dosing import card
from tests.browser.members import Staff
from tests.browser.test_phone_moments import DOSE

if TYPE_CHECKING:
    from playwright.sync_api import Route

pytestmark = pytest.mark.browser

ANSWERS: Json = {
    **{f"rd.{name}": {"status": "met"} for name in ("vitals", "screen", "consent")},
    **{f"rd.{name}": {"status": "not_applicable"} for name in ("fasting", "weight")},
    "rd.medicines": {"status": "met", "reviewed_by": "The therapist"},
}


@pytest.fixture
def noor(clinic: Clinic, imani: Staff, chart: Json) -> Staff:
    """The demo's prescriber, on the care team."""
    found = clinic.staff(NOOR)
    imani.ask("POST", f"/patients/{chart['patient_id']}/care-team", {"account_id": found.id, "role": "prescriber"})
    return found


@pytest.fixture
def dosing(imani: Staff, chart: Json) -> str:
    """A dosing session that is planned for now, of a patient who signed for treatment on paper; its id."""
    now = datetime.now(UTC)
    documents = imani.ask("GET", "/consent-documents?limit=100")["items"]
    document = next(one for one in documents if one["purpose"] == "treatment" and one["retired_at"] is None)
    [text, *_] = imani.ask("GET", f"/consent-documents/{document['id']}")["texts"]
    signature = {"language": text["language"], "text_sha256": text["text_sha256"]}
    facts = {"document_id": document["id"], **signature, "signed_at": (now - timedelta(hours=1)).isoformat()}
    imani.ask("POST", f"/patients/{chart['patient_id']}/consents", facts)
    times = {"planned_start_at": now.isoformat(), "planned_end_at": (now + timedelta(hours=3)).isoformat()}
    people = {"people": [{"role": "therapist", "account_id": imani.id}], "intention": "To rest"}
    facts = {"patient_id": chart["patient_id"], "phase": "dosing", "modality": "in_person"}
    made: str = imani.ask("POST", "/sessions", {**facts, **times, **people})["id"]
    return made


def shows(desk: Desk, heading: str, *texts: str) -> None:
    """Wait until one part of the screen has these texts."""
    desk.until(lambda: all(text in card(desk, heading) for text in texts), f"{heading} to show {texts}")


def tick(desk: Desk, *labels: str) -> None:
    for label in labels:
        desk.page.get_by_role("dialog").get_by_label(label, exact=True).check()


def choose(desk: Desk, label: str, value: str) -> None:
    desk.page.get_by_role("dialog").get_by_label(label, exact=True).select_option(value)


def test_a_dosing_session_is_written_down_at_the_desk(
    desk: Desk, new_desk: NewDesk, imani: Staff, noor: Staff, chart: Json, dosing: str, axe: str
) -> None:
    imani.ask("PATCH", f"/sessions/{dosing}/readiness", {"items": ANSWERS}, version=0)
    desk.open(f"dosing/{dosing}")
    desk.press("Answer: Somebody to take the patient home")
    tick(desk, "They confirmed")
    send(desk, "Keep")
    desk.press("Answer: Substances in the last 24 hours")
    tick(desk, "None")
    send(desk, "Keep")
    desk.press("Answer: Pregnancy and nursing")
    choose(desk, "Pregnancy and nursing", "test_negative")
    send(desk, "Keep")
    desk.press("Decide")
    choose(desk, "The therapist's decision", "concern")
    tick(desk, "Sleep loss")
    send(desk, "Keep")
    shows(desk, "The therapist's decision", "Concern: the prescriber should look.", "sleep loss")
    assert faults_of(desk, axe) == []

    office = new_desk(noor)
    office.sign_in()
    office.open(f"dosing/{dosing}")
    office.press("Go through the contraindications")
    send(office, "Keep the checklist")
    office.press("Answer: Cleared by a prescriber")
    send(office, "Keep")
    shows(office, "Before the dose", "Ready: everything needed is met.")
    office.press("Write an order")
    choose(office, "Route", "im")
    fill(office, {"From": "40", "To": "80"})
    send(office, "Keep")
    shows(office, "Order", "40\N{EN DASH}80 mg", "0 of 6 sessions used")

    desk.press("Begin the session")
    desk.page.get_by_role("button", name="Record a dose").wait_for()
    desk.reload()  # the order is of the chart, and no news of this session
    desk.press("Record a dose")
    assert "40\N{EN DASH}80 mg" in desk.page.get_by_role("dialog").get_by_label("By the order").inner_text()
    fill(desk, {"Amount": "60", "Lot": "L-7"})
    send(desk, "Keep")
    shows(desk, "Doses", "60 mg", "lot L-7", "By the order of 40\N{EN DASH}80 mg.")
    desk.press("Record readings")
    said = {"Blood pressure, upper": "128", "Blood pressure, lower": "82", "Oxygen saturation (%)": "92"}
    fill(desk, {**said, "What was seen (the patient can read it)": "Quiet, hands open."})
    send(desk, "Keep")
    shows(desk, "Vitals", "128/82", "Quiet, hands open.", "R11")
    desk.press("Write down a change of music")
    fill(desk, {"List": "Quiet water"})
    choose(desk, "Asked for by", "patient")
    send(desk, "Keep")
    shows(desk, "Music", "Started", "Quiet water", "asked for by: patient")
    desk.press("Record an adverse event")
    fill(desk, {"Treatment": "Ondansetron 4 mg."})
    send(desk, "Keep")
    shows(desk, "Adverse events", "Dissociation", "Ondansetron 4 mg.")
    desk.press("Write the discharge")
    tick(desk, "Awake", "Oriented", "Taken home by somebody")
    send(desk, "Keep")
    shows(desk, "Discharge", "Observation time of the route")
    assert faults_of(desk, axe) == []

    office.reload()
    office.press("End it all the same")
    fill(office, {"Why": "Left against advice; reached at home."})
    send(office, "End it all the same")
    shows(office, "Discharge", "Left against advice; reached at home.")
    desk.reload()
    desk.press("End the session")
    desk.page.get_by_role("button", name="End the session").wait_for(state="detached")

    session = imani.ask("GET", f"/sessions/{dosing}")
    assert (session["state"], len(session["set_and_setting"]["music_events"])) == ("completed", 1)
    [dose] = imani.ask("GET", f"/doses?session_id={dosing}")["items"]
    [order] = imani.ask("GET", f"/orders?patient_id={chart['patient_id']}")["items"]
    assert (dose["order_id"], dose["amount_mg"], order["sessions_used"]) == (order["id"], 60, 1)
    readings = imani.ask("GET", f"/sessions/{dosing}/vitals?limit=100")["items"]
    assert {one["field"] for one in readings} == {"blood_pressure", "spo2", "observation"}
    assert imani.ask("GET", f"/sessions/{dosing}/dose-brief")["decision"] == "concern"


def test_a_hold_is_released_by_the_prescriber_alone(
    desk: Desk, new_desk: NewDesk, imani: Staff, noor: Staff, dosing: str
) -> None:
    imani.ask("PATCH", f"/sessions/{dosing}/readiness", {"items": {"rd.escort": {"status": "not_met"}}}, version=0)
    desk.open(f"dosing/{dosing}")
    shows(desk, "Before the dose", "Waits for a prescriber.")
    assert desk.page.get_by_role("button", name="Let it start").count() == 0
    office = new_desk(noor)
    office.sign_in()
    office.open(f"dosing/{dosing}")
    office.press("Let it start: Somebody to take the patient home")
    fill(office, {"Why": "The ward nurse escorts."})
    send(office, "Let it start")
    shows(office, "Before the dose", "Released by", "The ward nurse escorts.")
    shows(desk, "Before the dose", "The ward nurse escorts.")


@pytest.fixture
def dosed(clinic: Clinic) -> Iterator[str]:
    """A session with a dose in the chart of Wren; its id. The dose is withdrawn afterwards."""
    staff = clinic.staff(TOBIAS)
    chart = clinic.member(WREN).ask("GET", "/me")["patient_id"]
    now = datetime.now(UTC).isoformat()
    facts = {"patient_id": chart, "phase": "dosing", "modality": "in_person", "planned_start_at": now}
    made = staff.ask("POST", "/sessions", facts)
    staff.ask("POST", f"/sessions/{made['id']}/start", {}, made["version"])
    dose = staff.ask("POST", f"/sessions/{made['id']}/doses", DOSE)
    yield made["id"]
    staff.ask("POST", f"/sessions/{made['id']}/doses/{dose['id']}/withdraw", {"reason": "Made for a test."}, 1)


def test_a_link_to_write_by_is_made_shown_once_used_and_ended(
    new_desk: NewDesk, new_phone: NewPhone, clinic: Clinic, dosed: str, axe: str
) -> None:
    desk = new_desk(clinic.staff(TOBIAS))
    desk.sign_in()
    desk.open(f"dosing/{dosed}")
    shows(desk, "Writing without a sign-in", "No link works now.")
    desk.press("Make a link")
    send(desk, "Make it")
    address = desk.page.locator("[data-link]").inner_text()
    assert address.startswith(f"{clinic.root}/phone/#/capture/")
    shows(desk, "Writing without a sign-in", "A link works until")
    assert faults_of(desk, axe) == []

    phone, word = new_phone(), marker("word").replace(" ", "-")
    phone.page.goto(address)
    phone.page.get_by_role("heading", name="How is it now? Three taps.").wait_for()
    phone.page.fill("#field-word", word)
    box = phone.page.locator(".card", has=phone.page.locator("#field-word"))
    box.get_by_role("button", name="Keep it").click()
    wren = clinic.member(WREN)

    def is_kept() -> bool:
        found = wren.ask("GET", f"/reflections?session_id={dosed}")["items"]
        return [one["fragment"]["word"] for one in found] == [word]

    phone.until(is_kept, "the word to be kept")
    desk.reload()
    assert desk.page.locator("[data-link]").count() == 0, "it is shown once"
    shows(desk, "Writing without a sign-in", "A link works until")
    desk.press("End the link")
    send(desk, "End the link")
    shows(desk, "Writing without a sign-in", "No link works now.")
    assert clinic.staff(TOBIAS).ask("GET", f"/sessions/{dosed}/capture-link")["revoked_at"] is not None


def test_before_a_dose_there_is_no_link(desk: Desk, dosing: str) -> None:
    desk.open(f"dosing/{dosing}")
    shows(desk, "Writing without a sign-in", "A link can be made once a dose is recorded.")
    assert desk.page.get_by_role("button", name="Make a link").count() == 0


def test_a_form_stays_while_somebody_else_answers_and_begins_with_what_was_answered(
    desk: Desk, imani: Staff, dosing: str
) -> None:
    path, escort = f"/sessions/{dosing}/readiness", "Answer: Somebody to take the patient home"
    imani.ask("PATCH", path, {"items": ANSWERS}, version=0)
    desk.open(f"dosing/{dosing}")
    desk.press(escort)
    tick(desk, "They confirmed")
    fill(desk, {"Name": "Riley Invented", "Number": "0100 55"})
    imani.ask("PATCH", path, {"items": {"rd.vitals": {"status": "not_met"}}}, version=1)
    desk.until(lambda: desk.page.locator("li.not_met").count() > 0, "the other answer to be shown")
    assert desk.field("Name").input_value() == "Riley Invented"
    desk.press("Keep")
    desk.sees("Somebody changed this while you had it open.")
    assert desk.field("Name").input_value() == "Riley Invented"
    send(desk, "Keep")
    desk.page.locator("summary", has_text="The other items").click()
    desk.press(escort)
    fill(desk, {"Remark (the patient can read it)": "She waits outside."})
    send(desk, "Keep")
    items = imani.ask("GET", path)["items"]
    said = {"status": "met", "confirmed": True, "name": "Riley Invented", "phone": "0100 55"}
    assert items["rd.escort"] == {**items["rd.escort"], **said, "note": "She waits outside."}
    assert items["rd.vitals"]["status"] == "not_met"


def test_a_dose_whose_answer_was_lost_is_sent_again_as_it_was(new_desk: NewDesk, clinic: Clinic, dosed: str) -> None:
    desk, staff = new_desk(clinic.staff(TOBIAS)), clinic.staff(TOBIAS)
    desk.sign_in()
    sent: list[tuple[str | None, str | None]] = []
    losing = [True]

    def lose(route: "Route") -> None:
        if route.request.method != "POST":
            route.continue_()
            return
        sent.append((route.request.post_data, route.request.header_value("Idempotency-Key")))
        if losing:
            route.fetch()
            route.abort("connectionreset")
        else:
            route.continue_()

    desk.page.route("**/doses", lose)
    desk.open(f"dosing/{dosed}")
    desk.press("Record a dose")
    desk.field("Given at").wait_for()
    fill(desk, {"Amount": "20"})
    tick(desk, "It was given although something held it")
    desk.press("Keep")
    desk.sees("No connection. Nothing was changed that you do not see here")
    losing.clear()
    desk.press("Cancel")
    desk.press("Record a dose")
    send(desk, "Keep")
    assert len(sent) > 1
    assert set(sent) == {sent[0]}
    [made] = [one for one in staff.ask("GET", f"/doses?session_id={dosed}")["items"] if one["amount_mg"] == 20]
    staff.ask("POST", f"/sessions/{dosed}/doses/{made['id']}/withdraw", {"reason": "Made for a test."}, 1)


def test_half_a_pressure_is_refused_in_words(new_desk: NewDesk, clinic: Clinic, dosed: str) -> None:
    desk = new_desk(clinic.staff(TOBIAS))
    desk.sign_in()
    desk.open(f"dosing/{dosed}")
    opened = datetime.now(UTC).replace(microsecond=0)
    desk.press("Record readings")
    fill(desk, {"Blood pressure, lower": "82"})
    desk.press("Keep")
    desk.sees("Give both values of the blood pressure, or neither.")
    fill(desk, {"Blood pressure, upper": "128"})
    send(desk, "Keep")
    shows(desk, "Vitals", "128/82")
    readings = clinic.staff(TOBIAS).ask("GET", f"/sessions/{dosed}/vitals?limit=100")["items"]
    assert {datetime.fromisoformat(one["taken_at"]) >= opened for one in readings} == {True}, "it has its seconds"
