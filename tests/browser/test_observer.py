"""The page of the person beside a patient at home: a code, a form, and what to do if it is alarming."""

from datetime import UTC, datetime, timedelta

import pytest

from integration_api.core.ids import new_id
from tests.browser.clinic import IMANI, Clinic, Json, marker
from tests.browser.conftest import NewPhone
from tests.browser.members import Staff
from tests.browser.phone import Phone
from tests.browser.test_phone_access import OVERFLOWING, findings

pytestmark = pytest.mark.browser

CALM = {"Do they respond?": "Yes", "How do they breathe?": "Normally", "The colour of face and lips": "Normal"}
LIES = {"Do they vomit?": "No", "How do they lie?": "On the side"}


@pytest.fixture
def watched(clinic: Clinic) -> Json:
    """A session at home with a whole record: its id, and the observer's code."""
    imani: Staff = clinic.staff(IMANI)
    chart = imani.new_chart(marker("Test Person").replace("-", " "))
    now = datetime.now(UTC)
    planned = {"planned_start_at": now.isoformat(), "planned_end_at": (now + timedelta(hours=2)).isoformat()}
    facts = {"patient_id": chart["patient_id"], "phase": "dosing", "modality": "telehealth"}
    session = imani.ask("POST", "/sessions", {**facts, **planned})["id"]
    observer = {"name": "Quill Invented", "relation": "sister", "is_adult": True, "phone": "+1 555 0143"}
    call = {"name": "Noor Placeholder", "credential": "MD", "phone": "+1 555 0144"}
    where = {"emergency_address": "12 Example Lane, flat 3", "local_emergency_number": "911"}
    record = {**where, "observer": {**observer, "briefed_at": now.isoformat()}, "medical_on_call": call}
    imani.ask("PUT", f"/sessions/{session}/remote", record, version=0)
    return {"session": session, "token": imani.ask("POST", f"/sessions/{session}/support-token", {})["token"]}


def checks(clinic: Clinic, watched: Json) -> list[Json]:
    """The checks as staff read them."""
    found: list[Json] = clinic.staff(IMANI).ask("GET", f"/sessions/{watched['session']}/observer-watch")["checks"]
    return found


def begin(phone: Phone, watched: Json) -> None:
    """Come by the sign-in page, and type the code."""
    phone.open()
    phone.page.get_by_role("link", name="I stay beside somebody at home").click()
    phone.page.get_by_label("Code from the clinic").fill(watched["token"])
    phone.press("Begin")
    phone.page.get_by_role("group", name="Do they respond?").wait_for()


def choose(phone: Phone, answers: dict[str, str]) -> None:
    """Tap an answer to each of these questions."""
    for question, answer in answers.items():
        phone.page.get_by_role("group", name=question).get_by_role("radio", name=answer, exact=True).check()


def test_a_check_is_sent_and_says_when_to_look_again(phone: Phone, clinic: Clinic, watched: Json) -> None:
    begin(phone, watched)
    choose(phone, {**CALM, **LIES})
    phone.page.get_by_label("Pulse, if you can measure it").fill("77")
    phone.press("Send")
    phone.sees("Sent. The clinic has the check of")
    (check,) = checks(clinic, watched)
    assert (check["responds"], check["pulse"], check["source"]) == ("yes", 77, "device")
    links = clinic.staff(IMANI).ask("GET", f"/sessions/{watched['session']}/observer-watch")["link_events"]
    assert [(one["link"], one["change"]) for one in links] == [("observer", "connected")]


def test_an_alarming_check_shows_whom_to_call_and_where_one_is(phone: Phone, watched: Json, axe: str) -> None:
    begin(phone, watched)
    choose(phone, {**CALM, **LIES, "How do they breathe?": "Not at all"})
    phone.press("Send")
    danger = phone.page.locator(".crisis")
    danger.get_by_role("link", name="Call the emergency number 911").wait_for()
    assert danger.get_by_role("link", name="Call the emergency number 911").get_attribute("href") == "tel:911"
    assert "12 Example Lane, flat 3" in danger.inner_text()
    assert danger.get_by_role("link", name="Call Noor Placeholder").get_attribute("href") == "tel:+15550144"
    assert findings(phone, axe) == []


def test_a_check_without_a_connection_is_kept_and_sent_once_it_is_back(
    phone: Phone, clinic: Clinic, watched: Json
) -> None:
    begin(phone, watched)
    phone.offline()
    choose(phone, {**CALM, **LIES})
    phone.press("Send")
    phone.sees("No connection. 1 check is on this phone")
    phone.reload()
    phone.sees("No connection. 1 check is on this phone")
    assert phone.page.locator(".crisis a").count() > 0, "whom to call is there all the same"
    phone.online()
    phone.until(lambda: len(checks(clinic, watched)) == 1, "the check to be sent")
    watch = clinic.staff(IMANI).ask("GET", f"/sessions/{watched['session']}/observer-watch")
    assert {one["change"] for one in watch["link_events"]} == {"connected", "lost", "restored"}


def test_a_code_that_has_ended_or_never_was_one_shows_nothing(phone: Phone, clinic: Clinic, watched: Json) -> None:
    phone.open("observer")
    phone.page.get_by_label("Code from the clinic").fill(str(new_id()))
    phone.press("Begin")
    phone.sees("This code does not work, or has ended.")
    assert phone.page.locator(".crisis").is_visible()
    begin(phone, watched)
    clinic.staff(IMANI).ask("DELETE", f"/sessions/{watched['session']}/support-token")
    choose(phone, {**CALM, **LIES})
    phone.press("Send")
    phone.sees("This code does not work, or has ended.")


def test_the_page_keeps_nothing_beyond_the_tab(phone: Phone, watched: Json) -> None:
    begin(phone, watched)
    kept = phone.page.evaluate("JSON.stringify([{...localStorage}, location.href, document.cookie])")
    assert watched["token"] not in kept
    phone.new_tab()
    phone.open("observer")
    phone.page.get_by_label("Code from the clinic").wait_for()


@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 320)])
def test_everybody_can_use_the_page_of_the_observer(
    new_phone: NewPhone, watched: Json, axe: str, scheme: str, width: int
) -> None:
    phone = new_phone(color_scheme=scheme, reduced_motion="reduce", viewport={"width": width, "height": 4000})
    phone.open("observer")
    phone.settle()
    assert findings(phone, axe) + phone.page.evaluate(OVERFLOWING) == []
    begin(phone, watched)
    assert findings(phone, axe) + phone.page.evaluate(OVERFLOWING) == []
    phone.press("End here")
    assert findings(phone, axe) == []
