"""Who asks."""

from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from benchmarks.peers.clinic.models import Account
from benchmarks.peers.clinic.service import signed_in


class BearerAuthentication(BaseAuthentication):
    """An access token, checked against the database."""

    def authenticate(self, request: Request) -> tuple[Account, None] | None:
        """The account. Raises AuthenticationFailed."""
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        account = signed_in(token.strip())
        if account is None:
            raise AuthenticationFailed
        return account, None

    def authenticate_header(self, request: Request) -> str:  # noqa: ARG002  DRF's signature
        """What makes a refusal a 401."""
        return "Bearer"
