"""Batches on the wire."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, JsonValue, StringConstraints

from integration_api.web.conflicts import OnConflict
from integration_api.web.schemas import ReadSchema, Schema, example, example_with

MAX_ITEMS = 100
_MAX_AFTER = 20
_THING = "019ab0de-0000-7000-8000-000000000007"


class SyncOperation(StrEnum):
    """The operations that an item may ask for: what can be written offline. Nothing that needs a fresh proof."""

    MARK_INBOX_READ = "mark_inbox_read"
    COMPLETE_TASK = "complete_task"
    CREATE_COURSE = "create_course"
    UPDATE_COURSE = "update_course"
    CREATE_SESSION = "create_session"
    UPDATE_SESSION = "update_session"
    START_SESSION = "start_session"
    COMPLETE_SESSION = "complete_session"
    CANCEL_SESSION = "cancel_session"
    NO_SHOW_SESSION = "no_show_session"
    CREATE_MEDICINE = "create_medicine"
    UPDATE_MEDICINE = "update_medicine"
    WITHDRAW_MEDICINE = "withdraw_medicine"
    CREATE_NOTE = "create_note"
    UPDATE_NOTE = "update_note"
    DELETE_NOTE = "delete_note"
    CREATE_REFLECTION = "create_reflection"
    UPDATE_REFLECTION = "update_reflection"
    DELETE_REFLECTION = "delete_reflection"
    SUBMIT_REFLECTION = "submit_reflection"
    SHARE_REFLECTION = "share_reflection"
    UNSHARE_REFLECTION = "unshare_reflection"
    REVIEW_REFLECTION = "review_reflection"
    REPLY_REFLECTION = "reply_reflection"
    CREATE_PLAN = "create_plan"
    UPDATE_PLAN = "update_plan"
    PROPOSE_PLAN = "propose_plan"
    ACCEPT_PLAN = "accept_plan"
    DECLINE_PLAN = "decline_plan"
    PAUSE_PLAN = "pause_plan"
    RESUME_PLAN = "resume_plan"
    COMPLETE_PLAN = "complete_plan"
    ARCHIVE_PLAN = "archive_plan"
    ADD_STRATEGY = "add_strategy"
    UPDATE_STRATEGY = "update_strategy"
    REMOVE_STRATEGY = "remove_strategy"
    LOG_PRACTICE = "log_practice"
    WITHDRAW_PRACTICE = "withdraw_practice"


class NotAttempted(StrEnum):
    """Why an item was not attempted."""

    BLOCKED = "blocked"
    OUT_OF_TIME = "out_of_time"
    OUT_OF_ROOM = "out_of_room"


Key = Annotated[
    str,
    StringConstraints(min_length=1, max_length=255, pattern=r"^[\x21-\x7e]+$"),
    Field(description="The item's `Idempotency-Key`: sent twice, it is done once.", examples=["tonight-1"]),
]
JsonObject = dict[str, JsonValue]


class SyncItem(Schema):
    """One request of a batch."""

    model_config = example(
        {
            "key": "tonight-1",
            "operation": "update_reflection",
            "path": f"/v1/reflections/{_THING}",
            "if_match": '"1"',
            "body": {"text": "The lake was completely still."},
            "on_conflict": "keep_both",
        }
    )

    key: Key
    operation: SyncOperation = Field(description="The operation, by its id in this document.")
    path: Annotated[str, StringConstraints(max_length=300, pattern=r"^(/[A-Za-z0-9_-]+)+$")] = Field(
        description="The path of that operation."
    )
    if_match: Annotated[str, StringConstraints(min_length=1, max_length=40, pattern=r"^[\x20-\x7e]+$")] | None = Field(
        default=None, description='Its `If-Match`. The version suffices: `"1"` after a create, one more after a change.'
    )
    body: JsonObject | None = Field(default=None, description="The body of that operation.")
    on_conflict: OnConflict = Field(
        default=OnConflict.REFUSE, description="Its `On-Conflict`, for an operation that takes that header."
    )
    after: list[Key] = Field(
        default_factory=list,
        max_length=_MAX_AFTER,
        description="Keys of earlier items of the batch. If one of them does not end with 2xx, this one is left out.",
    )


class SyncBatch(Schema):
    """Requests, done in this order."""

    items: list[SyncItem] = Field(min_length=1, max_length=MAX_ITEMS, description="The requests.")


class SyncResult(ReadSchema):
    """What became of one item: its response, or why it was not attempted."""

    model_config = example_with(
        {"status": 200, "etag": '"2-9f1c7a52"', "body": {"id": _THING}, "problem": None, "not_attempted": None}
    )

    key: Key
    status: int | None = Field(description="The status of its response; null if it was not attempted.")
    etag: str | None = Field(description="The `ETag` of its response.")
    body: JsonObject | None = Field(description="The body of its response, if the status is 2xx and there is one.")
    problem: JsonObject | None = Field(description="The problem, if the status is another.")
    not_attempted: NotAttempted | None = Field(
        description="Send it again later, with the same key: an item of `after` was refused, or the batch took too long."
    )


class SyncResults(ReadSchema):
    """The results, in the order of the items."""

    results: list[SyncResult] = Field(description="One for each item.")
