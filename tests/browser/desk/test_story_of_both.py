"""The therapist at the desk and the patient on the phone, each by what they press; nothing is asked past them."""

import re

import pytest

from tests.browser.clinic import JUNIPER, marker
from tests.browser.desk.office import Desk
from tests.browser.phone import Phone

pytestmark = pytest.mark.browser


def test_an_entry_is_answered_and_a_plan_is_made_of_it_and_practised(desk: Desk, phone: Phone) -> None:
    text, reply, thanks = marker("The window was open"), marker("I read it twice"), marker("That helps")
    title, action = marker("Open windows"), marker("then I open it")
    phone.sign_in(JUNIPER)
    phone.write(text)
    phone.share()
    phone.wait_until_sent()

    desk.open("patients")
    desk.page.get_by_role("link", name=re.compile("Juniper")).first.click()
    shared = desk.page.locator("section", has=desk.page.get_by_role("heading", name="Shared reflections"))
    shared.get_by_role("link").first.click()
    desk.sees(text)
    desk.field("Your reply").fill(reply)
    desk.press("Send the reply")
    desk.page.locator(".reply.staff", has_text=reply).wait_for()
    desk.press("Mark as reviewed")
    desk.sees("Reviewed ")

    phone.reload()
    phone.open_entry(text)
    phone.sees("Read by your care team")
    phone.sees(reply)
    phone.page.fill("#field-reply", thanks)
    phone.press("Send to your care team")
    phone.wait_until_sent()
    desk.page.locator(".reply", has_text=thanks).wait_for()

    desk.page.locator("a[data-chart]").click()
    desk.press("New plan")
    dialog = desk.page.get_by_role("dialog")
    dialog.get_by_label("Title").fill(title)
    dialog.get_by_label("The insight or goal it serves").fill("Air at night.")
    dialog.get_by_role("button", name="Begin").click()
    desk.press("Add a strategy")
    dialog.get_by_label("Title").fill("The bedroom window")
    dialog.get_by_role("button", name="Add").click()
    desk.page.get_by_label("If …").last.fill("If the room is close")
    desk.page.get_by_label("then …").last.fill(action)
    desk.wait_until_saved()
    desk.press("Propose to the patient")
    desk.sees("Proposed to the patient")

    phone.reload()
    phone.open()
    phone.page.get_by_role("link", name="A plan waits for your answer").click()
    phone.page.locator("a.row-link", has_text=title).click()
    phone.sees(action)
    phone.press("I agree to this plan")
    phone.wait_until_sent()
    phone.page.get_by_role("link", name="Use it now").first.click()
    phone.page.get_by_role("group", name="How strong is the distress now?").get_by_label("8", exact=True).check()
    phone.press("Begin")
    phone.press("I am done")
    phone.page.get_by_role("group", name="And now?").get_by_label("2", exact=True).check()
    phone.page.get_by_role("radio", name="A lot").check()
    phone.press("Keep")
    phone.wait_until_sent()

    desk.page.locator("main", has_text="active").wait_for()
    desk.page.locator("a[data-chart]").click()
    desk.sees("distress 8 → 2")
