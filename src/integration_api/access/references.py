"""References: fields of a body that name something by its id. If the caller cannot see it, the 404 names the field."""

from collections.abc import Iterator
from contextlib import contextmanager

from integration_api.web.errors import NotFound


def not_found(field: str) -> NotFound:
    """Return the error for a field of the body that refers to nothing that the caller sees."""
    return NotFound(errors=[{"field": f"body.{field}", "code": "not_found", "message": "refers to nothing you see"}])


def unseen_chart() -> NotFound:
    """Return the error for a body whose `patient_id` names no chart that the caller sees."""
    return not_found("patient_id")


@contextmanager
def referred_by(field: str) -> Iterator[None]:
    """Name this field of the body if what is looked up meanwhile is not found."""
    try:
        yield
    except NotFound as error:
        raise not_found(field) from error
