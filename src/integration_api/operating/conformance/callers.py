"""People of the kit, who ask a deployment by HTTP, and the record of all that was sent and came back."""

import base64
import hashlib
import hmac
import struct
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx

_STEP_SECONDS = 30
_REFUSES_THE_KIT = frozenset({httpx.codes.UNAUTHORIZED, httpx.codes.TOO_MANY_REQUESTS})
Json = Any


class Broken(Exception):
    """A promise does not hold; the message says how."""


class NotShown(Exception):
    """A promise could not be tried here; the message says why."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its response, as far as a log on the way could keep them."""

    method: str
    url: str
    status: int
    headers: str
    error: str


@dataclass(slots=True)
class Record:
    """Every exchange of a run."""

    exchanges: list[Exchange] = field(default_factory=list)

    def keep(self, answer: httpx.Response) -> None:
        """Keep what is no content: the address, the headers, and the whole of an error."""
        headers = "\n".join(f"{name}: {value}" for name, value in answer.headers.multi_items())
        error = _error(answer) if answer.is_error else ""
        request = answer.request
        self.exchanges.append(Exchange(request.method, str(request.url), answer.status_code, headers, error))


def _error(answer: httpx.Response) -> str:
    """Return the text of an error, but for the present version that a 412 shows to whoever may read it."""
    try:
        told = answer.json()
        return str({name: value for name, value in told.items() if name != "current"})
    except (ValueError, AttributeError):
        return answer.text


class Caller:
    """Somebody who asks, signed in or not."""

    def __init__(self, client: httpx.AsyncClient, record: Record, token: str | None = None, email: str = "") -> None:
        """`token` is an access token."""
        self.client, self.record, self.token, self.email = client, record, token, email
        self.id = ""

    async def ask(
        self,
        method: str,
        path: str,
        body: Json = None,
        *,
        match: int | str | None = None,
        key: str | None = None,
        params: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        """Send one request. Raises Broken for a server error.

        Raises NotShown if nothing answers, and for 401 and 429: those refuse the kit, and show nothing about the thing.
        """
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        if match is not None:
            headers["If-Match"] = f'"{match}"' if isinstance(match, int) else match
        if key is not None:
            headers["Idempotency-Key"] = key
        try:
            answer = await self.client.request(method, path, json=body, headers=headers, params=params)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise NotShown(f"no response ({type(error).__name__})") from None
        self.record.keep(answer)
        if answer.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
            raise Broken(f"{method} {shape_of(path)} was answered {answer.status_code}")
        if answer.status_code in _REFUSES_THE_KIT:
            raise NotShown(f"{method} {shape_of(path)} was answered {answer.status_code}")
        return answer

    async def must(self, method: str, path: str, body: Json = None, **more: Any) -> Json:  # noqa: ANN401  as httpx has it
        """Send a request that has to succeed, and return its JSON. Raises NotShown otherwise."""
        answer = await self.ask(method, path, body, **more)
        if answer.is_error:
            raise NotShown(f"{method} {shape_of(path)} was refused: {answer.status_code} {code_of(answer)}")
        return answer.json() if answer.content else None

    async def get(self, path: str, **params: str) -> Json:
        """Return the JSON of a GET. Raises NotShown if it is refused."""
        return await self.must("GET", path, params=params or None)


def code_of(answer: httpx.Response) -> str:
    """Return the `code` of a problem; nothing if it is none."""
    try:
        return str(answer.json().get("code", ""))
    except (ValueError, AttributeError):
        return ""


def shape_of(path: str) -> str:
    """Return a path without the ids in it."""
    return "/".join("{id}" if part.count("-") == 4 else part for part in path.split("?", maxsplit=1)[0].split("/"))  # noqa: PLR2004  of a UUID


def totp(secret: str, at: float | None = None) -> str:
    """Return the code of a secret now. Source: RFC 6238."""
    step = struct.pack(">Q", int(time.time() if at is None else at) // _STEP_SECONDS)
    digest = hmac.new(base64.b32decode(secret), step, hashlib.sha1).digest()
    begins = digest[-1] & 0xF
    number = struct.unpack(">I", digest[begins : begins + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def new_word(kind: str) -> str:
    """Return a word that can be nowhere by chance."""
    return f"canary-{kind}-{uuid4().hex[:12]}"
