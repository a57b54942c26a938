"""Goals, what came of each session, medicine at home, and files of an entry, on the phone."""

import json
from pathlib import Path

import pytest

from tests.browser.clinic import IMANI, ROWAN, Clinic, Json, marker
from tests.browser.conftest import NewPhone
from tests.browser.members import Member
from tests.browser.phone import Phone
from tests.browser.test_phone_access import OVERFLOWING, findings
from tests.factories.attachments import png

pytestmark = pytest.mark.browser

LEVELS = ["I stay in.", "Once a week.", "Most days.", "Every day.", "I ask somebody along."]


def patient_of(rowan: Member) -> str:
    """The id of their chart."""
    found: str = rowan.ask("GET", "/me")["patient_id"]
    return found


def goal(clinic: Clinic) -> Json:
    """A new goal of Rowan's."""
    body = {"patient_id": patient_of(clinic.member(ROWAN)), "title": marker("Going out"), "levels": LEVELS}
    made: Json = clinic.staff(IMANI).ask("POST", "/goals", body)
    return made


def rated(clinic: Clinic, one: Json) -> list[Json]:
    """The ratings of a goal as they are stored."""
    found: list[Json] = clinic.member(ROWAN).ask("GET", f"/goals/{one['id']}/ratings")["items"]
    return found


def test_a_goal_is_rated_offline_and_sent_once_later(phone: Phone, clinic: Clinic) -> None:
    one = goal(clinic)
    phone.sign_in(ROWAN)
    phone.open("goals")
    phone.offline()
    card = phone.page.locator("section.card", has_text=one["title"])
    card.get_by_role("radio", name="Every day.").check()
    card.get_by_label("A few words").fill("By the river too.")
    card.get_by_role("button", name="Keep").click()
    card.get_by_text("Kept on this phone.").wait_for()
    phone.wait_for_status("1 thing on this phone, not sent yet.")
    phone.online()
    phone.wait_until_sent()
    card.get_by_text("You, ").wait_for()
    (rating,) = rated(clinic, one)
    assert (rating["level"], rating["remark"], rating["side"]) == (1, "By the river too.", "patient")


def test_what_is_not_kept_on_the_phone_says_so_offline(phone: Phone, clinic: Clinic) -> None:
    one = goal(clinic)
    phone.sign_in(ROWAN)
    phone.offline()
    phone.open("goals")
    phone.sees(one["title"])
    phone.open("threads")
    phone.sees("It shows when you are online.")
    phone.online()
    phone.page.get_by_role("heading", name="Session of").first.wait_for()


def test_a_thread_shows_what_was_seen_and_what_it_became(phone: Phone, clinic: Clinic) -> None:
    rowan = clinic.member(ROWAN)
    page = rowan.ask("GET", f"/patients/{patient_of(rowan)}/threads?limit=5")
    phone.sign_in(ROWAN)
    phone.open("threads")
    phone.page.get_by_role("heading", name="Session of").first.wait_for()
    insights = [each for one in page["items"] for entry in one["reflections"] for each in entry["insights"]]
    assert insights, "the demo has insights"
    for each in insights:
        phone.sees(each["text"])


def test_a_count_at_home_is_sent_with_the_wish_for_a_refill(phone: Phone, clinic: Clinic) -> None:
    rowan, remark = clinic.member(ROWAN), marker("Two lozenges")
    phone.sign_in(ROWAN)
    phone.open("count")
    phone.page.get_by_label("Left at home, in mg").fill("200")
    phone.page.get_by_label("I need a refill").check()
    phone.page.get_by_label("A few words").fill(remark)
    phone.press("Keep and send")
    phone.wait_until_sent()
    phone.sees("A refill is asked for. Nobody has decided yet.")
    (count,) = [one for one in rowan.ask("GET", "/home-counts")["items"] if one["remark"] == remark]
    assert (count["counted_mg"], count["refill_state"]) == (200, "requested")


def test_a_plan_says_how_much_each_strategy_helped(phone: Phone, clinic: Clinic) -> None:
    rowan = clinic.member(ROWAN)
    for plan in rowan.ask("GET", "/plans?state=active&limit=100")["items"]:
        used = rowan.ask("GET", f"/plans/{plan['id']}/effects")["strategies"]
        if any(one["change"]["mean"] is not None for one in used):
            break
    phone.sign_in(ROWAN)
    phone.open(f"plan/{plan['id']}")
    phone.page.locator("[data-effect]", has_text="your distress was").first.wait_for()


def test_a_picture_is_added_to_an_entry_and_goes_on_after_a_lost_connection(
    phone: Phone, clinic: Clinic, tmp_path: Path
) -> None:
    rowan, text = clinic.member(ROWAN), marker("with a picture")
    path = tmp_path / "picture.png"
    path.write_bytes(png(text=b"x" * 600_000))
    phone.sign_in(ROWAN)
    phone.write(text)
    phone.wait_until_sent()
    phone.open_entry(text)
    phone.page.route("**/complete", lambda route: route.abort())
    phone.page.get_by_label("Add a picture, a recording or a PDF").set_input_files(path)
    phone.sees("The connection broke off.")
    phone.page.unroute("**/complete")
    phone.press("Go on")
    phone.until(lambda: phone.page.locator(".files img").count() == 1, "the picture to be shown")
    (one,) = rowan.ask("GET", f"/attachments?reflection_id={rowan.entry(text)['id']}")["items"]
    assert (one["state"], one["content_type"]) == ("ready", "image/png")
    assert one["size_bytes"] < 600_000, "its metadata is gone"
    phone.page.get_by_role("link", name="Share…").click()
    phone.share()
    phone.wait_until_sent()
    phone.open_entry(text)
    phone.sees("Files can no longer be added or removed here.")


@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 390), ("light", 320)])
def test_axe_finds_nothing_in_the_rooms_and_nothing_is_cut_off(
    new_phone: NewPhone, clinic: Clinic, axe: str, scheme: str, width: int
) -> None:
    goal(clinic)
    phone = new_phone(color_scheme=scheme, reduced_motion="reduce", viewport={"width": width, "height": 844})
    phone.sign_in(ROWAN)
    found = {}
    for path, there in (("goals", ".levels"), ("threads", ".tree"), ("count", "#left"), ("more", ".links")):
        phone.open(path)
        phone.page.locator(there).first.wait_for()
        if path == "goals":
            phone.page.get_by_role("radio").first.check()
        whole = phone.page.evaluate("document.documentElement.scrollHeight")  # so that the bar below covers nothing
        phone.page.set_viewport_size({"width": width, "height": whole + 200})
        if told := findings(phone, axe) + phone.page.evaluate(OVERFLOWING):
            found[path] = told
    assert found == {}, json.dumps(found, indent=1)
