"""The patient's copy of everything, by the phone: asked for with a proof, made, saved, and told what is not in it."""

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from tests.browser.clinic import ASH, JUNIPER, PASSWORD, ROWAN, WREN, Clinic, marker
from tests.browser.phone import Phone

if TYPE_CHECKING:
    from playwright.sync_api import Route

pytestmark = pytest.mark.browser


_CUT = """() => {
  const whole = window.fetch;
  window.asked = [];
  window.fetch = async (...given) => {
    const request = new Request(...given);
    const answer = await whole(request);
    if (!request.url.endsWith("/content")) return answer;
    asked.push(request.headers.get("Range"));
    if (asked.length > 1) return answer;
    const bytes = new Uint8Array(await answer.arrayBuffer());
    const cut = new ReadableStream({ pull(to) {
      if (to.isCut) return to.error(new TypeError("broke off"));
      to.isCut = true;
      to.enqueue(bytes.slice(0, 1000));
    } });
    return new Response(cut, answer);
  };
}"""
"""Lets the first answer with the file end after a thousand bytes, and notes what each asks for."""

_WHOLE = """() => {
  const asked = window.fetch;
  window.fetch = async (...given) => {
    const request = new Request(...given);
    request.headers.delete("Range");
    return await asked(request);
  };
}"""
"""Lets every further answer be the whole, as a proxy in between may."""


@pytest.fixture(scope="module")
def clinic(apart: Clinic) -> Clinic:
    """The clinic in which exports are made every second."""
    return apart


def ask_for_proof(phone: Phone) -> None:
    """Let the next request for an export be refused, as if the sign-in was one of longer ago."""
    body = {"title": "", "status": 403, "code": "step-up-required", "detail": "", "request_id": "", "errors": []}
    refused: list[str] = []

    def answer(route: "Route") -> None:
        if route.request.method != "POST" or refused:
            route.continue_()
            return
        refused.append(route.request.url)
        route.fulfill(status=403, json=body, content_type="application/problem+json")

    phone.page.route("**/v1/me/exports", answer)


def test_everything_is_taken_away_as_one_file(phone: Phone, clinic: Clinic) -> None:
    text = marker("to take away")
    clinic.member(WREN).ask("POST", "/reflections", {"text": text})
    phone.sign_in(WREN)
    phone.open("more")
    phone.page.get_by_role("link", name="Take my journal with me").click()
    ask_for_proof(phone)
    phone.press("Make the file")
    phone.page.get_by_role("heading", name="Show that it is you").wait_for()
    phone.page.fill("#proof-given", "not the password at all")
    phone.press("Go on")
    phone.sees("That was not right. You can try again.")
    phone.page.fill("#proof-given", PASSWORD)
    phone.press("Go on")
    phone.sees("It is ready:")
    phone.sees("A therapist's own notes about sessions, which the law lets them keep apart from your record")
    phone.sees("The clinic's computer keeps the file for 7 days, locked.")
    with phone.page.expect_download() as saving:
        phone.press("Save the file")
    saved = saving.value
    assert saved.suggested_filename.startswith("my-journal-")
    phone.sees("Saved. Look in your downloads.")
    with zipfile.ZipFile(saved.path()) as found:
        assert found.testzip() is None
        assert text in found.read("data/reflections.jsonl").decode()
    (newest, *_) = clinic.member(WREN).ask("GET", "/me/exports")["items"]
    assert newest["state"] == "ready"
    assert newest["size_bytes"] == saved.path().stat().st_size


def test_a_file_that_broke_off_goes_on_where_it_stopped(phone: Phone, clinic: Clinic) -> None:
    """The first answer ends in its middle; the second one has the rest, and both make up the whole."""
    phone.sign_in(JUNIPER)
    phone.open("my-copy")
    phone.sees("What stays out, and why, is listed here once a file was made.")
    phone.press("Make the file")
    phone.sees("It is ready:")
    phone.page.evaluate(_CUT)
    phone.press("Save the file")
    phone.sees("The connection broke off. Try again; it goes on where it stopped.")
    with phone.page.expect_download() as saving:
        phone.press("Save the file")
    assert zipfile.ZipFile(io.BytesIO(saving.value.path().read_bytes())).testzip() is None
    ranges = phone.page.evaluate("asked")
    assert ranges == [None, "bytes=1000-"]


def test_a_file_that_comes_whole_in_place_of_its_rest_is_begun_anew(phone: Phone) -> None:
    phone.sign_in(ROWAN)
    phone.open("my-copy")
    phone.sees("It is ready:")
    phone.page.evaluate(_CUT)
    phone.press("Save the file")
    phone.sees("The connection broke off.")
    phone.page.evaluate(_WHOLE)
    with phone.page.expect_download() as saving:
        phone.press("Save the file")
    assert zipfile.ZipFile(io.BytesIO(saving.value.path().read_bytes())).testzip() is None
    assert phone.page.evaluate("asked") == [None, None]


def test_without_a_connection_it_says_so_and_still_what_is_in_it(phone: Phone, clinic: Clinic) -> None:
    phone.sign_in(ASH)
    phone.open("my-copy")
    phone.page.get_by_role("button", name="Make", exact=False).first.wait_for()
    phone.offline()
    phone.reload()
    phone.open("my-copy")
    phone.sees("You can ask for it when there is a connection.")
    phone.sees("Who looked at your record.")
    made = phone.page.get_by_role("button", name="Make", exact=False).first
    phone.until(made.is_disabled, "the button to rest")
    phone.online()
    phone.until(made.is_enabled, "the button to be back")


@pytest.mark.parametrize("is_changed", [False, True])
def test_a_copy_is_asked_for_once_though_an_answer_was_lost(phone: Phone, clinic: Clinic, is_changed: bool) -> None:
    """The words typed since stay, and can be asked for too."""
    text, lost = marker("The notes of this year"), list[str]()

    def lose(route: "Route") -> None:
        if route.request.method != "POST" or lost:
            route.continue_()
            return
        lost.append(route.request.url)
        route.fetch()  # the server has it
        phone.offline()
        route.abort()

    phone.sign_in(ASH)
    phone.open("my-copy")
    phone.page.locator("summary", has_text="A copy from the clinic").click()
    field = phone.page.get_by_label("Which part, in which form?")
    field.fill(text)
    phone.page.route("**/v1/record-requests**", lose)
    phone.press("Ask the clinic")
    phone.until(lambda: lost and phone.page.locator("details [role=alert]").inner_text(), "the phone to give up")
    if is_changed:
        field.fill(f"{text}, on paper")
    phone.online()
    again = phone.page.get_by_role("button", name="Ask the clinic")
    phone.until(again.is_enabled, "the network")
    again.click()
    if is_changed:
        phone.page.locator("details li", has_text=text).first.wait_for()
        phone.until(again.is_enabled, "the answer")
        assert field.input_value() == f"{text}, on paper"
        again.click()
    phone.until(lambda: field.input_value() == "", "the text to be sent")
    sent = [one["text"] for one in clinic.member(ASH).ask("GET", "/record-requests")["items"]]
    found = [one for one in sent if one and one.startswith(text)]
    assert found == ([f"{text}, on paper", text] if is_changed else [text])
