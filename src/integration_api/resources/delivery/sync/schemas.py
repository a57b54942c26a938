"""Batches on the wire."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from integration_api.access.conflicts import OnConflict
from integration_api.web.schemas import ReadSchema, Schema, example_with

MAX_ITEMS = 100
_MAX_AFTER = 20
_THING = "019ab0de-0000-7000-8000-000000000007"


class SyncOperation(StrEnum):
    """An operation that can be written offline."""

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
    ADD_NOTE_ADDENDUM = "add_note_addendum"
    CREATE_REFLECTION = "create_reflection"
    UPDATE_REFLECTION = "update_reflection"
    DELETE_REFLECTION = "delete_reflection"
    SUBMIT_REFLECTION = "submit_reflection"
    SHARE_REFLECTION = "share_reflection"
    UNSHARE_REFLECTION = "unshare_reflection"
    REVIEW_REFLECTION = "review_reflection"
    REPLY_REFLECTION = "reply_reflection"
    CREATE_GOAL = "create_goal"
    UPDATE_GOAL = "update_goal"
    RATE_GOAL = "rate_goal"
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
    CONFIRM_SAFETY_PLAN = "confirm_safety_plan"
    CREATE_MEASURE_RESPONSE = "create_measure_response"
    UPDATE_MEASURE_RESPONSE = "update_measure_response"
    COMPLETE_MEASURE_RESPONSE = "complete_measure_response"
    DELETE_MEASURE_RESPONSE = "delete_measure_response"
    CREATE_HOME_COUNT = "create_home_count"
    CREATE_CHECK_IN = "create_check_in"
    CREATE_SHARED_SUMMARY = "create_shared_summary"
    UPDATE_SHARED_SUMMARY = "update_shared_summary"


class NotAttempted(StrEnum):
    """Why an item was not attempted."""

    BLOCKED = "blocked"
    OUT_OF_TIME = "out_of_time"
    OUT_OF_ROOM = "out_of_room"


_VISIBLE = r"^[\x21-\x7e]+$"
JsonObject = dict[str, object]
Key = Annotated[str, StringConstraints(min_length=1, max_length=255)]


class SyncItem(Schema):
    """One request of a batch."""

    key: Annotated[Key, StringConstraints(pattern=_VISIBLE)] = Field(
        description="Its `Idempotency-Key`.", examples=["tonight-1"]
    )
    operation: SyncOperation = Field(description="Its operation.", examples=["update_reflection"])
    path: Annotated[str, StringConstraints(max_length=300)] = Field(
        description="Its path.", examples=[f"/v1/reflections/{_THING}"]
    )
    if_match: Annotated[str, StringConstraints(max_length=40)] | None = Field(
        default=None, description='Its `If-Match`: `"1"` after a create, one more after a change.', examples=['"1"']
    )
    body: JsonObject | None = Field(
        default=None, description="Its body.", examples=[{"text": "The lake was completely still."}]
    )
    on_conflict: OnConflict = Field(default=OnConflict.REFUSE, description="Its `On-Conflict`.", examples=["keep_both"])
    after: list[Key] = Field(
        default_factory=list,
        max_length=_MAX_AFTER,
        description="Keys of earlier items. Unless all of them end with 2xx, this one is left out.",
        examples=[[]],
    )


class SyncBatch(Schema):
    """Requests, done in this order."""

    items: list[SyncItem] = Field(min_length=1, max_length=MAX_ITEMS, description="The requests.")


class SyncResult(ReadSchema):
    """The response to one item, or why it was not attempted."""

    key: str = Field(description="The key of the item.", examples=["tonight-1"])
    status: int | None = Field(description="The status; null if not attempted.", examples=[200])
    etag: str | None = Field(description="Its `ETag`.", examples=['"2-9f1c7a52"'])
    body: JsonObject | None = Field(description="Its body, of a 2xx.", examples=[{"id": _THING}])
    problem: JsonObject | None = Field(description="Its body, of any other status.")
    not_attempted: NotAttempted | None = Field(
        description="Why it was left out; send it again. `blocked`: one of `after` failed, or its thing had changed.",
        examples=["blocked"],
    )


class SyncResults(ReadSchema):
    """The results, in the order of the items."""

    model_config = example_with(
        {
            "results": [
                {
                    "key": "tonight-1",
                    "status": 200,
                    "etag": '"2-9f1c7a52"',
                    "body": {"id": _THING},
                    "problem": None,
                    "not_attempted": None,
                }
            ]
        }
    )

    results: list[SyncResult] = Field(description="One for each item.")
