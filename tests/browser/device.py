"""A device with a front end: a browser context, its pages, and what a person does on any of them."""

import json
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from tests.browser.clinic import Clinic
from tests.waiting import STUCK_SECONDS, until

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Route

STUCK_MS = STUCK_SECONDS * 1000
_EXPECTED = ("Failed to load resource", "ERR_INTERNET_DISCONNECTED")
"""The browser's own lines about requests that were refused or lost, as the tests mean them to be."""
_DRAWN = """() => new Promise(resolve =>
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve))))"""
"""Ends when the effects of what was drawn have run: the focus is where it is to stay."""
_NO_LIMIT = f"""(() => {{
  const later = window.setTimeout;
  window.setTimeout = (work, ms, ...more) => later(work, ms === 30000 ? {STUCK_MS} : ms, ...more);
}})()"""
"""The client gives a request up after 30 seconds; a busy machine may need longer for what a test does meanwhile."""
_ROWS = """([database, store]) => new Promise((resolve, reject) => {
  const opening = indexedDB.open(database);
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const asked = opening.result.transaction(store).objectStore(store).getAll();
    asked.onsuccess = () => { opening.result.close(); resolve(asked.result); };
  };
})"""


def refuse(device: "Device", **more: object) -> None:
    """Refuse what the queue sends next, once: 412, with these further members."""
    problem = {"type": "about:blank", "title": "Changed", "status": 412, "code": "version-mismatch", "request_id": "1"}
    body = json.dumps({**problem, **more})

    refused: list[str] = []

    def answer(route: "Route") -> None:
        if refused or route.request.method != "POST" or "/auth/" in route.request.url:
            route.fallback()
            return
        refused.append(route.request.url)
        route.fulfill(status=412, content_type="application/problem+json", body=body)

    device.context.route("**/v1/**", answer)


def new_context(browser: "Browser", **options: Any) -> "BrowserContext":
    """Make a browser context in which nothing that is waited for has a short limit: Playwright's own is 30 seconds."""
    given: dict[str, Any] = {"locale": "en-US", "timezone_id": "America/New_York", **options}
    context = browser.new_context(**given)
    context.set_default_timeout(STUCK_MS)
    return context


class Device:
    """One device. Its `faults` are errors of scripts, and what the page's policy (CSP) has blocked."""

    app: str

    def __init__(self, context: "BrowserContext", clinic: Clinic) -> None:
        self.context, self.clinic = context, clinic
        self.faults: list[str] = []
        self.hosts: set[str] = set()
        self.over: list[Request] = []
        """The requests that were answered, or have failed."""
        context.on("page", self._watch)
        self.page: Page = self.new_page()

    def _watch(self, page: "Page") -> None:
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", self._hear)
        page.on("requestfinished", self._note_end)
        page.on("requestfailed", self._note_end)
        page.on("request", lambda request: self.hosts.add(request.url.split("/")[2]))

    def _note_end(self, request: "Request") -> None:
        self.over.append(request)

    def _hear(self, message: "ConsoleMessage") -> None:
        if message.type == "error" and not message.text.startswith(_EXPECTED):
            self.faults.append(message.text)

    def new_page(self) -> "Page":
        """Open another tab, in front; it shows nothing yet."""
        self.page = self.context.new_page()
        return self.page

    def new_tab(self) -> None:
        """Go on in another tab; the first one stays open."""
        self.new_page()
        self.open()

    def open(self, path: str = "") -> None:
        """Show a screen: as a person would by a link, without loading the page anew if it is open."""
        self.page.goto(f"{self.clinic.root}/{self.app}/#/{path}")
        self.page.locator(f"main[data-screen={json.dumps(path)}] h1").wait_for()
        self.settle()

    def reload(self) -> None:
        """As when the browser was closed and opened again."""
        self.page.reload()
        self.page.locator("h1").wait_for()
        self.settle()

    def settle(self) -> None:
        """Wait until what is drawn has had its effects, as the focus on a new screen's heading."""
        self.page.evaluate(_DRAWN)

    def can_open_offline(self) -> None:
        """Wait until the service worker has the page."""
        self.wait("navigator.serviceWorker.controller !== null", "the service worker")

    def until(self, is_so: Callable[[], object], what: str) -> None:
        """Wait until it is so. The page has its turn each time: a request that a test answers waits for that."""

        def is_so_now() -> object:
            self.page.wait_for_timeout(1)
            return is_so()

        until(is_so_now, what)

    def wait(self, script: str, what: str) -> None:
        """Wait until an expression of the page is true. It is asked from outside: the page allows no eval (CSP)."""
        until(lambda: self.page.evaluate(script), what)

    def press(self, name: str) -> None:
        """Press a button; of two with that name, the one of the dialog that is open."""
        self.page.get_by_role("button", name=name, exact=True).last.click()

    def sees(self, text: str) -> None:
        """Wait until the screen has this text."""
        self.page.get_by_text(text).first.wait_for()

    def offline(self) -> None:
        """Lose the network."""
        self.context.set_offline(True)

    def online(self) -> None:
        """Find it again."""
        self.context.set_offline(False)

    def wait_without_limit(self) -> None:
        """Let this page wait for each answer as long as it takes."""
        self.page.evaluate(_NO_LIMIT)

    def hold_sign_out(self) -> "list[Route]":
        """Hold back what tells the API of the next sign-out; it is in the list once it is on its way."""
        held: list[Route] = []
        told = "**/v1/auth/tokens/current"
        self.context.route(told, lambda route: route.continue_() if held else held.append(route))
        return held

    def let_go(self, held: "Route") -> None:
        """Let a request go on that was held back, and wait for its end; the page may have ended it before."""
        from playwright.sync_api import Error  # noqa: PLC0415  `make test` has none

        with suppress(Error):
            held.continue_()
        self.until(lambda: held.request in self.over, "the request to be over")

    def kept(self, database: str, store: str) -> list[Any]:
        """Return the rows of one store of this device."""
        found: list[Any] = self.page.evaluate(_ROWS, [database, store])
        return found

    def close(self) -> None:
        """Shut it down."""
        self.context.close()
