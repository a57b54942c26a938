"""A check-in on the phone: a few taps after a dose, offline too, and what the care team is told."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.browser.clinic import NOOR, TOBIAS, WREN, Clinic, Json
from tests.browser.phone import Phone
from tests.browser.test_phone_access import findings

pytestmark = pytest.mark.browser


@pytest.fixture
def window(clinic: Clinic) -> Json:
    """A window that is open in the chart of Wren: of a dose of twenty hours ago."""
    staff = clinic.staff(TOBIAS)
    chart = clinic.member(WREN).ask("GET", "/me")["patient_id"]
    given = (datetime.now(UTC) - timedelta(hours=20)).isoformat()
    people = [{"role": "therapist", "name": "Tobias Example", "account_id": staff.id}]
    facts = {"patient_id": chart, "phase": "dosing", "modality": "in_person", "planned_start_at": given}
    made = staff.ask("POST", "/sessions", {**facts, "people": people, "intention": "To rest."})
    path = f"/sessions/{made['id']}"
    staff.ask("POST", f"{path}/start", {"started_at": given}, made["version"])
    body = {"route": "im", "amount": 60, "weight_kg": 70, "given_while_held": True, "given_at": given}
    staff.ask("POST", f"{path}/doses", body)
    clinic.staff(NOOR).ask("POST", f"{path}/discharge/override", {"reason": "An invented reason."}, 0)
    staff.ask("POST", f"{path}/complete", {}, staff.ask("GET", path)["version"])
    every = staff.ask("GET", f"/arc-windows?patient_id={chart}&limit=100")["items"]
    found: Json
    [found] = [one for one in every if one["session_id"] == made["id"] and one["step"]["id"] == "t24"]
    return found


def test_a_check_in_is_answered_in_taps_and_an_alarm_reaches_the_team(
    phone: Phone, clinic: Clinic, window: Json, axe: str
) -> None:
    phone.sign_in(WREN)
    card = phone.page.locator(f"a[href='#/check-in/{window['id']}']", has_text="How are you after your session?")
    card.click()
    phone.page.get_by_role("heading", name="How are you?").wait_for()
    assert findings(phone, axe) == []
    phone.offline()
    phone.page.get_by_role("group", name="Do you feel safe right now?").get_by_label("I am not sure").check()
    phone.page.locator("a[href='tel:911']").first.wait_for()
    phone.page.get_by_role("group", name="Do things feel unreal?").get_by_label("2", exact=True).check()
    phone.sees("Kept on this phone as you type.")
    phone.reload()
    assert phone.page.get_by_label("I am not sure").is_checked(), "what was tapped is kept"
    phone.press("Keep and send")
    phone.sees("It is on this phone, and goes to your care team")
    phone.online()
    phone.wait_until_sent()
    phone.sees("Your care team is told now")
    assert findings(phone, axe) == []
    [stored] = clinic.member(WREN).ask("GET", f"/check-ins?arc_window_id={window['id']}")["items"]
    assert stored["answers"] == {"ci.safety": "not_sure", "ci.unreal": 2}
    assert [one["rule"] for one in stored["alarms"]] == ["R06"]
    [flag] = clinic.staff(TOBIAS).ask("GET", f"/flags?source_id={stored['id']}")["items"]
    tasks = clinic.staff(TOBIAS).ask("GET", "/worklist?limit=100")["items"]
    assert (flag["rule"], flag["id"]) in {("R06", one["subject_id"]) for one in tasks if one["kind"] == "flag_raised"}
    phone.open()
    phone.page.locator(".question").wait_for()
    assert card.count() == 0
