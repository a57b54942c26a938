"""Other languages of the phone: whole, loaded alone, kept offline, from right to left, and chosen by the person."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest

from tests.browser.apart import give_dose
from tests.browser.clinic import PASSWORD, TOBIAS, WREN, Clinic, marker
from tests.browser.conftest import NewPhone
from tests.browser.phone import Phone
from tests.browser.test_phone_access import OVERFLOWING, findings

pytestmark = pytest.mark.browser

WORDS = {"en": ("Sign in", "More"), "es": ("Entrar", "Más"), "ar": ("الدخول", "المزيد")}
SENT = {"es": "Todo está enviado.", "ar": "أُرسل كل شيء."}
SCREENS = (
    *("", "write/new", "write/ratings", "entries", "plans", "safety-plan", "more", "messages", "access", "waiting"),
    *("help", "goals", "threads", "notes", "count", "my-copy", "consents", "telling", "measure/own_sleep"),
    *("summaries", "write-summary/new"),
)


@pytest.fixture(scope="module")
def clinic(apart: Clinic) -> Clinic:
    """The clinic that has something on each screen."""
    return apart


def sign_in(phone: Phone, language: str) -> None:
    """Sign Wren in, in this language."""
    phone.page.fill("#email", WREN)
    phone.page.fill("#password", PASSWORD)
    phone.press(WORDS[language][0])
    phone.page.locator(".status[data-fetched=true]").wait_for()
    phone.wait_for_status(SENT[language])
    phone.can_open_offline()


def speaking(phone: Phone) -> list[str]:
    """The language and the direction of the page."""
    found: list[str] = phone.page.evaluate("[document.documentElement.lang, document.documentElement.dir]")
    return found


@pytest.mark.parametrize(("asked", "language", "direction"), [("es-MX", "es", "ltr"), ("ar-EG", "ar", "rtl")])
def test_the_language_of_the_browser_is_spoken_from_the_first_screen_on(
    new_phone: NewPhone, asked: str, language: str, direction: str
) -> None:
    phone = new_phone(locale=asked)
    phone.open()
    phone.page.get_by_role("button", name=WORDS[language][0], exact=True).wait_for()
    assert speaking(phone) == [language, direction]
    sign_in(phone, language)
    phone.offline()
    phone.reload()
    phone.page.get_by_role("link", name=WORDS[language][1], exact=True).wait_for()
    assert speaking(phone) == [language, direction], "it is there offline"


def test_english_loads_no_other_language(phone: Phone) -> None:
    asked: list[str] = []
    phone.page.on("request", lambda request: asked.append(request.url))
    phone.page.route("**/sw.js", lambda route: route.abort())  # which fetches the whole app, for later
    phone.open()
    assert [one for one in asked if re.search(r"/(es|ar)-", one)] == []


def test_a_language_that_nobody_wrote_is_english(new_phone: NewPhone) -> None:
    phone = new_phone(locale="fi-FI")
    phone.open()
    phone.page.get_by_role("button", name="Sign in", exact=True).wait_for()
    assert speaking(phone) == ["en", "ltr"]


def test_a_language_is_chosen_on_the_phone_and_what_is_being_written_stays(phone: Phone) -> None:
    words = marker("palabras")
    phone.sign_in(WREN)
    phone.open("write/new")
    phone.page.fill("#field-text", words)
    phone.sees("Kept on this phone as you type.")
    phone.open("more")
    phone.page.get_by_label("Language").select_option("es")
    phone.page.get_by_role("heading", name="Más").wait_for()
    phone.page.goto(f"{phone.clinic.root}/phone/#/write/new")
    phone.sees("Con sus propias palabras")
    assert phone.page.locator("#field-text").input_value() == words
    phone.page.fill("#field-text", "")
    phone.open("more")
    phone.page.get_by_label("Idioma").select_option("en")
    phone.page.get_by_role("heading", name="More").wait_for()


def test_the_language_that_the_clinic_knows_of_the_person_is_spoken_once_they_sign_in(
    new_phone: NewPhone, clinic: Clinic
) -> None:
    staff, chart = clinic.staff(TOBIAS), clinic.member(WREN).ask("GET", "/me")["patient_id"]

    def speak(language: str | None) -> None:
        version = staff.ask("GET", f"/patients/{chart}")["version"]
        staff.ask("PATCH", f"/patients/{chart}", {"language": language}, version)

    speak("es-US")
    try:
        phone = new_phone()
        phone.open()
        phone.page.fill("#email", WREN)
        phone.page.fill("#password", PASSWORD)
        phone.press("Sign in")
        phone.wait_for_status(SENT["es"])
        assert speaking(phone) == ["es", "ltr"]
        phone.open("more")
        phone.page.get_by_label("Idioma").select_option("en")  # what the person says counts more
        phone.page.get_by_role("heading", name="More").wait_for()
        phone.press("Sign out")
        phone.press("Yes, sign out")
        phone.sign_in(WREN)
        assert speaking(phone) == ["en", "ltr"]
    finally:
        speak(None)


def test_messages_that_did_not_arrive_leave_english(new_phone: NewPhone) -> None:
    phone = new_phone(locale="es-MX")
    phone.context.route("**/es-*.js", lambda route: route.abort())
    phone.open()
    phone.page.get_by_role("button", name="Sign in", exact=True).wait_for()
    assert speaking(phone) == ["en", "ltr"]


@pytest.mark.parametrize(
    ("asked", "language", "text"), [("es-MX", "es", 100), ("ar-EG", "ar", 100), ("ar-EG", "ar", 200)]
)
def test_every_screen_is_whole_in_another_language(
    new_phone: NewPhone, clinic: Clinic, axe: str, asked: str, language: str, text: int
) -> None:
    give_dose_once(clinic)
    phone = new_phone(locale=asked, reduced_motion="reduce", viewport={"width": 320, "height": 5000})
    phone.context.new_cdp_session(phone.page).send("Page.setFontSizes", {"fontSizes": {"standard": 16 * text // 100}})
    phone.open()
    sign_in(phone, language)
    found: dict[str, list[str]] = {}
    for path in SCREENS:
        phone.open(path)
        phone.settle()
        if told := findings(phone, axe) + phone.page.evaluate(OVERFLOWING):
            found[path] = told
    assert found == {}, json.dumps(found, indent=1)


def give_dose_once(clinic: Clinic) -> None:
    """Let a questionnaire wait for Wren."""
    if not clinic.member(WREN).ask("GET", "/me/next")["now"]:
        give_dose(clinic, WREN, timedelta(hours=20))


def test_every_sentence_of_the_arabic_is_arabic() -> None:
    """No message was left in English, but for the sentence that is sent in English."""
    folder = Path(__file__).parents[2] / "frontends" / "phone" / "src" / "messages"
    sources = [(folder / name).read_text("utf-8") for name in ("ar.ts", "later-ar.ts", "summaries-ar.ts")]
    texts = [one for source in sources for one in re.findall(r'"([^"\n]*)"', source)]
    left = {one for one in texts if " " in one and not re.search("[\u0600-\u06ff]", one)}
    assert len(texts) > 500
    assert left == {"There is something for you in your journal."}
