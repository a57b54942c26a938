"""Signing in with a token of the external issuer: the account it is linked to, and a sign-in of its own.

Every Statement proves that the actor's sign-in stands, so an external token needs one too. A process makes it when it
first sees a token of that sign-in at the issuer. Every process derives the same id, so ending it ends it everywhere.
The cached actor of a token is a hint, like the claims of the product's own tokens, until a Statement proves it.
"""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from integration_api.access import alarms
from integration_api.access.actor import Actor, Role
from integration_api.access.bindings import BOUND_ACCOUNT, BoundAccount
from integration_api.access.external import ExternalIssuer
from integration_api.access.issuer import Issuer, VerifiedClaims
from integration_api.access.tables import (
    AccountState,
    AccountTable,
    ExternalIdentityTable,
    SignInRow,
    SignInTable,
)
from integration_api.access.work import Work
from integration_api.ledger.events import SIGNED_IN, TOKENS_REFRESHED
from integration_api.storage.statements import Change, Read, Scope, insert_rows, param, row_key
from integration_api.storage.tables import table_of
from integration_api.storage.vault import Vault
from integration_api.web.errors import IdTaken
from integration_api.web.token_errors import SignInEnded, TokenInvalid

_accounts, _identities, _sign_ins = table_of(AccountTable), table_of(ExternalIdentityTable), table_of(SignInTable)


_is_linked = sa.and_(_identities.c.clinic_id == _accounts.c.clinic_id, _identities.c.id == _accounts.c.id)


class LinkedAccount(BoundAccount):
    """The account that a subject is linked to, as it is now."""

    subject_index: bytes
    link_binding: bytes

    @property
    def link(self) -> dict[str, object]:
        """Return the facts of the link that its binding covers."""
        return {
            "clinic_id": self.clinic_id,
            "id": self.id,
            "subject_index": self.subject_index,
            "binding": self.link_binding,
        }


ACCOUNT_OF_SUBJECT = Read(
    "account_of_subject",
    sa.select(*BOUND_ACCOUNT, _identities.c.subject_index, _identities.c.binding.label("link_binding"))
    .select_from(_accounts)
    .join(_identities, _is_linked)
    .where(
        _identities.c.subject_index == param("subject_index", _identities.c.subject_index),
        _accounts.c.state == AccountState.ACTIVE,
    )
    .order_by(_identities.c.linked_at)
    .limit(1),
    LinkedAccount,
    Scope.SYSTEM,
    "an external token: nobody is signed in yet; finds the account by a keyed index of the verified subject",
)

INSERT_EXTERNAL_SIGN_IN = Change(
    "insert_external_sign_in",
    insert_rows(
        SignInTable,
        sa.select(sa.literal_column("1"))
        .select_from(_accounts)
        .join(_identities, _is_linked)
        .where(
            _accounts.c.clinic_id == param("clinic_id", _accounts.c.clinic_id),
            _accounts.c.id == param("account_id", _accounts.c.id),
            _accounts.c.state == AccountState.ACTIVE,
            _accounts.c.epoch == param("epoch", _accounts.c.epoch),
            _identities.c.subject_index == param("subject_index", _identities.c.subject_index),
        )
        .exists(),
    ),
    Scope.SYSTEM,
    "an external token: made for the account that its verified subject is linked to, if both are still as they were",
)

EXTEND_EXTERNAL_SIGN_IN = Change(
    "extend_external_sign_in",
    sa.update(_sign_ins)
    .where(
        row_key(_sign_ins),
        _sign_ins.c.account_id == param("account_id", _sign_ins.c.account_id),
        _sign_ins.c.revoked_at.is_(None),
    )
    .values(
        refreshed_at=param("refreshed_at", _sign_ins.c.refreshed_at),
        expires_at=sa.case(
            (_sign_ins.c.expires_at > param("expires_at", _sign_ins.c.expires_at), _sign_ins.c.expires_at),
            else_=param("expires_at", _sign_ins.c.expires_at),
        ),
    ),
    Scope.SYSTEM,
    "an external token: the next one of the same sign-in at the issuer",
)


def subject_index(vault: Vault, issuer: str, subject: str) -> bytes:
    """Return the blind index by which a subject of an issuer is found."""
    return vault.blind_index("external subject", f"{len(issuer)} {issuer} {subject}")


async def actor_of(external: ExternalIssuer, token: str, now: datetime, begin: Callable[[], Work]) -> Actor:
    """Return the actor of a token, with a sign-in.

    Raises TokenInvalid, TokenExpired, SignInEnded, Unavailable.
    """
    claims = await external.issuer.verify(token, now)
    return external.actors.get(token) or external.remember(token, await _enter(external.issuer, claims, begin))


async def _enter(issuer: Issuer, claims: VerifiedClaims, begin: Callable[[], Work]) -> Actor:
    """Return the actor for the account that the subject is linked to. Raises TokenInvalid, SignInEnded."""
    work = begin()
    vault = work.runtime.vault
    index = subject_index(vault, issuer.trust.issuer, claims.subject)
    account = await work.one(ACCOUNT_OF_SUBJECT, subject_index=index)
    if account is None or not (
        await alarms.is_bound(work, "external_identities", account.link)
        and await alarms.is_bound(work, "accounts", account)
    ):
        raise TokenInvalid("No account is linked to the subject of this token; ask an admin to link it.")
    family = f"{index.hex()} {account.id} {claims.family}"
    actor = Actor(
        account.clinic_id,
        account.id,
        UUID(bytes=vault.blind_index("external sign-in", family, account.clinic_id)),
        account.epoch,
        tuple(Role(role) for role in account.roles),
        account.patient_id,
        claims.proved_at,
        is_strong=claims.is_strong,
    )
    try:
        await _begin_sign_in(work, actor, claims, index)
    except IdTaken:  # begun by an earlier token, or by another process
        await _extend_sign_in(begin(), actor, claims)
    return actor


async def _begin_sign_in(work: Work, actor: Actor, claims: VerifiedClaims, index: bytes) -> None:
    """Begin the sign-in. Raises IdTaken if it exists, SignInEnded if the link or the account has ended."""
    row = _row(work, actor, claims)
    work.change(INSERT_EXTERNAL_SIGN_IN, row, missed=SignInEnded, epoch=actor.epoch, subject_index=index)
    work.record(actor.sign_in_id, clinic_id=actor.clinic_id, actor_id=actor.id, event=SIGNED_IN)
    await work.apply()


async def _extend_sign_in(work: Work, actor: Actor, claims: VerifiedClaims) -> None:
    """Extend the sign-in. Raises SignInEnded if it was ended."""
    work.change(EXTEND_EXTERNAL_SIGN_IN, _row(work, actor, claims), missed=SignInEnded)
    work.record(actor.sign_in_id, clinic_id=actor.clinic_id, actor_id=actor.id, event=TOKENS_REFRESHED)
    await work.apply()


def _row(work: Work, actor: Actor, claims: VerifiedClaims) -> SignInRow:
    row = SignInRow(
        clinic_id=actor.clinic_id,
        id=actor.sign_in_id,
        account_id=actor.id,
        created_at=work.now,
        refreshed_at=work.now,
        expires_at=claims.expires_at,
        proved_at=claims.proved_at,
        is_strong=claims.is_strong,
    )
    return work.runtime.bindings.bound("sign_ins", row)
