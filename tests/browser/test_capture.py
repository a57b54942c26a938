"""The page of a capture link: a word, taps or a few lines without a sign-in, and with whom to call always on it."""

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from integration_api.core.ids import new_id
from tests.browser.clinic import TOBIAS, WREN, Clinic, Json, marker
from tests.browser.conftest import NewPhone
from tests.browser.phone import Phone
from tests.browser.test_phone_access import OVERFLOWING, findings
from tests.browser.test_phone_moments import DOSE

if TYPE_CHECKING:
    from playwright.sync_api import Route

pytestmark = pytest.mark.browser


@pytest.fixture
def linked(clinic: Clinic) -> Iterator[Json]:
    """A link after a dose in the chart of Wren; the dose is withdrawn afterwards."""
    staff = clinic.staff(TOBIAS)
    chart = clinic.member(WREN).ask("GET", "/me")["patient_id"]
    now = datetime.now(UTC).isoformat()
    facts = {"patient_id": chart, "phase": "dosing", "modality": "in_person", "planned_start_at": now}
    made = staff.ask("POST", "/sessions", facts)
    staff.ask("POST", f"/sessions/{made['id']}/start", {}, made["version"])
    dose = staff.ask("POST", f"/sessions/{made['id']}/doses", DOSE)
    issued = staff.ask("POST", f"/sessions/{made['id']}/capture-link")
    yield {"session": made["id"], "token": issued["token"], "path": issued["path"]}
    staff.ask("DELETE", f"/sessions/{made['id']}/capture-link")
    staff.ask("POST", f"/sessions/{made['id']}/doses/{dose['id']}/withdraw", {"reason": "Made for a test."}, 1)


def written(clinic: Clinic, linked: Json) -> list[Json]:
    """The entries of the link's session as the patient reads them, the newest first."""
    found: list[Json] = clinic.member(WREN).ask("GET", f"/reflections?session_id={linked['session']}")["items"]
    return found


def begin(phone: Phone, linked: Json) -> None:
    """Open the link: its secret is gone from the address at once, and the link was asked whether it works."""
    with phone.page.expect_response(lambda answer: answer.url.endswith("/v1/capture")) as asked:
        phone.page.goto(f"{phone.clinic.root}{linked['path']}")
    assert asked.value.status == 200
    phone.page.get_by_role("heading", name="How is it now? Three taps.").wait_for()


def keep(phone: Phone, part: str) -> None:
    """Press the button beside this field or scale."""
    phone.page.locator(".card", has=phone.page.locator(part)).get_by_role("button", name="Keep it").click()


def test_taps_a_word_and_lines_are_kept_without_a_sign_in(phone: Phone, clinic: Clinic, linked: Json) -> None:
    begin(phone, linked)
    for name, number in (("mood", 6), ("anxiety", 3), ("connection", 8)):
        phone.page.locator(f"input[name=tap-{name}]").nth(number).check()
    keep(phone, "input[name=tap-mood]")
    phone.sees("It is kept. Nobody but you can read it.")
    word, text = marker("word").replace(" ", "-"), marker("lines")
    phone.page.fill("#field-word", word)
    keep(phone, "#field-word")
    phone.page.fill("#field-text", text)
    keep(phone, "#field-text")
    phone.until(lambda: len(written(clinic, linked)) == 3, "three moments to arrive")
    found = written(clinic, linked)
    assert {(one["fragment"] or {}).get("form") for one in found} == {"mood", "word", None}
    assert {one["text"] for one in found} == {None, text}
    assert {one["sharing"] for one in found} == {"private"}
    shown = phone.page.locator("main").inner_text()
    assert word not in shown
    assert text not in shown, "what was written is not read back"


def calls(clinic: Clinic) -> list[Json]:
    """The calls for help in the chart of Wren that wait or were acknowledged."""
    chart = clinic.member(WREN).ask("GET", "/me")["patient_id"]
    flags = clinic.staff(TOBIAS).ask("GET", f"/flags?patient_id={chart}&limit=100")["items"]
    return [one for one in flags if one["rule"] == "R06"]


def test_help_is_asked_for_by_the_link(phone: Phone, clinic: Clinic, linked: Json) -> None:
    before = [one["id"] for one in calls(clinic)]
    begin(phone, linked)
    phone.page.locator(".crisis a[href^='tel:']").first.wait_for()
    phone.page.get_by_role("link", name="I need help").click()
    phone.press("Tell my care team that I need help")
    phone.page.get_by_role("heading", name="They were told").wait_for()
    phone.page.get_by_role("link", name="Back").click()
    phone.page.get_by_role("heading", name="How is it now? Three taps.").wait_for()
    for flag in calls(clinic):
        if flag["id"] not in before and flag["state"] == "open":
            clinic.staff(TOBIAS).ask("POST", f"/flags/{flag['id']}/acknowledge", {}, flag["version"])
    assert calls(clinic) != []


def test_a_moment_without_a_connection_waits_and_is_sent_once_it_is_back(
    phone: Phone, clinic: Clinic, linked: Json
) -> None:
    begin(phone, linked)
    phone.can_open_offline()
    phone.offline()
    phone.page.fill("#field-word", "weightless")
    keep(phone, "#field-word")
    phone.sees("No connection. 1 moment waits on this page")
    phone.reload()
    phone.sees("No connection. 1 moment waits on this page")
    assert phone.page.locator(".crisis a").count() > 0, "whom to call is there all the same"
    phone.online()
    phone.until(lambda: len(written(clinic, linked)) == 1, "the moment to be sent")
    phone.reload()
    assert len(written(clinic, linked)) == 1


def test_a_link_that_has_ended_keeps_what_was_not_sent_and_says_whom_to_call(
    phone: Phone, clinic: Clinic, linked: Json
) -> None:
    begin(phone, linked)
    clinic.staff(TOBIAS).ask("DELETE", f"/sessions/{linked['session']}/capture-link")
    phone.page.fill("#field-word", "weightless")
    keep(phone, "#field-word")
    phone.sees("This link does not work any more.")
    assert phone.page.locator(".crisis").is_visible()
    linked |= clinic.staff(TOBIAS).ask("POST", f"/sessions/{linked['session']}/capture-link")
    phone.page.get_by_label("Code from the clinic").fill(linked["token"])
    phone.press("Begin")
    phone.sees("Something was written here with another link")
    assert written(clinic, linked) == [], "nobody has said yet whose it is"
    phone.press("I wrote it: send it with this link")
    phone.until(lambda: len(written(clinic, linked)) == 1, "what was not sent to be sent")
    phone.new_tab()
    phone.open("capture")
    phone.page.get_by_label("Code from the clinic").fill(str(new_id()))
    phone.press("Begin")
    phone.sees("This link does not work any more.")


def test_what_was_written_under_one_link_is_never_sent_by_another(phone: Phone, clinic: Clinic, linked: Json) -> None:
    begin(phone, linked)
    clinic.staff(TOBIAS).ask("DELETE", f"/sessions/{linked['session']}/capture-link")
    phone.page.fill("#field-text", "Half a thought")
    phone.page.fill("#field-word", "weightless")
    keep(phone, "#field-word")
    phone.sees("This link does not work any more.")
    phone.page.get_by_role("button", name="End here").wait_for()
    linked |= clinic.staff(TOBIAS).ask("POST", f"/sessions/{linked['session']}/capture-link")
    begin(phone, linked)
    phone.sees("Something was written here with another link")
    assert phone.page.input_value("#field-text") == ""
    phone.page.fill("#field-word", "heavy")
    keep(phone, "#field-word")
    phone.sees("It is kept. Nobody but you can read it.")
    phone.press("Drop it")
    phone.reload()
    assert phone.page.get_by_text("Something was written here").count() == 0
    assert [one["fragment"]["word"] for one in written(clinic, linked)] == ["heavy"]


def test_a_moment_that_is_not_taken_is_shown_and_holds_no_other(phone: Phone, clinic: Clinic, linked: Json) -> None:
    begin(phone, linked)
    problem = {"type": "about:blank", "title": "Full", "status": 409, "code": "capture-link-full", "request_id": "1"}

    def answer(route: "Route") -> None:
        if "weightless" in (route.request.post_data or ""):
            route.fulfill(status=409, content_type="application/problem+json", body=json.dumps(problem))
        else:
            route.continue_()

    phone.page.route("**/v1/captures", answer)
    phone.page.fill("#field-word", "weightless")
    keep(phone, "#field-word")
    phone.page.get_by_role("heading", name="Not taken").wait_for()
    phone.page.fill("#field-word", "heavy")
    keep(phone, "#field-word")
    phone.until(lambda: len(written(clinic, linked)) == 1, "the next moment to be sent")
    phone.reload()
    phone.page.locator(".card.warning", has_text="weightless").wait_for()
    assert [one["fragment"]["word"] for one in written(clinic, linked)] == ["heavy"]


def test_what_is_being_written_outlives_a_tap_on_help_and_a_reload(phone: Phone, linked: Json) -> None:
    begin(phone, linked)
    phone.page.fill("#field-word", "weightless")
    phone.page.fill("#field-text", "Half a thought")
    phone.page.locator("input[name=tap-mood]").nth(6).check()
    phone.page.get_by_role("link", name="I need help").click()
    phone.page.get_by_role("link", name="Back").click()
    phone.page.get_by_role("heading", name="How is it now? Three taps.").wait_for()
    for _ in range(2):
        assert phone.page.input_value("#field-word") == "weightless"
        assert phone.page.input_value("#field-text") == "Half a thought"
        assert phone.page.locator("input[name=tap-mood]").nth(6).is_checked()
        phone.reload()


def test_the_secret_stays_in_the_tab(phone: Phone, linked: Json) -> None:
    begin(phone, linked)
    where = "JSON.stringify([{...localStorage}, location.href, document.cookie, document.body.innerHTML])"
    assert linked["token"] not in phone.page.evaluate(where)
    phone.new_tab()
    phone.open("capture")
    phone.page.get_by_label("Code from the clinic").wait_for()


@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 320)])
def test_everybody_can_use_the_page_of_a_link(
    new_phone: NewPhone, linked: Json, axe: str, scheme: str, width: int
) -> None:
    phone = new_phone(color_scheme=scheme, reduced_motion="reduce", viewport={"width": width, "height": 4000})
    phone.open("capture")
    phone.settle()
    assert findings(phone, axe) + phone.page.evaluate(OVERFLOWING) == []
    begin(phone, linked)
    phone.settle()
    if folder := os.environ.get("PICTURES"):
        phone.page.screenshot(path=f"{folder}/capture-{scheme}-{width}.png", full_page=True)
    assert findings(phone, axe) + phone.page.evaluate(OVERFLOWING) == []
