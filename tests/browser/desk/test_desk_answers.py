"""Answers to questionnaires at the desk: asked, scored, corrected, withdrawn; the patient's own are read."""

import pytest

from tests.browser.clinic import ROWAN, Clinic, Json
from tests.browser.desk.office import Desk
from tests.browser.desk.rooms import faults_of, fill, send
from tests.browser.desk.test_desk_keyboard import opened, tab_to, through
from tests.browser.desk.test_desk_safety_plan import chart_of
from tests.browser.members import Staff

pytestmark = pytest.mark.browser


def given(staff: Staff, chart: Json, *, withdrawn: bool = False) -> list[Json]:
    """The answers that the API has, the latest first."""
    query = f"patient_id={chart['patient_id']}&withdrawn={str(withdrawn).lower()}"
    found: list[Json] = staff.ask("GET", f"/measure-responses?{query}")["items"]
    return found


def choose(desk: Desk, question: str, answer: str) -> None:
    """Choose an answer to a question."""
    desk.page.get_by_role("group", name=question, exact=True).get_by_label(answer, exact=True).check()


def begin(desk: Desk, chart: Json, instrument: str) -> None:
    """Begin to ask."""
    desk.open(f"answers/{chart['patient_id']}")
    desk.press("Ask a questionnaire")
    desk.page.get_by_role("dialog").get_by_label("Questionnaire").select_option(instrument)
    desk.page.get_by_role("dialog").get_by_role("button", name="Begin", exact=True).click()
    desk.page.get_by_role("button", name="Complete").wait_for()


def test_one_is_asked_scored_corrected_and_withdrawn(desk: Desk, imani: Staff, chart: Json, axe: str) -> None:
    desk.open(f"chart/{chart['patient_id']}")
    desk.page.get_by_role("link", name="Answers to questionnaires").click()
    desk.sees("Nothing was answered yet.")
    assert faults_of(desk, axe) == []
    begin(desk, chart, "gad7")
    assert faults_of(desk, axe) == []
    topics = [f"{number}. {topic}" for number, topic in enumerate(GAD7, start=1)]
    for topic in topics[:6]:
        choose(desk, topic, "2")
    choose(desk, topics[0], "3")
    choose(desk, topics[1], "0")
    desk.press(f"Take back: {topics[1]}")
    choose(desk, topics[1], "2")
    choose(desk, topics[6], "1")
    desk.sees("7 of 7 answered")
    desk.wait_until_kept()
    desk.page.reload()
    desk.sees("7 of 7 answered")
    assert faults_of(desk, axe) == []
    desk.press("Complete")
    desk.sees("14 of 21")
    desk.sees("Moderate, 10 to 14")
    assert faults_of(desk, axe) == []
    (one,) = given(imani, chart)
    assert (one["mode"], one["respondent"], one["answers"]["gad7.1"]) == ("interview", "patient", 3)
    desk.until(lambda: desk.drafts() == [], "the answers to go from this computer")
    desk.press("Correct these answers")
    desk.page.get_by_role("button", name="Complete").wait_for()
    choose(desk, topics[0], "0")
    assert desk.page.get_by_role("button", name="Complete").is_disabled(), "a correction has a reason"
    desk.field("Why the earlier answers were wrong").fill("I heard three.")
    desk.press("Complete")
    desk.sees("11 of 21")
    desk.page.get_by_role("link", name="See the earlier answers").click()
    desk.sees("I heard three.")
    assert faults_of(desk, axe) == []
    (second,) = given(imani, chart)
    assert second["corrects_id"] == one["id"]
    desk.open(f"answer/{second['id']}")
    desk.press("Withdraw")
    fill(desk, {"Why": "Another patient's."})
    send(desk, "Withdraw")
    desk.sees("Another patient's.")
    desk.open(f"answers/{chart['patient_id']}")
    desk.sees("Nothing was answered yet.")
    desk.field("Show").select_option("withdrawn")
    desk.page.locator("a[data-row]").nth(1).wait_for()
    assert faults_of(desk, axe) == []


GAD7 = ("Nervousness", "Uncontrolled worry", "Excess worry", "Relaxing", "Restlessness", "Irritability", "Fear")


def test_a_screen_asks_what_follows_and_leads_to_the_flags(desk: Desk, imani: Staff, chart: Json, axe: str) -> None:
    begin(desk, chart, "cssrs_screener")
    choose(desk, "1. Wish dead", "Yes")
    choose(desk, "2. Thoughts", "Yes")
    desk.page.get_by_role("group", name="3. Method").wait_for()
    desk.sees("An answer about suicide is not")
    assert faults_of(desk, axe) == []
    desk.press("Complete")
    desk.page.get_by_role("link", name="Flags of this chart").click()
    desk.page.locator(".task").first.wait_for()
    assert imani.ask("GET", f"/flags?patient_id={chart['patient_id']}")["items"] != []


def test_what_the_patient_answered_is_read_from_the_worklist(
    desk: Desk, clinic: Clinic, imani: Staff, axe: str
) -> None:
    answers = {f"gad7.{number}": 1 for number in range(1, 7)}
    one = clinic.member(ROWAN).ask("POST", "/measure-responses", {"instrument_id": "gad7", "answers": answers})
    desk.open()
    desk.page.locator(f"a[href='#/answer/{one['id']}']").click()
    desk.sees("answered by the patient")
    desk.sees("only the patient can correct them")
    desk.sees("not answered")
    assert desk.page.get_by_role("button", name="Withdraw").count() == 0
    assert faults_of(desk, axe) == []
    desk.open(f"chart/{chart_of(imani, ROWAN)}")
    desk.page.locator("summary", has_text="scores").first.click()
    desk.page.locator("a[href^='#/answer/']").first.wait_for()


def test_one_is_asked_by_keys(desk: Desk, imani: Staff, chart: Json) -> None:
    desk.open(f"answers/{chart['patient_id']}")
    tab_to(desk, "Ask a questionnaire")
    through(desk, "Enter")
    opened(desk, "Ask a questionnaire")
    tab_to(desk, "Questionnaire")
    desk.page.keyboard.type("WHO")
    through(desk, "Control+Enter")
    desk.page.get_by_role("button", name="Complete").wait_for()
    desk.settle()
    tab_to(desk, "0")
    through(desk, "Space", "ArrowRight", "ArrowRight")
    desk.sees("1 of 5 answered")
    through(desk, "Control+Enter")
    desk.page.get_by_role("heading", name="Scores").wait_for()
    (one,) = given(imani, chart)
    assert (one["instrument_id"], one["answers"]) == ("who5", {"who5.1": 2})
