"""Operations on plans and their strategies."""

from integration_api.access.operations import CLINICIANS, PATIENT, TEAM, Operation

LIST_PLANS = Operation("plan:list", "plan.listed", PATIENT | TEAM)
CREATE_PLAN = Operation("plan:create", "plan.created", PATIENT | CLINICIANS)
READ_PLAN = Operation("plan:read", "plan.read", PATIENT | TEAM)
UPDATE_PLAN = Operation("plan:update", "plan.updated", PATIENT | CLINICIANS)
PROPOSE_PLAN = Operation("plan:propose", "plan.proposed", PATIENT | CLINICIANS)
ACCEPT_PLAN = Operation("plan:accept", "plan.accepted", PATIENT | CLINICIANS)
DECLINE_PLAN = Operation("plan:decline", "plan.declined", PATIENT | CLINICIANS)
PAUSE_PLAN = Operation("plan:pause", "plan.paused", PATIENT | CLINICIANS)
RESUME_PLAN = Operation("plan:resume", "plan.resumed", PATIENT | CLINICIANS)
COMPLETE_PLAN = Operation("plan:complete", "plan.completed", PATIENT | CLINICIANS)
ARCHIVE_PLAN = Operation("plan:archive", "plan.archived", PATIENT | CLINICIANS)
LIST_PLAN_VERSIONS = Operation("plan:list_versions", "plan.versions_listed", PATIENT | TEAM)
READ_PLAN_DIFF = Operation("plan:compare", "plan.compared", PATIENT | TEAM)
LIST_OCCURRENCES = Operation("plan:list_occurrences", "plan.occurrences_listed", PATIENT | TEAM)
LIST_STRATEGIES = Operation("strategy:list", "strategy.listed", PATIENT | TEAM)
ADD_STRATEGY = Operation("strategy:add", "strategy.added", PATIENT | CLINICIANS)
UPDATE_STRATEGY = Operation("strategy:update", "strategy.updated", PATIENT | CLINICIANS)
REMOVE_STRATEGY = Operation("strategy:remove", "strategy.removed", PATIENT | CLINICIANS)
