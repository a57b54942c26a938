"""Operations on flags. Patients have none: a flag is not closed, nor seen, by the one whom it is about."""

from integration_api.access.operations import ADMINS, CLINICIANS, STAFF, TEAM, Operation

LIST_FLAGS = Operation("flag:list", "flag.listed", TEAM)
CREATE_FLAG = Operation("flag:create", "flag.raised", TEAM)
READ_FLAG = Operation("flag:read", "flag.read", TEAM)
LIST_FLAG_EVENTS = Operation("flag:list_events", "flag.events_listed", TEAM)
ACKNOWLEDGE_FLAG = Operation("flag:acknowledge", "flag.acknowledged", TEAM)
CONTACT_FOR_FLAG = Operation("flag:contact", "flag.contact_recorded", TEAM)
ADD_FLAG_REMARK = Operation("flag:remark", "flag.remarked", TEAM)
ASSESS_FLAG = Operation("flag:assess", "flag.assessed", TEAM)
RESOLVE_FLAG = Operation("flag:resolve", "flag.resolved", CLINICIANS)
DISMISS_FLAG = Operation("flag:dismiss", "flag.dismissed", CLINICIANS)
REVIEW_FLAG = Operation("flag:review", "flag.reviewed", TEAM)
ESCALATE_FLAG = Operation("flag:escalate", "flag.escalated", TEAM)
LIST_SAFETY_RULES = Operation("safety_rule:list", None, STAFF)
READ_FLAG_TIMES = Operation("flag:read_times", "flag.times_read", ADMINS)
WATCH_FLAGS = Operation("flag:watch", "flag.escalation_due", is_command=True)
"""The job of the clock: what time raises, and what nobody answered in time."""
