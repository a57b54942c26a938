"""Operations on reflections."""

from integration_api.access.operations import CLINICIANS, EVERYBODY, PATIENT, TEAM, Operation
from integration_api.ledger.events import Event

LIST_PROMPT_SETS = Operation("prompt_set:list", None, EVERYBODY)
LIST_REFLECTIONS = Operation("reflection:list", "reflection.listed", PATIENT | TEAM, is_private=True)
SEARCH_REFLECTIONS = Operation("reflection:search", "reflection.searched", PATIENT | TEAM, is_private=True)
CREATE_REFLECTION = Operation("reflection:create", "reflection.created", PATIENT, is_private=True)
READ_REFLECTION = Operation("reflection:read", "reflection.read", PATIENT | TEAM, is_private=True)
UPDATE_REFLECTION = Operation("reflection:update", "reflection.updated", PATIENT, is_private=True)
DELETE_REFLECTION = Operation("reflection:delete", "reflection.deleted", PATIENT, is_private=True)
SUBMIT_REFLECTION = Operation("reflection:submit", "reflection.submitted", PATIENT, is_private=True)
SHARE_REFLECTION = Operation("reflection:share", "reflection.shared", PATIENT, is_private=True)
UNSHARE_REFLECTION = Operation("reflection:unshare", "reflection.unshared", PATIENT, is_private=True)
REVIEW_REFLECTION = Operation("reflection:review", "reflection.reviewed", TEAM, is_private=True)
LIST_REFLECTION_REPLIES = Operation(
    "reflection:list_replies", "reflection.replies_listed", PATIENT | TEAM, is_private=True
)
REPLY_REFLECTION = Operation("reflection:reply", "reflection.replied", PATIENT | CLINICIANS, is_private=True)
LIST_REFLECTION_VERSIONS = Operation("reflection:list_versions", "reflection.versions_listed", PATIENT, is_private=True)

REFLECTION_FIRST_READ = Event("reflection.first_read")
"""Recorded beside the read that was the first of any staff: from then on it cannot be taken back."""
REFLECTION_SUMMARIES_LISTED = Event("reflection.summaries_listed")
"""A list without text was shown, in the place of `reflection.listed`. It counts as no reading."""
