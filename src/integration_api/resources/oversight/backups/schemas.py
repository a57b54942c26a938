"""Backups on the wire: times and numbers, no place where one is kept."""

from datetime import datetime
from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from integration_api.web.schemas import ReadSchema, response_part

_AT = "2026-11-20T03:00:00Z"


@response_part
class BackupMade(TypedDict):
    """The last backup that was made."""

    at: Annotated[datetime, Field(description="When it was made (UTC).", examples=[_AT])]
    size_bytes: Annotated[int, Field(description="The size of the database in it.", examples=[52_428_800])]
    files: Annotated[int, Field(description="The files of attachments beside it.", examples=[12])]
    missing_files: Annotated[
        int, Field(description="Files that the database names and that were not there.", examples=[0])
    ]


@response_part
class BackupChecked(TypedDict):
    """The last check of a backup: it was restored aside, each key opened, and the ledger verified."""

    at: Annotated[datetime, Field(description="When it was checked (UTC).", examples=[_AT])]
    rows: Annotated[int, Field(description="The rows of the ledger that were verified.", examples=[10_345])]
    findings: Annotated[
        int, Field(description="Findings that were not as they should be; 0: it can be restored.", examples=[0])
    ]


class Backups(ReadSchema):
    """The last backup and the last check of one, as far as they are recorded."""

    is_recorded: bool = Field(
        description="False: the database is a PostgreSQL, and its own programs make the backups.", examples=[True]
    )
    last_made: BackupMade | None = Field(description="The last backup; null: none is recorded.")
    last_checked: BackupChecked | None = Field(description="The last check of one; null: none is recorded.")
