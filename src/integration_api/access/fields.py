"""Field types that bodies and answers of many resources have: who it is about, and who did it."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

PatientId = Annotated[UUID, Field(description="The patient.", examples=["019ab0de-0000-7000-8000-000000000004"])]
ChartId = Annotated[PatientId, Field(description="The patient whose chart it is in.")]
StaffId = Annotated[
    UUID, Field(description="A member of staff's account.", examples=["019ab0de-0000-7000-8000-000000000002"])
]
