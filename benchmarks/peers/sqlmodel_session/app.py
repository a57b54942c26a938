"""The same API with FastAPI and SQLModel: a session and the current account are dependencies."""

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import uvicorn
from fastapi import APIRouter, FastAPI, HTTPException, Response
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, func, select, tuple_
from uuid_utils.compat import uuid7

from benchmarks.peers.rules import PAGE, allowed_actions, cursor_of, opened, position_of, sealed
from benchmarks.peers.sqlmodel_session.access import (
    CurrentAccount,
    SessionDep,
    is_granted,
    readable,
    record,
    refused,
    role_for,
)
from benchmarks.peers.sqlmodel_session.models import (
    Account,
    Reflection,
    Session,
    Task,
    VaultKey,
)
from benchmarks.peers.sqlmodel_session.schemas import (
    ReflectionCreate,
    ReflectionPage,
    ReflectionPublic,
    TaskPublic,
    Worklist,
)

_MAX_COUNTED = 100
_wrapped_keys: dict[UUID, bytes] = {}


router = APIRouter(prefix="/v1")


@router.get("/reflections")
async def list_reflections(
    session: SessionDep, account: CurrentAccount, patient_id: UUID, cursor: str | None = None
) -> ReflectionPage:
    """One page of a chart, newest first."""
    role, now = await role_for(session, account, "reflection:list"), datetime.now(UTC)
    query = readable(account, now).where(Reflection.patient_id == patient_id)
    if cursor:
        query = query.where(tuple_(Reflection.created_at, Reflection.id) < _position(cursor))
    query = query.order_by(col(Reflection.created_at).desc(), col(Reflection.id).desc()).limit(PAGE + 1)
    rows = (await session.exec(query)).all()
    shown = rows[:PAGE]
    _mark_read(account, [row for row, _ in shown], now)
    record(
        session,
        account,
        role,
        now,
        event="reflection.listed",
        action="reflection:list",
        patient_id=patient_id if shown else None,
        is_private=role == "patient",
    )
    await session.commit()
    last = shown[-1][0] if len(rows) > PAGE else None
    return ReflectionPage(
        items=[_public(row, key, role) for row, key in shown],
        next_cursor=cursor_of(last.created_at, last.id) if last else None,
    )


@router.post("/reflections", status_code=201)
async def create_reflection(
    session: SessionDep, account: CurrentAccount, body: ReflectionCreate, response: Response
) -> ReflectionPublic:
    """Begin a reflection."""
    role, now = await role_for(session, account, "reflection:create"), datetime.now(UTC)
    clinic_id, patient_id, row_id = account.clinic_id, account.patient_id, body.id or uuid7()
    assert patient_id is not None  # noqa: S101  a patient has a chart
    if body.session_id is not None:
        found = await session.get(Session, (clinic_id, body.session_id))
        if found is None or found.patient_id != patient_id:
            raise await refused(session, account, "reflection:create")
    content = body.model_dump(mode="json", exclude={"id", "session_id", "kind", "captured_at"})
    content["insights"] = [one | {"id": one["id"] or str(uuid7())} for one in content["insights"]]
    if patient_id not in _wrapped_keys:
        _wrapped_keys[patient_id] = (await session.get_one(VaultKey, (clinic_id, patient_id))).wrapped_key
    key = _wrapped_keys[patient_id]
    row = Reflection(
        clinic_id=clinic_id,
        id=row_id,
        created_at=now,
        updated_at=now,
        patient_id=patient_id,
        session_id=body.session_id,
        kind=body.kind,
        captured_at=body.captured_at,
        content=sealed(key, clinic_id, patient_id, row_id, content),
    )
    session.add(row)
    record(
        session,
        account,
        role,
        now,
        event="reflection.created",
        action="reflection:create",
        subject_id=row_id,
        patient_id=patient_id,
        is_private=True,
    )
    try:
        await session.commit()
    except IntegrityError as error:
        raise HTTPException(409, "This id is used already.") from error
    response.headers["ETag"], response.headers["Location"] = f'"{row.version}"', f"/v1/reflections/{row.id}"
    return _public(row, key, role)


@router.get("/reflections/{reflection_id}")
async def read_reflection(
    session: SessionDep, account: CurrentAccount, reflection_id: UUID, response: Response
) -> ReflectionPublic:
    """One reflection."""
    role, now = await role_for(session, account, "reflection:read"), datetime.now(UTC)
    found = (await session.exec(readable(account, now).where(Reflection.id == reflection_id))).first()
    if found is None:
        raise await refused(session, account, "reflection:read", subject_id=reflection_id)
    row, key = found
    _mark_read(account, [row], now)
    record(
        session,
        account,
        role,
        now,
        event="reflection.read",
        action="reflection:read",
        subject_id=row.id,
        patient_id=row.patient_id,
        is_private=row.sharing == "private" or (row.release_at is not None and row.release_at > now),
    )
    await session.commit()
    response.headers["ETag"] = f'"{row.version}"'
    return _public(row, key, role)


@router.get("/worklist")
async def read_worklist(session: SessionDep, account: CurrentAccount, cursor: str | None = None) -> Worklist:
    """What waits for the account, what closes first first."""
    role, now = await role_for(session, account, "worklist:read"), datetime.now(UTC)
    mine = (
        Task.clinic_id == account.clinic_id,
        Task.account_id == account.id,
        Task.opened_at <= now,
        is_granted(account, Task.patient_id, now),
    )
    query = select(Task).where(*mine)
    if cursor:
        query = query.where(tuple_(Task.due_at, Task.id) > _position(cursor))
    rows = (await session.exec(query.order_by(col(Task.due_at), col(Task.id)).limit(PAGE + 1))).all()
    shown = rows[:PAGE]
    waiting = len(shown)
    if len(rows) > PAGE or cursor:
        some = select(Task.id).where(*mine).limit(_MAX_COUNTED).subquery()
        waiting = (await session.exec(select(func.count()).select_from(some))).one()
    record(session, account, role, now, event="worklist.read", action="worklist:read")
    await session.commit()
    return Worklist(
        items=[TaskPublic.model_validate(row, from_attributes=True) for row in shown],
        next_cursor=cursor_of(shown[-1].due_at, shown[-1].id) if len(rows) > PAGE else None,
        waiting=waiting,
    )


def _mark_read(account: Account, rows: Sequence[Reflection], now: datetime) -> None:
    for row in rows:
        if account.patient_id is None and row.first_read_at is None:
            row.first_read_at = now


def _public(row: Reflection, key: bytes, role: str) -> ReflectionPublic:
    def plain(column: str) -> Any:  # noqa: ANN401  any JSON
        return opened(key, row.clinic_id, row.patient_id, row.id, row.version, column, getattr(row, column))

    columns = row.model_dump(exclude={"clinic_id", "content", "content_number", "review_due_at", "monitoring"})
    edited, reviewed = row.edited_at, row.reviewed_at
    return ReflectionPublic(
        **columns,
        **plain("content"),
        edited_since_review=bool(edited and reviewed and edited > reviewed),
        monitoring=plain("monitoring"),
        allowed_actions=allowed_actions(row.state, row.sharing, role, is_read=row.first_read_at is not None),
    )


def _position(cursor: str) -> tuple[datetime, UUID]:
    try:
        return position_of(cursor)
    except ValueError as error:
        raise HTTPException(422, "Not a cursor of this list.") from error


app = FastAPI(openapi_url=None)
app.include_router(router)


@app.get("/health")
async def health() -> dict[str, str]:
    """Whether it answers."""
    return {}


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(os.environ["PORT"]), loop="uvloop", http="httptools", access_log=False)
