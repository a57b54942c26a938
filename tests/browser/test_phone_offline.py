"""The patient's phone loses nothing and sends nothing twice: without a network, a lost answer, an ended sign-in."""

from typing import TYPE_CHECKING

import pytest

from tests.browser.clinic import ROWAN, Clinic, marker
from tests.browser.conftest import NewPhone
from tests.browser.phone import Phone

if TYPE_CHECKING:
    from playwright.sync_api import Route

pytestmark = pytest.mark.browser


def test_an_entry_written_offline_survives_a_reload_and_a_new_tab_and_is_stored_once(
    phone: Phone, clinic: Clinic
) -> None:
    phone.sign_in(ROWAN)
    text = marker("offline")
    phone.offline()
    phone.write(text)
    phone.wait_for_status("1 thing on this phone, not sent yet.")
    phone.reload()
    phone.new_tab()
    phone.wait_for_status("1 thing on this phone, not sent yet.")
    phone.open_entry(text)
    phone.sees("On this phone")
    assert clinic.member(ROWAN).entries(text) == []
    phone.online()
    phone.wait_until_sent()
    stored = clinic.member(ROWAN).entry(text)
    assert (stored["state"], stored["sharing"]) == ("draft", "private")
    phone.open_entry(text)
    phone.sees("Sent. Only you can read it")


def test_a_half_written_text_is_there_after_a_crash(phone: Phone) -> None:
    phone.sign_in(ROWAN)
    text = marker("half")
    phone.open("write/new")
    phone.page.fill("#field-text", text)
    phone.sees("Kept on this phone as you type.")
    phone.page.close()
    phone.new_tab()
    phone.open("write/new")
    phone.page.locator("#field-text").wait_for()
    assert phone.page.input_value("#field-text") == text


def test_an_answer_that_is_lost_leaves_one_entry(phone: Phone, clinic: Clinic) -> None:
    phone.sign_in(ROWAN)
    text = marker("lost answer")
    lost: list[int] = []

    def lose(route: "Route") -> None:
        if route.request.method == "POST" and len(lost) < 2:
            lost.append(route.fetch().status)
            route.abort("connectionreset")
        else:
            route.continue_()

    phone.context.route("**/v1/reflections", lose)
    phone.write(text)
    phone.wait_until_sent()
    assert lost == [201, 201], "the second one is the stored response of the first"
    assert len(clinic.member(ROWAN).entries(text)) == 1


def test_fifty_entries_that_waited_are_sent_in_order_once_each(phone: Phone, clinic: Clinic) -> None:
    phone.sign_in(ROWAN)
    text = marker("fifty")
    phone.offline()
    for number in range(50):
        phone.answer_question(f"{text} {number:02}")
    phone.wait_for_status("50 things on this phone, not sent yet.")
    phone.new_tab()
    phone.online()
    phone.wait_until_sent()
    answers = [one["answers"][0]["text"] for one in reversed(clinic.member(ROWAN).entries(text))]
    assert answers == [f"{text} {number:02}" for number in range(50)]


def test_an_entry_is_changed_and_shared_before_it_was_ever_sent(phone: Phone, clinic: Clinic) -> None:
    phone.sign_in(ROWAN)
    text = marker("chain")
    phone.offline()
    phone.write(text)
    phone.open_entry(text)
    phone.page.get_by_role("link", name="Change").click()
    phone.page.fill("#field-text", f"{text}, and more")
    phone.press("Keep the change")
    phone.page.get_by_role("link", name="Share…").click()
    phone.share()
    phone.sees("it is sent as soon as there is a connection")
    phone.online()
    phone.wait_until_sent()
    stored = clinic.member(ROWAN).entry(text)
    assert (stored["text"], stored["sharing"], stored["version"]) == (f"{text}, and more", "shared", 3)
    phone.sees("Nobody watches entries as they come in.")


def test_a_sign_in_that_ends_in_mid_writing_loses_nothing(phone: Phone, clinic: Clinic) -> None:
    phone.sign_in(ROWAN)
    text = marker("ended")
    phone.open("write/new")
    phone.page.fill("#field-text", text)
    clinic.member(ROWAN).ask("DELETE", "/me/sign-ins")
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    phone.wait_for_status("You are signed out.")
    assert phone.page.input_value("#field-text") == text, "the screen is left as it was"
    phone.page.locator("#field-text").press_sequentially(" still")
    phone.press("Keep on this phone")
    phone.wait_for_status("1 thing on this phone, not sent yet.")
    phone.until(lambda: phone.kept("integration-journal-phone", "things") == [], "what was fetched to be dropped")
    phone.reload()
    phone.page.get_by_role("link", name="Sign in").click()
    phone.sign_in(ROWAN)
    assert clinic.member(ROWAN).entry(text)["text"].startswith(text)


def test_two_phones_change_one_entry_and_both_texts_stand(new_phone: NewPhone, clinic: Clinic) -> None:
    one, other = new_phone(), new_phone()
    text = marker("two phones")
    one.sign_in(ROWAN)
    one.write(text)
    one.wait_until_sent()
    other.sign_in(ROWAN)
    for phone, words in ((one, "kitchen"), (other, "harbour")):
        phone.offline()
        phone.open_entry(text)
        phone.page.get_by_role("link", name="Change").click()
        phone.page.fill("#field-text", f"{text} {words}")
        phone.press("Keep the change")
        phone.wait_for_status("1 thing on this phone, not sent yet.")
    one.online()
    one.wait_until_sent()
    other.online()
    other.wait_until_sent()
    other.sees("This entry was changed in two places at once")
    other.sees(f"{text} kitchen")
    other.sees(f"{text} harbour")
    other.page.get_by_role("link", name="Open the other one").click()
    other.page.locator("article", has_text=f"{text} harbour").wait_for()
    other.sees("This entry was changed in two places at once")
    texts = {entry["text"] for entry in clinic.member(ROWAN).entries(text)}
    assert texts == {f"{text} kitchen", f"{text} harbour"}


def test_an_entry_that_is_there_before_its_answer_is_shared_at_its_version(phone: Phone, clinic: Clinic) -> None:
    """The phone reads the entry back while its own write still waits, since the answer was lost."""
    phone.sign_in(ROWAN)
    text, losing = marker("there already"), [True]

    def lose(route: "Route") -> None:
        if route.request.method != "POST" or not losing:
            route.continue_()
            return
        route.fetch()
        route.abort("connectionreset")

    def is_read_back() -> bool:
        phone.page.evaluate("dispatchEvent(new Event('online'))")
        kept = phone.kept("integration-journal-phone", "things")
        return any(isinstance(one, dict) and one.get("text") == text for one in kept)

    phone.context.route("**/v1/reflections", lose)
    phone.write(text)
    phone.until(is_read_back, "the entry to be read back")
    phone.wait_for_status("1 thing on this phone, not sent yet.")
    phone.share()
    losing.clear()
    phone.wait_for_status("Everything is sent.")
    assert clinic.member(ROWAN).entry(text)["sharing"] == "shared"


def test_an_entry_that_was_deleted_elsewhere_is_kept_as_a_new_one(phone: Phone, clinic: Clinic) -> None:
    """Its answer was lost, and another phone deleted it meanwhile: the text is here, and a person decides."""
    phone.sign_in(ROWAN)
    text = marker("deleted elsewhere")
    lost: list[str] = []

    def lose(route: "Route") -> None:
        if route.request.method != "POST" or lost:
            route.continue_()
            return
        lost.append(route.fetch().json()["id"])
        clinic.member(ROWAN).ask("DELETE", f"/reflections/{lost[0]}", version=1)
        route.abort("connectionreset")

    phone.context.route("**/v1/reflections", lose)
    phone.write(text)
    phone.wait_for_status("1 thing needs you to decide.")
    phone.open("waiting")
    phone.sees("It was deleted, perhaps on another phone.")
    phone.sees(text)
    phone.page.get_by_role("button", name="Keep mine as a new entry").dblclick()
    phone.sees("Nothing waits. Everything is sent.")
    kept = clinic.member(ROWAN).entry(text)
    assert (kept["id"] != lost[0], kept["sharing"]) == (True, "private")


def test_two_tabs_send_an_entry_once(phone: Phone, clinic: Clinic) -> None:
    phone.sign_in(ROWAN)
    phone.new_tab()
    text, taken = marker("two tabs"), []
    phone.context.on("response", lambda answer: taken.append(answer) if answer.request.method == "POST" else None)
    phone.offline()
    phone.write(text)
    phone.online()
    phone.wait_until_sent()
    assert len(clinic.member(ROWAN).entries(text)) == 1
    answers = [one.status for one in taken if one.url.endswith("/v1/reflections")]
    assert answers == [201], "a try without a network has no answer; only one that reached the API has"
