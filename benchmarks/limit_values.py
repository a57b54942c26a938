"""What is the same in every request of a workload, by the names that the texts of `limit_sql` give it."""

from integration_api.web.paging import Window

WINDOW = Window(25, None)
_NEWEST, _SOONEST = WINDOW.values(b""), WINDOW.values(b"", ascending=True)


def _base(event: str, action: str, role: str, *, is_private: bool) -> dict[str, object]:
    """What is the same in every request of one kind."""
    return {
        "actor_is_supervisor": False,
        "scope_clinic": False,
        "scope_team": role == "therapist",
        "scope_patient_id": None,
        "ledger_event": event,
        "ledger_action": action,
        "ledger_outcome": "done",
        "ledger_reason": None,
        "ledger_purpose": "own" if role == "patient" else "treatment",
        "ledger_digest": None,
        "ledger_is_private": is_private,
        "ledger_changed": "reflection::patient" if event == "reflection.created" else None,
        "actor_role": role,
    }


_READ = _base("reflection.read", "reflection:read", "therapist", is_private=False)
_LIST = (
    _base("reflection.listed", "reflection:list", "therapist", is_private=False)
    | _NEWEST
    | dict.fromkeys(("session_id", "kind", "state", "sharing", "written_after", "written_before"))
)
_FIRST = {**_SOONEST, "cursor_rank": WINDOW.rank(b"")}
_WORKLIST = _base("worklist.read", "worklist:read", "therapist", is_private=False) | _FIRST
NEW_ROW: dict[str, object] = dict.fromkeys(
    (
        *("session_id", "release_at", "submitted_at", "shared_at", "review_due_at", "first_read_at", "reviewed_at"),
        *("reviewed_by_id", "edited_at", "last_reply_at", "conflict_of_id", "monitoring"),
    )
) | {"version": 1, "state": "draft", "sharing": "private", "content_number": 0, "reply_count": 0}
_CREATE = _base("reflection.created", "reflection:create", "patient", is_private=True) | NEW_ROW


BASES = {"W1": _CREATE, "W2": _READ, "W3": _LIST, "W4": _WORKLIST}
"""What is the same in every request of a workload."""
