"""Somebody who tries the demo, signed in with what the command line prints."""

from typing import Any

from integration_api.access.totp import code_at
from integration_api.demo.people import DEMO_PASSWORD, DEMO_TOTP_SECRET, SIGN_INS, STAFF
from tests.support import Api, Json

EMAILS = dict(SIGN_INS)


class Visitor:
    """Somebody who tries the demo."""

    def __init__(self, api: Api, token: str) -> None:
        self.api, self.headers = api, {"Authorization": f"Bearer {token}"}

    @classmethod
    async def enter(cls, api: Api, key: str) -> "Visitor":
        """Signed in with what the command line printed."""
        body = {"email": EMAILS[key], "password": DEMO_PASSWORD}
        if key in {member.key for member in STAFF}:
            api.clock.advance(seconds=30)  # a code works once
            body["totp_code"] = code_at(DEMO_TOTP_SECRET, api.clock())
        answer = await api.send("POST", "/auth/tokens", json=body)
        assert answer.status_code == 201, answer.text
        return cls(api, answer.json()["access_token"])

    async def get(self, path: str, **params: object) -> Any:
        """One answer."""
        answer = await self.api.send("GET", path, headers=self.headers, params=params)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def every(self, path: str, **params: object) -> list[Json]:
        """Every item of a list."""
        found: list[Json] = []
        page = await self.get(path, limit=100, **params)
        while page["next_cursor"]:
            found += page["items"]
            page = await self.get(path, limit=100, cursor=page["next_cursor"], **params)
        return [*found, *page["items"]]
