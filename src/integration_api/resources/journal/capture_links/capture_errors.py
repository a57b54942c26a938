"""The refusals of a capture link's token: whom to call all the same."""

from integration_api.access.reading_tokens import clinic_named
from integration_api.access.runtime import Runtime
from integration_api.resources.care.remote_sessions.answered_lines import lines_of_clinic
from integration_api.web.errors import (
    Conflict,
    IdTaken,
    Invalid,
    Member,
    TooManyRequests,
    Unauthenticated,
    Unavailable,
)
from integration_api.web.protocol_errors import BadRequest, TooLarge
from integration_api.web.token_errors import SignInEnded, TokenInvalid

_LINES = {"crisis_lines": Member(list[str], "Those who answer now, emergency services first.", ["911: Emergency"])}


class CaptureLinkNeeded(Unauthenticated):
    """The request has no token; the crisis lines answer now."""

    members = _LINES


class CaptureLinkInvalid(TokenInvalid):
    """This is no token of a capture link; the crisis lines answer now."""

    members = _LINES


class CaptureLinkEnded(SignInEnded):
    """The link has ended; the crisis lines answer now. Keep what was not sent."""

    members = _LINES


class CaptureInvalid(Invalid):
    """The request is not as declared; the crisis lines answer now."""

    members = _LINES


class CaptureBroken(BadRequest):
    """The message is broken; the crisis lines answer now."""

    members = _LINES


class CaptureTooLarge(TooLarge):
    """The request is too large; the crisis lines answer now."""

    members = _LINES


class CaptureIdTaken(IdTaken):
    """There is an entry of this id; the crisis lines answer now."""

    members = _LINES


class CaptureWaits(TooManyRequests):
    """The page asks too often; the crisis lines answer now. A call for help never waits."""

    members = _LINES


class CaptureUnavailable(Unavailable):
    """Try again with the same Idempotency-Key; the crisis lines answer now."""

    members = _LINES


class CaptureLinkFull(Conflict):
    """The link has taken as many entries as it can; the crisis lines answer now. Help can be asked for all the same."""

    code = "capture-link-full"
    title = "The link is full"
    remedy = "Keep what was written on the device, show `crisis_lines`, and ask the clinic for a new link."
    members = _LINES


class NoPatientAccount(Conflict):
    """The patient has no account that can sign in, so nobody could read what is written by a link."""

    code = "no-patient-account"
    title = "The patient has no account"
    remedy = "Invite the patient first: `POST /v1/invitations`. Once they have a password, issue the link."


class NoDoseYet(Conflict):
    """No dose stands in the session, so there is nothing after which to write."""

    code = "no-dose-yet"
    title = "No dose yet"
    remedy = "Record the dose first: `POST /v1/sessions/{session_id}/doses`. Then issue the link."


OF_TOKEN = (CaptureLinkNeeded, CaptureLinkInvalid, CaptureLinkEnded, CaptureBroken, CaptureInvalid, CaptureUnavailable)
"""The refusals of each operation that takes the token of a link."""
WITH_LINES = (*OF_TOKEN, CaptureTooLarge, CaptureWaits, CaptureIdTaken, CaptureLinkFull)


def lines_beside(runtime: Runtime, authorization: str, _: object, status: int) -> dict[str, object]:
    """Return what stands in a refusal: the crisis lines of the clinic that the token names, if it names one."""
    if status not in {cls.status for cls in WITH_LINES}:
        return {}
    return {"crisis_lines": lines_of_clinic(runtime, clinic_named(runtime, authorization))}
