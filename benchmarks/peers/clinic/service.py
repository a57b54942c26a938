"""What is done with the models; every function runs in the request's transaction (`ATOMIC_REQUESTS`)."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from jwt import PyJWTError
from uuid_utils.compat import uuid7

from benchmarks.peers.clinic.models import Account, CareTeam, Ledger, Reflection, Session, SignIn, Task, VaultKey
from benchmarks.peers.rules import PAGE, acting_role, claims_of, cursor_of, position_of, sealed

_MAX_COUNTED = 100


class Refused(Exception):
    """Not visible (404) or not for this role (403); `refuse` records it."""

    def __init__(self, status: int, action: str, subject_id: UUID | None = None) -> None:
        """`status` is what is answered."""
        self.status, self.action, self.subject_id = status, action, subject_id


def signed_in(token: str) -> Account | None:
    """Whose access token it is, if the database agrees with it now."""
    try:
        claims = claims_of(token)
    except PyJWTError:
        return None
    sign_in = SignIn.objects.filter(
        clinic_id=claims["clinic"], id=claims["sid"], account_id=claims["sub"], revoked_at=None
    )
    return Account.objects.filter(
        Exists(sign_in), clinic_id=claims["clinic"], id=claims["sub"], state="active", epoch=claims["epoch"]
    ).first()


def create_reflection(account: Account, body: Mapping[str, Any]) -> Reflection:
    """A new draft in the account's own chart. Raises Refused."""
    role, now, content = _role(account, "reflection:create"), timezone.now(), dict(body)
    row_id = content.pop("id", None) or uuid7()
    columns = {name: content.pop(name, None) for name in ("session_id", "kind", "captured_at")}
    content["insights"] = [{"id": str(one["id"] or uuid7()), "text": one["text"]} for one in content["insights"]]
    assert account.patient_id is not None  # noqa: S101  a patient has a chart
    if columns["session_id"] is not None and not _has_session(account, columns["session_id"]):
        raise Refused(404, "reflection:create")
    key = _wrapped_key(account.clinic_id, account.patient_id)
    row = Reflection.objects.create(
        clinic_id=account.clinic_id,
        id=row_id,
        created_at=now,
        updated_at=now,
        patient_id=account.patient_id,
        content=sealed(key, account.clinic_id, account.patient_id, row_id, content),
        **columns,
    )
    row.wrapped_key = key
    _record(account, role, "reflection.created", "reflection:create", now, row.id, row.patient_id, is_private=True)
    return row


def read_reflection(account: Account, reflection_id: UUID) -> Reflection:
    """One that the account may read. Raises Refused."""
    role, now = _role(account, "reflection:read"), timezone.now()
    row = _readable(account, now).filter(id=reflection_id).first()
    if row is None:
        raise Refused(404, "reflection:read", reflection_id)
    _mark_read(account, [row], now)
    is_private = row.sharing == "private" or (row.release_at is not None and row.release_at > now)
    _record(account, role, "reflection.read", "reflection:read", now, row.id, row.patient_id, is_private=is_private)
    return row


def list_reflections(account: Account, patient_id: UUID, cursor: str | None) -> tuple[list[Reflection], str | None]:
    """One page of a chart, newest first. Raises Refused, ValueError for the cursor."""
    role, now = _role(account, "reflection:list"), timezone.now()
    found = _readable(account, now).filter(patient_id=patient_id)
    if cursor:
        at, row_id = position_of(cursor)
        found = found.filter(Q(created_at__lt=at) | Q(created_at=at, id__lt=row_id))
    rows = list(found.order_by("-created_at", "-id")[: PAGE + 1])
    shown = rows[:PAGE]
    _mark_read(account, shown, now)
    _record(
        account,
        role,
        "reflection.listed",
        "reflection:list",
        now,
        patient_id=patient_id if shown else None,
        is_private=role == "patient",
    )
    return shown, cursor_of(shown[-1].created_at, shown[-1].id) if len(rows) > PAGE else None


def read_worklist(account: Account, cursor: str | None) -> tuple[list[Task], str | None, int]:
    """One page of what waits, what closes first first, and how many wait. Raises Refused, ValueError."""
    role, now = _role(account, "worklist:read"), timezone.now()
    mine = Task.objects.filter(
        Exists(_grants(account, now)), clinic_id=account.clinic_id, account_id=account.id, opened_at__lte=now
    )
    found = mine
    if cursor:
        at, row_id = position_of(cursor)
        found = mine.filter(Q(due_at__gt=at) | Q(due_at=at, id__gt=row_id))
    rows = list(found.order_by("due_at", "id")[: PAGE + 1])
    shown = rows[:PAGE]
    is_whole = len(rows) <= PAGE and not cursor
    waiting = len(shown) if is_whole else mine[:_MAX_COUNTED].count()
    _record(account, role, "worklist.read", "worklist:read", now)
    return shown, cursor_of(shown[-1].due_at, shown[-1].id) if len(rows) > PAGE else None, waiting


def refuse(account: Account, refused: Refused) -> None:
    """Record that something was not shown or done."""
    _record(
        account,
        acting_role(refused.action, json.loads(account.roles)),
        "request.refused",
        refused.action,
        timezone.now(),
        refused.subject_id,
        is_private=account.patient_id is not None and refused.action.startswith("reflection:"),
        outcome="denied",
        reason="not-found" if refused.status == 404 else "forbidden",
    )


def _role(account: Account, action: str) -> str:
    role = acting_role(action, json.loads(account.roles))
    if role is None:
        raise Refused(403, action)
    return role


def _has_session(account: Account, session_id: UUID) -> bool:
    own = Session.objects.filter(clinic_id=account.clinic_id, patient_id=account.patient_id, id=session_id)
    return own.exists()


def _grants(account: Account, now: datetime) -> QuerySet[CareTeam]:
    return CareTeam.objects.filter(
        Q(ends_at=None) | Q(ends_at__gt=now),
        clinic_id=account.clinic_id,
        patient_id=OuterRef("patient_id"),
        account_id=account.id,
        started_at__lte=now,
        ended_at=None,
    )


def _readable(account: Account, now: datetime) -> QuerySet[Reflection]:
    """What the account may read now, each with the key that opens it."""
    key = VaultKey.objects.filter(clinic_id=OuterRef("clinic_id"), id=OuterRef("patient_id"))
    rows = Reflection.objects.filter(clinic_id=account.clinic_id).annotate(
        wrapped_key=Subquery(key.values("wrapped_key"))
    )
    if account.patient_id is not None:
        return rows.filter(patient_id=account.patient_id)
    released = Q(release_at=None) | Q(release_at__lte=now)
    return rows.filter(released, Exists(_grants(account, now)), sharing="shared")


def _mark_read(account: Account, rows: list[Reflection], now: datetime) -> None:
    new = [row for row in rows if row.first_read_at is None] if account.patient_id is None else []
    if new:
        ids = [row.id for row in new]
        Reflection.objects.filter(clinic_id=account.clinic_id, id__in=ids, first_read_at=None).update(first_read_at=now)
    for row in new:
        row.first_read_at = now


@lru_cache(10_000)
def _wrapped_key(clinic_id: UUID, patient_id: UUID) -> bytes:
    return bytes(VaultKey.objects.get(clinic_id=clinic_id, id=patient_id).wrapped_key)


def _record(
    account: Account,
    role: str | None,
    event: str,
    action: str,
    now: datetime,
    subject_id: UUID | None = None,
    patient_id: UUID | None = None,
    *,
    is_private: bool = False,
    outcome: str = "done",
    reason: str | None = None,
) -> None:
    Ledger.objects.create(
        clinic_id=account.clinic_id,
        at=now,
        event=event,
        action=action,
        outcome=outcome,
        reason=reason,
        actor_id=account.id,
        actor_role=role,
        subject_id=subject_id,
        patient_id=patient_id,
        is_private=is_private,
        request_id=uuid4().hex,
    )
