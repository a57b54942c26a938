"""How people are told beyond the desk: what they chose, their channels, and the admins' log."""

import pytest

from tests.browser.clinic import ADA, Clinic
from tests.browser.desk.conftest import NewDesk
from tests.browser.desk.office import Desk
from tests.browser.desk.rooms import faults_of, fill, send
from tests.browser.members import Staff

pytestmark = pytest.mark.browser


def test_somebody_chooses_quiet_hours_and_adds_a_service(desk: Desk, imani: Staff, axe: str) -> None:
    desk.open("messages")
    desk.press("Change")
    desk.page.get_by_role("dialog").get_by_label("a gap in the roster").check()
    fill(desk, {"Quiet from": "22:00", "Quiet until": "07:00"})
    assert faults_of(desk, axe) == []
    send(desk, "Keep it")
    desk.sees("22:00 to 07:00")
    settings = imani.ask("GET", "/me/notification-settings")
    assert (settings["kinds"], settings["quiet_from"], settings["quiet_until"]) == (["roster_gap"], "22:00", "07:00")
    desk.press("Add a service")
    fill(desk, {"Its address": "https://pager.example.com/desk"})
    send(desk, "Add it")
    desk.page.locator(".shown code", has_text="whsec_").wait_for()
    assert faults_of(desk, axe) == []
    assert desk.page.get_by_role("heading", name="What was sent").count() == 0, "the log is for admins"
    desk.press("Remove https://pager.example.com/desk")
    desk.page.get_by_role("dialog").get_by_role("button", name="Remove", exact=True).click()
    desk.sees("None. Who is on call needs one, or e-mail.")
    assert imani.ask("GET", "/me/channels")["items"] == []


def test_admins_read_what_was_sent(new_desk: NewDesk, clinic: Clinic, axe: str) -> None:
    log = clinic.staff(ADA).ask("GET", "/notifications?limit=50")["items"]
    desk = new_desk(clinic.staff(ADA))
    desk.sign_in()
    desk.open("messages")
    desk.page.get_by_role("heading", name="What was sent").wait_for()
    if log:
        desk.page.get_by_role("region", name="What was sent").wait_for()
    desk.press("Given up")
    assert faults_of(desk, axe) == []
