"""The same API with django-ninja: schemas and typed functions."""

import json
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import orjson
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError
from ninja.renderers import BaseRenderer
from ninja.security import HttpBearer
from pydantic import AfterValidator, AwareDatetime, ConfigDict, Field, StringConstraints

from benchmarks.peers.clinic import service
from benchmarks.peers.clinic.models import Account, Reflection
from benchmarks.peers.rules import acting_role, allowed_actions

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Statement = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Prose = Annotated[str, StringConstraints(max_length=20_000)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,40}$")]
Score = Annotated[int, Field(ge=0, le=10)] | None
Safety = Literal["safe", "not_sure", "not_safe"]


def _version_7(value: UUID) -> UUID:
    if value.version != 7:
        msg = "must be a UUID of version 7"
        raise ValueError(msg)
    return value


OwnId = Annotated[UUID, AfterValidator(_version_7)]


class Bearer(HttpBearer):
    """An access token, checked against the database."""

    def authenticate(self, request: HttpRequest, token: str) -> Account | None:  # noqa: ARG002  ninja's signature
        """The account."""
        return service.signed_in(token)


class Given(Schema):
    """A body: unknown fields are refused."""

    model_config = ConfigDict(extra="forbid")


class Answer(Given):
    """What is written to one prompt."""

    prompt_id: Key
    text: Prose


class Ratings(Given):
    """How it is right now."""

    mood: Score = None
    anxiety: Score = None
    energy: Score = None
    sleep: Score = None
    connection: Score = None
    distress: Score = None


class Insight(Given):
    """One short statement."""

    id: OwnId | None = None
    text: Statement


class ReflectionCreate(Given):
    """A new draft in one's own chart."""

    id: OwnId | None = None
    session_id: UUID | None = None
    kind: Literal["text", "prompted"] = "text"
    text: Prose | None = None
    prompt_set: Key | None = None
    prompt_set_version: Annotated[int, Field(ge=1, le=9999)] | None = None
    answers: Annotated[list[Answer], Field(max_length=50)] = []
    ratings: Ratings | None = None
    tags: Annotated[list[Line], Field(max_length=20)] = []
    insights: Annotated[list[Insight], Field(max_length=20)] = []
    safety: Safety | None = None
    contact_me: bool = False
    captured_at: AwareDatetime | None = None


class ReflectionOut(Schema):
    """A reflection as it is answered."""

    id: UUID
    created_at: datetime
    updated_at: datetime
    version: int
    patient_id: UUID
    session_id: UUID | None
    kind: str
    state: str
    sharing: str
    release_at: datetime | None
    text: str | None
    prompt_set: str | None
    prompt_set_version: int | None
    answers: list[Answer]
    ratings: Ratings | None
    tags: list[str]
    insights: list[Insight]
    safety: Safety | None
    contact_me: bool
    captured_at: datetime | None
    submitted_at: datetime | None
    shared_at: datetime | None
    first_read_at: datetime | None
    reviewed_at: datetime | None
    reviewed_by_id: UUID | None
    edited_at: datetime | None
    edited_since_review: bool
    monitoring: dict[str, Any] | None
    allowed_actions: list[str]


class ReflectionPage(Schema):
    """One page of a list."""

    items: list[ReflectionOut]
    next_cursor: str | None


class TaskOut(Schema):
    """One thing that waits."""

    id: UUID
    kind: str
    patient_id: UUID
    subject_id: UUID
    opened_at: datetime
    due_at: datetime


class Worklist(Schema):
    """What waits for an account."""

    items: list[TaskOut]
    next_cursor: str | None
    waiting: int


class OrjsonRenderer(BaseRenderer):
    """As ninja's documentation recommends; its own one cuts microseconds off."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:  # noqa: ANN401, ARG002  ninja's signature
        """The body."""
        return orjson.dumps(data)


api = NinjaAPI(auth=Bearer(), renderer=OrjsonRenderer(), openapi_url=None)


@api.exception_handler(service.Refused)
def refused(request: HttpRequest, error: service.Refused) -> HttpResponse:
    """Refusals are recorded."""
    service.refuse(_account(request), error)
    return api.create_response(request, {"detail": "Refused."}, status=error.status)


@api.exception_handler(IntegrityError)
def taken(request: HttpRequest, _: IntegrityError) -> HttpResponse:
    """An id that is taken."""
    transaction.set_rollback(True)
    return api.create_response(request, {"detail": "This id is used already."}, status=409)


@api.get("/reflections", response=ReflectionPage)
def list_reflections(request: HttpRequest, patient_id: UUID, cursor: str | None = None) -> dict[str, Any]:
    """One page of a chart, newest first."""
    account = _account(request)
    try:
        rows, next_cursor = service.list_reflections(account, patient_id, cursor)
    except ValueError as error:
        raise HttpError(422, "Not a cursor of this list.") from error
    return {"items": [_present(row, account) for row in rows], "next_cursor": next_cursor}


@api.post("/reflections", response={201: ReflectionOut})
def create_reflection(
    request: HttpRequest, response: HttpResponse, body: ReflectionCreate
) -> tuple[int, dict[str, Any]]:
    """Begin a reflection."""
    account = _account(request)
    row = service.create_reflection(account, body.model_dump(mode="python"))
    response["ETag"], response["Location"] = f'"{row.version}"', f"/v1/reflections/{row.id}"
    return 201, _present(row, account)


@api.get("/reflections/{uuid:reflection_id}", response=ReflectionOut)
def read_reflection(request: HttpRequest, response: HttpResponse, reflection_id: UUID) -> dict[str, Any]:
    """One reflection."""
    account = _account(request)
    row = service.read_reflection(account, reflection_id)
    response["ETag"] = f'"{row.version}"'
    return _present(row, account)


@api.get("/worklist", response=Worklist)
def read_worklist(request: HttpRequest, cursor: str | None = None) -> dict[str, Any]:
    """What waits for the account."""
    try:
        rows, next_cursor, waiting = service.read_worklist(_account(request), cursor)
    except ValueError as error:
        raise HttpError(422, "Not a cursor of this list.") from error
    return {"items": rows, "next_cursor": next_cursor, "waiting": waiting}


def _account(request: HttpRequest) -> Account:
    account: Account = request.auth
    return account


def _present(row: Reflection, account: Account) -> dict[str, Any]:
    """The columns, and what was sealed spread into them."""
    role = acting_role("reflection:read", json.loads(account.roles)) or ""
    return {
        **row.__dict__,
        **row.opened("content"),
        "edited_since_review": row.edited_since_review,
        "monitoring": row.opened("monitoring"),
        "allowed_actions": allowed_actions(row.state, row.sharing, role, is_read=row.first_read_at is not None),
    }


@transaction.non_atomic_requests
def health(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  Django's signature
    """Whether it answers."""
    return HttpResponse("ok")


urlpatterns = [path("health", health), path("v1/", api.urls)]
