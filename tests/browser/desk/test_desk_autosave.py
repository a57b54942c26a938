"""The desk's autosave loses no word: offline, after lost answers, in two tabs, on two computers, signed out."""

import json
from typing import Any

import pytest

from tests.browser.clinic import Json
from tests.browser.desk.conftest import NewDesk
from tests.browser.desk.office import Desk, words
from tests.browser.members import Staff

pytestmark = pytest.mark.browser


def test_a_note_is_saved_while_it_is_written(desk: Desk, imani: Staff, chart: Json) -> None:
    note, text = imani.new_note(chart), words("Arrived calm")
    desk.open(f"note/{note}")
    desk.field("Subjective").fill(text)
    desk.wait_until_saved()
    assert imani.note(note)["sections"] == {"subjective": text}
    desk.reload()
    desk.wait_for_value("Subjective", text)


def test_a_note_begun_offline_outlasts_reloads_and_is_stored_once(desk: Desk, imani: Staff, chart: Json) -> None:
    desk.open(f"chart/{chart['patient_id']}")
    desk.press("New note")
    desk.field("Format").select_option("soap")
    desk.press("Begin")
    desk.page.get_by_role("heading", name="SOAP note").wait_for()
    first, second = words("Written on the train"), words("and in the tunnel")
    desk.wait_for_save("kept")
    desk.offline()
    desk.field("Subjective").fill(first)
    desk.wait_for_save("offline")
    desk.wait_until_kept()
    desk.reload()
    desk.wait_for_value("Subjective", first)
    desk.field("Plan").fill(second)
    desk.wait_for_save("offline")
    desk.open()
    desk.sees("1 text is only on this computer.")
    desk.page.get_by_role("link", name="A note, SOAP").click()
    desk.wait_for_value("Plan", second)
    desk.online()
    desk.wait_until_saved()
    (stored,) = imani.ask("GET", f"/notes?patient_id={chart['patient_id']}")["items"]
    assert stored["sections"] == {"subjective": first, "plan": second}


def test_two_tabs_join_what_they_wrote_in_different_parts(desk: Desk, imani: Staff, chart: Json) -> None:
    note = imani.new_note(chart)
    desk.open(f"note/{note}")
    one = desk.page
    desk.field("Subjective").wait_for()
    desk.new_page()
    desk.open(f"note/{note}")
    desk.field("Objective").fill("from the second tab")
    desk.wait_for_save("saved")
    desk.page = one
    desk.wait_for_value("Objective", "from the second tab")
    desk.field("Subjective").fill("from the first tab")
    desk.wait_until_saved()
    assert imani.note(note)["sections"] == {"subjective": "from the first tab", "objective": "from the second tab"}


@pytest.mark.parametrize(
    ("choice", "kept"),
    [
        ("Keep both, one after the other", "theirs\n\nmine"),
        ("Keep what is written here", "mine"),
        ("Take the other text", "theirs"),
    ],
)
def test_two_computers_are_shown_both_texts(
    new_desk: NewDesk, imani: Staff, chart: Json, choice: str, kept: str
) -> None:
    note = imani.new_note(chart, subjective="begun")
    desk = new_desk()
    desk.sign_in()
    desk.open(f"note/{note}")
    desk.field("Subjective").wait_for()
    desk.offline()
    desk.field("Subjective").fill("mine")
    desk.wait_for_save("offline")
    imani.ask("PATCH", f"/notes/{note}", {"sections": {"subjective": "theirs", "plan": "elsewhere"}}, version=1)
    desk.online()
    conflict = desk.page.get_by_role("region", name="Two texts: Subjective")
    conflict.wait_for()
    assert conflict.inner_text().count("theirs") == conflict.inner_text().count("mine") == 1
    desk.wait_for_save("conflict")
    assert imani.note(note)["sections"]["subjective"] == "theirs", "nothing is overwritten before a person decides"
    desk.wait_for_value("Plan", "elsewhere")
    desk.wait_until_kept()
    desk.reload()
    conflict.wait_for()
    desk.press(choice)
    desk.wait_until_saved()
    assert imani.note(note)["sections"] == {"subjective": kept, "plan": "elsewhere"}
    if choice != "Keep both, one after the other":
        desk.press("Undo")
        desk.wait_until_saved()
        assert imani.note(note)["sections"]["subjective"] == {"mine": "theirs", "theirs": "mine"}[kept]


def test_a_sign_in_that_ends_in_mid_writing_loses_nothing(desk: Desk, imani: Staff, chart: Json) -> None:
    note, text = imani.new_note(chart), words("Spoke of her brother")
    desk.open(f"note/{note}")
    desk.field("Subjective").wait_for()
    imani.ask("DELETE", "/me/sign-ins")
    desk.field("Subjective").fill(text)
    desk.wait_for_save("ended")
    desk.press("Sign in")
    desk.sees("Sign in again as Imani Vale")
    desk.press("Use a passkey")
    desk.wait_until_saved()
    assert desk.field("Subjective").input_value() == text
    assert imani.note(note)["sections"]["subjective"] == text


@pytest.mark.parametrize("is_new", [True, False])
def test_a_lost_answer_is_no_conflict_with_oneself(desk: Desk, imani: Staff, chart: Json, is_new: bool) -> None:
    lost: list[str] = []

    def lose(route: Any) -> None:
        request = route.request
        if request.method in {"POST", "PATCH"} and not lost:
            lost.append(request.post_data)
            route.fetch()  # the server has it
            desk.offline()
            route.abort()
        else:
            route.continue_()

    if is_new:
        desk.open(f"chart/{chart['patient_id']}")
        desk.press("New note")
        desk.field("Format").select_option("soap")
        desk.press("Begin")
    else:
        desk.open(f"note/{imani.new_note(chart)}")
    desk.field("Subjective").wait_for()
    desk.page.route("**/v1/notes**", lose)
    desk.field("Subjective").fill("first words")
    desk.wait_for_save("offline")
    desk.field("Subjective").fill("first words, and more")
    desk.wait_until_kept()
    desk.reload()
    desk.wait_for_value("Subjective", "first words, and more")
    desk.online()
    desk.wait_until_saved()
    assert json.loads(lost[0])["sections"] == {"subjective": "first words"}
    (stored,) = imani.ask("GET", f"/notes?patient_id={chart['patient_id']}")["items"]
    assert stored["sections"] == {"subjective": "first words, and more"}


def test_a_lost_answer_is_no_conflict_after_a_reading_during_the_save(desk: Desk, imani: Staff, chart: Json) -> None:
    """The reading came before the API had the words, so it says nothing of what became of them."""
    note = imani.new_note(chart)
    desk.open(f"note/{note}")
    desk.field("Subjective").wait_for()
    held: list[Any] = []

    def hold(route: Any) -> None:
        if route.request.method == "PATCH" and not held:
            held.append(route)
        else:
            route.continue_()

    desk.page.route(f"**/v1/notes/{note}", hold)
    desk.field("Subjective").fill("first words")
    desk.until(lambda: desk.page.evaluate("1") and held, "the save to be on its way")
    with desk.page.expect_response(lambda found: found.url.endswith(note) and found.request.method == "GET"):
        desk.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    desk.settle()
    held[0].fetch()  # the server has it
    desk.offline()
    held[0].abort()
    desk.wait_for_save("offline")
    desk.field("Subjective").fill("first words, and more")
    desk.wait_until_kept()
    desk.online()
    desk.wait_for_save("saved", "conflict")
    assert imani.note(note)["sections"] == {"subjective": "first words, and more"}
    assert desk.page.get_by_role("region", name="Two texts: Subjective").count() == 0


def test_a_tab_that_is_closed_leaves_its_words_to_the_one_that_is_open(desk: Desk, imani: Staff, chart: Json) -> None:
    """As when a page is loaded anew, and the browser ends the old one only after the new one has begun."""
    note, text = imani.new_note(chart), words("from the first tab")
    desk.open(f"note/{note}")
    one = desk.page
    desk.field("Subjective").wait_for()
    desk.offline()
    desk.field("Subjective").fill(text)
    desk.wait_for_save("offline")
    desk.wait_until_kept()
    desk.new_page()
    desk.open(f"note/{note}")
    desk.wait_for_value("Subjective", "")
    one.close()
    desk.wait_for_value("Subjective", text)
    desk.online()
    desk.wait_until_saved()
    assert imani.note(note)["sections"] == {"subjective": text}


def test_a_reading_that_a_save_has_overtaken_changes_nothing(desk: Desk, imani: Staff, chart: Json) -> None:
    note, text = imani.new_note(chart, subjective="begun"), words("begun, and went on")
    desk.open(f"note/{note}")
    desk.field("Subjective").wait_for()
    asked: list[str] = []
    held: list[Any] = []

    def hold(route: Any) -> None:
        if route.request.method == "GET" and not asked:
            asked.append("once")  # before the answer is there: another request may come meanwhile
            held.append((route, route.fetch()))
        else:
            route.continue_()

    desk.page.route(f"**/v1/notes/{note}", hold)
    desk.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    desk.until(lambda: desk.page.evaluate("1") and held, "the note to be read again")
    desk.field("Subjective").fill(text)
    desk.wait_until_saved()
    ((route, answer),) = held
    with desk.page.expect_response(lambda found: found.url.endswith(note) and found.request.method == "GET"):
        route.fulfill(response=answer)
    desk.settle()
    desk.wait_until_saved()
    assert desk.field("Subjective").input_value() == text, "the older text was read before, and came after"
    assert imani.note(note)["sections"] == {"subjective": text}


def test_a_note_signed_elsewhere_shows_what_was_not_saved(desk: Desk, imani: Staff, chart: Json) -> None:
    sections = dict.fromkeys(("subjective", "objective", "assessment", "plan"), "there")
    note, text = imani.new_note(chart, **sections), words("one more thing")
    desk.open(f"note/{note}")
    desk.field("Subjective").wait_for()
    desk.offline()
    desk.field("Subjective").fill(text)
    desk.wait_for_save("offline")
    imani.ask("POST", f"/notes/{note}/sign", {}, version=1)
    desk.online()
    desk.sees("What you wrote, and what was not saved:")
    desk.sees(text)
    desk.press("Discard what was not saved")
    desk.press("Discard")
    desk.until(lambda: not desk.drafts(), "the draft to go, since a person said so")
    assert imani.note(note)["sections"] == sections
