"""New rows, made of what a body gives."""

from typing import Any

from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.web.schemas import CreateSchema


def new_values(work: Work, body: CreateSchema, **stored: object) -> dict[str, Any]:
    """Return the values that a new row begins with: `CourseRow(**new_values(work, body), created_by_id=...)`.

    They are the fields of the body, its id or a new one, the actor's clinic, and this moment. `stored` names fields of
    the body that a row holds in another form. Raises TypeError for a field that the body does not have.
    """
    given, now = body.__dict__, work.now
    if stored and (unknown := stored.keys() - given.keys()):
        msg = f"{type(body).__name__} has no {', '.join(sorted(unknown))}"
        raise TypeError(msg)
    return {
        **given,
        **stored,
        "clinic_id": work.actor.clinic_id,
        "id": given["id"] or new_id(),
        "created_at": now,
        "updated_at": now,
    }
