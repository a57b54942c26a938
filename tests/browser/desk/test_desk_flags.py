"""Safety signals at the desk: by urgency, step by step to a second person, and while somebody looks."""

import pytest

from tests.browser.clinic import ADA, Clinic, Json, marker
from tests.browser.desk.conftest import NewDesk
from tests.browser.desk.office import Desk
from tests.browser.desk.rooms import faults_of, fill, send
from tests.browser.members import Staff

pytestmark = pytest.mark.browser


def raised(staff: Staff, chart: Json, severity: str, text: str = "seen") -> Json:
    """A flag by hand."""
    body = {"patient_id": chart["patient_id"], "severity": severity, "text": text}
    made: Json = staff.ask("POST", "/flags", body)
    return made


def test_a_flag_goes_from_its_raising_to_a_second_person(
    new_desk: NewDesk, imani: Staff, greta: Staff, chart: Json, axe: str
) -> None:
    patient, words = chart["patient_id"], marker("Pale, and slow to answer.")
    imani.ask("POST", f"/patients/{patient}/care-team", {"account_id": greta.id, "role": "supervisor"})
    desk = new_desk()
    desk.sign_in()
    desk.open(f"chart/{patient}")
    desk.page.locator("main").get_by_role("link", name="Flags", exact=True).click()
    desk.sees("No flag is open.")
    desk.press("Raise a flag")
    desk.page.get_by_role("dialog").get_by_label("How severe").select_option("high")
    fill(desk, {"What you saw or heard": words})
    assert faults_of(desk, axe) == []
    send(desk, "Raise it")
    desk.page.locator(".task.high a[data-row]").click()
    desk.sees("Nobody has acknowledged it")
    desk.press("Acknowledge")
    assert faults_of(desk, axe) == []
    send(desk, "Acknowledge")
    desk.sees("Reach the patient until")
    desk.press("Record a contact")
    desk.page.get_by_role("dialog").get_by_label("Who you reached").select_option("none")
    fill(desk, {"In a few words": "Rang twice."})
    send(desk, "Keep the attempt")
    desk.page.locator(".addendum", has_text="Contact, By phone, Nobody").wait_for()
    desk.press("Record a contact")
    send(desk, "Keep the attempt")
    desk.sees("Patient reached")
    desk.press("Add a remark")
    fill(desk, {"In a few words": "Sister is with them."})
    send(desk, "Keep the remark")
    desk.press("Resolve")
    desk.page.get_by_role("dialog").get_by_label("What came of it").select_option("safety_plan_updated")
    fill(desk, {"In a few words": "They are well."})
    send(desk, "Resolve")
    desk.sees("You proposed this end.")
    assert faults_of(desk, axe) == []
    (flag,) = imani.ask("GET", f"/flags?patient_id={patient}")["items"]
    assert (flag["state"], flag["severity"]) == ("awaiting_review", "high")
    second = new_desk(greta)
    second.sign_in()
    second.page.locator(f"a[href='#/flag/{flag['id']}']").first.click()
    second.page.get_by_role("button", name="Decide as second person").click()
    assert faults_of(second, axe) == []
    send(second, "Send the decision")
    second.sees("Resolved")
    desk.page.locator(".addendum", has_text="Closed").wait_for()  # by itself
    events = imani.ask("GET", f"/flags/{flag['id']}/events")["items"]
    kinds = [one["kind"] for one in events][::-1]
    assert kinds == ["raised", "acknowledged", "contact", "contact", "remark", "proposed", "closed"]
    assert events[-1]["text"] == words


def test_flags_are_listed_by_urgency_and_come_by_themselves(desk: Desk, imani: Staff, chart: Json, axe: str) -> None:
    name = imani.ask("GET", f"/patients/{chart['patient_id']}")["name"]
    for severity in ("low", "critical", "moderate"):
        raised(imani, chart, severity)
    desk.page.get_by_role("link", name="Flags", exact=True).click()
    own = desk.page.locator(".task", has_text=name)
    desk.until(lambda: own.count() == 3, "the flags of the chart")
    order = [one.split()[1] for one in own.evaluate_all("found => found.map(one => one.className)")]
    assert order == ["critical", "moderate", "low"]
    raised(imani, chart, "high")
    desk.until(lambda: own.count() == 4, "a flag that came meanwhile")
    assert faults_of(desk, axe) == []
    flag = raised(imani, chart, "moderate")
    imani.ask("POST", f"/flags/{flag['id']}/acknowledge", {}, version=1)
    imani.ask("POST", f"/flags/{flag['id']}/dismiss", {"reason": "A tap by mistake."}, version=2)
    desk.until(lambda: own.count() == 4, "what is closed to go")
    desk.page.get_by_text("Closed flags").click()
    desk.until(lambda: own.count() == 5, "what is closed in its own list")


def test_an_escalation_is_told_and_kept(desk: Desk, imani: Staff, chart: Json) -> None:
    flag = raised(imani, chart, "moderate")
    desk.open(f"flag/{flag['id']}")
    desk.press("Escalate")
    fill(desk, {"Why": "I am with another patient."})
    send(desk, "Escalate")
    desk.page.locator(".addendum", has_text="I am with another patient.").wait_for()
    assert imani.ask("GET", f"/flags/{flag['id']}")["state"] == "escalated"


def test_admins_read_how_fast_flags_are_answered(new_desk: NewDesk, clinic: Clinic, axe: str) -> None:
    ada = clinic.staff(ADA)
    told = ada.ask("GET", "/clinic/flag-times")
    row = {"severity": "moderate", "raised": 12, "acknowledged": 11, "acknowledged_late": 1}
    row |= {"median_minutes_to_acknowledge": 31.5, "contacted": 9, "contacted_late": 0}
    many = {**told, "items": [{**row, "median_minutes_to_contact": None}]}
    desk = new_desk(ada)
    desk.sign_in()
    desk.open("clinic")
    desk.page.get_by_role("link", name="How fast flags are answered").click()
    desk.sees(f"Flags raised in {told['quarter']}")
    desk.sees(f"flags of fewer than {told['minimum_patients']} people")
    assert faults_of(desk, axe) == []
    desk.page.route("**/v1/clinic/flag-times?*", lambda route: route.fulfill(json=many))
    desk.press("Quarter before")
    assert "12" in desk.page.get_by_role("row", name="Moderate").inner_text()
    assert faults_of(desk, axe) == []
