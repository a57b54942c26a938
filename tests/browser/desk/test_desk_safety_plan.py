"""The safety plan at the desk: written with the patient, confirmed by the patient alone, never overwritten."""

import pytest

from tests.browser.clinic import JUNIPER, ROWAN, Clinic, Json
from tests.browser.desk.office import Desk
from tests.browser.desk.rooms import faults_of, fill, send
from tests.browser.desk.test_desk_keyboard import tab_to, through
from tests.browser.members import Staff

pytestmark = pytest.mark.browser

STEPS = {
    "warning_signs": ["I stop answering"],
    "internal_coping": ["Walk to the river"],
    "distraction": [],
    "people_to_ask": [],
    "professionals": [],
    "means_safety": [],
}


def chart_of(imani: Staff, email: str) -> str:
    """The chart of a patient of the demo."""
    charts = imani.ask("GET", "/patients?limit=100")["items"]
    found: str = next(one["id"] for one in charts if one["email"] == email)
    return found


def plans(staff: Staff, patient_id: str) -> Json:
    """The plan in force, and the draft."""
    found: Json = staff.ask("GET", f"/patients/{patient_id}/safety-plan")
    return found


def row(desk: Desk, step: str, number: int) -> dict[str, str]:
    """The fields of one person or place."""
    return {part: f"#field-{step}\\.{number}\\.{part}" for part in ("name", "phone", "hours")}


def test_the_first_one_is_written_kept_and_handed_over(desk: Desk, imani: Staff, chart: Json, axe: str) -> None:
    patient = chart["patient_id"]
    desk.open(f"chart/{patient}")
    desk.page.get_by_role("link", name="Safety plan").click()
    desk.sees("There is no safety plan yet.")
    assert faults_of(desk, axe) == []
    desk.press("Write it with the patient")
    desk.field("1. Warning signs").fill("I stop answering\n\nI do not sleep")
    desk.sees("Steps 1 and 2 need at least one line each.")
    desk.field("2. What I can do by myself").fill("Walk to the river")
    people = row(desk, "people_to_ask", 0)
    desk.page.locator(people["name"]).fill("Maria, my sister")
    desk.page.locator(people["phone"]).fill("+1 555 0142")
    desk.page.locator(row(desk, "people_to_ask", 1)["name"]).fill("Nobody")
    desk.press("Remove: Nobody")
    service = row(desk, "professionals", 0)
    desk.page.locator(service["name"]).fill("The clinic")
    desk.page.locator(service["hours"]).fill("9 to 17")
    desk.field("What is worth living for").fill("My daughter")
    desk.wait_until_kept()
    desk.page.reload()
    desk.wait_for_value("2. What I can do by myself", "Walk to the river")
    assert faults_of(desk, axe) == []
    desk.press("Hand it to the patient")
    desk.sees("It waits for the patient now.")
    desk.page.get_by_role("heading", name="Version 1 waits for the patient").wait_for()
    assert faults_of(desk, axe) == []
    found = plans(imani, patient)
    assert found["in_force"] is None
    draft = found["draft"]
    assert draft["warning_signs"] == ["I stop answering", "I do not sleep"]
    assert draft["people_to_ask"] == [{"name": "Maria, my sister", "phone": "+1 555 0142"}]
    assert draft["professionals"] == [{"name": "The clinic", "phone": None, "hours": "9 to 17"}]
    assert (draft["reason_for_living"], draft["written_by"]) == ("My daughter", "clinician")
    desk.until(lambda: desk.drafts() == [], "the text to go from this computer")


def test_the_next_version_is_compared_and_the_patient_puts_it_in_force(
    desk: Desk, clinic: Clinic, imani: Staff, axe: str
) -> None:
    patient = chart_of(imani, ROWAN)
    before = plans(imani, patient)["in_force"]
    desk.open(f"safety-plan/{patient}")
    desk.page.get_by_role("heading", name=f"In force: version {before['number']}").wait_for()
    for summary in desk.page.locator("summary").all():
        summary.click()
    assert faults_of(desk, axe) == []
    desk.press("Change the day of review")
    fill(desk, {"Look at it again on": "2031-02-15"})
    send(desk, "Keep the day")
    desk.sees("To be looked at again on")
    desk.press("Write the next version")
    desk.field("6. Keeping what surrounds me safe").fill("The key is with Lou")
    desk.press("Hand it to the patient")
    desk.sees("It waits for the patient now.")
    desk.sees("Added: The key is with Lou")
    assert faults_of(desk, axe) == []
    draft = plans(imani, patient)["draft"]
    assert (draft["people_to_ask"], draft["review_on"]) == (before["people_to_ask"], "2031-02-15")
    clinic.member(ROWAN).ask("POST", f"/safety-plans/{draft['id']}/confirm", version=draft["version"])
    desk.page.get_by_role("heading", name=f"In force: version {draft['number']}").wait_for()


def test_what_the_patient_wrote_meanwhile_is_not_written_over(desk: Desk, clinic: Clinic, imani: Staff) -> None:
    patient, juniper = chart_of(imani, JUNIPER), clinic.member(JUNIPER)
    desk.open(f"safety-plan/{patient}")
    desk.press("Write it with the patient")
    desk.field("1. Warning signs").fill("Ours")
    desk.field("2. What I can do by myself").fill("Ours too")
    juniper.ask("POST", "/safety-plans", {**STEPS, "after_number": 0, "warning_signs": ["Her own"]})
    desk.sees("Version 1 was written meanwhile.")
    assert desk.page.get_by_role("button", name="Hand it to the patient").is_disabled()
    desk.press("I have looked, go on with mine")
    desk.press("Hand it to the patient")
    desk.page.get_by_role("heading", name="Version 2 waits for the patient").wait_for()
    states = [(one["number"], one["state"]) for one in juniper.ask("GET", "/safety-plans")["items"]]
    assert states == [(2, "draft"), (1, "replaced")]


def test_a_version_of_the_patient_s_own_leads_there_from_the_worklist(desk: Desk, clinic: Clinic, imani: Staff) -> None:
    rowan, patient = clinic.member(ROWAN), chart_of(imani, ROWAN)
    found = plans(imani, patient)
    newest = max(one["number"] for one in found.values() if one is not None)
    rowan.ask("POST", "/safety-plans", {**STEPS, "after_number": newest})
    desk.open()
    desk.page.locator(f"a[href='#/safety-plan/{patient}']").first.click()
    desk.page.get_by_role("heading", name=f"Version {newest + 1} waits for the patient").wait_for()
    desk.sees("Written by the patient")


def test_it_is_written_by_keys(desk: Desk, imani: Staff, chart: Json) -> None:
    desk.open(f"safety-plan/{chart['patient_id']}")
    tab_to(desk, "Write it with the patient")
    through(desk, "Enter")
    tab_to(desk, "1. Warning signs")
    desk.page.keyboard.type("One")
    tab_to(desk, "2. What I can do by myself")
    desk.page.keyboard.type("Two")
    tab_to(desk, "Person, place or service")
    desk.page.keyboard.type("The library")
    through(desk, "Control+Enter")
    desk.sees("It waits for the patient now.")
    desk.settle()
    assert desk.page.evaluate("document.activeElement.tagName") == "H1", "the focus is not lost"
    assert plans(imani, chart["patient_id"])["draft"]["distraction"] == [{"name": "The library", "phone": None}]
