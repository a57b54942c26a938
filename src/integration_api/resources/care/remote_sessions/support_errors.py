"""The refusal of a support token: whom to call all the same."""

from integration_api.web.errors import Conflict, Invalid, Member, TooManyRequests, Unauthenticated, Unavailable
from integration_api.web.protocol_errors import BadRequest, TooLarge

_LINES = Member(list[str], "Those who answer now, emergency services first.", ["911: Emergency services"])


class SupportEnded(Unauthenticated):
    """The support token has ended or never was one; the crisis lines answer now."""

    code = "support-ended"
    title = "Support token ended"
    remedy = (
        "If somebody is in danger, show `crisis_lines` at once. Ask the clinic for a new token; keep what was not sent."
    )
    members = {"crisis_lines": _LINES}


class SupportWaits(TooManyRequests):
    """The device asks too often; the crisis lines answer now. A request with an alarming check never waits."""

    remedy = "Wait as long as `Retry-After` says. If somebody is in danger, show `card` and `crisis_lines` at once."
    members = {
        "crisis_lines": _LINES,
        "card": Member(str, "Advice for this moment.", "Call 911 now, and say where you are. Stay with them."),
    }


class SupportInvalid(Invalid):
    """The request as a whole is not as declared; the crisis lines answer now."""

    members = {"crisis_lines": _LINES}


class SupportBroken(BadRequest):
    """The message is broken; the crisis lines answer now."""

    members = {"crisis_lines": _LINES}


class SupportTooLarge(TooLarge):
    """The request is too large; the crisis lines answer now."""

    members = {"crisis_lines": _LINES}


class SupportUnavailable(Unavailable):
    """Try again with the same checks; the crisis lines answer now."""

    members = {"crisis_lines": _LINES}


WITH_LINES = (SupportInvalid, SupportBroken, SupportTooLarge, SupportUnavailable)
"""The refusals of a batch as a whole."""


class NoRemoteRecord(Conflict):
    """The session has no remote record yet, so nobody watches it from home."""

    code = "no-remote-record"
    title = "No remote record"
    remedy = "Write the record first: `PUT /v1/sessions/{session_id}/remote`. Then issue the token, and record events."
