"""What can be done with sessions."""

from uuid import UUID

from integration_api.access.work import Work
from integration_api.resources.sessions import statements as sql
from integration_api.resources.sessions.tables import SessionRow

__all__ = ["load_session"]


async def load_session(work: Work, session_id: UUID) -> SessionRow:
    """A session in a chart that the actor may see, for other slices. Raises NotFound."""
    return await work.get(sql.READ_SESSION, id=session_id)
