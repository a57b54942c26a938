"""Operations on goals."""

from integration_api.access.operations import CLINICIANS, PATIENT, TEAM, Operation

LIST_GOALS = Operation("goal:list", "goal.listed", PATIENT | TEAM)
CREATE_GOAL = Operation("goal:create", "goal.created", PATIENT | CLINICIANS)
READ_GOAL = Operation("goal:read", "goal.read", PATIENT | TEAM)
UPDATE_GOAL = Operation("goal:update", "goal.updated", PATIENT | CLINICIANS)
WITHDRAW_GOAL = Operation("goal:withdraw", "goal.withdrawn", PATIENT | CLINICIANS)
RATE_GOAL = Operation("goal:rate", "goal.rated", PATIENT | CLINICIANS)
LIST_GOAL_RATINGS = Operation("goal:list_ratings", "goal.ratings_listed", PATIENT | TEAM)
READ_ATTAINMENT = Operation("goal:read_attainment", "goal.attainment_read", PATIENT | TEAM)
