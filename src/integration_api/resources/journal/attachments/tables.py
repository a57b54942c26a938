"""Rows of attachments, as Statements return them. The table is known to reflections, which delete their own."""

from uuid import UUID

from pydantic import BaseModel

from integration_api.resources.journal.reflections.attached_tables import AttachmentTable
from integration_api.storage.tables import ClinicRow

__all__ = ["AttachmentTable", "ExpiredUpload", "LiveObjects", "Usage"]


class Usage(BaseModel):
    """The attachments that there are already: of one note or reflection, and the bytes of a whole chart."""

    of_parent: int
    chart_bytes: int


class ExpiredUpload(ClinicRow):
    """An upload that was not completed in time."""

    patient_id: UUID


class LiveObjects(ClinicRow):
    """The objects that one attachment is made of."""

    objects: bytes
