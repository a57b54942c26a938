"""Those who ask the served API itself, past any front end; they sign in again when their sign-in has aged or ended."""

import base64
import itertools
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import httpx
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from integration_api.access.totp import code_at
from integration_api.demo.people import DEMO_PASSWORD, DEMO_TOTP_SECRET
from tests.factories.factors import Authenticator
from tests.waiting import STUCK_SECONDS, until

if TYPE_CHECKING:
    from playwright.sync_api import Page

PASSWORD = DEMO_PASSWORD
Json = dict[str, Any]
_counts = itertools.count(int(time.time()), 100)
"""Every copy of a key begins above those before."""


NEXT = timedelta(seconds=30)
"""The next code counts too. The present one may have been used: each works once."""


def code_now(ahead: timedelta = timedelta()) -> str:
    """Return the present code of the demo staff's authenticator app, or a later one."""
    return code_at(DEMO_TOTP_SECRET, datetime.now(UTC) + ahead)


class Member:
    """Somebody who asks the API itself."""

    def __init__(self, root: str, email: str) -> None:
        self.root, self.email = root, email
        self._client = httpx.Client(base_url=f"{root}/v1", timeout=STUCK_SECONDS)
        self.sign_in()

    def sign_in(self) -> None:
        """Sign in anew."""
        self._begin("/auth/tokens", {"email": self.email, "password": PASSWORD})

    def ask(self, method: str, path: str, body: Json | None = None, version: int | None = None) -> Any:
        """One request that must succeed; its body. However long the run takes, a sign-in that has aged is renewed."""
        headers = {"If-Match": f'"{version}"'} if version is not None else {}
        answer = self._client.request(method, path, json=body, headers=headers)
        if answer.status_code == 401 or (answer.status_code == 403 and answer.json()["code"] == "step-up-required"):
            self.sign_in()
            answer = self._client.request(method, path, json=body, headers=headers)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None

    def download(self, path: str) -> bytes:
        """One file, which must be there."""
        answer = self._client.get(path)
        assert answer.is_success, answer.text
        return answer.content

    def exported(self) -> bytes:
        """The archive of an export that is asked for now."""
        asked = self.ask("POST", "/me/exports", {})["id"]
        until(lambda: self.ask("GET", f"/me/exports/{asked}")["state"] != "making", "the export to be made")
        assert self.ask("GET", f"/me/exports/{asked}")["state"] == "ready"
        return self.download(f"/me/exports/{asked}/content")

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def sign_ins(self) -> list[str]:
        """The ids of the latest sign-ins, the newest first, but not the one that asks: that may be renewed."""
        return [one["id"] for one in self.ask("GET", "/me/sign-ins?limit=100")["items"] if not one["is_this_one"]]

    def entries(self, marker: str) -> list[Json]:
        """Every entry whose text or answer has the marker, the newest first."""
        found, cursor = [], ""
        while True:
            page = self.ask("GET", f"/reflections?limit=100{cursor}")
            found += [one for one in page["items"] if marker in str(one["text"]) + str(one["answers"])]
            if page["next_cursor"] is None:
                return found
            cursor = f"&cursor={page['next_cursor']}"

    def entry(self, marker: str) -> Json:
        """The only entry with the marker."""
        (found,) = self.entries(marker)
        return found

    def _begin(self, path: str, body: Json) -> None:
        answer = self._client.post(path, json=body)
        assert answer.status_code == 201, answer.text
        self._hold(answer.json()["access_token"])

    def _hold(self, token: str) -> None:
        self._client.headers["Authorization"] = f"Bearer {token}"


class Staff(Member):
    """A member of staff, and a passkey of theirs that can be put into any browser.

    The other one is for requests past the front end: a passkey counts its uses, and the API refuses a lower count.
    """

    def __init__(self, root: str, email: str) -> None:
        self._own_key: Authenticator | None = None
        super().__init__(root, email)
        self._key, own_key = Authenticator(), Authenticator()
        for key in (self._key, own_key):
            options = self.ask("POST", "/me/factors/passkeys/options")["public_key"]
            made = key.create(options, origin=root)
            added = self.ask("POST", "/me/factors/passkeys", {"credential": made, "label": "Desk"})
            self._hold(added["access"]["access_token"])
        self._own_key = own_key
        self.id: str = self.ask("GET", "/me")["id"]

    def sign_in(self) -> None:
        """Sign in with the passkey; at first with password and code, which works once and not for long."""
        if self._own_key is not None:
            options = self._client.post("/auth/passkey-options").json()["public_key"]
            self._begin("/auth/passkey", {"credential": self._own_key.get(options, origin=self.root)})
            return
        found: list[str] = []

        def is_in() -> bool:
            for ahead in (timedelta(), NEXT):
                body = {"email": self.email, "password": PASSWORD, "totp_code": code_now(ahead)}
                answer = self._client.post("/auth/tokens", json=body)
                if answer.is_success:
                    found.append(answer.json()["access_token"])
                    return True
                assert answer.json()["code"] == "second-factor-wrong", answer.text
            return False

        until(is_in, "a code that arrives while it counts")
        self._hold(found[0])

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
        session = {
            "patient_id": patient["id"],
            "phase": "integration",
            "modality": "in_person",
            "planned_start_at": begun.isoformat(),
            "planned_end_at": (begun + timedelta(hours=1)).isoformat(),
        }
        return {"patient_id": patient["id"], "session_id": self.ask("POST", "/sessions", session)["id"]}

    def new_note(self, chart: Json, **sections: str) -> str:
        """A draft of theirs in that chart, in SOAP; its id."""
        body = {"session_id": chart["session_id"], "format": "soap", "sections": sections}
        note_id: str = self.ask("POST", "/notes", body)["id"]
        return note_id

    def note(self, note_id: str) -> Json:
        """The note as it is stored."""
        found: Json = self.ask("GET", f"/notes/{note_id}")
        return found


class Newcomer(Staff):
    """A member of staff whom the admin has just invited: the first sign-in is by password alone."""

    def sign_in(self) -> None:
        """Sign in: with the passkey, once there is one."""
        if self._own_key is not None:
            super().sign_in()
        else:
            Member.sign_in(self)
