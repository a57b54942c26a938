"""Everybody can use the phone: axe-core finds nothing, the keyboard does everything, and nothing is cut off."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.clinic import ROWAN, WREN, marker
from tests.browser.conftest import NewPhone
from tests.browser.phone import Phone

pytestmark = pytest.mark.browser

SCREENS = (
    "",
    "write/new",
    "write/ratings",
    "entries",
    "plans",
    "safety-plan",
    "more",
    "messages",
    "access",
    "my-copy",
    "consents",
    "telling",
    "waiting",
    "help",
    "sign-in",
    "code",
)
OVERFLOWING = """() => [...document.querySelectorAll("body *")].filter(one => {
  if (one.closest(".unseen, .skip") || one.matches("input, textarea")) return false;
  const {left, right} = one.getBoundingClientRect();
  const isInner = getComputedStyle(one).display !== "inline" && one.clientWidth > 0;
  return right > innerWidth + 1 || left < -1 || (isInner && one.scrollWidth > one.clientWidth + 1);
}).map(one => one.outerHTML.slice(0, 100))"""
"""The parts of a page that reach beyond it, or whose content reaches beyond them. Fields of text scroll."""
CRITERIA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def changed_in_two_places(phone: Phone) -> None:
    """Show an entry that was changed on this phone while it was offline, and past it."""
    text, rowan = marker("in two places"), phone.clinic.member(ROWAN)
    phone.write(text)
    phone.wait_until_sent()
    phone.offline()
    phone.open_entry(text)
    phone.page.get_by_role("link", name="Change").click()
    phone.page.fill("#field-text", f"{text}, here")
    phone.press("Keep the change")
    phone.wait_for_status("1 thing on this phone, not sent yet.")
    rowan.ask("PATCH", f"/reflections/{rowan.entry(text)['id']}", {"text": f"{text}, there"}, version=1)
    phone.online()
    phone.wait_until_sent()
    phone.sees("This entry was changed in two places at once")


def screens(phone: Phone) -> Iterator[str]:
    """Show every screen and state of a phone, one after the other, and name it."""
    phone.open()
    yield "sign-in, nobody"
    phone.open("help")
    phone.page.locator(".crisis a").first.wait_for()
    yield "help, nobody"
    phone.open()
    phone.sign_in(ROWAN)
    phone.offline()
    phone.write(marker("screens"))
    yield "share, waiting"
    phone.open("waiting")
    yield "waiting, with one"
    phone.online()
    phone.wait_until_sent()
    for path in SCREENS:
        phone.open(path)
        if path == "access":
            phone.page.locator(".log li").first.wait_for()
        yield path
    phone.write(f"{marker('screens')}, a second time")
    phone.share()
    phone.wait_until_sent()
    phone.sees("Nobody watches entries")
    yield "shared, with the statement"
    changed_in_two_places(phone)
    yield "entry, with the other text"
    phone.open("write/new")
    phone.page.get_by_role("radio", name="I am not sure").check()
    for summary in phone.page.locator("summary").all():
        summary.click()
    yield "write, unsafe, all open"
    phone.page.get_by_role("radio", name="Yes").check()
    for form in ("One word", "Three taps", "My body", "The music"):
        phone.page.get_by_role("radio", name=form, exact=True).check()
        if form == "My body":
            phone.page.locator(".body-map").get_by_role("button", name="Chest").click()
        yield f"write, {form}"
    phone.open("entries")
    phone.page.locator("a.row-link", has_text="Heavy arms, warm chest").click()
    phone.page.get_by_role("heading", name="Answers").wait_for()
    yield "entry, read and answered"
    phone.open("plans")
    phone.page.locator("main h2 a").first.click()
    phone.page.get_by_role("link", name="Use it now").first.wait_for()
    yield "plan"
    phone.page.get_by_role("link", name="Use it now").first.click()
    yield "practise, before"
    phone.press("I skipped it")
    yield "practise, skip"
    phone.press("Back")
    phone.press("Begin")
    yield "practise, doing"
    phone.press("I am done")
    yield "practise, after"
    phone.open("more")
    phone.press("Sign out and forget this device")
    phone.page.get_by_role("button", name="Yes, forget everything here").wait_for()
    yield "more, forgetting"


def findings(phone: Phone, axe: str) -> list[str]:
    """Return the findings of axe-core on the page. It must have looked at something."""
    phone.page.evaluate(axe)
    result = phone.page.evaluate("tags => axe.run(document, {runOnly: tags})", CRITERIA)
    assert result["passes"], "axe looked at nothing"
    return [f"{one['id']}: {node['html'][:120]}" for one in result["violations"] for node in one["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_screen(new_phone: NewPhone, axe: str, scheme: str) -> None:
    whole = {"width": 390, "height": 4000}  # nothing is under the bars, which a person scrolls away
    phone = new_phone(color_scheme=scheme, reduced_motion="reduce", viewport=whole)
    found = {screen: told for screen in screens(phone) if (told := findings(phone, axe))}
    assert found == {}, json.dumps(found, indent=1)


@pytest.mark.parametrize(
    ("width", "text", "direction"), [(320, 100, "ltr"), (390, 200, "ltr"), (320, 200, "ltr"), (320, 100, "rtl")]
)
def test_nothing_is_cut_off(new_phone: NewPhone, width: int, text: int, direction: str) -> None:
    phone = new_phone(viewport={"width": width, "height": 640})
    phone.context.new_cdp_session(phone.page).send("Page.setFontSizes", {"fontSizes": {"standard": 16 * text // 100}})
    phone.context.add_init_script(
        f"new MutationObserver(() => {{ if (document.documentElement.dir !== '{direction}')"
        f" document.documentElement.dir = '{direction}'; }}).observe(document, {{attributes: true, subtree: true}});"
    )
    wide: list[str] = []
    for screen in screens(phone):
        assert phone.page.evaluate("getComputedStyle(document.documentElement).fontSize") == f"{18 * text // 100}px"
        overflowing = phone.page.evaluate(OVERFLOWING)
        wide += [f"{screen}: {one}" for one in overflowing]
    assert wide == [], json.dumps(wide, indent=1)


def test_a_keyboard_alone_signs_in_writes_rates_and_shares(new_phone: NewPhone) -> None:
    phone = new_phone(is_mobile=False, has_touch=False)
    page, text = phone.page, marker("keyboard")
    phone.open()

    def to(name: str, role: Any) -> None:
        """Press Tab until that has the focus."""
        wanted = page.get_by_role(role, name=name, exact=True)
        for _ in range(80):
            if wanted.first.evaluate("one => one === document.activeElement"):
                return
            page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not reach {name}")

    to("E-mail address", "textbox")
    page.keyboard.type(WREN)
    page.keyboard.press("Tab")
    page.keyboard.type("paper-lantern-harbour")
    page.keyboard.press("Enter")
    phone.is_ready()
    to("Write freely", "link")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Write", exact=True).wait_for()
    phone.settle()
    to("In your own words", "textbox")
    page.keyboard.type(text)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    to("0", "radio")
    page.keyboard.press("Space")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    phone.until(page.get_by_role("radio", name="3", exact=True).first.is_checked, "the third number to be chosen")
    to("Keep on this phone", "button")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="It is kept").wait_for()
    phone.settle()
    assert page.evaluate("document.activeElement.tagName") == "H1", "the focus goes to the new screen's heading"
    to("Yes, share it now", "button")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="What happens now").wait_for()
    phone.wait_until_sent()
    phone.settle()
    to("Help now", "link")


def test_what_is_saved_and_sent_is_told_to_a_screen_reader(phone: Phone) -> None:
    phone.sign_in(WREN)
    phone.page.locator(".status [role=status]", has_text="Everything is sent.").wait_for()
    phone.offline()
    phone.write(marker("told"))
    phone.page.locator(".status [role=status]", has_text="1 thing on this phone, not sent yet.").wait_for()


def test_nothing_moves_for_who_wants_no_motion(new_phone: NewPhone) -> None:
    phone = new_phone(reduced_motion="reduce")
    phone.open()
    assert phone.page.evaluate("getComputedStyle(document.querySelector('button')).transitionDuration") == "0s"
