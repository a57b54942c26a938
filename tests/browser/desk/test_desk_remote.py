"""A dosing session at home, seen from the desk: the record, the links, the observer's code and checks."""

from datetime import UTC, datetime, timedelta

import pytest

from integration_api.core.ids import new_id
from tests.browser.clinic import Json
from tests.browser.desk.office import Desk
from tests.browser.desk.rooms import faults_of, fill, send
from tests.browser.members import Staff

pytestmark = pytest.mark.browser

RECORD = {
    "Address for an emergency": "12 Example Lane, flat 3",
    "Emergency number there": "911",
    "Observer: name": "Quill Invented",
    "Observer: relation to the patient": "sister",
    "Observer: number": "+1 555 0143",
    "On call: name": "Noor Placeholder",
    "On call: credential": "MD",
    "On call: number": "+1 555 0144",
}


@pytest.fixture
def at_home(imani: Staff, chart: Json) -> str:
    """A dosing session by video, planned for now; its id."""
    now = datetime.now(UTC)
    planned = {"planned_start_at": now.isoformat(), "planned_end_at": (now + timedelta(hours=2)).isoformat()}
    facts = {"patient_id": chart["patient_id"], "phase": "dosing", "modality": "telehealth"}
    made: str = imani.ask("POST", "/sessions", {**facts, **planned})["id"]
    return made


def write_record(desk: Desk) -> None:
    """Write the whole record."""
    desk.press("Write the record")
    fill(desk, RECORD)
    for box in ("The observer is an adult", "Told what to do"):
        desk.page.get_by_role("dialog").get_by_label(box).check()
    send(desk, "Keep the record")


def test_the_record_is_written_links_are_told_and_the_code_is_made_and_ended(
    desk: Desk, imani: Staff, at_home: str, axe: str
) -> None:
    desk.open(f"dosing/{at_home}")
    desk.page.get_by_role("link", name="Session at home").click()
    desk.sees("The record is not complete")
    desk.sees("An observer who was told what to do")
    assert faults_of(desk, axe) == []
    write_record(desk)
    desk.page.get_by_text("The record is not complete").wait_for(state="detached")
    desk.sees("Quill Invented")
    stored = imani.ask("GET", f"/sessions/{at_home}/remote")
    assert stored["lacking"] == []
    assert stored["observer"]["briefed_at"] is not None
    desk.press("Connected: video")
    desk.sees("The video is connected.")
    desk.press("Lost: video")
    desk.sees("The video is lost since")
    desk.press("Back: video")
    desk.sees("The video is connected.")
    desk.press("Make a code")
    send(desk, "Make it")
    token = desk.page.locator("[data-token]").inner_text()
    look = {"responds": "yes", "breathing": "normal", "colour": "pale", "vomiting": False, "position": "on_side"}
    check = {**look, "id": str(new_id()), "taken_at": datetime.now(UTC).isoformat(), "pulse": 77, "source": "device"}
    assert (
        imani.ask("POST", "/observer-checks", {"token": token, "checks": [check]})["checks"][0]["outcome"] == "stored"
    )
    desk.page.get_by_role("cell", name="Pale").wait_for()
    desk.sees("pulse 77")
    assert faults_of(desk, axe) == []
    desk.press("End the code")
    send(desk, "End the code")
    desk.sees("No code works now.")
    assert desk.page.locator("[data-token]").count() == 0
    assert imani.ask("GET", f"/sessions/{at_home}/remote")["token_revoked_at"] is not None


def test_the_record_can_be_changed_and_the_form_begins_with_what_stands(desk: Desk, imani: Staff, at_home: str) -> None:
    desk.open(f"remote/{at_home}")
    write_record(desk)
    before = imani.ask("GET", f"/sessions/{at_home}/remote")["observer"]["briefed_at"]
    desk.press("Change the record")
    assert desk.page.get_by_role("dialog").get_by_label("Observer: name").input_value() == "Quill Invented"
    fill(desk, {"Address for an emergency": "7 Example Lane"})
    send(desk, "Keep the record")
    desk.sees("7 Example Lane")
    stored = imani.ask("GET", f"/sessions/{at_home}/remote")
    assert (stored["emergency_address"], stored["observer"]["briefed_at"]) == ("7 Example Lane", before)
