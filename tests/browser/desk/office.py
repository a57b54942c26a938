"""A computer with the therapist's desk."""

from typing import TYPE_CHECKING, Any

from tests.browser.clinic import Clinic, marker
from tests.browser.device import Device
from tests.browser.members import Staff

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Locator, Page

words = marker


class Desk(Device):
    """One computer, with the passkey of a member of staff."""

    app = "desk"

    def __init__(self, context: "BrowserContext", clinic: Clinic, staff: Staff) -> None:
        self.staff = staff
        super().__init__(context, clinic)

    def new_page(self) -> "Page":
        """Another tab, in front."""
        page = super().new_page()
        self.staff.put_key_into(page)
        return page

    def sign_in(self) -> None:
        """Sign in with the passkey, and wait until the page could be loaded offline."""
        if f"/{self.app}/" not in self.page.url:
            self.open()
        self.press("Use a passkey")
        self.page.locator("header nav").wait_for()
        self.can_open_offline()
        self.settle()

    def field(self, label: str) -> "Locator":
        """A field by its label."""
        return self.page.get_by_label(label, exact=True)

    def wait_for_value(self, label: str, text: str) -> None:
        """Wait until a field has this text."""
        self.until(lambda: self.field(label).input_value() == text, f"{label} to be as expected")

    def wait_for_save(self, *states: str) -> None:
        """Wait until autosave says one of these states."""
        self.page.locator(", ".join(f"[data-save={state}]" for state in states)).first.wait_for()

    def wait_until_kept(self) -> None:
        """Wait until this computer has every word on its disk."""
        self.page.locator("[data-save][data-kept=true]").first.wait_for()

    def wait_until_saved(self) -> None:
        """Wait until the API has every word, and this computer keeps none."""
        self.wait_for_save("saved")
        self.until(lambda: not self.drafts(), "the drafts to go")

    def drafts(self) -> list[Any]:
        """The texts that only this computer has."""
        return self.kept("integration-journal-desk", "drafts")


__all__ = ["Desk", "words"]
