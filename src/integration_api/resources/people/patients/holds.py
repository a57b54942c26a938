"""The refusal that a legal hold on a chart causes."""

from integration_api.web.errors import Conflict


class OnHold(Conflict):
    """A legal hold keeps what is in this chart from being deleted, until a clinic admin releases it."""

    code = "legal-hold"
    title = "Legal hold"
    remedy = (
        "Say that it is kept for now. An admin can release the hold: `DELETE /v1/patients/{patient_id}/legal-hold`."
    )
