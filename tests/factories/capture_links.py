"""Capture links for tests: issued by staff, and used without a sign-in."""

from httpx import Response

from tests.support import Api, Json, Person


async def issue(therapist: Person, made: Json, expect: int = 201) -> Json:
    """A new link of a session."""
    issued: Json = await therapist.post(f"/sessions/{made['id']}/capture-link", expect=expect)
    return issued


async def by_link(
    api: Api, token: str, method: str, path: str, body: object = None, key: str | None = None
) -> Response:
    """The response to a request by the token of a link."""
    headers = {"Authorization": f"Bearer {token}"} | ({"Idempotency-Key": key} if key else {})
    return await api.send(method, path, json=body, headers=headers)
