"""A computer with the admin's page, and what its tests share."""

import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tests.browser.clinic import ADA, Clinic, Json, marker
from tests.browser.desk.office import Desk
from tests.browser.members import PASSWORD, Newcomer, Staff

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

ROOT = Path(__file__).parents[2]
FOR_ALL = ("", "people", "roster", "clinic", "policies", "instruments", "instrument/phq9", "prompts", "records")
REVIEWED = (*FOR_ALL, "ledger", "backups", "notices", "research", "you")
"""The rooms that an auditor and a privacy officer may open."""


class Bureau(Desk):
    """One computer with the admin's page, and the passkey of who works at it; it notes what is asked of the API."""

    app = "admin"

    def __init__(self, context: "BrowserContext", clinic: Clinic, staff: Staff) -> None:
        self.asked: set[str] = set()
        """Method and path of each request to the API."""
        context.on("request", lambda request: self._note(request.method, request.url))
        super().__init__(context, clinic, staff)

    def _note(self, method: str, url: str) -> None:
        path = url.partition("?")[0].partition(self.clinic.root)[2]
        if path.startswith("/v1/"):
            self.asked.add(f"{method} {path}")


@cache
def operations() -> dict[str, re.Pattern[str]]:
    """Every operation of the documents, as a pattern of its method and path."""
    found = {}
    for file in ROOT.glob("openapi*.json"):
        for path, methods in json.loads(file.read_text("utf-8"))["paths"].items():
            for method, one in methods.items():
                pattern = re.sub(r"\\{\w+\\}", "[^/]+", re.escape(path))
                found[one["operationId"]] = re.compile(f"{method.upper()} {pattern}")
    return found


def operations_of(asked: set[str]) -> set[str]:
    """The operations that were asked for."""
    return {name for one in asked for name, pattern in operations().items() if pattern.fullmatch(one)}


def proved(bureau: Bureau, is_done: Callable[[], bool], what: str) -> None:
    """Wait until something is done; prove who this is if that is asked meanwhile, as it is on a slow machine."""
    asked, is_pressed = bureau.page.get_by_role("dialog", name="Is it still you?"), False

    def step() -> bool:
        nonlocal is_pressed
        if not is_pressed and asked.count():
            is_pressed = True
            asked.get_by_role("button", name="Use a passkey").click()
        return is_done()

    bureau.until(step, what)


def send(bureau: Bureau, button: str) -> None:
    """Press the button of the dialog, and wait until no dialog is open but one that shows something once."""
    bureau.page.get_by_role("dialog").get_by_role("button", name=button, exact=True).click()
    forms = bureau.page.locator("dialog form")
    proved(bureau, lambda: forms.count() == 0, f"{button} to be done")


def sure(bureau: Bureau, button: str, yes: str) -> None:
    """Press a button, and the one of the question that it asks."""
    bureau.press(button)
    bureau.page.get_by_role("dialog").get_by_role("button", name=yes, exact=True).click()


def shown_once(bureau: Bureau, title: str) -> str:
    """The secret that a dialog shows once; the dialog is closed then, and the page has it nowhere."""
    dialog = bureau.page.get_by_role("dialog", name=title)
    proved(bureau, lambda: dialog.count() > 0, f"{title} to be shown")
    found: str = dialog.locator("code").inner_text()
    dialog.get_by_role("button", name="Close").click()
    dialog.wait_for(state="detached")
    assert found not in bureau.page.content()
    return found


def newcomer(clinic: Clinic, *roles: str) -> Newcomer:
    """A new member of staff, who has chosen a password and has passkeys."""
    admin, name = clinic.staff(ADA), marker("Robin Review").replace("-", " ")
    email = f"{name.split()[-1]}.{name.split()[-2]}@example.org"
    account: Json = admin.ask("POST", "/accounts", {"name": name, "email": email, "roles": list(roles)})
    code = admin.ask("POST", "/invitations", {"account_id": account["id"]})["code"]
    admin.ask("POST", "/invitations/accept", {"code": code, "password": PASSWORD})
    return Newcomer(clinic.root, email)


__all__ = ["REVIEWED", "Bureau", "newcomer", "operations_of", "proved", "send", "shown_once", "sure"]
