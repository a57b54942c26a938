"""Goals with their levels, what came of each dose, and what strategies changed, at the desk."""

import pytest

from tests.browser.clinic import ROWAN, Json, marker
from tests.browser.desk.office import Desk
from tests.browser.desk.rooms import faults_of, fill, send
from tests.browser.members import Staff

pytestmark = pytest.mark.browser

LEVELS = {
    "\N{MINUS SIGN}2: much less than expected": "I stay in.",
    "\N{MINUS SIGN}1: less than expected": "I go out once a week.",
    "0: as expected": "I go out most days.",
    "+1: more than expected": "I go out every day.",
    "+2: much more than expected": "I ask somebody along.",
}


def rowan(imani: Staff) -> str:
    """The id of the demo's Rowan."""
    found: str = next(one for one in imani.ask("GET", "/patients?limit=100")["items"] if one["email"] == ROWAN)["id"]
    return found


def test_a_goal_is_written_rated_changed_and_withdrawn(desk: Desk, imani: Staff, chart: Json, axe: str) -> None:
    patient, title = chart["patient_id"], marker("Going out")
    desk.open(f"chart/{patient}")
    desk.page.get_by_role("link", name="Goals", exact=True).click()
    desk.sees("No goal yet.")
    desk.press("New goal")
    fill(desk, {"The goal, in a few words": title, **LEVELS})
    assert faults_of(desk, axe) == []
    send(desk, "Keep the goal")
    desk.page.get_by_role("heading", name=title).wait_for()
    desk.press(f"Rate: {title}")
    desk.page.get_by_role("dialog").get_by_label("The level that is reached").select_option("1")
    fill(desk, {"A few words": "Every day this week."})
    send(desk, "Keep the rating")
    desk.page.locator(".levels .reached", has_text="I go out every day.").wait_for()
    desk.sees("The team: T 60, from 40 at the start, over 1 goal.")
    (goal,) = imani.ask("GET", f"/goals?patient_id={patient}")["items"]
    assert goal["levels"] == list(LEVELS.values())
    (rating,) = imani.ask("GET", f"/goals/{goal['id']}/ratings")["items"]
    assert (rating["level"], rating["remark"], rating["side"]) == (1, "Every day this week.", "clinician")
    desk.press(f"Change: {title}")
    assert desk.page.get_by_role("dialog").get_by_label("Where it begins").count() == 0, "a rated scale stays"
    fill(desk, {"The goal, in a few words": f"{title}, too"})
    send(desk, "Keep")
    desk.page.get_by_role("heading", name=f"{title}, too").wait_for()
    for summary in desk.page.locator("summary").all():
        summary.click()
    assert faults_of(desk, axe) == []
    desk.press(f"Withdraw: {title}, too")
    fill(desk, {"Why it is not worked on any more": "It is done."})
    send(desk, "Withdraw")
    desk.sees("No goal yet.")
    assert imani.ask("GET", f"/goals/{goal['id']}")["withdrawn_reason"] == "It is done."


def test_a_thread_runs_from_the_dose_to_the_change(desk: Desk, imani: Staff, axe: str) -> None:
    patient = rowan(imani)
    page = imani.ask("GET", f"/patients/{patient}/threads?limit=10")
    thread = next(one for one in page["items"] for each in one["reflections"] if each["insights"])
    insight = next(each["insights"][0] for each in thread["reflections"] if each["insights"])
    desk.open(f"chart/{patient}")
    desk.page.get_by_role("link", name="Threads").click()
    desk.page.get_by_role("heading", name="Dose of").first.wait_for()
    headings = desk.page.get_by_role("heading", name="Dose of")
    while desk.page.get_by_text(insight["text"]).count() == 0:
        before = headings.count()
        desk.press("Show more")
        desk.until(lambda before=before: headings.count() > before, "more threads")  # type: ignore[misc]
    assert faults_of(desk, axe) == []
    linked = [each for one in page["items"] for entry in one["reflections"] for each in entry["insights"]]
    titles = [one["title"] for each in linked for one in (*each["goals"], *each["strategies"])]
    assert titles, "the demo links insights to goals or strategies"
    desk.until(lambda: all(desk.page.get_by_text(one).count() for one in titles[:1]), "what came of it to be shown")


def test_an_agreed_plan_shows_what_each_strategy_changed(desk: Desk, imani: Staff, axe: str) -> None:
    plans = imani.ask("GET", f"/plans?patient_id={rowan(imani)}&state=active&limit=100")["items"]
    plan = next(one for one in plans if "replace" in one["allowed_actions"])
    effects = imani.ask("GET", f"/plans/{plan['id']}/effects")
    used = [one for one in effects["strategies"] if one["change"]["mean"] is not None]
    assert used, "the demo has practices of it"
    desk.open(f"plan/{plan['id']}")
    desk.page.locator(".effect", has_text="on average").first.wait_for()
    shown = desk.page.locator(".effect").all_inner_texts()
    assert len(shown) == len(effects["strategies"])
    assert any(f"({used[0]['change']['n']} use" in one for one in shown)
    assert faults_of(desk, axe) == []
