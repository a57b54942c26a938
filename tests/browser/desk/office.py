"""A computer with the therapist's desk, and the passkey that opens it."""

import base64
import itertools
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import httpx
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from integration_api.access.totp import code_at
from integration_api.core.ids import new_id
from integration_api.demo.people import DEMO_TOTP_SECRET
from tests.browser.clinic import PASSWORD, Clinic, Json, Member
from tests.factories.factors import Authenticator, b64
from tests.waiting import STUCK_SECONDS, until

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page

IMANI, GRETA, TOBIAS = "imani.vale@example.org", "greta.specimen@example.org", "tobias.example@example.org"
_EXPECTED = ("Failed to load resource", "ERR_INTERNET_DISCONNECTED")
"""The browser's own lines about requests that were refused or lost, as the tests mean them to be."""
_counts = itertools.count(int(time.time()), 100)
"""Every copy of a key begins above those before."""


def code_now() -> str:
    """Return the present code of the demo staff's authenticator app."""
    return code_at(DEMO_TOTP_SECRET, datetime.now(UTC))


class Staff(Member):
    """A member of staff past the front end, and a passkey of theirs that can be put into any browser.

    The other one is for requests past the front end: a passkey counts its uses, and the API refuses a lower count.
    """

    def __init__(self, clinic: Clinic, email: str) -> None:
        self.email, self.clinic = email, clinic
        super().__init__(clinic, _token(clinic, email))
        self._key, self._own_key = Authenticator(), Authenticator()
        for key in (self._key, self._own_key):
            options = self.ask("POST", "/me/factors/passkeys/options")["public_key"]
            made = key.create(options, origin=clinic.root)
            added = self.ask("POST", "/me/factors/passkeys", {"credential": made, "label": "Desk"})
            self._client.headers["Authorization"] = f"Bearer {added['access']['access_token']}"
        self.id: str = self.ask("GET", "/me")["id"]

    def renew(self) -> None:
        """Sign in anew past the front end, after every sign-in was ended."""
        options = httpx.post(f"{self.clinic.root}/v1/auth/passkey-options", timeout=STUCK_SECONDS).json()["public_key"]
        body = {"credential": self._own_key.get(options, origin=self.clinic.root)}
        answer = httpx.post(f"{self.clinic.root}/v1/auth/passkey", json=body, timeout=STUCK_SECONDS)
        assert answer.status_code == 201, answer.text
        self._client.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"

    def put_key_into(self, page: "Page") -> None:
        """Let a page use the passkey without asking anybody."""
        devtools = page.context.new_cdp_session(page)
        devtools.send("WebAuthn.enable")
        kind = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
        able = {"hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True}
        made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": {**kind, **able}})
        secret = self._key.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        credential = {
            "credentialId": base64.b64encode(self._key.credential_id).decode(),
            "isResidentCredential": True,
            "rpId": "localhost",
            "privateKey": base64.b64encode(secret).decode(),
            "userHandle": base64.b64encode(self._key.user_handle).decode(),
            "signCount": next(_counts),
        }
        devtools.send("WebAuthn.addCredential", {"authenticatorId": made["authenticatorId"], "credential": credential})

    def new_chart(self, name: str) -> Json:
        """A patient of theirs with one session that is over: the ids of both."""
        patient = self.ask("POST", "/patients", {"name": name})
        begun = datetime.now(UTC) - timedelta(hours=2)
        session = self.ask(
            "POST",
            "/sessions",
            {
                "patient_id": patient["id"],
                "phase": "integration",
                "modality": "in_person",
                "planned_start_at": begun.isoformat(),
                "planned_end_at": (begun + timedelta(hours=1)).isoformat(),
            },
        )
        return {"patient_id": patient["id"], "session_id": session["id"]}

    def new_note(self, chart: Json, **sections: str) -> str:
        """A draft of theirs in that chart, in SOAP; its id."""
        body = {"session_id": chart["session_id"], "format": "soap", "sections": sections}
        note_id: str = self.ask("POST", "/notes", body)["id"]
        return note_id

    def note(self, note_id: str) -> Json:
        """The note as it is stored."""
        found: Json = self.ask("GET", f"/notes/{note_id}")
        return found


def _token(clinic: Clinic, email: str) -> str:
    """An access token by password and code. A code works once, so one that somebody used is waited out."""
    found: list[str] = []

    def is_in() -> bool:
        body = {"email": email, "password": PASSWORD, "totp_code": code_now()}
        answer = httpx.post(f"{clinic.root}/v1/auth/tokens", json=body, timeout=STUCK_SECONDS)
        if answer.status_code != 201:
            assert answer.json()["code"] == "second-factor-wrong", answer.text
            time.sleep(2)
            return False
        found.append(answer.json()["access_token"])
        return True

    until(is_in, "a code that nobody has used")
    return found[0]


class Desk:
    """One computer. Its `faults` are errors of scripts, and what the page's policy (CSP) has blocked."""

    def __init__(self, context: "BrowserContext", staff: Staff) -> None:
        self.context, self.staff, self.clinic = context, staff, staff.clinic
        self.faults: list[str] = []
        self.hosts: set[str] = set()
        context.on("page", self._watch)
        self.page: Page = self.new_page()

    def _watch(self, page: "Page") -> None:
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", self._hear)
        page.on("request", lambda request: self.hosts.add(request.url.split("/")[2]))

    def _hear(self, message: "ConsoleMessage") -> None:
        if message.type == "error" and not message.text.startswith(_EXPECTED):
            self.faults.append(message.text)

    def new_page(self) -> "Page":
        """Another tab, in front."""
        page = self.context.new_page()
        self.staff.put_key_into(page)
        self.page = page
        return page

    def open(self, path: str = "") -> None:
        """Show a screen: as a person would by a link, without loading the page anew if it is open."""
        self.page.goto(f"{self.clinic.root}/desk/#/{path}")
        self.page.locator("h1").wait_for()

    def sign_in(self) -> None:
        """Sign in with the passkey, and wait until the page could be loaded offline."""
        if "/desk/" not in self.page.url:
            self.open()
        self.press("Use a passkey")
        self.page.locator("header nav").wait_for()
        self.page.evaluate("navigator.serviceWorker.ready")
        until(lambda: self.page.evaluate("navigator.serviceWorker.controller !== null"), "the service worker")

    def press(self, name: str) -> None:
        """Press a button; of two with that name, the one of the dialog that is open."""
        self.page.get_by_role("button", name=name, exact=True).last.click()

    def sees(self, text: str) -> None:
        """Wait until the screen has this text."""
        self.page.get_by_text(text).first.wait_for()

    def field(self, label: str) -> "Locator":
        """A field by its label."""
        return self.page.get_by_label(label, exact=True)

    def wait_for_save(self, *states: str) -> None:
        """Wait until autosave says one of these states."""
        self.page.locator(", ".join(f"[data-save={state}]" for state in states)).first.wait_for()

    def wait_until_saved(self) -> None:
        """Wait until the API has every word, and this computer keeps none."""
        self.wait_for_save("saved")
        until(lambda: not self.drafts(), "the drafts to go")

    def drafts(self) -> list[Any]:
        """The texts that only this computer has."""
        found: list[Any] = self.page.evaluate(
            """() => new Promise((resolve, reject) => {
                 const opening = indexedDB.open("integration-journal-desk");
                 opening.onerror = () => reject(opening.error);
                 opening.onsuccess = () => {
                   const asked = opening.result.transaction("drafts").objectStore("drafts").getAll();
                   asked.onsuccess = () => { opening.result.close(); resolve(asked.result); };
                 };
               })"""
        )
        return found

    def offline(self) -> None:
        """Lose the network."""
        self.context.set_offline(True)

    def online(self) -> None:
        """Find it again."""
        self.context.set_offline(False)

    def close(self) -> None:
        """Shut it down."""
        with suppress(Exception):
            self.context.set_offline(False)
        self.context.close()


def words(text: str) -> str:
    """A text that no other test writes."""
    return f"{text} {new_id()}"


__all__ = ["GRETA", "IMANI", "TOBIAS", "Desk", "Staff", "b64", "code_now", "words"]
