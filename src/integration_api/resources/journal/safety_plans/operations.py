"""Operations on safety plans."""

from integration_api.access.operations import CLINICIANS, PATIENT, TEAM, Operation

LIST_SAFETY_PLANS = Operation("safety_plan:list", "safety_plan.listed", PATIENT | TEAM)
CREATE_SAFETY_PLAN = Operation("safety_plan:create", "safety_plan.created", PATIENT | CLINICIANS)
READ_SAFETY_PLAN = Operation("safety_plan:read", "safety_plan.read", PATIENT | TEAM)
READ_PATIENT_SAFETY_PLAN = Operation("safety_plan:read_current", "safety_plan.current_read", PATIENT | TEAM)
COMPARE_SAFETY_PLANS = Operation("safety_plan:compare", "safety_plan.compared", PATIENT | TEAM)
CONFIRM_SAFETY_PLAN = Operation("safety_plan:confirm", "safety_plan.confirmed", PATIENT)
REVIEW_SAFETY_PLAN = Operation("safety_plan:review", "safety_plan.reviewed", PATIENT | CLINICIANS)
READ_MY_SAFETY_PLAN = Operation("safety_plan:read_own", "safety_plan.own_read", PATIENT, takes_reading_tokens=True)
CREATE_SAFETY_PLAN_TOKEN = Operation("safety_plan_token:create", "safety_plan.token_created", PATIENT)
