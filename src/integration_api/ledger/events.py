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
    AUTH_FACTOR_NEEDED = "auth.factor_needed"
    AUTH_FACTOR_FAILED = "auth.factor_failed"
    AUTH_STEPPED_UP = "auth.stepped_up"
    AUTH_REFRESHED = "auth.refreshed"
    AUTH_REFRESH_REUSED = "auth.refresh_reused"
    AUTH_SIGN_IN_EXPIRED = "auth.sign_in_expired"
    AUTH_SIGNED_OUT = "auth.signed_out"

    FACTOR_LISTED = "factor.listed"
    FACTOR_BEGUN = "factor.begun"
    FACTOR_ADDED = "factor.added"
    FACTOR_REMOVED = "factor.removed"
    RECOVERY_CODES_MADE = "recovery_code.all_made"
    RECOVERY_CODE_USED = "recovery_code.used"
    PASSWORD_CHANGED = "password.changed"  # noqa: S105  a name
    PASSWORD_RESET_BEGUN = "password.reset_begun"  # noqa: S105  as above
    PASSWORD_RESET = "password.reset"  # noqa: S105  as above
    SIGN_IN_LISTED = "sign_in.listed"
    SIGN_IN_ENDED = "sign_in.ended"
    SIGN_IN_ALL_ENDED = "sign_in.all_ended"
    SECURITY_VOLUME_EXCEEDED = "security.volume_exceeded"

    CLINIC_CREATED = "clinic.created"
    CLINIC_READ = "clinic.read"
    CLINIC_UPDATED = "clinic.updated"

    ACCOUNT_LISTED = "account.listed"
    ACCOUNT_READ = "account.read"
    ACCOUNT_CREATED = "account.created"
    ACCOUNT_UPDATED = "account.updated"
    ACCOUNT_ADDRESS_MOVED = "account.address_moved"
    INVITATION_CREATED = "invitation.created"
    INVITATION_ACCEPTED = "invitation.accepted"
    EXTERNAL_IDENTITY_SET = "external_identity.set"
    EXTERNAL_IDENTITY_REMOVED = "external_identity.removed"
    SERVICE_ACCOUNT_LISTED = "service_account.listed"
    SERVICE_ACCOUNT_CREATED = "service_account.created"
    SERVICE_ACCOUNT_UPDATED = "service_account.updated"
    SERVICE_ACCOUNT_SECRET_ROTATED = "service_account.secret_rotated"  # noqa: S105  what happened
    NOTICE_LISTED = "notice.listed"

    PATIENT_LISTED = "patient.listed"
    PATIENT_SEARCHED = "patient.searched"
    PATIENT_READ = "patient.read"
    PATIENT_CREATED = "patient.created"
    PATIENT_UPDATED = "patient.updated"
    PATIENT_ACCOUNT_READ = "patient.account_read"
    PATIENT_HOLD_READ = "patient.hold_read"
    PATIENT_HELD = "patient.held"
    PATIENT_RELEASED = "patient.released"
    PATIENT_ERASED = "patient.erased"

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
    NOTE_PROOF_READ = "note.proof_read"

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
    ACCESS_LOG_READ = "access_log.read"
