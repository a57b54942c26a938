"""The rules of one conversation with the API, without a network: signing in, refreshing, trying again, paging."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
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
from integration_journal.tokens import Account, Kept, MemoryTokens, Tokens, TokenStore, device_of

Result = TypeVar("Result")
_EARLY_SECONDS = 30.0
"""A token is exchanged so long before it ends."""
_NEVER_ARRIVED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
_NO_REFRESH = frozenset({Code.SIGN_IN_ENDED, Code.TOKEN_INVALID, Code.WRONG_PROOF})
_TOKENS_LOST: Json = {
    "code": Code.UNAUTHENTICATED,
    "title": "Not signed in",
    "detail": "Nobody is signed in on this device; sign in first.",
}


def _tokens_of(pair: models.TokenPair) -> Tokens:
    """Return both tokens. Only a browser that asks for a cookie gets no refresh token in the body."""
    if pair.refresh_token is None:
        msg = "a refresh token was kept in a cookie"
        raise TypeError(msg)
    return Tokens(pair.access_token, pair.refresh_token)


Ask = Callable[[httpx.Request], Steps[httpx.Response]]
"""A way to send a message once. Raises httpx.TransportError, JournalError."""


def _ask(message: httpx.Request) -> Steps[httpx.Response]:
    return checked((yield from send(message)))


@dataclass
class Core:
    """The state of one client: its address, its tokens and its rules."""

    url: str
    store: TokenStore = field(default_factory=MemoryTokens)
    retries: Retries = field(default_factory=Retries)
    monotonic: Callable[[], float] = time.monotonic
    """Counts the seconds of an access token. The clock of the wall may be wrong, and may be put right meanwhile."""

    def __post_init__(self) -> None:
        """Begin with what the store holds."""
        self._kept = self.store.load()
        self._expires = float("inf")

    @property
    def account(self) -> Account | None:
        """The account that signed in last on this device, also if it must sign in again."""
        return self._kept.account

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
                return (yield from (ask or _ask)(self._message(request, token)))
            except httpx.TransportError as error:
                has_arrived = not isinstance(error, _NEVER_ARRIVED)
                is_unsure |= has_arrived
                failed: JournalError = NotReached(str(error) or type(error).__name__, is_unsure=is_unsure)
                failed.__cause__ = error
                is_repeatable = request.may_repeat or not has_arrived
                pause = retries.pause(tried)
            except NotReached as error:
                is_unsure, failed = True, error
                is_repeatable, pause = request.may_repeat, retries.pause(tried)
            except Problem as problem:
                if problem.status == 401 and token and not refreshed and problem.code not in _NO_REFRESH:  # noqa: PLR2004
                    refreshed, tried = True, tried - 1
                    yield from self._refresh(token, problem if request.is_urgent else None)
                    continue
                if isinstance(problem, NotSignedIn) and token:
                    yield Alone(self._ended(token))
                if isinstance(problem, NotFound) and is_unsure and request.method == "DELETE":
                    return httpx.Response(204)
                failed, is_repeatable = problem, problem.is_temporary and request.may_repeat
                is_unsure |= problem.is_temporary
                pause = retries.pause(tried, problem.retry_after)
            if tried >= retries.tries or not is_repeatable or pause is None:
                raise failed
            yield Wait(pause)

    def _message(self, request: Request[object], token: Tokens | None) -> httpx.Request:
        headers = {"Accept": "application/json"}
        if token is not None:
            headers["Authorization"] = f"Bearer {token.access}"
        given = {"Idempotency-Key": request.key, "If-Match": request.if_match, "If-None-Match": request.if_none_match}
        given["On-Conflict"] = request.on_conflict
        headers |= {name: value for name, value in given.items() if value is not None}
        url = self.url.rstrip("/") + request.path
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
        if self._kept.tokens is not None and self.monotonic() >= self._expires - _EARLY_SECONDS:
            yield from self._refresh(self._kept.tokens, None)
        kept = self._kept
        if kept.tokens is None:
            kept = self._kept = yield from call(self.store.load)
        if kept.tokens is None:
            raise NotSignedIn(401, _TOKENS_LOST)
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
        kept = self._kept if self._kept.tokens != spent else (yield from call(self.store.load))
        if kept.tokens != spent:
            self._kept, self._expires = kept, float("inf")
            return
        request = operations.refresh_tokens(models.Refresh(refresh_token=spent.refresh))
        try:
            response = yield from self.send(replace(request, is_repeatable=True))
        except NotSignedIn:
            yield from self._ended(spent)
            if self._kept.tokens is None:
                raise
            return
        pair = answer_to(request, response).value
        yield from self._keep(replace(kept, tokens=_tokens_of(pair)), pair.expires_in)

    def _ended(self, spent: Tokens) -> Steps[None]:
        """Discard tokens that the API refuses, but not newer ones that another process of this sign-in stored."""
        kept = yield from call(self.store.load)
        if kept.tokens == spent:
            kept = kept.signed_out()
            yield from call(lambda: self.store.save(kept))
        self._kept, self._expires = kept, float("inf")

    def _keep(self, kept: Kept, expires_in: float) -> Steps[None]:
        """Store first, use then: a refresh token that was used and not stored would be lost."""
        yield from call(lambda: self.store.save(kept))
        self._kept, self._expires = kept, self.monotonic() + expires_in

    def sign_in(
        self,
        email: str,
        password: str,
        *,
        clinic: str | None = None,
        totp_code: str | None = None,
        recovery_code: str | None = None,
        device: str | None = None,
    ) -> Steps[Account]:
        """Sign in, and return the account. Raises SecondFactorNeeded, WrongSignIn."""
        name = device_of(email)
        given = {
            "email": email,
            "password": password,
            "clinic": clinic,
            "totp_code": totp_code,
            "recovery_code": recovery_code,
            "device": device,
            "device_token": self._kept.devices.get(name),
        }
        body = models.SignIn.model_validate({key: value for key, value in given.items() if value is not None})
        pair = (yield from self.answer(operations.sign_in(body))).value
        devices = {**self._kept.devices, **({name: pair.device_token} if pair.device_token else {})}
        account = Account(str(pair.account_id))
        kept = Kept(account, _tokens_of(pair), devices)
        yield Alone(self._keep(kept, pair.expires_in))
        return (yield from self._whole(account))

    def _whole(self, account: Account) -> Steps[Account]:
        """Return the account with its clinic and chart; as it is, if the network went away just now."""
        try:
            me = (yield from self.answer(operations.read_me())).value
        except NotReached:
            return account
        account = Account(str(me.id), str(me.clinic_id), str(me.patient_id) if me.patient_id else None)
        yield Alone(self._named(account))
        return account

    def _named(self, account: Account) -> Steps[None]:
        kept = self._kept = replace(self._kept, account=account)
        yield from call(lambda: self.store.save(kept))

    def step_up(
        self, *, totp_code: str | None = None, password: str | None = None, credential: Json | None = None
    ) -> Steps[None]:
        """Prove again who you are. Then send what was refused with StepUpRequired, the same value, again."""
        given = {"totp_code": totp_code, "password": password, "credential": credential}
        body = models.StepUp.model_validate({key: value for key, value in given.items() if value is not None})
        got = (yield from self.answer(operations.step_up(body))).value
        yield Alone(self._proved(got))

    def _proved(self, got: models.AccessToken) -> Steps[None]:
        """Take the access token of a step-up beside the newest refresh token, which stays as it is."""
        kept = self._kept
        if kept.tokens is None:
            raise NotSignedIn(401, _TOKENS_LOST)
        yield from self._keep(replace(kept, tokens=replace(kept.tokens, access=got.access_token)), got.expires_in)

    def sign_out(self) -> Steps[None]:
        """Sign out. This device forgets the tokens even if the API was not reached, which raises NotReached."""
        if self._kept.tokens is None:
            return
        try:
            yield from self.send(operations.sign_out())
        except NotSignedIn:
            pass
        finally:
            kept = replace(self._kept.signed_out(), account=None)
            self._kept, self._expires = kept, float("inf")
            self.store.save(kept)
