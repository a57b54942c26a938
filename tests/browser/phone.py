"""A phone with the patient's front end: a browser context, its pages, and what a person does on them."""

from typing import TYPE_CHECKING, Any

from tests.browser.clinic import PASSWORD, Clinic
from tests.waiting import STUCK_SECONDS

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, ConsoleMessage, Page

_EXPECTED = ("Failed to load resource", "ERR_INTERNET_DISCONNECTED")
"""The browser's own lines about requests that were refused or lost, as the tests mean them to be."""


class Phone:
    """One phone. Its `faults` are errors of scripts, and what the page's policy (CSP) has blocked."""

    def __init__(self, context: "BrowserContext", clinic: Clinic) -> None:
        self.context, self.clinic = context, clinic
        self.faults: list[str] = []
        self.hosts: set[str] = set()
        context.on("page", self._watch)
        self.page: Page = context.new_page()

    def _watch(self, page: "Page") -> None:
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", self._hear)
        page.on("request", lambda request: self.hosts.add(request.url.split("/")[2]))

    def _hear(self, message: "ConsoleMessage") -> None:
        if message.type == "error" and not message.text.startswith(_EXPECTED):
            self.faults.append(message.text)

    def open(self, path: str = "") -> None:
        """Show a screen: as a person would by a link, without loading the page anew if it is open."""
        self.page.goto(f"{self.clinic.root}/phone/#/{path}")
        self.page.wait_for_selector("h1")

    def sign_in(self, email: str) -> None:
        """Sign in with the demo's password, and wait until everything is there to be used offline."""
        if "/phone/" not in self.page.url:
            self.open()
        self.page.fill("#email", email)
        self.page.fill("#password", PASSWORD)
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        self.page.wait_for_selector("nav")
        self.wait_until_sent()
        self.page.evaluate("navigator.serviceWorker.ready")
        self.page.wait_for_function("navigator.serviceWorker.controller !== null")
        self.page.wait_for_selector(".question h2:not(:text('In your own words'))")

    def reload(self) -> None:
        """As when the browser was closed and opened again."""
        self.page.reload()
        self.page.wait_for_selector("h1")

    def new_tab(self) -> None:
        """Go on in another tab; the first one stays open."""
        self.page = self.context.new_page()
        self.open()

    def offline(self) -> None:
        """Lose the network."""
        self.context.set_offline(True)

    def online(self) -> None:
        """Find it again."""
        self.context.set_offline(False)

    @property
    def status(self) -> str:
        """The words of the status line."""
        return str(self.page.inner_text(".status"))

    def wait_for_status(self, words: str) -> None:
        """Wait until the line at the top says so."""
        self.page.locator(".status", has_text=words).wait_for()

    def wait_until_sent(self) -> None:
        """Wait until the line at the top says that everything is sent."""
        self.wait_for_status("Everything is sent.")

    def write(self, text: str) -> None:
        """Write an entry freely, and keep it; the page then asks who may read it."""
        self.open("write/new")
        self.page.fill("#field-text", text)
        self.page.get_by_role("button", name="Keep on this phone").click()
        self.page.get_by_role("heading", name="It is kept").wait_for()

    def answer_question(self, text: str) -> None:
        """Answer the question of the day."""
        self.open()
        self.page.fill("#field-tonight", text)
        self.page.get_by_role("button", name="Keep", exact=True).click()
        self.page.get_by_role("heading", name="It is kept").wait_for()

    def share(self) -> None:
        """Share what was just kept."""
        self.page.get_by_role("button", name="Yes, share it now").click()
        self.page.get_by_role("heading", name="What happens now").wait_for()

    def open_entry(self, text: str) -> None:
        """Open an entry from the list, by its first words."""
        self.open("entries")
        self.page.locator("a.row-link", has_text=text).click()
        self.page.get_by_role("heading", name="Written").wait_for()

    def press(self, name: str) -> None:
        """Press a button."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def sees(self, text: str) -> None:
        """Wait until the screen has this text."""
        self.page.get_by_text(text).first.wait_for()

    def kept(self, database: str, store: str) -> list[Any]:
        """Return the rows of one store of this phone."""
        found: list[Any] = self.page.evaluate(
            """([database, store]) => new Promise((resolve, reject) => {
                 const opening = indexedDB.open(database);
                 opening.onerror = () => reject(opening.error);
                 opening.onsuccess = () => {
                   const asked = opening.result.transaction(store).objectStore(store).getAll();
                   asked.onsuccess = () => { opening.result.close(); resolve(asked.result); };
                 };
               })""",
            [database, store],
        )
        return found

    def wait(self, script: str, argument: object = None) -> None:
        """Wait until a function of the page is true."""
        self.page.wait_for_function(script, arg=argument, timeout=STUCK_SECONDS * 1000)
