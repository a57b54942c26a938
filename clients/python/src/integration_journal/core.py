"""The rules of one conversation with the API, without a network: its tokens, refreshing, trying again."""

import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeVar

import httpx

from integration_journal import models, operations
from integration_journal.answers import Answer, answer_to, checked
from integration_journal.codes import Code
from integration_journal.problems import (
    AccountChanged,
    JournalError,
    NotFound,
    NotReached,
    NotSignedIn,
    Problem,
)
from integration_journal.requests import FOLLOWING, Json, Request
from integration_journal.retries import Retries
from integration_journal.steps import Alone, Steps, Wait, call, send
from integration_journal.tokens import Account, Held, Kept, MemoryTokens, SharedStore, Tokens, TokenStore

Result = TypeVar("Result")
_EARLY_SECONDS = 30.0
"""A token is exchanged so long before it ends."""
_LOOK_SECONDS = 0.05
"""How often to look whether another process has exchanged the tokens."""
_MAX_LOOKS = 2400
"""Two minutes: longer than all the tries of that process take."""
_NEVER_ARRIVED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
_NO_REFRESH = frozenset({Code.SIGN_IN_ENDED, Code.TOKEN_INVALID, Code.WRONG_PROOF})
_TOKENS_LOST: Json = {
    "code": Code.UNAUTHENTICATED,
    "title": "Not signed in",
    "detail": "Nobody is signed in on this device; sign in first.",
}


def tokens_of(pair: models.TokenPair) -> Tokens:
    """Return both tokens. Only a browser that asks for a cookie gets no refresh token in the body."""
    if pair.refresh_token is None:
        msg = "a refresh token was kept in a cookie"
        raise TypeError(msg)
    return Tokens(pair.access_token, pair.refresh_token)


def nobody() -> NotSignedIn:
    """Return the refusal of a request when there are no tokens."""
    return NotSignedIn(401, _TOKENS_LOST)


Ask = Callable[[httpx.Request], Steps[httpx.Response]]
"""A way to send a message once. Raises httpx.TransportError, JournalError."""


def _ask(message: httpx.Request) -> Steps[httpx.Response]:
    return checked((yield from send(message)))


def _asked(ask: Ask, message: httpx.Request) -> Steps[httpx.Response]:
    """Send a message once. Raises Problem, NotReached."""
    try:
        return (yield from ask(message))
    except httpx.TransportError as error:
        is_unsure = not isinstance(error, _NEVER_ARRIVED)
        raise NotReached(str(error) or type(error).__name__, is_unsure=is_unsure) from error


@dataclass
class Core:
    """The state of one client: its address, its tokens and its rules."""

    url: str
    store: TokenStore = field(default_factory=MemoryTokens)
    retries: Retries = field(default_factory=Retries)
    monotonic: Callable[[], float] = time.monotonic
    """Counts the seconds of an access token. The clock of the wall may be wrong, and may be put right meanwhile."""

    def __post_init__(self) -> None:
        """Begin with what the store holds. An address with `/v1` is taken too: every path has it already."""
        self.url = self.url.rstrip("/").removesuffix("/v1")
        self._kept = self.store.load()
        self._expires = float("inf")
        self._changing = threading.Lock()

    @property
    def account(self) -> Account | None:
        """Whoever works on this device, also if they must sign in again; None before a sign-in and after a sign-out."""
        return self._kept.account

    @property
    def kept(self) -> Kept:
        """What this device keeps, as this client knows it."""
        return self._kept

    @property
    def is_signed_in(self) -> bool:
        """Whether there are tokens. The API may have ended the sign-in since."""
        return self._kept.tokens is not None

    def answer(self, request: Request[Result]) -> Steps[Answer[Result]]:
        """Send a request, and return what it was answered. Raises JournalError."""
        response = yield from self.send(request)
        return answer_to(request, response)

    def send(
        self,
        request: Request[object],
        retries: Retries | None = None,
        account: Account | None = None,
        ask: Ask | None = None,
    ) -> Steps[httpx.Response]:
        """Send a request until it succeeds, is refused, or was tried often enough. Return its unread success.

        `account` is for whom it was written; `ask` is another way to send. Raises AccountChanged if another one has
        signed in.
        """
        if request.if_match == FOLLOWING:
            msg = "FOLLOWING is for the offline queue, which knows the request before this one"
            raise ValueError(msg)
        account = account or self.account  # else a sign-in meanwhile would send it for somebody else
        retries, tried, is_unsure, refreshed = retries or self.retries, 0, False, False
        while True:
            token = yield from self._token(request, account)
            tried += 1
            try:
                return (yield from _asked(ask or _ask, self._message(request, token)))
            except NotReached as error:
                is_repeatable = request.may_repeat or not error.is_unsure
                is_unsure = error.is_unsure = is_unsure or error.is_unsure
                failed: JournalError = error
                pause = retries.pause(tried)
            except Problem as problem:
                if problem.status == 401 and token and not refreshed and problem.code not in _NO_REFRESH:  # noqa: PLR2004
                    refreshed, tried = True, tried - 1
                    yield from self._refresh(token, problem if request.is_urgent else None)
                    continue
                if isinstance(problem, NotSignedIn) and token:
                    yield Alone(self._ended(token))
                    if self.is_signed_in and not refreshed:  # another process has signed this account in again
                        refreshed, tried = True, tried - 1
                        continue
                if isinstance(problem, NotFound) and is_unsure and request.method == "DELETE":
                    return httpx.Response(204)
                failed, is_repeatable = problem, problem.is_temporary and request.may_repeat
                is_unsure |= problem.is_temporary
                pause = retries.pause(tried, problem.retry_after)
            if tried >= retries.tries or not is_repeatable or pause is None:
                raise failed
            yield Wait(pause)

    def once(self, request: Request[object], tokens: Tokens | None) -> Steps[httpx.Response]:
        """Send a request once, with these tokens whoever is signed in. Raises Problem, NotReached."""
        return (yield from _asked(_ask, self._message(request, tokens)))

    def _message(self, request: Request[object], token: Tokens | None) -> httpx.Request:
        headers = {"Accept": "application/json"}
        if token is not None:
            headers["Authorization"] = f"Bearer {token.access}"
        given = {"Idempotency-Key": request.key, "If-Match": request.if_match, "If-None-Match": request.if_none_match}
        given["On-Conflict"] = request.on_conflict
        headers |= {name: value for name, value in given.items() if value is not None}
        url = self.url + request.path
        return httpx.Request(request.method, url, params=list(request.query), json=request.body, headers=headers)

    def _token(self, request: Request[object], account: Account | None) -> Steps[Tokens | None]:
        """Return the tokens to send a request with; None if it needs none. Raises NotSignedIn, AccountChanged."""
        if request.is_public:
            return self._kept.tokens if request.takes_any_token else None
        try:
            return (yield from self._present(account))
        except (NotSignedIn, NotReached, AccountChanged):
            if request.is_urgent:
                return self._kept.tokens
            raise

    def _present(self, account: Account | None) -> Steps[Tokens]:
        """Return the present tokens; refreshed if they are about to end."""
        if self._kept.tokens is not None:
            yield from call(self._follow_others)
        if self._kept.tokens is not None and self.monotonic() >= self._expires - _EARLY_SECONDS:
            yield from self._refresh(self._kept.tokens, None)
        kept = self._kept
        if kept.tokens is None:
            kept = self._kept = yield from call(self.store.load)
        if kept.tokens is None:
            raise nobody()
        if account is not None and (kept.account is None or kept.account.account_id != account.account_id):
            raise AccountChanged
        return kept.tokens

    def renewed(self) -> Steps[None]:
        """Exchange the access token now. Raises NotSignedIn if the sign-in has ended, NotReached."""
        tokens = yield from self._present(None)
        yield from self._refresh(tokens, None)

    def _refresh(self, spent: Tokens, problem: Problem | None) -> Steps[None]:
        """Exchange tokens for the next ones, unless somebody did so meanwhile. If that fails, raise the problem."""
        try:
            yield Alone(self._exchanged(spent))
        except JournalError as failed:
            raise (problem or failed) from failed

    def _exchanged(self, spent: Tokens) -> Steps[None]:
        """Another thread, task or process of this sign-in may have done it first: then its tokens are taken."""
        if (yield from self._is_exchanged(spent)):
            return
        if not isinstance(self.store, SharedStore):
            yield from self._exchange(spent)
            return
        held = yield from self._right_to_exchange(self.store, spent)
        if held is None:
            return
        try:
            if not (yield from self._is_exchanged(spent)):
                yield from self._exchange(spent)
        finally:
            held.close()

    def _right_to_exchange(self, store: SharedStore, spent: Tokens) -> Steps[Held | None]:
        """Return the right to exchange the tokens; None if another process has done it meanwhile. Raises NotReached."""
        for _ in range(_MAX_LOOKS):
            held = yield from call(store.begin_refresh)
            if held is not None:
                return held
            yield Wait(_LOOK_SECONDS)
            if (yield from self._is_exchanged(spent)):
                return None
        msg = "another process of this sign-in refreshes, and does not end"
        raise NotReached(msg, is_unsure=False)

    def _is_exchanged(self, spent: Tokens) -> Steps[bool]:
        """Return whether others have exchanged these tokens; then theirs are taken."""
        kept = self._kept if self._kept.tokens != spent else (yield from call(self.store.load))
        is_exchanged = kept.tokens != spent
        if is_exchanged:
            self._kept, self._expires = kept, float("inf")
        return is_exchanged

    def _exchange(self, spent: Tokens) -> Steps[None]:
        request = operations.refresh_tokens(models.Refresh(refresh_token=spent.refresh))
        try:
            response = yield from self.send(replace(request, is_repeatable=True))
        except NotSignedIn:
            yield from self._ended(spent)
            if self._kept.tokens is None:
                raise
            return
        pair = answer_to(request, response).value
        yield from self.stored(lambda now: now.renewed(spent, tokens_of(pair)), pair.expires_in)

    def _ended(self, spent: Tokens) -> Steps[None]:
        """Discard tokens that the API refuses, but not newer ones that another process of this sign-in stored."""
        yield from self.stored(lambda now: now.ended() if now.tokens == spent else now)

    def stored(self, change: Callable[[Kept], Kept], expires_in: float = float("inf")) -> Steps[None]:
        """Change what is kept: on the disk first, then here. Else a refresh token could be used and then be lost."""
        yield from call(partial(self._store, change, expires_in))

    def _store(self, change: Callable[[Kept], Kept], expires_in: float) -> None:
        with self._changing, self._sole_change():
            before = self.store.load()
            kept = change(before)
            if kept != before:
                self.store.save(kept)
            if kept.tokens != self._kept.tokens:
                self._expires = self.monotonic() + expires_in
            self._kept = kept

    def _sole_change(self) -> AbstractContextManager[None]:
        return self.store.changing() if isinstance(self.store, SharedStore) else nullcontext()

    def leave(self) -> None:
        """End the sign-in of this device, and note in the same step of its disk that the API is to be told."""
        with self._changing, self._sole_change():
            kept = self.store.load()
            self._kept = (kept if kept.tokens else replace(self._kept, untold=kept.untold)).left()
            if self._kept != kept:
                self.store.save(self._kept)

    def _follow_others(self) -> None:
        """Leave too, if another process of this device has signed this account out."""
        account_id = self._kept.account.account_id if self._kept.account else None
        kept = self.store.load()
        if kept.tokens is None and any(one.account_id == account_id for one in kept.untold):
            self._kept = kept
