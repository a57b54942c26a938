"""The first screen waits for the page, its script and its style sheet, for no other file and no answer of the API."""

from typing import TYPE_CHECKING

import pytest

from tests.browser.clinic import PASSWORD, ROWAN
from tests.browser.conftest import NewPhone
from tests.browser.device import Device
from tests.browser.phone import Phone

if TYPE_CHECKING:
    from playwright.sync_api import Request, Route

pytestmark = pytest.mark.browser


def hold_api(device: Device) -> list["Route"]:
    """Let no request of the API be answered; they are gathered."""
    held: list[Route] = []

    def hold(route: "Route") -> None:
        held.append(route)

    device.context.route("**/v1/**", hold)
    return held


def hold_inside(device: Device) -> list["Route"]:
    """Let the screens of who is signed in not arrive; the requests for them are gathered."""
    held: list[Route] = []

    def hold(route: "Route") -> None:
        held.append(route)

    device.context.route("**/inside-*.js", hold)
    return held


def asked(device: Device) -> list[str]:
    """Gather what the page is waiting for, without what the browser fetches beside: icons, the list of the app."""
    found: list[str] = []

    def note(request: "Request") -> None:
        is_beside = request.url.endswith("sw.js") or ("/assets/" in request.url and "/assets/index-" not in request.url)
        if request.resource_type in {"document", "script", "stylesheet", "font"} and not is_beside:
            found.append(request.resource_type)

    device.page.on("request", note)
    return found


def test_the_first_screen_of_the_phone_waits_for_three_files(phone: Phone) -> None:
    held, files = hold_api(phone), asked(phone)
    hold_inside(phone)
    phone.open()
    phone.page.get_by_role("button", name="Sign in", exact=True).wait_for()
    assert sorted(files) == ["document", "script", "stylesheet"]
    assert all("/v1/crisis-resources" in one.request.url for one in held), "what helps is asked for beside"


def test_a_phone_that_was_used_shows_what_it_has_before_any_answer(new_phone: NewPhone) -> None:
    phone = new_phone()
    phone.sign_in(ROWAN)
    hold_api(phone)
    phone.reload()
    phone.open("entries")
    phone.page.locator("a.row-link").first.wait_for()


def test_screens_that_did_not_arrive_are_asked_for_again(phone: Phone) -> None:
    phone.context.route("**/inside-*.js", lambda route: route.abort())
    phone.open()
    phone.page.fill("#email", ROWAN)
    phone.page.fill("#password", PASSWORD)
    phone.press("Sign in")
    phone.page.get_by_role("button", name="Try again").wait_for()
    phone.context.unroute("**/inside-*.js")
    phone.press("Try again")
    phone.is_ready()
    phone.page.locator("h1").wait_for()


def test_the_phone_can_be_installed(phone: Phone) -> None:
    phone.sign_in(ROWAN)
    errors = phone.context.new_cdp_session(phone.page).send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert {one["errorId"] for one in errors} <= {"in-incognito"}, "each test has a window of its own, which is one"
