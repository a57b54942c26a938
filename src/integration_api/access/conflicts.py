"""Changes of something that has changed meanwhile, or that was deleted: refused, or kept beside it.

They are part of the tree of errors in `web/errors.py`.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import Depends, Header

from integration_api.web.errors import ApiError, Conflict, Invalid, Member
from integration_api.web.idempotency import checked_key

_THING, _KEPT = "019ab0de-0000-7000-8000-000000000007", "019ab0de-0000-7000-8000-000000000008"


class Gone(ApiError):
    """A thing with this id was deleted; make a new one with a new id."""

    status = 410
    code = "gone"
    title = "Deleted"
    remedy = "An id is used once. If the text is still wanted, create it anew with another id."


class KeptBoth(Conflict):
    """It was changed or deleted meanwhile; what you sent is kept beside it, as a draft of its own."""

    code = "kept-both"
    title = "Kept as a second draft"
    remedy = "Take the change as stored. Show both texts side by side, and let the person decide."
    is_outcome = True
    members: ClassVar[Mapping[str, Member]] = {
        "conflict_of_id": Member(UUID, "The thing that the change was meant for.", _THING),
        "kept_id": Member(UUID, "The draft that holds what you sent.", _KEPT),
    }


def kept_both(thing_id: UUID, kept_id: UUID) -> KeptBoth:
    """Return the outcome that names the thing that was to be changed, and the draft beside it."""
    return KeptBoth(extra={"conflict_of_id": str(thing_id), "kept_id": str(kept_id)})


class OnConflict(StrEnum):
    """The treatment of a change that comes too late."""

    REFUSE = "refuse"
    KEEP_BOTH = "keep_both"


HEADER = "On-Conflict"


def _kept_by(
    on_conflict: Annotated[
        OnConflict,
        Header(
            alias=HEADER,
            description="`keep_both`: what comes too late is kept as a second draft (409 `kept-both`). Needs an "
            "`Idempotency-Key`.",
            examples=["keep_both"],
        ),
    ] = OnConflict.REFUSE,
    key: Annotated[str | None, Header(alias="Idempotency-Key", include_in_schema=False)] = None,
) -> str | None:
    """Return the Idempotency-Key of a change that is to be kept; None if it is to be refused. Raises Invalid."""
    if on_conflict is OnConflict.REFUSE:
        return None
    if key is None:
        needed = "needed with On-Conflict, so that the change is kept once"
        raise Invalid(errors=[{"field": "header.Idempotency-Key", "code": "missing", "message": needed}])
    return checked_key(key)


KeptBy = Annotated[str | None, Depends(_kept_by)]
"""The Idempotency-Key of a change that is kept as a second draft if it comes too late; None if it is refused then."""
