"""Backups on the wire: times and numbers, no place where one is kept."""

from datetime import datetime
from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from integration_api.web.schemas import ReadSchema, response_part

_AT = "2026-11-20T03:00:00Z"
_OTHERS = "other clinics are in it too"


@response_part
class BackupMade(TypedDict):
    """The last backup that was made."""

    at: Annotated[datetime, Field(description="When it was made (UTC).", examples=[_AT])]
    size_bytes: Annotated[
        int | None, Field(description=f"The size of the database in it; null: {_OTHERS}.", examples=[52_428_800])
    ]
    files: Annotated[
        int | None, Field(description=f"The files of attachments beside it; null: {_OTHERS}.", examples=[12])
    ]
    missing_files: Annotated[
        int | None,
        Field(description=f"Files that the database names and that were not there; null: {_OTHERS}.", examples=[0]),
    ]
    is_complete: Annotated[bool, Field(description="Whether every file that it names was there.", examples=[True])]


@response_part
class BackupChecked(TypedDict):
    """The last check of a backup: it was restored aside, each key opened, and the ledger verified."""

    at: Annotated[datetime, Field(description="When it was checked (UTC).", examples=[_AT])]
    rows: Annotated[
        int | None,
        Field(description=f"The rows of the ledger that were verified; null: {_OTHERS}.", examples=[10_345]),
    ]
    findings: Annotated[
        int | None,
        Field(description=f"Findings that were not as they should be; null: {_OTHERS}.", examples=[0]),
    ]
    is_restorable: Annotated[bool, Field(description="Whether there was no finding.", examples=[True])]


class Backups(ReadSchema):
    """The last backup and the last check of one, as far as they are recorded."""

    is_recorded: bool = Field(
        description="False: the database is a PostgreSQL, and its own programs make the backups.", examples=[True]
    )
    is_readable: bool = Field(
        description="False: the record is there, and this server may not read it: nothing is known.", examples=[True]
    )
    last_made: BackupMade | None = Field(description="The last backup; null: none is recorded.")
    last_checked: BackupChecked | None = Field(description="The last check of one; null: none is recorded.")
