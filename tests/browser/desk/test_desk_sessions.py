"""Sessions at the desk: planned, moved, begun, ended, called off, missed; not by who may only read."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.browser.clinic import Json
from tests.browser.desk.conftest import NewDesk
from tests.browser.desk.office import Desk
from tests.browser.desk.rooms import faults_of, fill, send
from tests.browser.desk.test_desk_keyboard import opened, tab_to, through
from tests.browser.members import Staff

pytestmark = pytest.mark.browser

NEXT = (datetime.now(UTC) + timedelta(days=3)).date()


def planned(staff: Staff, chart: Json) -> Json:
    """The session of the chart that is not of the factory."""
    found = staff.ask("GET", f"/sessions?patient_id={chart['patient_id']}")["items"]
    (one,) = [session for session in found if session["id"] != chart["session_id"]]
    return dict(one)


def instant(at: str) -> datetime:
    """When it is, as the desk's computer in New York shows it."""
    return datetime.fromisoformat(at).astimezone(UTC)


def test_a_session_is_planned_moved_and_called_off(desk: Desk, imani: Staff, chart: Json, axe: str) -> None:
    desk.open(f"chart/{chart['patient_id']}")
    desk.press("Plan a session")
    dialog = desk.page.get_by_role("dialog")
    assert faults_of(desk, axe) == []
    dialog.get_by_label("Purpose").select_option("preparation")
    dialog.get_by_label("Where").select_option("telehealth")
    fill(desk, {"Begins": f"{NEXT}T09:00", "Ends": f"{NEXT}T08:00", "Intention, in the patient's words": "To sleep."})
    dialog.get_by_role("button", name="Plan it", exact=True).click()
    dialog.get_by_text("It ends before it begins.").wait_for()
    fill(desk, {"Ends": f"{NEXT}T10:30"})
    send(desk, "Plan it")
    row = desk.page.locator("section", has=desk.page.get_by_role("heading", name="Next sessions")).locator("li")
    row.get_by_text("Preparation").wait_for()
    one = planned(imani, chart)
    assert (one["phase"], one["modality"], one["intention"]) == ("preparation", "telehealth", "To sleep.")
    begins, ends = instant(one["planned_start_at"]), instant(one["planned_end_at"])
    assert (ends - begins, begins.minute) == (timedelta(minutes=90), 0)
    assert faults_of(desk, axe) == []
    row.get_by_role("button", name="Move").click()
    assert dialog.get_by_label("Begins").input_value() == f"{NEXT}T09:00"
    fill(desk, {"Begins": f"{NEXT}T11:00", "Ends": f"{NEXT}T12:00"})
    send(desk, "Move it")
    desk.until(lambda: planned(imani, chart)["version"] == 2, "the session to be moved")
    moved = planned(imani, chart)
    assert instant(moved["planned_start_at"]) - begins == timedelta(hours=2)
    assert (moved["modality"], moved["intention"]) == ("telehealth", "To sleep.")
    row.get_by_role("button", name="Call off").click()
    assert faults_of(desk, axe) == []
    fill(desk, {"Why": "She is away."})
    send(desk, "Call off")
    row.get_by_role("button", name="Move").wait_for(state="detached")
    gone = planned(imani, chart)
    assert (gone["state"], gone["end_reason"]) == ("cancelled", "She is away.")


def test_a_session_is_begun_and_ended(desk: Desk, imani: Staff, chart: Json, axe: str) -> None:
    """If nobody is named, the desk names the person who begins the session: the API ends none without staff."""
    begins = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=1)
    facts = {"patient_id": chart["patient_id"], "phase": "integration", "modality": "in_person"}
    imani.ask("POST", "/sessions", {**facts, "planned_start_at": begins.isoformat()})
    desk.open(f"chart/{chart['patient_id']}")
    row = desk.page.locator("section", has=desk.page.get_by_role("heading", name="Next sessions")).locator("li")
    row.get_by_role("button", name="Begin").click()
    assert row.get_by_role("button", name="Did not come").count() == 0, "its time has not come"
    assert faults_of(desk, axe) == []
    send(desk, "Begin")
    row.get_by_text("in progress").wait_for()
    assert planned(imani, chart)["people"] == [{"role": "therapist", "name": None, "account_id": imani.id}]
    assert row.get_by_role("button", name="Move").count() == 0
    row.get_by_role("button", name="Break off").wait_for()
    row.get_by_role("button", name="End").click()
    send(desk, "End")
    row.wait_for(state="detached")
    one = planned(imani, chart)
    assert (one["state"], one["started_at"] <= one["ended_at"]) == ("completed", True)
    assert faults_of(desk, axe) == []


def test_one_to_which_nobody_came_is_found_and_noted(desk: Desk, imani: Staff, chart: Json, axe: str) -> None:
    desk.open(f"chart/{chart['patient_id']}")
    desk.page.get_by_text("Planned earlier, not begun").click()
    desk.page.get_by_role("button", name="Did not come").click()
    assert faults_of(desk, axe) == []
    fill(desk, {"Why": "No answer by phone."})
    send(desk, "Did not come")
    desk.sees("There is none.")
    over = imani.ask("GET", f"/sessions/{chart['session_id']}")
    assert (over["state"], over["end_reason"]) == ("no_show", "No answer by phone.")
    assert faults_of(desk, axe) == []


def test_one_that_was_moved_elsewhere_is_not_moved_unseen(desk: Desk, imani: Staff, chart: Json) -> None:
    begins = datetime.now(UTC).replace(microsecond=0) + timedelta(days=2)
    facts = {"patient_id": chart["patient_id"], "phase": "integration", "modality": "in_person"}
    one = imani.ask("POST", "/sessions", {**facts, "planned_start_at": begins.isoformat()})
    desk.open(f"chart/{chart['patient_id']}")
    desk.page.get_by_role("button", name="Move").click()
    later = (begins + timedelta(days=1)).isoformat()
    imani.ask("PATCH", f"/sessions/{one['id']}", {"planned_start_at": later}, version=1)
    fill(desk, {"Begins": f"{NEXT}T11:00"})
    dialog = desk.page.get_by_role("dialog")
    dialog.get_by_role("button", name="Move it", exact=True).click()
    dialog.get_by_text("Somebody changed this").wait_for()
    assert instant(planned(imani, chart)["planned_start_at"]) == begins + timedelta(days=1)
    assert dialog.get_by_label("Begins").input_value() == f"{NEXT}T11:00"


def test_a_session_is_planned_by_keys(desk: Desk, imani: Staff, chart: Json) -> None:
    desk.open(f"chart/{chart['patient_id']}")
    tab_to(desk, "Plan a session")
    through(desk, "Enter")
    opened(desk, "Plan a session")
    tab_to(desk, "Purpose")
    desk.page.keyboard.type("Follow")
    through(desk, "Control+Enter")
    desk.page.get_by_role("dialog").wait_for(state="detached")
    one = planned(imani, chart)
    assert one["phase"] == "follow_up"
    assert instant(one["planned_end_at"]) - instant(one["planned_start_at"]) == timedelta(hours=1)


def test_who_may_only_read_plans_nothing(new_desk: NewDesk, greta: Staff, imani: Staff) -> None:
    patient = greta.ask("GET", "/patients?limit=1")["items"][0]["id"]
    desk = new_desk(greta)
    desk.sign_in()
    desk.open(f"chart/{patient}")
    desk.page.get_by_role("heading", name="Next sessions").wait_for()
    assert desk.page.get_by_role("button", name="Plan a session").count() == 0
