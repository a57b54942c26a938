"""Rooms load when they are opened: also without a connection, also late; and with large text nothing is cut off."""

import pytest

from tests.browser.clinic import ADA, Clinic, Json, marker
from tests.browser.desk.conftest import NewDesk
from tests.browser.desk.office import Desk
from tests.browser.desk.test_desk_access import findings, no_more_to_come
from tests.browser.members import Staff

pytestmark = pytest.mark.browser

ROOMS = ("flags", "clinic", "roster", "documents", "safeguarding", "templates", "groups", "messages")


_LOSE_ROSTER = """async () => {
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const kept of await cache.keys()) if (kept.url.includes('/roster-')) await cache.delete(kept);
  }
}"""


def test_a_room_opens_for_the_first_time_without_a_connection(desk: Desk) -> None:
    asked: list[str] = []
    desk.page.on("request", lambda request: asked.append(request.url))
    desk.offline()
    desk.page.evaluate("location.hash = '#/roster'")
    desk.page.get_by_role("heading", name="Roster").wait_for()
    desk.sees("No connection.")
    assert any("/assets/roster-" in one for one in asked), "its file was not there before"


def test_a_room_that_did_not_arrive_is_asked_for_again(desk: Desk) -> None:
    desk.page.evaluate(_LOSE_ROSTER)
    desk.offline()
    desk.page.evaluate("location.hash = '#/roster'")
    desk.page.get_by_role("button", name="Try again").wait_for()
    desk.online()
    desk.press("Try again")
    desk.page.get_by_role("heading", name="On call now").wait_for()


def test_nothing_is_cut_off_with_large_text(
    new_desk: NewDesk, clinic: Clinic, imani: Staff, chart: Json, axe: str
) -> None:
    patient = chart["patient_id"]
    flag = imani.ask("POST", "/flags", {"patient_id": patient, "severity": "moderate", "text": "seen"})["id"]
    group = {"phase": "integration", "modality": "in_person", "topic": marker("Sleep")}
    second = imani.new_chart(marker("Second"))["patient_id"]
    group |= {"planned_start_at": "2031-01-31T15:00:00Z", "planned_end_at": "2031-01-31T16:00:00Z"}
    group_id = imani.ask("POST", "/group-sessions", {**group, "patient_ids": [patient, second]})["id"]
    found = {}
    for staff, paths in (
        (imani, (*ROOMS, f"flags/{patient}", f"flag/{flag}", f"consents/{patient}", f"group/{group_id}")),
        (clinic.staff(ADA), (*ROOMS[1:], "flag-times")),
    ):
        desk = new_desk(staff, color_scheme="dark", viewport={"width": 640, "height": 800}, reduced_motion="reduce")
        large = "document.documentElement.style.setProperty('font-size', '200%')"
        desk.page.add_init_script(f"addEventListener('DOMContentLoaded', () => {large})")
        desk.sign_in()
        for path in paths:
            desk.open(path)
            no_more_to_come(desk)
            if told := findings(desk, axe):
                found[path] = told
    assert found == {}
