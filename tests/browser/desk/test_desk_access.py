"""Everybody can use the desk: axe-core finds nothing, and nothing is cut off at 320 px or with large text."""

import json
from collections.abc import Iterator

import pytest

from tests.browser.clinic import JUNIPER, PASSWORD, ROWAN, TOBIAS, Json
from tests.browser.desk.conftest import NewDesk
from tests.browser.desk.office import Desk, words
from tests.browser.members import Staff

pytestmark = pytest.mark.browser

CRITERIA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DESKTOP, NARROW = {"width": 1280, "height": 800}, {"width": 320, "height": 640}


def no_more_to_come(desk: Desk) -> None:
    """Wait until no part of the screen stands for something that is being read."""
    gone = "![...document.querySelectorAll('main p')].some(one => one.textContent === 'One moment…')"
    desk.wait(gone, "every part of the screen to be read")


def screens(desk: Desk, imani: Staff, chart: Json) -> Iterator[str]:
    """Show every screen and state of a desk, one after the other, and name it."""
    charts = {one["email"]: one for one in imani.ask("GET", "/patients?limit=100")["items"]}
    rowan, juniper = charts[ROWAN], charts[JUNIPER]
    sections = dict.fromkeys(("subjective", "objective", "assessment", "plan"), "there")
    draft, signed = imani.new_note(chart, subjective="begun"), imani.new_note(chart, **sections)
    whole = imani.new_note(chart, **sections)
    imani.ask("POST", f"/notes/{signed}/sign", {}, version=1)
    imani.ask("POST", f"/notes/{signed}/addenda", {"text": words("She called.")})
    desk.open()
    yield "sign-in"
    desk.press("I have a code from my clinic")
    yield "invited"
    desk.press("Sign in")
    desk.field("E-mail address").fill(TOBIAS)
    desk.field("Password").fill(PASSWORD)
    desk.press("Sign in")
    desk.field("Code from your authenticator app").wait_for()
    yield "sign-in, with a code"
    desk.sign_in()
    desk.page.locator(".task").first.wait_for()
    yield "worklist"
    desk.open("patients")
    desk.page.locator("a[data-row]").first.wait_for()
    yield "patients"
    desk.open(f"chart/{rowan['id']}")
    desk.page.get_by_role("heading", name="Timeline").wait_for()
    no_more_to_come(desk)
    yield "chart"
    desk.field("Find words in this chart").fill("the")
    desk.press("Search")
    desk.page.get_by_role("status").filter(has_text="found").wait_for()
    yield "chart, words found"
    for session in imani.ask("GET", f"/sessions?patient_id={juniper['id']}&limit=100")["items"]:
        if session["phase"] == "dosing":
            desk.open(f"dosing/{session['id']}")
            desk.page.get_by_role("heading", name="Discharge").wait_for()
            for summary in desk.page.locator("summary").all():
                summary.click()
            yield f"dosing session, {session['planned_start_at']}"
    desk.open(f"chart/{rowan['id']}")
    desk.press("New note")
    desk.field("Format").wait_for()
    yield "new note"
    desk.press("Cancel")
    desk.press("New plan")
    yield "new plan"
    desk.press("Cancel")
    desk.open(f"note/{draft}")
    desk.field("Subjective").wait_for()
    yield "draft"
    desk.press("Sign")
    yield "signing"
    desk.press("Cancel")
    desk.offline()
    desk.field("Subjective").fill("mine")
    desk.wait_for_save("offline")
    yield "draft, offline"
    imani.ask("PATCH", f"/notes/{draft}", {"sections": {"subjective": "theirs"}}, version=1)
    desk.online()
    desk.wait_for_save("conflict")
    yield "conflict"
    desk.press("Keep what is written here")
    desk.wait_for_save("saved")
    yield "decided"
    desk.open(f"note/{whole}")
    desk.field("Subjective").wait_for()
    stale = {"title": "", "status": 403, "code": "step-up-required", "detail": "", "errors": [], "request_id": ""}
    desk.page.route("**/sign", lambda route: route.fulfill(status=403, json=stale))
    desk.press("Sign")
    desk.page.get_by_role("dialog").get_by_role("button", name="Sign").click()
    desk.page.get_by_role("dialog", name="Is it still you?").wait_for()
    yield "signing, after a while"
    desk.press("Cancel")
    desk.page.unroute("**/sign")
    desk.open(f"note/{signed}")
    desk.page.locator(".addendum").wait_for()
    for summary in desk.page.locator("summary").all():
        summary.click()
    yield "signed, all open"
    desk.press("Withhold for a time")
    yield "withholding"
    desk.press("Cancel")
    reflection = imani.ask("GET", f"/reflections?patient_id={rowan['id']}&limit=100&view=summary")["items"][-1]
    desk.open(f"reflection/{reflection['id']}")
    desk.field("Your reply").wait_for()
    no_more_to_come(desk)
    yield "reflection"
    plans = imani.ask("GET", f"/plans?patient_id={rowan['id']}&state=active&limit=100")["items"]
    plan = next(one for one in plans if "replace" in one["allowed_actions"])
    desk.open(f"plan/{plan['id']}")
    desk.page.get_by_role("button", name="Begin the next version").click()
    desk.page.get_by_role("heading", name="Next version").wait_for()
    desk.field("Aim").fill(words("An aim that differs"))
    desk.wait_for_save("saved")
    yield "plan, two versions"
    desk.press("Archive")
    yield "plan, sure"
    desk.page.get_by_role("dialog").get_by_role("button", name="Archive").click()
    desk.page.get_by_role("button", name="Begin the next version").wait_for()
    yield "plan"
    desk.open("you")
    desk.page.get_by_role("heading", name="Second factors").wait_for()
    no_more_to_come(desk)
    yield "you"
    desk.press("Sign out and forget this computer")
    desk.page.get_by_role("button", name="Forget everything here").wait_for()
    yield "you, forgetting"
    desk.press("Cancel")
    desk.press("Keys")
    yield "keys"
    desk.press("Close")
    desk.open(f"chart/{draft}")
    desk.page.get_by_role("button", name="Try again").wait_for()
    yield "a chart that is not there"


def test_axe_finds_nothing_where_a_supervisor_co_signs(
    new_desk: NewDesk, imani: Staff, greta: Staff, chart: Json, axe: str
) -> None:
    imani.ask("POST", f"/patients/{chart['patient_id']}/care-team", {"account_id": greta.id, "role": "supervisor"})
    note = imani.new_note(chart, **dict.fromkeys(("subjective", "objective", "assessment", "plan"), "there"))
    imani.ask("POST", f"/notes/{note}/sign", {"needs_cosign": True}, version=1)
    desk = new_desk(greta, reduced_motion="reduce")
    desk.sign_in()
    desk.page.locator(f"a[href='#/note/{note}']").click()
    desk.field("What the author should mend").wait_for()
    no_more_to_come(desk)
    assert findings(desk, axe) == []


def findings(desk: Desk, axe: str) -> list[str]:
    """Return the findings of axe-core on the page, and whether its content is cut off."""
    if not desk.page.evaluate("'axe' in window"):
        desk.page.evaluate(axe)
    options = {"runOnly": {"type": "tag", "values": CRITERIA}}
    told = desk.page.evaluate("options => axe.run(options)", options)
    found = [f"{one['id']}: {json.dumps([node['html'] for node in one['nodes']])[:400]}" for one in told["violations"]]
    wide = desk.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return found + ([f"{wide} px too wide"] if wide > 0 else [])


@pytest.mark.parametrize(
    ("scheme", "size", "zoom"),
    [("light", DESKTOP, 1), ("dark", DESKTOP, 1), ("light", NARROW, 1), ("dark", {"width": 640, "height": 800}, 2)],
)
def test_axe_finds_nothing_and_nothing_is_cut_off(
    new_desk: NewDesk, imani: Staff, chart: Json, axe: str, scheme: str, size: Json, zoom: int
) -> None:
    desk = new_desk(color_scheme=scheme, viewport=size, reduced_motion="reduce")
    large = f"document.documentElement.style.setProperty('font-size', '{100 * zoom}%')"
    desk.page.add_init_script(f"addEventListener('DOMContentLoaded', () => {large})")
    found = {screen: told for screen in screens(desk, imani, chart) if (told := findings(desk, axe))}
    assert found == {}
