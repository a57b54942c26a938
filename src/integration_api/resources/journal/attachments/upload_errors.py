"""Errors of adding attachments."""

from integration_api.web.errors import Conflict


class ParentClosed(Conflict):
    """The reflection is shared with the care team, so that nothing is added to it or taken from it any more."""

    code = "attachments-closed"
    title = "Nothing can be attached"
    remedy = "Add it to a new reflection that names this one in `elaborates_id`."


class AttachmentsFull(Conflict):
    """A note or reflection has 20 attachments at most, and this one has them."""

    code = "attachments-full"
    title = "Too many attachments"
    remedy = "Say that no more can be added here. Another note or reflection may have room."


class ChartFull(Conflict):
    """The attachments of a chart have 5 GB at most, and this one would be beyond that."""

    code = "chart-attachments-full"
    title = "Too much attached"
    remedy = "Say that this chart takes no file of that size any more, wherever it is attached."


class UploadComplete(Conflict):
    """All of it was sent, and it was checked; it does not change any more."""

    code = "upload-complete"
    title = "Upload complete"
    remedy = "Send no more parts: show the attachment as it is."


class UploadIncomplete(Conflict):
    """Not all of it was sent yet; send the rest first."""

    code = "upload-incomplete"
    title = "Upload incomplete"
    remedy = "Read the attachment, and send the parts from its `received_bytes` on; then complete it."


class UploadReceived(Conflict):
    """All of it was received already; complete it."""

    code = "upload-received"
    title = "All received"
    remedy = "Send no more parts: complete the attachment."


class DigestDiffers(Conflict):
    """The file has another SHA-256 than was announced, so what came was thrown away."""

    code = "digest-differs"
    title = "Another content"
    remedy = "Delete the attachment, compute the digest of the file as it is now, and announce it again."
    is_outcome = True


class UnfitImage(Conflict):
    """It is no whole image of the announced type, so what came was thrown away."""

    code = "unfit-image"
    title = "Unfit image"
    remedy = "Delete the attachment, and announce another file: this one cannot be shown. A camera can save it anew."
    is_outcome = True
