"""Check-ins at the desk: what the patient answered is read in the chart, with the rules that it met."""

import pytest

from tests.browser.clinic import ROWAN, Clinic, Json
from tests.browser.desk.office import Desk
from tests.browser.desk.rooms import faults_of
from tests.browser.desk.test_desk_safety_plan import chart_of
from tests.browser.members import Staff

pytestmark = pytest.mark.browser


def test_a_check_in_is_read_as_soon_as_it_is_there(desk: Desk, clinic: Clinic, imani: Staff, axe: str) -> None:
    patient = chart_of(imani, ROWAN)
    desk.open(f"chart/{patient}")
    desk.page.get_by_role("link", name="Check-ins").click()
    desk.page.get_by_role("heading", name="Check-ins").wait_for()
    questions = {one["id"]: one for one in imani.ask("GET", "/check-in-items")["items"]}
    scale = next(one for one in questions.values() if one["max"] is not None)
    answers = {"ci.safety": "not_safe", scale["id"]: scale["max"]}
    made = clinic.member(ROWAN).ask("POST", "/check-ins", {"answers": answers, "contact_me": True})
    card = desk.page.locator("article", has=desk.page.locator(f"[id='{made['id']}']"))
    card.wait_for()  # by itself
    for text in ("Asks to be called.", "Not safe", f"{scale['max']} of {scale['max']}"):
        card.get_by_text(text).first.wait_for()
    card.get_by_text(questions["ci.safety"]["question"]).wait_for()
    card.get_by_text("This answer met a rule").first.wait_for()
    assert card.get_by_role("link", name="Flags of this chart").first.get_attribute("href") == f"#/flags/{patient}"
    assert faults_of(desk, axe) == []


def test_one_that_was_corrected_stands_among_the_others(desk: Desk, clinic: Clinic, imani: Staff, axe: str) -> None:
    rowan, patient = clinic.member(ROWAN), chart_of(imani, ROWAN)
    one = rowan.ask("POST", "/check-ins", {"answers": {"ci.safety": "not_sure"}})
    right = {"answers": {"ci.safety": "safe"}, "corrects_id": one["id"], "correction_reason": "I slipped."}
    two = rowan.ask("POST", "/check-ins", right)
    desk.open(f"check-ins/{patient}")
    desk.page.locator("article", has=desk.page.locator(f"[id='{two['id']}']")).get_by_text("earlier one").wait_for()
    assert desk.page.locator(f"[id='{one['id']}']").count() == 0
    desk.field("Show").select_option("withdrawn")
    card = desk.page.locator("article", has=desk.page.locator(f"[id='{one['id']}']"))
    card.get_by_text("I slipped.").wait_for()
    assert faults_of(desk, axe) == []


def test_a_chart_without_any_says_so(desk: Desk, chart: Json, axe: str) -> None:
    desk.open(f"check-ins/{chart['patient_id']}")
    desk.sees("The patient has not checked in yet.")
    assert faults_of(desk, axe) == []
