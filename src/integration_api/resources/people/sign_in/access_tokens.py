"""Access tokens of a sign-in that goes on."""

from datetime import datetime

from integration_api.access.actor import Actor
from integration_api.access.tokens import ACCESS_TOKEN_LIFETIME
from integration_api.access.work import Work
from integration_api.resources.people.sign_in import statements as sql
from integration_api.resources.people.sign_in.rules import has_expired
from integration_api.resources.people.sign_in.schemas import AccessToken
from integration_api.resources.people.sign_in.statements import SignInOfAccount
from integration_api.web.token_errors import SignInEnded


def is_over(found: SignInOfAccount, now: datetime) -> bool:
    """Return whether a sign-in has lasted, or was idle, for too long: by the policy at its start, and by today's."""
    return found.expires_at <= now or has_expired(
        found.policies,
        now,
        is_patient=found.patient_id is not None,
        created_at=found.created_at,
        refreshed_at=found.refreshed_at,
    )


async def access_token(work: Work, actor: Actor) -> AccessToken:
    """Return a new access token of a sign-in that goes on. Raises SignInEnded if a refresh would be refused."""
    found = await work.one(sql.SIGN_IN_OF_TOKEN, clinic_id=actor.clinic_id, id=actor.sign_in_id)
    if found is None or is_over(found, work.now):
        raise SignInEnded
    return AccessToken(
        access_token=work.runtime.tokens.issue(actor, work.now),
        token_type="Bearer",  # noqa: S106  the scheme's name
        expires_in=int(ACCESS_TOKEN_LIFETIME.total_seconds()),
    )
