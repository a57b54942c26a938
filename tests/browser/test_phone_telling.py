"""Messages beyond the app: what is told and when not, this phone and others, and what the service worker shows."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser.clinic import JUNIPER, ROWAN, Clinic, Json
from tests.browser.conftest import NewPhone
from tests.browser.phone import Phone
from tests.browser.test_phone_access import OVERFLOWING, findings
from tests.factories.push import Browser

if TYPE_CHECKING:
    from playwright.sync_api import Worker

pytestmark = pytest.mark.browser

SENTENCE = "There is something for you in your journal."
_STUB = """({ p256dh, auth }) => {
  let held = null;
  window.asked = [];
  const made = (endpoint) => ({
    endpoint,
    toJSON: () => ({ endpoint, keys: { p256dh, auth } }),
    unsubscribe: async () => { held = null; return true; },
  });
  Object.assign(PushManager.prototype, {
    getSubscription: async () => held,
    subscribe: async (options) => {
      asked.push(options);
      held = made(`https://push.example.org/send/${crypto.randomUUID()}`);
      return held;
    },
  });
  Notification.requestPermission = async () => "granted";
}"""
"""A push service that this page alone knows: Chromium without a screen reaches none."""


@pytest.fixture(scope="module")
def clinic(apart: Clinic) -> Clinic:
    """The clinic that has means to tell people."""
    return apart


@pytest.fixture
def told(phone: Phone) -> Iterator[Phone]:
    """A phone of Rowan's whose browser has a push service; nothing of it is left."""
    phone.context.grant_permissions(["notifications"])
    phone.sign_in(ROWAN)
    phone.page.evaluate(_STUB, Browser().subscription(""))
    rowan = phone.clinic.member(ROWAN)
    yield phone
    for one in channels(phone.clinic):
        rowan.ask("DELETE", f"/me/channels/{one['id']}")


def channels(clinic: Clinic, email: str = ROWAN) -> list[Json]:
    """The channels of a patient."""
    found: list[Json] = clinic.member(email).ask("GET", "/me/channels")["items"]
    return found


def test_what_is_told_and_the_quiet_hours_are_kept(phone: Phone, clinic: Clinic) -> None:
    phone.sign_in(JUNIPER)
    phone.open("telling")
    phone.sees(SENTENCE)
    phone.page.get_by_label("my care team has answered an entry").check()
    phone.page.get_by_label("Tell me nothing at night").check()
    phone.page.get_by_label("Until").fill("07:30")
    phone.page.get_by_label("By e-mail too").check()
    phone.press("Keep")
    phone.sees("Kept.")
    stored = clinic.member(JUNIPER).ask("GET", "/me/notification-settings")
    kept = {name: stored[name] for name in ("kinds", "by_email", "quiet_from", "quiet_until")}
    assert kept == {"kinds": ["reply_to_read"], "by_email": True, "quiet_from": "22:00", "quiet_until": "07:30"}
    phone.page.get_by_label("Tell me nothing at night").uncheck()
    phone.press("Keep")
    phone.until(lambda: not settings(clinic)["quiet_from"], "the quiet hours to be gone")


def settings(clinic: Clinic) -> Json:
    """What Juniper has chosen."""
    found: Json = clinic.member(JUNIPER).ask("GET", "/me/notification-settings")
    return found


def test_a_choice_that_was_changed_elsewhere_is_shown_as_it_is_now(phone: Phone, clinic: Clinic) -> None:
    phone.sign_in(JUNIPER)
    phone.open("telling")
    plans = phone.page.get_by_label("a plan waits for my answer")
    plans.wait_for()
    now = settings(clinic)
    body = {"kinds": ["check_in_open"], "by_email": False}
    clinic.member(JUNIPER).ask("PUT", "/me/notification-settings", body, now["version"])
    plans.check()
    phone.press("Keep")
    phone.sees("It was changed somewhere else first. Here it is as it is now.")
    phone.until(lambda: not plans.is_checked(), "the choice as it is stored")
    assert phone.page.get_by_label("a few questions wait for me").is_checked()


def test_this_phone_is_told_and_is_told_no_more(told: Phone, clinic: Clinic) -> None:
    told.open("telling")
    told.sees("Messages do not come to this phone yet.")
    told.press("Tell me on this phone")
    told.sees("Messages come to this phone.")
    told.sees("Choose above what you want to be told. Until then nothing is sent.")
    (one,) = channels(clinic)
    key = clinic.member(ROWAN).ask("GET", "/me/notification-settings")["push_key"]
    assert told.page.evaluate("asked") == [{"userVisibleOnly": True, "applicationServerKey": key}]
    assert (one["kind"], one["gone_at"]) == ("web_push", None)
    told.press("No messages on this phone")
    told.sees("Messages do not come to this phone yet.")
    assert channels(clinic) == []


def test_after_a_sign_out_nothing_comes_to_this_phone(told: Phone) -> None:
    told.open("telling")
    told.press("Tell me on this phone")
    told.sees("Messages come to this phone.")
    told.open("more")
    told.press("Sign out")
    told.press("Yes, sign out")
    told.page.get_by_role("heading", name="Welcome").wait_for()
    manager = "navigator.serviceWorker.ready.then(one => one.pushManager.getSubscription())"
    told.until(lambda: told.page.evaluate(manager) is None, "the subscription to be gone")


def test_another_device_is_removed(told: Phone, clinic: Clinic) -> None:
    clinic.member(ROWAN).ask("POST", "/me/channels", Browser().subscription("https://push.example.org/other"))
    told.open("telling")
    told.sees("Another phone or computer, added")
    told.press("Remove")
    told.press("Yes, remove it")
    told.until(lambda: channels(clinic) == [], "the other device to be gone")


def test_a_browser_that_cannot_do_it_says_so(phone: Phone) -> None:
    phone.sign_in(JUNIPER)
    phone.page.evaluate("delete window.PushManager")
    phone.open("telling")
    phone.sees("This browser cannot show messages.")
    phone.sees("Or choose e-mail.")
    assert phone.page.get_by_role("button", name="Tell me on this phone").count() == 0


def test_somebody_who_says_no_is_not_told(told: Phone, clinic: Clinic) -> None:
    told.page.evaluate("Notification.requestPermission = async () => 'denied'")
    told.open("telling")
    told.press("Tell me on this phone")
    told.sees("No message will come: you said no, or the browser did.")
    assert channels(clinic) == []


_IS_ACTIVE = "navigator.serviceWorker.ready.then(one => one.active.state === 'activated')"
_ARRIVES = """async text => {
  const event = new PushEvent("push", { data: text });
  let shown;
  event.waitUntil = (work) => { shown = work; };
  self.dispatchEvent(event);
  await shown;
}"""


def push(phone: Phone, text: str) -> None:
    """Give the service worker a message, as the browser does when one arrives, and let it finish."""
    phone.until(lambda: phone.page.evaluate(_IS_ACTIVE) and phone.context.service_workers, "an active service worker")
    worker: Worker = phone.context.service_workers[0]
    worker.evaluate(_ARRIVES, text)


def shown(phone: Phone) -> list[list[str]]:
    """The messages that the phone shows."""
    script = """navigator.serviceWorker.ready.then(one => one.getNotifications())
      .then(all => all.map(({title, body}) => [title, body]))"""
    found: list[list[str]] = phone.page.evaluate(script)
    return found


def tap(phone: Phone) -> None:
    """Tap the message that is shown."""
    worker: Worker = phone.context.service_workers[0]
    worker.evaluate("""async () => {
      const [notification] = await self.registration.getNotifications();
      self.dispatchEvent(new NotificationEvent("notificationclick", { notification }));
    }""")


@pytest.mark.parametrize("url", ["https://elsewhere.example.org/", None])
def test_a_message_is_the_fixed_sentence_and_leads_to_what_is_new(phone: Phone, url: str | None) -> None:
    phone.context.grant_permissions(["notifications"])
    phone.sign_in(ROWAN)
    phone.open("more")
    push(phone, json.dumps({"title": "A message for you", "body": SENTENCE, "url": url}))
    phone.until(lambda: shown(phone) == [["A message for you", SENTENCE]], "the message to be shown")
    tap(phone)
    phone.page.locator("main[data-screen='']").wait_for()
    assert phone.page.url == f"{phone.clinic.root}/phone/#/"
    phone.until(lambda: shown(phone) == [], "the message to be gone")


def test_a_tap_opens_the_journal_where_none_is_open(phone: Phone) -> None:
    phone.context.grant_permissions(["notifications"])
    phone.sign_in(ROWAN)
    push(phone, json.dumps({"title": "A message for you", "body": SENTENCE, "url": "https://elsewhere.example.org/"}))
    phone.until(lambda: shown(phone), "the message to be shown")
    worker: Worker = phone.context.service_workers[0]
    worker.evaluate("""() => {
      self.opened = [];
      self.clients.matchAll = async () => [];
      self.clients.openWindow = async (url) => self.opened.push(url);
    }""")
    tap(phone)
    phone.until(lambda: worker.evaluate("self.opened.length"), "a page to be opened")
    assert worker.evaluate("self.opened") == [f"{phone.clinic.root}/phone/#/"]


def test_a_message_that_cannot_be_read_is_shown_without_words(phone: Phone) -> None:
    phone.context.grant_permissions(["notifications"])
    phone.sign_in(ROWAN)
    push(phone, "no JSON")
    phone.until(lambda: shown(phone) == [["Journal", ""]], "a message without words")


@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 320)])
def test_axe_finds_nothing_in_messages(new_phone: NewPhone, axe: str, scheme: str, width: int) -> None:
    phone = new_phone(color_scheme=scheme, reduced_motion="reduce", viewport={"width": width, "height": 3000})
    phone.sign_in(JUNIPER)
    phone.open("telling")
    phone.page.get_by_label("Tell me nothing at night").check()
    assert findings(phone, axe) + phone.page.evaluate(OVERFLOWING) == []
