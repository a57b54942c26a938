"""A therapist's day at the desk, in a real browser: sign in, worklist, chart, note, plan, and by keyboard alone."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.clinic import PASSWORD, ROWAN, TOBIAS, Json
from tests.browser.desk.conftest import NewDesk
from tests.browser.desk.office import Desk, words
from tests.browser.members import NEXT, Staff, code_now

pytestmark = pytest.mark.browser

SOAP = ("Subjective", "Objective", "Assessment", "Plan")


def filled(note: str = "there") -> dict[str, str]:
    """Every section of a SOAP note."""
    return {name.lower(): note for name in SOAP}


def test_a_password_and_a_code_open_the_desk(new_desk: NewDesk) -> None:
    desk = new_desk()
    desk.open()
    desk.field("E-mail address").fill(TOBIAS)
    desk.field("Password").fill("not the password at all")
    desk.press("Sign in")
    desk.sees("The address or the password is not right.")
    desk.field("Password").fill(PASSWORD)
    desk.press("Sign in")
    code = desk.field("Code from your authenticator app")
    code.wait_for()

    def is_in() -> bool:
        if desk.page.locator("header nav").count():
            return True
        code.fill(code_now(NEXT))
        desk.press("Sign in")
        desk.page.locator("header nav, main button[type=submit]:not(:disabled)").first.wait_for()
        return False

    desk.until(is_in, "a code that nobody has used")
    desk.page.get_by_role("heading", name="Worklist").wait_for()
    assert desk.page.evaluate("document.cookie") == "", "no script reads the refresh token"
    desk.page.reload()
    desk.page.get_by_role("heading", name="Worklist").wait_for()
    desk.open("you")
    desk.press("Sign out")
    desk.page.get_by_role("heading", name="Sign in").wait_for()
    desk.page.reload()
    desk.page.get_by_role("heading", name="Sign in").wait_for()


def test_words_are_found_in_a_chart(desk: Desk, imani: Staff, chart: Json) -> None:
    note = imani.new_note(chart, subjective="The Lark sang all night.")
    desk.open(f"chart/{chart['patient_id']}")
    desk.field("Find words in this chart").fill("LARK night")
    desk.press("Search")
    desk.sees("One thing found.")
    desk.page.get_by_role("link", name="Note The Lark sang all night.").click()
    desk.page.wait_for_url(f"**/note/{note}")
    desk.open(f"chart/{chart['patient_id']}")
    desk.field("Find words in this chart").fill("lark day")
    desk.press("Search")
    desk.sees("Nothing found.")


def test_a_note_is_signed_after_a_fresh_proof(desk: Desk, imani: Staff, chart: Json) -> None:
    note = imani.new_note(chart, **(filled() | {"plan": ""}))
    asked: list[str] = []

    def stale_proof(route: Any) -> None:
        """As the API answers five minutes after the sign-in."""
        problem = {"title": "", "status": 403, "code": "step-up-required", "detail": "", "errors": [], "request_id": ""}
        if asked:
            route.continue_()
        else:
            asked.append("once")
            route.fulfill(status=403, json=problem)

    desk.open(f"note/{note}")
    desk.press("Sign")
    desk.page.get_by_role("dialog").get_by_role("button", name="Sign").click()
    desk.sees("Still empty: Plan.")
    desk.press("Cancel")
    desk.field("Plan").fill("See her on Friday.")
    desk.page.route("**/sign", stale_proof)
    desk.press("Sign")
    desk.page.get_by_role("dialog").get_by_role("button", name="Sign").click()
    desk.sees("Is it still you?")
    desk.press("Use a passkey")
    desk.sees("Signed by Imani Vale, LMFT")
    stored = imani.note(note)
    assert (stored["state"], stored["sections"]["plan"]) == ("signed", "See her on Friday.")
    addendum = words("She called on Thursday.")
    desk.field("Addendum").fill(addendum)
    desk.wait_until_kept()
    desk.reload()
    desk.wait_for_value("Addendum", addendum)
    desk.press("Add")
    desk.until(lambda: imani.note(note)["addenda_count"] == 1, "the addendum to be stored")
    desk.page.locator(".addendum", has_text=addendum).wait_for()
    desk.wait_for_value("Addendum", "")


def test_a_supervisor_returns_a_note_and_then_co_signs_it(
    new_desk: NewDesk, imani: Staff, greta: Staff, chart: Json
) -> None:
    path = f"/patients/{chart['patient_id']}/care-team"
    imani.ask("POST", path, {"account_id": greta.id, "role": "supervisor"})
    note = imani.new_note(chart, **filled())
    imani.ask("POST", f"/notes/{note}/sign", {"needs_cosign": True}, version=1)
    desk = new_desk(greta)
    desk.sign_in()
    desk.page.locator(f"a[href='#/note/{note}']").click()
    desk.field("What the author should mend").fill("Say what was agreed.")
    desk.press("Return to its author")
    desk.until(lambda: imani.note(note)["state"] == "draft", "the note to be returned")
    version = imani.note(note)["version"]
    imani.ask("PATCH", f"/notes/{note}", {"sections": {"plan": "Agreed: Friday."}}, version=version)
    imani.ask("POST", f"/notes/{note}/sign", {"needs_cosign": True}, version=version + 1)
    desk.open(f"note/{note}?")
    desk.open(f"note/{note}")
    desk.sees("Agreed: Friday.")
    desk.press("Co-sign")
    desk.sees("Co-signed by Greta Specimen, PsyD")
    assert imani.note(note)["state"] == "signed"


def test_the_next_version_of_a_plan_is_edited_beside_the_agreed_one(desk: Desk, imani: Staff) -> None:
    rowan = next(one for one in imani.ask("GET", "/patients?limit=100")["items"] if one["email"] == ROWAN)
    plans = imani.ask("GET", f"/plans?patient_id={rowan['id']}&state=active&limit=100")["items"]
    plan = next(one for one in plans if "replace" in one["allowed_actions"])
    desk.open(f"plan/{plan['id']}")
    desk.press("Begin the next version")
    desk.page.get_by_role("heading", name="Next version").wait_for()
    aim = words("Evenings that end earlier")
    desk.field("Aim").fill(aim)
    desk.page.get_by_label("then …").first.fill("then I put the phone in the kitchen.")
    desk.wait_until_saved()
    desk.page.locator(".mark", has_text="changed").first.wait_for()
    (found,) = [
        one
        for one in imani.ask("GET", f"/plans?patient_id={rowan['id']}&state=draft&limit=100")["items"]
        if one["replaces_id"] == plan["id"]
    ]
    stored = imani.ask("GET", f"/plans/{found['id']}")
    assert (stored["aim"], stored["strategies"][0]["then_action"]) == (aim, "then I put the phone in the kitchen.")
    assert imani.ask("GET", f"/plans/{plan['id']}")["aim"] == plan["aim"], "the agreed version stands"
    desk.press("Add a strategy")
    desk.page.get_by_role("dialog").get_by_label("Title").fill("Walk to the corner")
    desk.press("Add")
    desk.page.get_by_role("group", name=re.compile("new")).wait_for()
    for label, text in (("If …", "If it is dark"), ("then …", "then I walk to the corner and back.")):
        desk.page.get_by_label(label).last.fill(text)
    desk.wait_until_saved()
    desk.press("Propose to the patient")
    desk.sees("Proposed to the patient")
    assert imani.ask("GET", f"/plans/{found['id']}")["state"] == "proposed"
    desk.press("Archive")
    desk.page.get_by_role("dialog").get_by_role("button", name="Archive").click()
    desk.until(lambda: imani.ask("GET", f"/plans/{found['id']}")["state"] == "archived", "the plan to be archived")


def test_the_keyboard_does_it_all(desk: Desk, imani: Staff, chart: Json) -> None:
    note = imani.new_note(chart, **(filled() | {"subjective": ""}))
    keys = desk.page.keyboard
    desk.page.get_by_role("heading", name="Worklist").wait_for()
    desk.page.locator(f"a[href='#/note/{note}']").wait_for()

    def focused() -> str:
        return str(desk.page.evaluate("document.activeElement.getAttribute('href') ?? document.activeElement.id"))

    def press_both(first: str, second: str, is_so: Callable[[], bool]) -> None:
        """Press two keys, again if the pause between them was too long on this machine."""

        def has_worked() -> bool:
            if not is_so():
                keys.press(first)
                keys.press(second)
                desk.settle()
            return is_so()

        desk.until(has_worked, f"{first} {second} to work")

    desk.settle()
    for _ in range(100):
        keys.press("j")
        if focused() == f"#/note/{note}":
            break
    keys.press("Enter")
    desk.field("Subjective").wait_for()
    desk.settle()
    keys.press("e")
    keys.type("Typed without a mouse; j and k and ? are letters here.")
    keys.press("Control+s")
    desk.wait_for_save("saved")
    keys.press("Alt+ArrowDown")
    assert focused() == "field-objective"
    keys.press("Control+Enter")
    desk.page.get_by_role("dialog", name="Sign this note").wait_for()
    keys.press("Control+Enter")
    desk.sees("Signed by Imani Vale")
    assert "j and k and ?" in imani.note(note)["sections"]["subjective"]
    desk.page.go_back()
    desk.page.get_by_role("heading", name="Worklist").wait_for()
    desk.settle()
    press_both("g", "p", lambda: desk.page.get_by_role("heading", name="Patients").count() == 1)
    desk.page.locator("a[data-row]").first.wait_for()
    desk.settle()
    keys.press("j")
    opened = focused()
    keys.press("Enter")
    desk.page.get_by_role("button", name="New note").wait_for()
    desk.settle()
    keys.press("n")
    desk.page.get_by_role("dialog", name="New note").wait_for()
    keys.press("Escape")
    desk.wait("document.querySelector('dialog') === null", "the dialog to close")
    desk.page.go_back()
    desk.until(lambda: focused() == opened, "the focus to be where it was")
    keys.press("?")
    desk.page.get_by_role("dialog", name="Keys").wait_for()
    desk.page.get_by_role("dialog").get_by_label("Single-key shortcuts").uncheck()
    keys.press("Escape")
    keys.press("g")
    keys.press("w")
    assert desk.page.evaluate("location.hash") == "#/patients", "single keys are off"


def test_what_waits_appears_by_itself(desk: Desk, imani: Staff, chart: Json) -> None:
    desk.page.get_by_role("heading", name="Worklist").wait_for()
    note = imani.new_note(chart, subjective=words("Begun on another computer"))
    desk.page.locator(f"a[href='#/note/{note}']").wait_for()


def test_two_tabs_follow_by_one_stream_and_the_second_goes_on(desk: Desk, imani: Staff, chart: Json) -> None:
    followed: list[object] = []

    def hear(asked: Any) -> None:
        if asked.url.endswith("/v1/events"):
            followed.append(asked.frame.page)

    def is_told(words_of_it: str, *pages: Any) -> None:
        note = imani.new_note(chart, subjective=words(words_of_it))
        for page in pages:
            page.locator(f"a[href='#/note/{note}']").wait_for()

    desk.context.on("request", hear)
    first = desk.page
    desk.new_tab()
    second = desk.page
    is_told("Seen in both", first, second)
    is_told("Told to the second by the first", first, second)
    assert second not in followed
    first.close()
    is_told("Seen in the one that is left", second)
    desk.until(lambda: second.title() and second in followed, "the stream of the second tab")
