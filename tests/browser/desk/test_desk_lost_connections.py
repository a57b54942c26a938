"""The desk after a lost connection: what is open is read again by itself, also if the feed was being asked."""

from typing import TYPE_CHECKING

import pytest

from tests.browser.clinic import Json
from tests.browser.desk.conftest import NewDesk
from tests.browser.desk.office import Desk, words
from tests.browser.members import Staff

if TYPE_CHECKING:
    from playwright.sync_api import Route

pytestmark = pytest.mark.browser

FEED = "**/v1/changes?*"
BACK = "dispatchEvent(new Event('online'))"


def renamed(staff: Staff, patient_id: str) -> str:
    """Another name of the patient, given past the desk."""
    name, version = words("Renamed").replace("-", " "), staff.ask("GET", f"/patients/{patient_id}")["version"]
    staff.ask("PATCH", f"/patients/{patient_id}", {"name": name}, version)
    return name


def hold_feed(desk: Desk, *, is_first_alone: bool = False) -> "list[Route]":
    """Let requests for the feed not be answered until `unroute`; they are gathered."""
    held: list[Route] = []

    def hold(route: "Route") -> None:
        if held and is_first_alone:
            route.continue_()
        else:
            held.append(route)

    desk.context.route(FEED, hold)
    return held


def is_named(desk: Desk, name: str) -> None:
    """Wait until the chart has this name."""
    desk.page.get_by_role("heading", name=name).wait_for()


def test_a_feed_that_is_not_answered_does_not_keep_the_next_one_from_being_asked(
    desk: Desk, imani: Staff, chart: Json
) -> None:
    """A request that is lost on its way takes half a minute to be given up, and is sent again three times."""
    desk.wait_without_limit()
    desk.open(f"chart/{chart['patient_id']}")
    is_named(desk, imani.ask("GET", f"/patients/{chart['patient_id']}")["name"])
    held = hold_feed(desk, is_first_alone=True)
    desk.page.evaluate(BACK)
    desk.until(lambda: held, "the feed to be asked")
    name = renamed(imani, chart["patient_id"])
    desk.page.evaluate(BACK)
    is_named(desk, name)


def test_what_changes_while_a_new_computer_reads_the_feed_is_shown(
    new_desk: NewDesk, imani: Staff, chart: Json
) -> None:
    """The first pages name everything there is; what is open was read before some of it."""
    desk = new_desk()
    desk.open()
    desk.wait_without_limit()
    held = hold_feed(desk)
    desk.sign_in()
    desk.open(f"chart/{chart['patient_id']}")
    is_named(desk, imani.ask("GET", f"/patients/{chart['patient_id']}")["name"])
    name = renamed(imani, chart["patient_id"])
    desk.until(lambda: held, "the feed to be asked")
    desk.context.unroute(FEED)
    is_named(desk, name)


def test_a_room_that_was_opened_without_a_connection_is_read_when_it_is_back(desk: Desk, chart: Json) -> None:
    desk.open("patients")
    desk.page.locator("a[data-row]").first.wait_for()
    desk.offline()
    desk.open(f"chart/{chart['patient_id']}")
    desk.page.get_by_role("button", name="Try again").wait_for()
    desk.online()
    desk.page.get_by_role("heading", name="Timeline").wait_for()


def test_a_reading_that_is_lost_is_done_again(desk: Desk, imani: Staff, chart: Json) -> None:
    """The feed tells of each change once."""
    path = f"**/v1/patients/{chart['patient_id']}/chart"
    desk.open(f"chart/{chart['patient_id']}")
    desk.page.get_by_role("heading", name="Timeline").wait_for()
    lost: list[Route] = []

    def lose(route: "Route") -> None:
        lost.append(route)
        route.abort()

    desk.context.route(path, lose)
    name = renamed(imani, chart["patient_id"])
    desk.sees("No connection.")
    assert lost
    desk.context.unroute(path)
    desk.page.evaluate(BACK)
    is_named(desk, name)
