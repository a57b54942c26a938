"""Summaries of both sides, over the desk and the phone: written, endorsed, changed, kept offline, held after a dose."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.browser.apart import give_dose
from tests.browser.clinic import IMANI, ROWAN, TOBIAS, WREN, Clinic, marker
from tests.browser.desk.office import Desk
from tests.browser.desk.rooms import faults_of, fill, send
from tests.browser.members import Json, Staff
from tests.browser.phone import Phone

if TYPE_CHECKING:
    from playwright.sync_api import Route

pytestmark = pytest.mark.browser


def rowan(imani: Staff) -> str:
    """The id of the demo's Rowan."""
    found: str = next(one for one in imani.ask("GET", "/patients?limit=100")["items"] if one["email"] == ROWAN)["id"]
    return found


def begun(clinic: Clinic, title: str, text: str) -> Json:
    """A summary that the therapist has begun in Rowan's chart, of the whole course."""
    imani = clinic.staff(IMANI)
    patient = rowan(imani)
    course = imani.ask("GET", f"/courses?patient_id={patient}")["items"][0]["id"]
    body = {"patient_id": patient, "course_id": course, "title": title, "text": text}
    made: Json = imani.ask("POST", "/shared-summaries", body)
    return made


def stored(clinic: Clinic, title: str) -> list[Json]:
    """Every summary of Rowan with this title, as it is stored."""
    return [
        one for one in clinic.member(ROWAN).ask("GET", "/shared-summaries?limit=100")["items"] if one["title"] == title
    ]


def test_one_is_written_at_the_desk_endorsed_by_both_and_changed_on_the_phone(
    desk: Desk, phone: Phone, imani: Staff, clinic: Clinic
) -> None:
    title, text, more = marker("The lake"), marker("The fear had a beginning"), marker("We go on, and slower")
    desk.open(f"chart/{rowan(imani)}")
    desk.page.get_by_role("link", name="Shared summaries", exact=True).click()
    desk.press("New summary")
    desk.field("Title").fill(title)
    desk.field("Text").fill(text)
    desk.wait_until_kept()
    desk.reload()
    desk.wait_for_value("Text", text)
    desk.field("Text").press("Control+Enter")
    desk.page.get_by_role("heading", name=title).wait_for()
    desk.sees("Not yet of both")
    desk.until(lambda: not desk.drafts(), "the draft to go")

    phone.sign_in(ROWAN)
    phone.page.get_by_role("link", name="A summary to read together").click()
    phone.page.get_by_role("link", name="A summary to read together").first.click()
    phone.page.get_by_role("heading", name=title).wait_for()
    phone.sees("It is no contract and no consent.")
    phone.press("I stand behind this text")
    phone.wait_until_sent()
    phone.sees("You stand behind it. Your care team has not said so yet.")

    desk.sees("The patient stands behind it, the team not yet")
    desk.press("Stand behind this text")
    desk.sees("Both stand behind it")
    phone.sees("You both stand behind it")

    phone.page.get_by_role("link", name="Change the text").click()
    phone.page.fill("#field-text", more)
    phone.press("Keep")
    phone.wait_until_sent()
    phone.sees("Not yet of both of you")
    desk.page.locator("article .words", has_text=more).first.wait_for()
    desk.sees("Not yet of both")
    [now] = stored(clinic, title)
    assert (now["revision"], now["patient_endorsed_at"], now["clinician_endorsed_at"]) == (2, None, None)
    phone.press("Earlier texts")
    phone.sees("You both stood behind it.")
    phone.page.locator("article .words", has_text=text).wait_for()
    desk.page.locator("summary", has_text="Earlier texts").click()
    desk.page.locator("article.addendum", has_text=text).wait_for()

    phone.press("I stand behind this text")
    phone.wait_until_sent()
    desk.sees("The patient stands behind it, the team not yet")
    phone.press("Take that back")
    phone.wait_until_sent()
    phone.page.get_by_role("button", name="I stand behind this text").wait_for()
    desk.sees("Not yet of both")
    desk.press(f"Withdraw: {title}")
    fill(desk, {"Why": "Written in the wrong chart."})
    send(desk, "Withdraw")
    desk.sees("Written in the wrong chart.")


def test_what_is_written_offline_is_sent_once_also_if_the_answer_is_lost(phone: Phone, clinic: Clinic) -> None:
    title, text, more = marker("What stays"), marker("The walks"), marker("And the river")
    phone.sign_in(ROWAN)
    phone.open("write-summary/new")
    phone.page.locator("#field-about option").nth(1).wait_for(state="attached")
    phone.offline()
    phone.open("summaries")
    phone.page.get_by_role("link", name="Write a summary").click()
    phone.page.get_by_label("What is it about?").select_option(index=1)
    phone.page.fill("#field-title", title)
    phone.page.fill("#field-text", text)
    phone.sees("Kept on this phone as you type.")
    phone.reload()
    phone.until(lambda: phone.page.input_value("#field-text") == text, "the draft to be there again")
    phone.press("Keep")
    phone.page.get_by_role("heading", name=title).wait_for()
    phone.sees("On this phone, not sent yet")
    phone.page.get_by_role("link", name="Change the text").click()
    phone.page.fill("#field-text", more)
    phone.press("Keep")
    phone.page.locator("article .words", has_text=more).wait_for()
    lost: list[int] = []

    def lose(route: "Route") -> None:
        """Let it arrive, and lose the answer, once."""
        if lost:
            route.fallback()
        else:
            lost.append(route.fetch().status)
            route.abort("connectionreset")

    phone.context.route("**/v1/sync", lose)
    phone.online()
    phone.wait_until_sent()
    assert lost == [200]
    [made] = stored(clinic, title)
    assert (made["text"], made["revision"], made["written_by"]) == (more, 2, "patient")
    phone.sees("Not yet of both of you")


def test_two_changes_at_once_lose_no_word(phone: Phone, clinic: Clinic) -> None:
    title, text, theirs, mine = (marker(words) for words in ("At once", "First", "Theirs", "Mine"))
    made = begun(clinic, title, text)
    phone.sign_in(ROWAN)
    phone.open(f"summary/{made['id']}")
    phone.offline()
    phone.page.get_by_role("link", name="Change the text").click()
    phone.page.fill("#field-text", mine)
    phone.press("Keep")
    clinic.staff(IMANI).ask("PATCH", f"/shared-summaries/{made['id']}", {"text": theirs}, made["version"])
    phone.online()
    phone.wait_for_status("needs you")
    phone.sees("It was changed somewhere else first")
    phone.page.locator("article .words", has_text=theirs).wait_for()
    phone.page.locator(".warning .words", has_text=mine).wait_for()
    phone.press("Go on with my text")
    phone.until(lambda: phone.page.input_value("#field-text") == mine, "the refused text to be in the editor")
    phone.press("Keep")
    phone.wait_until_sent()
    [now] = stored(clinic, title)
    assert (now["text"], now["revision"]) == (mine, 3)
    versions = clinic.member(ROWAN).ask("GET", f"/shared-summaries/{made['id']}/versions")["items"]
    assert [one["text"] for one in versions] == [theirs, text]


def test_the_therapist_sees_that_the_text_has_moved_and_keeps_both(desk: Desk, clinic: Clinic, axe: str) -> None:
    title, text, theirs, mine = (marker(words) for words in ("Side by side", "First", "The patient's", "The team's"))
    made = begun(clinic, title, text)
    desk.open(f"summary/{made['id']}")
    desk.press("Change the text")
    desk.field("Text").fill(mine)
    desk.wait_until_kept()
    clinic.member(ROWAN).ask("PATCH", f"/shared-summaries/{made['id']}", {"text": theirs}, made["version"])
    desk.page.locator(".conflict", has_text=theirs).wait_for()
    assert desk.field("Text").input_value() == mine
    assert faults_of(desk, axe) == []
    desk.press("Keep the text")
    desk.page.locator("article .words", has_text=mine).wait_for()
    [now] = stored(clinic, title)
    assert (now["text"], now["revision"]) == (mine, 3)


def test_soon_after_a_dose_the_phone_says_until_when_it_waits(phone: Phone, clinic: Clinic) -> None:
    give_dose(clinic, WREN, timedelta(minutes=40))
    course = clinic.member(WREN).ask("GET", "/courses")["items"][0]
    body = {"course_id": course["id"], "title": marker("Held"), "text": "A text."}
    made = clinic.staff(TOBIAS).ask("POST", "/shared-summaries", {**body, "patient_id": course["patient_id"]})
    phone.sign_in(WREN)
    phone.open(f"summary/{made['id']}")
    phone.sees("So soon after your dose, this waits until")
    assert phone.page.get_by_role("button", name="I stand behind this text").count() == 0
    phone.page.get_by_role("link", name="Change the text").click()
    phone.sees("So soon after your dose, this waits until")
    assert phone.page.get_by_role("button", name="Keep", exact=True).count() == 0
