"""Who asks, what they may see, and what is recorded of it."""

import json
import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID, uuid4

from fastapi import Depends, HTTPException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from jwt import PyJWTError
from sqlalchemy import event, make_url
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlmodel import col, exists, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar
from uuid_utils.compat import uuid7

from benchmarks.peers.rules import acting_role, claims_of
from benchmarks.peers.sqlmodel_session.models import Account, CareTeam, Ledger, Reflection, SignIn, VaultKey

_url = make_url(os.environ["DATABASE_URL"])
_driver = {"postgresql": "postgresql+asyncpg", "sqlite": "sqlite+aiosqlite"}[_url.get_backend_name()]
_engine = create_async_engine(_url.set(drivername=_driver), pool_size=10, max_overflow=0)
if _driver == "sqlite+aiosqlite":

    @event.listens_for(_engine.sync_engine, "connect")
    def _configure(connection: Any, _: object) -> None:  # noqa: ANN401  the driver's own
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000"):
            connection.execute(f"PRAGMA {pragma}")


_sessions = async_sessionmaker(_engine, class_=AsyncSession, expire_on_commit=False)


async def _get_session() -> AsyncIterator[AsyncSession]:
    async with _sessions() as session:
        yield session


SessionDep = Annotated[AsyncSession, Depends(_get_session)]


async def _get_current_account(
    session: SessionDep, credentials: Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())]
) -> Account:
    """The account that the token and the database agree on. Raises HTTPException 401."""
    try:
        claims = claims_of(credentials.credentials)
    except PyJWTError as error:
        raise HTTPException(401) from error
    account = await session.exec(
        select(Account)
        .join(SignIn, (col(SignIn.clinic_id) == Account.clinic_id) & (col(SignIn.account_id) == Account.id))
        .where(
            Account.clinic_id == UUID(claims["clinic"]),
            Account.id == UUID(claims["sub"]),
            Account.state == "active",
            Account.epoch == claims["epoch"],
            SignIn.id == UUID(claims["sid"]),
            col(SignIn.revoked_at).is_(None),
        )
    )
    found = account.first()
    if found is None:
        raise HTTPException(401)
    return found


CurrentAccount = Annotated[Account, Depends(_get_current_account)]


async def role_for(session: AsyncSession, account: Account, action: str) -> str:
    """The role by which the account may do this. Raises HTTPException 403."""
    role = acting_role(action, json.loads(account.roles))
    if role is None:
        raise await refused(session, account, action, status=403)
    return role


async def refused(
    session: AsyncSession, account: Account, action: str, *, status: int = 404, subject_id: UUID | None = None
) -> HTTPException:
    """Record that something was not shown or done."""
    record(
        session,
        account,
        acting_role(action, json.loads(account.roles)),
        datetime.now(UTC),
        event="request.refused",
        action=action,
        outcome="denied",
        reason="not-found" if status == 404 else "forbidden",
        subject_id=subject_id,
        is_private=account.patient_id is not None and action.startswith("reflection:"),
    )
    await session.commit()
    return HTTPException(status)


def record(session: AsyncSession, account: Account, role: str | None, now: datetime, **more: Any) -> None:  # noqa: ANN401  columns
    """Add a row to the ledger; `more` are its other columns."""
    session.add(
        Ledger(
            clinic_id=account.clinic_id,
            id=uuid7(),
            at=now,
            actor_id=account.id,
            actor_role=role,
            request_id=uuid4().hex,
            **more,
        )
    )


def is_granted(account: Account, patient_id: Any, now: datetime) -> Any:  # noqa: ANN401  a column, an expression
    """Whether the account is on the care team of this column's patient now."""
    return exists().where(
        col(CareTeam.clinic_id) == account.clinic_id,
        col(CareTeam.patient_id) == patient_id,
        col(CareTeam.account_id) == account.id,
        col(CareTeam.started_at) <= now,
        col(CareTeam.ended_at).is_(None),
        or_(col(CareTeam.ends_at).is_(None), col(CareTeam.ends_at) > now),
    )


def readable(account: Account, now: datetime) -> SelectOfScalar[tuple[Reflection, bytes]]:
    """What the account may read now, each with the key that opens it."""
    query: Any = (
        select(Reflection, VaultKey.wrapped_key)
        .join(VaultKey, (col(VaultKey.clinic_id) == Reflection.clinic_id) & (col(VaultKey.id) == Reflection.patient_id))
        .where(Reflection.clinic_id == account.clinic_id)
    )
    if account.patient_id is not None:
        return query.where(Reflection.patient_id == account.patient_id)  # type: ignore[no-any-return]
    return query.where(  # type: ignore[no-any-return]
        Reflection.sharing == "shared",
        or_(col(Reflection.release_at).is_(None), col(Reflection.release_at) <= now),
        is_granted(account, Reflection.patient_id, now),
    )
