"""Questionnaires on the phone: one question at a time, kept offline, and what comes of an alarming answer."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.browser.apart import OFTEN, SLEEP, give_dose
from tests.browser.clinic import ASH, TOBIAS, WREN, Clinic, Json
from tests.browser.conftest import NewPhone
from tests.browser.device import refuse
from tests.browser.phone import Phone
from tests.browser.test_phone_access import OVERFLOWING, findings

if TYPE_CHECKING:
    from playwright.sync_api import Route

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def clinic(apart: Clinic) -> Clinic:
    """The clinic that asks three questionnaires after each dose."""
    return apart


@pytest.fixture
def asked(clinic: Clinic) -> None:
    """All three wait for an answer of Wren's, from a dose of yesterday."""
    give_dose(clinic, WREN, timedelta(hours=20))


def answers(clinic: Clinic, instrument: str) -> list[Json]:
    """The answers of Wren as they are stored, the latest first."""
    found: list[Json] = clinic.member(WREN).ask("GET", f"/measure-responses?instrument_id={instrument}")["items"]
    return found


@pytest.mark.usefixtures("asked")
def test_a_questionnaire_is_answered_question_by_question_offline(phone: Phone, clinic: Clinic) -> None:
    phone.sign_in(WREN)
    before = len(answers(clinic, "own_sleep"))
    phone.page.get_by_role("link", name="Your nights").click()
    phone.sees("3 questions, one at a time.")
    phone.sees("It is about the last week.")
    phone.offline()
    phone.press("Begin")
    phone.page.get_by_role("heading", name=SLEEP[0]).wait_for()
    phone.sees("Question 1 of 3")
    phone.settle()
    assert phone.page.evaluate("document.activeElement.textContent") == SLEEP[0], "a screen reader says the question"
    phone.press(OFTEN[2])
    phone.page.get_by_role("heading", name=SLEEP[1]).wait_for()
    phone.sees("What you tap is kept on this phone.")
    phone.reload()
    phone.page.get_by_role("heading", name=SLEEP[1]).wait_for()
    phone.press("Leave this one out")
    phone.page.get_by_role("heading", name=SLEEP[2]).wait_for()
    phone.press("Back")
    phone.press("Leave this one out")
    phone.press(OFTEN[0])
    phone.page.get_by_role("heading", name="Is it all as you mean it?").wait_for()
    phone.page.get_by_role("button", name=SLEEP[0]).click()
    phone.press(OFTEN[3])
    phone.page.get_by_role("heading", name="Is it all as you mean it?").wait_for()
    phone.press("Send to my care team")
    phone.sees("It is on this phone, and goes to your care team")
    phone.online()
    phone.wait_until_sent()
    phone.sees("Your care team can read it now.")
    (stored, *_) = answers(clinic, "own_sleep")
    assert len(answers(clinic, "own_sleep")) == before + 1
    assert stored["answers"] == {"own_sleep.1": 3, "own_sleep.3": 0}
    assert (stored["state"], stored["mode"], stored["language"]) == ("completed", "self_completed", "en")
    phone.open()
    phone.page.locator(".question").wait_for()
    phone.until(lambda: phone.page.get_by_role("link", name="Your nights").count() == 0, "it to be asked no more")


@pytest.mark.usefixtures("asked")
def test_an_alarming_answer_shows_whom_to_call_offline_and_then_what_the_clinic_does(
    phone: Phone, clinic: Clinic, axe: str
) -> None:
    phone.sign_in(WREN)
    phone.open("measure/phq9")
    phone.press("Begin")
    phone.offline()
    for _ in range(8):
        phone.press("0")
    phone.sees("phq9.9")
    phone.press("2")
    phone.sees("You do not have to wait for anybody. These numbers answer now.")
    phone.page.locator("a[href='tel:911']").first.wait_for()
    phone.press("Leave this one out")
    phone.page.get_by_role("heading", name="Is it all as you mean it?").wait_for()
    phone.page.locator("a[href='tel:911']").first.wait_for()
    phone.press("Send to my care team")
    phone.sees("It is on this phone, and goes to your care team")
    phone.page.locator("a[href='tel:911']").first.wait_for()
    phone.online()
    phone.wait_until_sent()
    phone.sees("Your care team is told now")
    phone.page.locator("a[href='tel:911']").first.wait_for()
    assert findings(phone, axe) == []
    (stored, *_) = answers(clinic, "phq9")
    assert stored["answers"]["phq9.9"] == 2
    (flag,) = clinic.staff(TOBIAS).ask("GET", f"/flags?source_id={stored['id']}")["items"]
    assert flag["rule"] == "R01"


@pytest.mark.usefixtures("asked")
def test_a_number_of_a_hundred_is_slid_to_and_counts_only_once_it_was_touched(phone: Phone, clinic: Clinic) -> None:
    phone.sign_in(WREN)
    phone.page.get_by_role("link", name="Rest").click()
    phone.press("Begin")
    phone.sees("Nothing chosen yet")
    following = phone.page.get_by_role("button", name="Next", exact=True)
    assert following.is_disabled()
    phone.page.get_by_role("slider", name="How rested are you?").press("ArrowRight")
    phone.sees("Your answer: 51")
    following.first.click()
    phone.press("Send to my care team")
    phone.wait_until_sent()
    assert answers(clinic, "own_rest")[0]["answers"] == {"own_rest.1": 51}


def tap_through_sleep(phone: Phone) -> None:
    """Answer every question about sleep, and stand before what is sent."""
    phone.open("measure/own_sleep")
    phone.press("Begin")
    for question in SLEEP:
        phone.page.get_by_role("heading", name=question).wait_for()
        phone.press(OFTEN[1])
    phone.page.get_by_role("heading", name="Is it all as you mean it?").wait_for()


@pytest.mark.usefixtures("asked")
def test_a_button_that_is_tapped_twice_sends_once(phone: Phone, clinic: Clinic) -> None:
    phone.sign_in(WREN)
    before = len(answers(clinic, "own_sleep"))
    tap_through_sleep(phone)
    phone.page.evaluate("""() => {
      const send = [...document.querySelectorAll("button")].find(one => one.textContent === "Send to my care team");
      send.click(); send.click();
    }""")
    phone.wait_until_sent()
    phone.sees("Your care team can read it now.")
    assert len(answers(clinic, "own_sleep")) == before + 1


@pytest.mark.usefixtures("asked")
def test_what_was_tapped_belongs_to_its_window_and_goes_with_it(phone: Phone) -> None:
    def over(route: "Route") -> None:
        response = route.fetch()
        route.fulfill(response=response, json={**response.json(), "now": []})

    def drafts() -> list[Json]:
        return [one for one in phone.kept("integration-journal-phone", "drafts") if "isOver" in one]

    phone.sign_in(WREN)
    tap_through_sleep(phone)
    phone.until(lambda: len(drafts()) == 1, "the answers to be kept")
    assert drafts()[0]["answers"] == {f"own_sleep.{number}": 1 for number in (1, 2, 3)}
    phone.context.route("**/v1/me/next", over)
    phone.reload()
    phone.until(lambda: drafts() == [], "the answers to go with their window")


@pytest.mark.usefixtures("asked")
def test_answers_that_are_not_taken_are_not_said_to_be_sent_soon(phone: Phone) -> None:
    phone.sign_in(WREN)
    tap_through_sleep(phone)
    refuse(phone)
    phone.press("Send to my care team")
    phone.page.locator("main").get_by_role("link", name="1 thing needs you to decide.").wait_for()
    assert phone.page.get_by_text("It is on this phone, and goes").count() == 0
    phone.open()
    phone.open("measure/own_sleep")
    phone.page.locator("main").get_by_role("link", name="1 thing needs you to decide.").click()
    phone.page.locator("main[data-screen=waiting]").wait_for()


def test_what_the_clinic_has_no_words_for_is_not_asked_here(phone: Phone, clinic: Clinic) -> None:
    phone.sign_in(ASH)
    phone.open("measure/who5")
    phone.sees("These questions are not asked any more, or were answered.")
    assert clinic.member(ASH).ask("GET", "/me/next")["now"] == []


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 320)])
def test_axe_finds_nothing_in_questionnaires(new_phone: NewPhone, axe: str, scheme: str, width: int) -> None:
    phone = new_phone(color_scheme=scheme, reduced_motion="reduce", viewport={"width": width, "height": 3000})

    def looks() -> list[str]:
        phone.settle()
        overflowing: list[str] = phone.page.evaluate(OVERFLOWING)
        return findings(phone, axe) + overflowing

    phone.sign_in(WREN)
    assert looks() == []
    phone.open("measure/own_sleep")
    assert looks() == []
    phone.press("Begin")
    assert looks() == []
    for answer in OFTEN[:3]:
        phone.press(answer)
    assert looks() == []
    phone.open("measure/own_rest")
    phone.press("Begin")
    assert looks() == []
