"""The desk with texts that run from right to left: nothing reaches beyond a narrow screen."""

import pytest

from tests.browser.clinic import Json
from tests.browser.desk.conftest import NewDesk
from tests.browser.desk.office import Desk
from tests.browser.desk.rooms import NARROW
from tests.browser.desk.test_desk_access import no_more_to_come
from tests.browser.desk.test_desk_safety_plan import STEPS
from tests.browser.members import Staff
from tests.factories.plans import WHOLE

pytestmark = pytest.mark.browser

HEBREW = "ללכת לאט אל הנהר ולנשום"
REACHING = """() => [...document.querySelectorAll("body *")].filter(one => {
  if (one.closest(".unseen, .skip, .scrolls") || one.matches("input, textarea, select")) return false;
  if (!one.checkVisibility()) return false;
  const {left, right} = one.getBoundingClientRect();
  const isInner = getComputedStyle(one).display !== "inline" && one.clientWidth > 0;
  return right > innerWidth + 1 || left < -1 || (isInner && one.scrollWidth > one.clientWidth + 1);
}).map(one => one.outerHTML.slice(0, 100))"""
"""The parts of a page that reach beyond it, or whose content reaches beyond them. Wide tables and fields scroll."""


def reaching(desk: Desk) -> list[str]:
    """Elements of the shown screen that reach beyond their place."""
    no_more_to_come(desk)
    desk.settle()
    for summary in desk.page.locator("main details:not([open]) > summary").all():
        summary.click()
    no_more_to_come(desk)
    found: list[str] = desk.page.evaluate(REACHING)
    return found


def hebrew(imani: Staff, patient_id: str) -> str:
    """A plan and a safety plan in Hebrew; the id of the plan."""
    plan = imani.ask("POST", "/plans", {"patient_id": patient_id, "title": HEBREW, "aim": HEBREW, "is_shared": True})
    barriers = [{"barrier": HEBREW, "workaround": HEBREW}, {"barrier": HEBREW * 3, "workaround": None}]
    facts = {**WHOLE, "title": HEBREW, "if_cue": HEBREW, "then_action": HEBREW, "barriers": barriers}
    imani.ask("POST", f"/plans/{plan['id']}/strategies", facts, plan["version"])
    version = imani.ask("GET", f"/plans/{plan['id']}")["version"]
    imani.ask("POST", f"/plans/{plan['id']}/propose", {}, version)
    steps: Json = {**STEPS, "warning_signs": [HEBREW], "internal_coping": [HEBREW, HEBREW * 3]}
    steps["people_to_ask"] = [{"name": HEBREW, "phone": "+1 555 0142"}]
    imani.ask("POST", "/safety-plans", {**steps, "patient_id": patient_id, "after_number": 0})
    plan_id: str = plan["id"]
    return plan_id


def test_texts_from_right_to_left_stay_in_their_lists(new_desk: NewDesk, imani: Staff, chart: Json) -> None:
    plan_id = hebrew(imani, chart["patient_id"])
    desk = new_desk(viewport=NARROW, reduced_motion="reduce")
    desk.sign_in()
    found = {}
    for path in (f"plan/{plan_id}", f"safety-plan/{chart['patient_id']}"):
        desk.open(path)
        desk.sees(HEBREW)
        if told := reaching(desk):
            found[path] = told
    assert found == {}
