"""Operations on research studies. Privacy officers alone: the admin sets the floor and the consent (ADR 92)."""

from integration_api.access.operations import PRIVACY_OFFICERS, Operation

LIST_RESEARCH_STUDIES = Operation("research_study:list", "research_study.listed", PRIVACY_OFFICERS)
CREATE_RESEARCH_STUDY = Operation("research_study:create", "research_study.created", PRIVACY_OFFICERS)
READ_RESEARCH_STUDY = Operation("research_study:read", "research_study.read", PRIVACY_OFFICERS)
CLOSE_RESEARCH_STUDY = Operation("research_study:close", "research_study.closed", PRIVACY_OFFICERS, needs_step_up=True)
