"""A phone with the patient's front end, and what a person does on it."""

from tests.browser.clinic import PASSWORD
from tests.browser.device import Device


class Phone(Device):
    """One phone."""

    app = "phone"

    def sign_in(self, email: str) -> None:
        """Sign in with the demo's password, and wait until everything is there to be used offline."""
        if "/phone/" not in self.page.url:
            self.open()
        self.page.fill("#email", email)
        self.page.fill("#password", PASSWORD)
        self.press("Sign in")
        self.is_ready()

    def is_ready(self) -> None:
        """Wait until somebody is signed in, and all that they see is on the phone."""
        self.page.locator("nav").wait_for()
        self.page.locator(".status[data-fetched=true]").wait_for()
        self.wait_until_sent()
        self.can_open_offline()
        self.settle()

    def wait_for_status(self, words: str) -> None:
        """Wait until the line at the top says so."""
        self.page.locator(".status", has_text=words).wait_for()

    def wait_until_sent(self) -> None:
        """Wait until the line at the top says that everything is sent."""
        self.wait_for_status("Everything is sent.")

    def wait_until_read_back(self, text: str) -> None:
        """Wait until this device has an entry as the API has it, which is shown without a connection too."""

        def is_there() -> bool:
            kept = self.kept("integration-journal-phone", "things")
            return any(isinstance(one, dict) and one.get("text") == text for one in kept)

        self.until(is_there, "the entry to be read back")

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
