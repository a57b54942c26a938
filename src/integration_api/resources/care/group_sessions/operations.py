"""Operations on group sessions. Patients have none: each has the session in the own chart."""

from integration_api.access.operations import CLINICIANS, TEAM, Operation

LIST_GROUP_SESSIONS = Operation("group_session:list", "group_session.listed", TEAM)
CREATE_GROUP_SESSION = Operation("group_session:create", "group_session.created", CLINICIANS)
READ_GROUP_SESSION = Operation("group_session:read", "group_session.read", TEAM)
ADD_GROUP_MEMBER = Operation("group_session:add_member", "group_session.member_added", CLINICIANS)
