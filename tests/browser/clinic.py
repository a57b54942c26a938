"""The served demo clinic as the tests ask it, past the front end: what is stored, and what staff do meanwhile."""

from datetime import UTC, datetime
from typing import Any

import httpx

from integration_api.access.totp import code_at
from integration_api.core.ids import new_id
from integration_api.demo.people import DEMO_PASSWORD, DEMO_TOTP_SECRET
from tests.serving import Server
from tests.waiting import STUCK_SECONDS

ROWAN, WREN, JUNIPER = "rowan.sample@example.org", "wren.invented@example.org", "juniper.mock@example.org"
ASH = "ash.fictional@example.org"
THERAPIST = "imani.vale@example.org"
PASSWORD = DEMO_PASSWORD
Json = dict[str, Any]


class Member:
    """Somebody who asks the API itself."""

    def __init__(self, clinic: "Clinic", token: str) -> None:
        self._client = httpx.Client(
            base_url=f"{clinic.root}/v1", timeout=STUCK_SECONDS, headers={"Authorization": f"Bearer {token}"}
        )

    def ask(self, method: str, path: str, body: Json | None = None, version: int | None = None) -> Any:
        """One request that must succeed; its body."""
        headers = {"If-Match": f'"{version}"'} if version is not None else {}
        answer = self._client.request(method, path, json=body, headers=headers)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

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


class Clinic:
    """The server, and who is signed in past the front end."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._signed_in: dict[str, Member] = {}
        self._members: list[Member] = []

    @property
    def root(self) -> str:
        """Its address: by name, as passkeys need it."""
        return f"http://localhost:{self.server.port}"

    def member(self, email: str) -> Member:
        """Somebody of the demo, signed in once for the run: a code of staff works once."""
        if email not in self._signed_in:
            self._signed_in[email] = self.new_member(email)
        return self._signed_in[email]

    def end_sign_ins(self, email: str) -> None:
        """End every sign-in of somebody, on every device."""
        self.new_member(email).ask("DELETE", "/me/sign-ins")
        self._signed_in.pop(email, None)

    def close(self) -> None:
        """Close every connection."""
        for member in self._members:
            member.close()

    def new_member(self, email: str) -> Member:
        """Somebody of the demo, by a sign-in of its own."""
        code = {"totp_code": code_at(DEMO_TOTP_SECRET, datetime.now(UTC))} if email == THERAPIST else {}
        body = {"email": email, "password": PASSWORD, **code}
        answer = httpx.post(f"{self.root}/v1/auth/tokens", json=body, timeout=STUCK_SECONDS)
        assert answer.status_code == 201, answer.text
        self._members.append(Member(self, answer.json()["access_token"]))
        return self._members[-1]


def marker(words: str) -> str:
    """A text that no other test writes."""
    return f"{words} {new_id()}"
