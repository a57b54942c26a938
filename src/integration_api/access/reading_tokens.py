"""Reading tokens: opaque secrets that one operation accepts in place of an access token, and no other does.

A token is a sign-in of its own, so it ends with the account, and its person ends it among their sign-ins.
The database keeps a digest. An operation declares `takes_reading_tokens`; see `docs/adr/0049`.
"""

import hashlib
import hmac
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access import alarms
from integration_api.access.actor import Actor, Role
from integration_api.access.bindings import BOUND_ACCOUNT, BoundAccount
from integration_api.access.limits import attempts
from integration_api.access.reads import StartAgain
from integration_api.access.runtime import Runtime
from integration_api.access.tables import (
    AccountState,
    AccountTable,
    ReadingTokenRow,
    ReadingTokenTable,
    SignInRow,
    SignInTable,
)
from integration_api.access.tokens import pack_secret, unpack_secret
from integration_api.access.visible import actor_is_current, in_clinic, insert_for_clinic
from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.ledger.events import SIGN_IN_FAILED, TOKENS_REFRESHED, Outcome
from integration_api.storage.statements import Change, Read, Scope, param, row_key
from integration_api.storage.tables import table_of
from integration_api.web.errors import ApiError, Conflict
from integration_api.web.token_errors import SignInEnded, TokenInvalid

LIFETIME = timedelta(days=90)
MIN_RENEWAL = timedelta(days=1)
"""The use of a token renews it, at most this often."""
MAX_TOKENS = 3
"""The most that one account holds for one operation."""
UNIQUE_SLOT = "uq_reading_tokens_slot"

_accounts, _sign_ins, _tokens = table_of(AccountTable), table_of(SignInTable), table_of(ReadingTokenTable)
_me = sa.bindparam("actor_id", type_=sa.Uuid())
_its_sign_in = sa.and_(_sign_ins.c.clinic_id == _tokens.c.clinic_id, _sign_ins.c.id == _tokens.c.sign_in_id)


class TooManyTokens(Conflict):
    """You have three of these tokens already; end one of them first."""

    code = "too-many-tokens"
    title = "Too many tokens"
    remedy = "Show `GET /v1/me/sign-ins` and end one: `DELETE /v1/me/sign-ins/{sign_in_id}`."


class HeldToken(BaseModel):
    """A token of the actor's own, and whether its sign-in stands."""

    id: UUID
    slot: int
    sign_in_id: UUID
    stands: bool


class TokenOfAccount(BoundAccount):
    """A token, its sign-in, and the account as it is now."""

    token_id: UUID
    sign_in_id: UUID
    action: str
    digest: bytes
    token_binding: bytes
    refreshed_at: datetime
    proved_at: datetime
    expires_at: datetime
    revoked_at: datetime | None

    @property
    def token(self) -> dict[str, object]:
        """Return the facts of the token that its binding covers."""
        return {
            "clinic_id": self.clinic_id,
            "id": self.token_id,
            "account_id": self.id,
            "sign_in_id": self.sign_in_id,
            "action": self.action,
            "digest": self.digest,
            "binding": self.token_binding,
        }


READ_TOKEN = Read(
    "read_reading_token",
    sa.select(
        *BOUND_ACCOUNT,
        _tokens.c.id.label("token_id"),
        *(_tokens.c[name] for name in ("sign_in_id", "action", "digest")),
        _tokens.c.binding.label("token_binding"),
        *(_sign_ins.c[name] for name in ("refreshed_at", "proved_at", "expires_at", "revoked_at")),
    )
    .select_from(_tokens)
    .join(_sign_ins, sa.and_(_its_sign_in, _sign_ins.c.account_id == _tokens.c.account_id))
    .join(_accounts, sa.and_(_accounts.c.clinic_id == _tokens.c.clinic_id, _accounts.c.id == _tokens.c.account_id))
    .where(row_key(_tokens)),
    TokenOfAccount,
    Scope.SYSTEM,
    "a reading token: nobody is signed in yet; the secret is compared with the digest of the row that it names",
)
MY_TOKENS = Read(
    "my_reading_tokens",
    sa.select(
        *(_tokens.c[name] for name in ("id", "slot", "sign_in_id")),
        sa.select(sa.literal_column("1"))
        .where(
            _its_sign_in,
            _sign_ins.c.revoked_at.is_(None),
            _sign_ins.c.expires_at > param("now", _sign_ins.c.expires_at),
        )
        .exists()
        .label("stands"),
    )
    .where(
        in_clinic(_tokens),
        actor_is_current(),
        _tokens.c.account_id == _me,
        _tokens.c.action == param("action", _tokens.c.action),
    )
    .limit(MAX_TOKENS),
    HeldToken,
    Scope.CLINIC,
)
_is_mine = sa.bindparam("account_id", type_=sa.Uuid()) == _me
INSERT_TOKEN = Change("insert_reading_token", insert_for_clinic(ReadingTokenTable, _is_mine), Scope.CLINIC)
REUSE_TOKEN = Change(
    "reuse_reading_token",
    sa.update(_tokens)
    .where(
        in_clinic(_tokens),
        actor_is_current(),
        _tokens.c.account_id == _me,
        _tokens.c.id == param("id", _tokens.c.id),
        _tokens.c.sign_in_id == param("ended_sign_in_id", _tokens.c.sign_in_id),
    )
    .values({name: param(name, _tokens.c[name]) for name in ("sign_in_id", "digest", "created_at", "binding")}),
    Scope.CLINIC,
)
"""Takes the slot of a token that has ended. Its old secret has another digest, so it stays useless."""
INSERT_READING_SIGN_IN = Change("insert_reading_sign_in", insert_for_clinic(SignInTable, _is_mine), Scope.CLINIC)
RENEW_READING_SIGN_IN = Change(
    "renew_reading_sign_in",
    sa.update(_sign_ins)
    .where(
        row_key(_sign_ins),
        _sign_ins.c.revoked_at.is_(None),
        _sign_ins.c.expires_at > param("now", _sign_ins.c.expires_at),
        _sign_ins.c.refreshed_at <= param("renewable_at", _sign_ins.c.refreshed_at),
    )
    .values({name: param(name, _sign_ins.c[name]) for name in ("refreshed_at", "expires_at")}),
    Scope.SYSTEM,
    "a reading token: its use renews it, if it stands and was not renewed meanwhile",
)


def is_one(token: str) -> bool:
    """Return whether a token may be a reading token: one of ours or of an issuer has dots."""
    return "." not in token


async def issue(work: Work, action: str, label: str) -> tuple[str, SignInRow]:
    """Collect a new token of the actor's own for one Action, and return it with its sign-in. Raises TooManyTokens."""
    held = await work.all(MY_TOKENS, action=action)
    ended = next((one for one in held if not one.stands), None)
    if ended is None and len(held) >= MAX_TOKENS:
        raise TooManyTokens
    row_id = new_id() if ended is None else ended.id
    text, secret = pack_secret(work.actor.clinic_id, row_id)
    sign_in = SignInRow(
        clinic_id=work.actor.clinic_id,
        id=new_id(),
        account_id=work.actor.id,
        label=label,
        created_at=work.now,
        refreshed_at=work.now,
        expires_at=work.now + LIFETIME,
        proved_at=work.actor.proved_at,
    )
    sign_in = work.runtime.bindings.bound("sign_ins", sign_in)
    taken = {one.slot for one in held}
    row = ReadingTokenRow(
        clinic_id=work.actor.clinic_id,
        id=row_id,
        account_id=work.actor.id,
        action=action,
        slot=next(n for n in range(1, MAX_TOKENS + 1) if n not in taken) if ended is None else ended.slot,
        sign_in_id=sign_in.id,
        digest=digest_of(secret),
        created_at=work.now,
    )
    row = work.runtime.bindings.bound("reading_tokens", row)
    if ended is None:
        work.create(INSERT_TOKEN, row, {UNIQUE_SLOT: StartAgain}, missed=StartAgain)
    else:
        work.change(REUSE_TOKEN, row, missed=StartAgain, ended_sign_in_id=ended.sign_in_id)
    work.create(INSERT_READING_SIGN_IN, sign_in, missed=StartAgain)
    work.is_secret = True
    return text, sign_in


async def actor_of(begin: Callable[[], Work], token: str, action: str, *, is_renewed: bool = True) -> Actor:
    """Return the actor of a token that is for this Action. Its use renews it, unless it `is_renewed` by nothing.

    Raises TokenInvalid, SignInEnded, TooManyRequests.
    """
    work = begin()
    try:
        found = await _find(work, token, action)
    except ApiError as refusal:
        if refusal.leaves_trace:
            await work.apply()
        raise
    if is_renewed and work.now - found.refreshed_at >= MIN_RENEWAL:
        work.change(
            RENEW_READING_SIGN_IN,
            rows=None,
            clinic_id=found.clinic_id,
            id=found.sign_in_id,
            refreshed_at=work.now,
            expires_at=work.now + LIFETIME,
            renewable_at=work.now - MIN_RENEWAL,
        )
        work.record(found.sign_in_id, clinic_id=found.clinic_id, actor_id=found.id, event=TOKENS_REFRESHED)
        await work.apply()
    roles = tuple(Role(role) for role in found.roles)
    return Actor(found.clinic_id, found.id, found.sign_in_id, found.epoch, roles, found.patient_id, found.proved_at)


@attempts.counted(TokenInvalid)
async def _find(work: Work, token: str, action: str) -> TokenOfAccount:
    """Return the row of a token. Raises TokenInvalid, SignInEnded, TooManyRequests."""
    try:
        clinic_id, row_id, secret = unpack_secret(token)
    except ValueError as error:
        raise TokenInvalid from error
    found = await work.one(READ_TOKEN, clinic_id=clinic_id, id=row_id)
    if found is None:
        raise TokenInvalid
    is_bound = await alarms.is_bound(work, "reading_tokens", found.token)
    is_bound = await alarms.is_bound(work, "accounts", found) and is_bound
    if not is_bound or found.action != action or not hmac.compare_digest(digest_of(secret), found.digest):
        work.record(row_id, outcome=Outcome.DENIED, clinic_id=clinic_id, actor_id=found.id, event=SIGN_IN_FAILED)
        raise TokenInvalid
    if found.state is not AccountState.ACTIVE or found.revoked_at is not None or found.expires_at <= work.now:
        raise SignInEnded
    return found


def digest_of(secret: bytes) -> bytes:
    """Return the digest of a secret that its row keeps. Of 256 random bits, it cannot be guessed back."""
    return hashlib.sha256(secret).digest()


def clinic_named(runtime: Runtime, authorization: str) -> UUID | None:
    """Return the clinic that the token of a header names, whether it stands or not; None if it names none."""
    claimed = runtime.tokens.claimed(authorization)
    if claimed is not None:
        return claimed.clinic_id
    try:
        return unpack_secret(authorization.partition(" ")[2].strip())[0]
    except ValueError:
        return None
