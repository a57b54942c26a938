"""Keeping the names of a group's members out of each other's charts."""

from collections.abc import Mapping
from uuid import UUID

from integration_api.access.work import Work
from integration_api.resources.care.group_sessions import statements as sql
from integration_api.resources.care.group_sessions.rules import Named, naming
from integration_api.web.errors import Conflict, Member


class NamesAnother(Conflict):
    """The text has a word that is a name of another member of the group; `places` says where."""

    code = "names-another"
    title = "Names another patient"
    remedy = "Write of others without their names. If the word names nobody, send `names_confirmed` as true."
    members = {"places": Member(list[str], "The sections, or `text`, that have such a word.", ["themes"])}


async def check_names(
    work: Work, session_id: UUID, patient_id: UUID, texts: Mapping[str, str], *, is_confirmed: bool
) -> None:
    """Check texts about a patient's session that is part of a group. Raises NamesAnother."""
    if is_confirmed:
        return
    rows = await work.part(sql.NAMES_IN_GROUP, session_id=session_id)
    members = [Named(row.id, (row.name, row.preferred_name)) for row in rows]
    if places := naming(texts, members, patient_id):
        raise NamesAnother(extra={"places": places})
