"""Turning an account of the staff into one of a therapist of another clinic: only once it is on no care team."""

from integration_api.access.actor import Role
from integration_api.access.tables import AccountRow
from integration_api.access.work import Work
from integration_api.resources.people.accounts import outside_role_statements as sql
from integration_api.resources.people.accounts.access_changes import revise_access
from integration_api.web.errors import Conflict


class OnCareTeams(Conflict):
    """The account is on the care team of a chart, where tasks and drafts would wait for somebody who sees neither."""

    code = "on-care-teams"
    title = "On care teams"
    remedy = "End its memberships at `DELETE /v1/patients/{patient_id}/care-team/{member_id}`, then repeat the request."


async def revise_roles(work: Work, row: AccountRow, given: dict[str, object]) -> AccountRow:
    """Collect a change of an account, its binding with it. Raises OnCareTeams."""
    roles = given.get("roles")
    if not isinstance(roles, list) or Role.OUTSIDE_THERAPIST not in roles:
        return revise_access(work, row, **given)
    if await work.one(sql.STANDING_MEMBERSHIP, id=row.id) is not None:
        raise OnCareTeams
    return work.revise(sql.TURN_OUTSIDE, row, work.runtime.bindings.renewed("accounts", row, given))
