"""The refusal of a support token: whom to call all the same."""

from integration_api.web.errors import Conflict, Member, Unauthenticated


class SupportEnded(Unauthenticated):
    """The support token has ended or never was one; the crisis lines answer now."""

    code = "support-ended"
    title = "Support token ended"
    remedy = (
        "If somebody is in danger, show `crisis_lines` at once. Ask the clinic for a new token; keep what was not sent."
    )
    members = {
        "crisis_lines": Member(
            list[str], "Those who answer now, emergency services first.", ["911: Emergency services"]
        )
    }


class ObserverCheckDiffers(Conflict):
    """An id of the request is in use for another check; `ids` names each. Nothing of the request was stored."""

    code = "observer-check-differs"
    title = "Check differs"
    remedy = "A check never changes. Send the right one with a new id."
    members = {"ids": Member(list[str], "The ids.", ["019ab0de-0000-7000-8000-0000000000c1"])}
