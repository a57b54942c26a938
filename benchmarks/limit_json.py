"""The limit's JSON, by hand: what was sealed is JSON already and goes into the answer as it is."""

import json
from datetime import datetime
from functools import lru_cache
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec

from integration_api.access.actor import Role
from integration_api.resources.attention.worklist.tables import RANKS
from integration_api.resources.journal.reflections.rules import allowed_actions
from integration_api.resources.journal.reflections.tables import ReflectionState, Sharing
from integration_api.storage.vault import DataKey, associated_data
from integration_api.web.instants import is_skewed

Line = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Prose = Annotated[str, msgspec.Meta(max_length=20_000)]
Score = Annotated[int, msgspec.Meta(ge=0, le=10)] | None


class Answer(msgspec.Struct, forbid_unknown_fields=True):
    """As the product's AnswerGiven."""

    prompt_id: str
    text: Prose


class Ratings(msgspec.Struct, forbid_unknown_fields=True):
    """As the product's RatingsGiven."""

    mood: Score = None
    anxiety: Score = None
    energy: Score = None
    sleep: Score = None
    connection: Score = None
    distress: Score = None


class Content(msgspec.Struct, forbid_unknown_fields=True):
    """What is sealed."""

    text: Prose | None = None
    prompt_set: str | None = None
    prompt_set_version: int | None = None
    answers: Annotated[list[Answer], msgspec.Meta(max_length=50)] = []
    ratings: Ratings | None = None
    tags: Annotated[list[Line], msgspec.Meta(max_length=20)] = []
    insights: Annotated[list[dict[str, str]], msgspec.Meta(max_length=20)] = []
    safety: Literal["safe", "not_sure", "not_safe"] | None = None
    contact_me: bool = False


class Body(Content, forbid_unknown_fields=True):
    """As the product's ReflectionCreate."""

    id: UUID | None = None
    session_id: UUID | None = None
    kind: Literal["text", "prompted"] = "text"
    captured_at: datetime | None = None


_encoder = msgspec.json.Encoder()
_FIELDS = Content.__struct_fields__ if hasattr(Content, "__struct_fields__") else ()


def content_of(body: Body) -> bytes:
    """The part of a body that is sealed."""
    made: bytes = _encoder.encode(Content(*[getattr(body, name) for name in _FIELDS]))
    return made


def outline_of(body: Body) -> bytes:
    """The part of a body that a summary shows, sealed apart."""
    made: bytes = _encoder.encode({"tags": body.tags, "safety": body.safety, "contact_me": body.contact_me})
    return made


def instant(at: datetime | None) -> str:
    """An instant in UTC, in quotes, or null."""
    return f'"{at.isoformat()[:-6]}Z"' if at is not None else "null"


def _id(value: UUID | None) -> str:
    return f'"{value}"' if value is not None else "null"


@lru_cache(maxsize=256)
def _allowed(state: str, sharing: str, roles: tuple[Role, ...], *, is_read: bool) -> str:
    found = allowed_actions(ReflectionState(state), Sharing(sharing), roles, is_read=is_read)
    return json.dumps(found, separators=(",", ":"))


def reflection(row: Any, key: DataKey, roles: tuple[Role, ...]) -> bytes:  # noqa: ANN401  asyncpg ships no types
    """One row as the product answers it; its text is opened."""
    content = key.decrypt(row["content"], associated_data("reflections", row["id"], "content", row["version"]))
    sealed = row["monitoring"]
    where = associated_data("reflections", row["id"], "monitoring", row["version"])
    monitoring = key.decrypt(sealed, where) if sealed is not None else b"null"
    return spelled(row, content, monitoring, roles)


def spelled(row: Any, content: bytes, monitoring: bytes, roles: tuple[Role, ...]) -> bytes:  # noqa: ANN401  as above
    """One row as the product answers it, given its text."""
    reviewed, edited, read = row["reviewed_at"], row["edited_at"], row["first_read_at"]
    newer = "true" if reviewed and edited and edited > reviewed else "false"
    head = (
        f'{{"id":"{row["id"]}","created_at":{instant(row["created_at"])},"updated_at":{instant(row["updated_at"])},'
        f'"version":{row["version"]},"patient_id":"{row["patient_id"]}","session_id":{_id(row["session_id"])},'
        f'"kind":"{row["kind"]}","state":"{row["state"]}","sharing":"{row["sharing"]}",'
        f'"release_at":{instant(row["release_at"])},'
    )
    middle = (
        f',"captured_at":{instant(row["captured_at"])},"happened_at":{instant(row["happened_at"])},"clock_skewed":'
        f"{'true' if is_skewed(row['captured_at'], row['happened_at']) else 'false'},"
        f'"reply_count":{row["reply_count"]},"last_reply_at":{instant(row["last_reply_at"])},"conflict_of_id":{_id(row["conflict_of_id"])},"submitted_at":{instant(row["submitted_at"])},'
        f'"shared_at":{instant(row["shared_at"])},"first_read_at":{instant(read)},"reviewed_at":{instant(reviewed)},'
        f'"reviewed_by_id":{_id(row["reviewed_by_id"])},"edited_at":{instant(edited)},'
        f'"edited_since_review":{newer},"monitoring":'
    )
    allowed = _allowed(row["state"], row["sharing"], roles, is_read=read is not None)
    tail = f',"allowed_actions":{allowed}}}'
    return b"".join((head.encode(), content[1:-1], middle.encode(), monitoring, tail.encode()))


def task(row: Any, key: DataKey) -> bytes:  # noqa: ANN401  as above
    """One row of the worklist as the product answers it; all that waits here are reflections."""
    column = "preferred_name" if row["preferred_name"] is not None else "name"
    where = associated_data("patients", row["patient_id"], column, row["chart_version"])
    name = json.dumps(key.decrypt(row[column], where).decode())
    return (
        f'{{"id":"{row["id"]}","kind":"{row["kind"]}","patient_id":"{row["patient_id"]}",'
        f'"patient_name":{name},"title":null,"detail":"{row["reflection_kind"]}",'
        f'"subject_id":"{row["subject_id"]}","opened_at":{instant(row["opened_at"])},'
        f'"due_at":{instant(row["due_at"])},"urgency":"{RANKS[row["urgency_rank"]]}"}}'
    ).encode()
