"""Every kind of thing that can happen, by name. `docs/events.md` is made from this."""

from enum import StrEnum

__all__ = ["Event", "Outcome", "Purpose"]


class Outcome(StrEnum):
    """How it ended."""

    DONE = "done"
    DENIED = "denied"


class Purpose(StrEnum):
    """What somebody looked or acted for: it follows from the role by which the policy allowed it."""

    TREATMENT = "treatment"
    SUPERVISION = "supervision"
    OPERATIONS = "operations"
    OVERSIGHT = "oversight"
    OWN = "own"


class Event(StrEnum):
    """What happened, in the past tense. The part before the dot is the kind of its subject."""

    REQUEST_REFUSED = "request.refused"
    REQUEST_REPLAYED = "request.replayed"

    AUTH_SIGNED_IN = "auth.signed_in"
    AUTH_SIGN_IN_FAILED = "auth.sign_in_failed"
    AUTH_REFRESHED = "auth.refreshed"
    AUTH_REFRESH_REUSED = "auth.refresh_reused"
    AUTH_SIGNED_OUT = "auth.signed_out"

    CLINIC_CREATED = "clinic.created"
    CLINIC_READ = "clinic.read"
    CLINIC_UPDATED = "clinic.updated"

    ACCOUNT_LISTED = "account.listed"
    ACCOUNT_READ = "account.read"
    ACCOUNT_CREATED = "account.created"
    ACCOUNT_UPDATED = "account.updated"
    INVITATION_CREATED = "invitation.created"
    INVITATION_ACCEPTED = "invitation.accepted"
    NOTICE_LISTED = "notice.listed"

    PATIENT_LISTED = "patient.listed"
    PATIENT_SEARCHED = "patient.searched"
    PATIENT_READ = "patient.read"
    PATIENT_CREATED = "patient.created"
    PATIENT_UPDATED = "patient.updated"

    CARE_TEAM_LISTED = "care_team.listed"
    CARE_TEAM_ADDED = "care_team.added"
    CARE_TEAM_ENDED = "care_team.ended"
    CARE_TEAM_EMERGENCY_OPENED = "care_team.emergency_opened"
    EMERGENCY_LISTED = "emergency.listed"
    EMERGENCY_REVIEWED = "emergency.reviewed"

    COURSE_LISTED = "course.listed"
    COURSE_READ = "course.read"
    COURSE_CREATED = "course.created"
    COURSE_UPDATED = "course.updated"

    SESSION_LISTED = "session.listed"
    SESSION_READ = "session.read"
    SESSION_CREATED = "session.created"
    SESSION_UPDATED = "session.updated"
    SESSION_STARTED = "session.started"
    SESSION_COMPLETED = "session.completed"
    SESSION_CANCELLED = "session.cancelled"
    SESSION_NO_SHOW = "session.no_show"

    NOTE_LISTED = "note.listed"
    NOTE_READ = "note.read"
    NOTE_CREATED = "note.created"
    NOTE_UPDATED = "note.updated"
    NOTE_DELETED = "note.deleted"
    NOTE_SIGNED = "note.signed"
    NOTE_COSIGNED = "note.cosigned"
    NOTE_RETURNED = "note.returned"
    NOTE_ADDENDUM_ADDED = "note.addendum_added"
    NOTE_AMENDED = "note.amended"
    NOTE_ENTERED_IN_ERROR = "note.entered_in_error"
    NOTE_SHARING_SET = "note.sharing_set"
    NOTE_VERSIONS_LISTED = "note.versions_listed"

    REFLECTION_LISTED = "reflection.listed"
    REFLECTION_READ = "reflection.read"
    REFLECTION_CREATED = "reflection.created"
    REFLECTION_UPDATED = "reflection.updated"
    REFLECTION_DELETED = "reflection.deleted"
    REFLECTION_SUBMITTED = "reflection.submitted"
    REFLECTION_SHARED = "reflection.shared"
    REFLECTION_UNSHARED = "reflection.unshared"
    REFLECTION_REPLIED = "reflection.replied"
    REFLECTION_REVIEWED = "reflection.reviewed"
    REFLECTION_REPLIES_LISTED = "reflection.replies_listed"
    REFLECTION_VERSIONS_LISTED = "reflection.versions_listed"

    PLAN_LISTED = "plan.listed"
    PLAN_READ = "plan.read"
    PLAN_CREATED = "plan.created"
    PLAN_UPDATED = "plan.updated"
    PLAN_PROPOSED = "plan.proposed"
    PLAN_ACCEPTED = "plan.accepted"
    PLAN_DECLINED = "plan.declined"
    PLAN_PAUSED = "plan.paused"
    PLAN_RESUMED = "plan.resumed"
    PLAN_COMPLETED = "plan.completed"
    PLAN_ARCHIVED = "plan.archived"
    PLAN_VERSIONS_LISTED = "plan.versions_listed"
    STRATEGY_LISTED = "strategy.listed"
    STRATEGY_ADDED = "strategy.added"
    STRATEGY_UPDATED = "strategy.updated"
    STRATEGY_REMOVED = "strategy.removed"
    STRATEGY_LIBRARY_ADDED = "strategy_library.added"
    PRACTICE_LISTED = "practice.listed"
    PRACTICE_READ = "practice.read"
    PRACTICE_LOGGED = "practice.logged"

    TIMELINE_READ = "timeline.read"
    WORKLIST_READ = "worklist.read"
    LEDGER_LISTED = "ledger.listed"
