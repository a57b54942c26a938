"""Sent by a button, after an answer was lost: what was written since is neither thrown away nor written over."""

from typing import Any

import pytest

from tests.browser.clinic import JUNIPER, ROWAN, Clinic, Json
from tests.browser.desk.office import Desk, words
from tests.browser.desk.rooms import faults_of, fill, send
from tests.browser.desk.test_desk_answers import GAD7, begin, choose, given
from tests.browser.desk.test_desk_safety_plan import STEPS, chart_of
from tests.browser.members import Member, Staff

pytestmark = pytest.mark.browser


def lose(desk: Desk, path: str) -> None:
    """Lose the answer to the next POST there: the API has what was sent, and the network is gone."""
    lost: list[str] = []

    def answer(route: Any) -> None:
        if route.request.method != "POST" or lost:
            route.continue_()
            return
        lost.append(route.request.url)
        route.fetch()
        desk.offline()
        route.abort()

    desk.page.route(f"**/v1/{path}", answer)


def lost_after(desk: Desk, button: str) -> None:
    """Press a button, and wait until the client has given up."""
    desk.press(button)
    desk.page.get_by_role("alert").get_by_text("No connection.").first.wait_for()


def versions(staff: Member, patient_id: str) -> list[tuple[int, str, list[str]]]:
    """The versions of a safety plan, the latest first."""
    found = staff.ask("GET", f"/safety-plans?patient_id={patient_id}")["items"]
    return [(one["number"], one["state"], one["internal_coping"]) for one in found]


def write_plan(desk: Desk, patient: str) -> None:
    """Write the first version, and lose the answer to it."""
    desk.open(f"safety-plan/{patient}")
    desk.press("Write it with the patient")
    desk.field("1. Warning signs").fill("I stop answering")
    desk.field("2. What I can do by myself").fill("Walk")
    lose(desk, "safety-plans")
    lost_after(desk, "Hand it to the patient")


@pytest.mark.parametrize("is_loaded_anew", [False, True])
def test_words_of_a_safety_plan_after_a_lost_answer_become_the_next_version(
    desk: Desk, imani: Staff, chart: Json, is_loaded_anew: bool
) -> None:
    patient = chart["patient_id"]
    write_plan(desk, patient)
    desk.field("2. What I can do by myself").fill("Walk\nCall Lou")
    desk.wait_until_kept()
    desk.online()
    if is_loaded_anew:
        desk.reload()
        desk.wait_for_value("2. What I can do by myself", "Walk\nCall Lou")
        desk.page.get_by_role("heading", name="Version 1 waits for the patient").wait_for()
    desk.press("Hand it to the patient")
    desk.page.get_by_role("heading", name="Version 2 waits for the patient").wait_for()
    assert versions(imani, patient) == [(2, "draft", ["Walk", "Call Lou"]), (1, "replaced", ["Walk"])]
    desk.until(lambda: desk.drafts() == [], "the text to go from this computer")


def test_a_safety_plan_that_did_arrive_is_not_sent_again(desk: Desk, imani: Staff, chart: Json) -> None:
    write_plan(desk, chart["patient_id"])
    desk.online()
    desk.press("Hand it to the patient")
    desk.sees("It waits for the patient now.")
    assert versions(imani, chart["patient_id"]) == [(1, "draft", ["Walk"])]
    desk.until(lambda: desk.drafts() == [], "the text to go from this computer")


def test_a_version_of_the_patient_in_between_is_looked_at_first(desk: Desk, clinic: Clinic, imani: Staff) -> None:
    juniper, patient = clinic.member(JUNIPER), chart_of(imani, JUNIPER)
    write_plan(desk, patient)
    desk.field("2. What I can do by myself").fill("Walk\nCall Lou")
    juniper.ask("POST", "/safety-plans", {**STEPS, "after_number": 1, "internal_coping": ["Her own"]})
    desk.online()
    desk.sees("Version 2 was written meanwhile.")
    assert desk.page.get_by_role("button", name="Hand it to the patient").is_disabled()
    desk.press("I have looked, go on with mine")
    desk.press("Hand it to the patient")
    desk.page.get_by_role("heading", name="Version 3 waits for the patient").wait_for()
    assert [text for _, _, text in versions(juniper, patient)] == [["Walk", "Call Lou"], ["Her own"], ["Walk"]]


@pytest.mark.parametrize("is_loaded_anew", [False, True])
def test_answers_after_a_lost_answer_are_shown_beside_those_that_arrived(
    desk: Desk, imani: Staff, chart: Json, axe: str, is_loaded_anew: bool
) -> None:
    begin(desk, chart, "gad7")
    first, second = f"1. {GAD7[0]}", f"2. {GAD7[1]}"
    choose(desk, first, "1")
    lose(desk, "measure-responses")
    lost_after(desk, "Complete")
    choose(desk, first, "3")
    choose(desk, second, "2")
    desk.wait_until_kept()
    desk.online()
    desk.press("Complete")
    desk.sees("What was sent first has arrived")
    if is_loaded_anew:
        desk.wait_until_kept()
        desk.reload()
    desk.sees("What was sent first has arrived")
    both = desk.page.get_by_role("region", name="Two sets of answers")
    both.get_by_text(f"{first}: 1 arrived, 3 stands here.").wait_for()
    both.get_by_text(f"{second}: not answered arrived, 2 stands here.").wait_for()
    assert faults_of(desk, axe) == []
    (arrived,) = given(imani, chart)
    assert arrived["answers"] == {"gad7.1": 1}, "nothing is written over before a person says so"
    assert desk.page.get_by_role("button", name="Complete").is_disabled(), "a correction has a reason"
    desk.field("Why the earlier answers were wrong").fill("He thought again.")
    desk.press("Complete")
    desk.page.get_by_role("heading", name="Scores").wait_for()
    (one,) = given(imani, chart)
    assert (one["corrects_id"], one["answers"]) == (arrived["id"], {"gad7.1": 3, "gad7.2": 2})
    desk.until(lambda: desk.drafts() == [], "the answers to go from this computer")


def test_a_correction_after_a_lost_answer_arrives_once(desk: Desk, imani: Staff, chart: Json) -> None:
    answers = {"patient_id": chart["patient_id"], "instrument_id": "gad7", "state": "completed", "mode": "interview"}
    one = imani.ask("POST", "/measure-responses", {**answers, "answers": {"gad7.1": 1}})
    desk.open(f"answer/{one['id']}")
    desk.press("Correct these answers")
    choose(desk, f"1. {GAD7[0]}", "2")
    desk.field("Why the earlier answers were wrong").fill("I heard one.")
    lose(desk, "measure-responses")
    lost_after(desk, "Complete")
    desk.online()
    desk.press("Complete")
    desk.page.get_by_role("heading", name="Scores").wait_for()
    (found,) = given(imani, chart)
    assert (found["corrects_id"], found["answers"]) == (one["id"], {"gad7.1": 2})


def signed_note(imani: Staff, chart: Json) -> str:
    """A note of theirs that is signed."""
    note = imani.new_note(chart, **dict.fromkeys(("subjective", "objective", "assessment", "plan"), "there"))
    imani.ask("POST", f"/notes/{note}/sign", {}, version=1)
    return note


def addenda(imani: Staff, note: str) -> list[str]:
    """The texts of the addenda, the oldest first."""
    return [one["text"] for one in imani.note(note)["addenda"]]


def test_an_addendum_after_a_lost_answer_stays_beside_the_one_that_arrived(
    desk: Desk, imani: Staff, chart: Json
) -> None:
    note, text = signed_note(imani, chart), words("She called.")
    desk.open(f"note/{note}")
    desk.field("Addendum").fill(text)
    lose(desk, f"notes/{note}/addenda")
    lost_after(desk, "Add")
    desk.field("Addendum").fill(f"{text} She felt calm.")
    desk.wait_until_kept()
    desk.online()
    desk.press("Add")
    desk.sees("What was sent first has arrived")
    desk.page.locator(".addendum", has_text=text).wait_for()
    desk.wait_for_value("Addendum", f"{text} She felt calm.")
    assert addenda(imani, note) == [text]
    desk.field("Addendum").fill("She felt calm.")
    desk.press("Add")
    desk.wait_for_value("Addendum", "")
    assert addenda(imani, note) == [text, "She felt calm."]


def test_words_that_are_written_while_an_addendum_is_on_its_way_stay(desk: Desk, imani: Staff, chart: Json) -> None:
    note, held = signed_note(imani, chart), list[Any]()
    desk.open(f"note/{note}")
    desk.field("Addendum").fill("She called.")

    def hold(route: Any) -> None:
        if route.request.method == "POST":
            held.append(route)
        else:
            route.continue_()

    desk.page.route(f"**/v1/notes/{note}/addenda", hold)
    desk.press("Add")
    desk.until(lambda: held, "the addendum to be on its way")
    desk.field("Addendum").fill("She called. She felt calm.")
    held[0].continue_()
    desk.page.locator(".addendum", has_text="She called.").wait_for()
    desk.sees("What was sent first has arrived")
    desk.wait_for_value("Addendum", "She called. She felt calm.")
    assert addenda(imani, note) == ["She called."]


def test_a_reply_after_a_lost_answer_stays_beside_the_one_that_arrived(desk: Desk, imani: Staff) -> None:
    query = f"/reflections?patient_id={chart_of(imani, ROWAN)}&limit=100&view=summary"
    reflection, text = imani.ask("GET", query)["items"][-1]["id"], words("I read it.")
    desk.open(f"reflection/{reflection}")
    desk.field("Your reply").fill(text)
    lose(desk, f"reflections/{reflection}/replies")
    lost_after(desk, "Send the reply")
    desk.field("Your reply").fill(f"{text} See you on Friday.")
    desk.wait_until_kept()
    desk.online()
    desk.press("Send the reply")
    desk.sees("What was sent first has arrived")
    desk.page.locator(".reply.staff", has_text=text).wait_for()
    desk.wait_for_value("Your reply", f"{text} See you on Friday.")
    texts = [one["text"] for one in imani.ask("GET", f"/reflections/{reflection}/replies")["items"]]
    assert (texts.count(text), texts.count(f"{text} See you on Friday.")) == (1, 0)


@pytest.mark.parametrize("is_changed", [False, True])
def test_a_short_form_after_a_lost_answer_knows_what_arrived(
    desk: Desk, imani: Staff, chart: Json, is_changed: bool
) -> None:
    note = signed_note(imani, chart)
    desk.open(f"note/{note}")
    desk.press("Write down a request")
    fill(desk, {"What should change": "It was my aunt.", "Why": "She raised me."})
    lose(desk, f"notes/{note}/amendment-requests")
    desk.page.get_by_role("dialog").get_by_role("button", name="Write down a request", exact=True).click()
    desk.page.get_by_role("dialog").get_by_text("No connection.").first.wait_for()
    desk.online()
    if is_changed:
        fill(desk, {"Why": "She raised me, and my sister."})
        desk.press("Write down a request")
        desk.page.get_by_role("dialog").get_by_text("What you sent first has arrived").wait_for()
        assert desk.page.get_by_role("dialog").get_by_label("Why").input_value() == "She raised me, and my sister."
    send(desk, "Write down a request")
    found = imani.ask("GET", f"/amendment-requests?note_id={note}")["items"]
    expected = ["She raised me, and my sister.", "She raised me."] if is_changed else ["She raised me."]
    assert [one["reason"] for one in found] == expected
