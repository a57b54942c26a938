"""Tokens of FHIR for programs (SMART backend services): who asks, by which key, and for which types."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import lru_cache

from starlette.responses import JSONResponse, Response

from integration_api.access import alarms
from integration_api.access.actor import BY_FHIR
from integration_api.access.factor_tables import UsedChallengeRow
from integration_api.access.limits import attempts
from integration_api.access.limits.buckets import Bucket, Limit
from integration_api.access.tokens import ACCESS_TOKEN_LIFETIME
from integration_api.access.work import Work
from integration_api.fhir.assertions import KEPT_FOR, Assertion, read_assertion, verified
from integration_api.fhir.bundles import PATH
from integration_api.fhir.oauth_errors import InvalidClient, InvalidTokenRequest, UnsupportedGrantType
from integration_api.fhir.requested_scopes import SCOPES, scopes_asked_for
from integration_api.fhir.search_parameters import SCOPE
from integration_api.ledger.events import SIGN_IN_FAILED, Outcome
from integration_api.resources.delivery.webhooks.sender import Sender
from integration_api.resources.people.service_accounts import key_statements as sql
from integration_api.resources.people.service_accounts.key_sets import MAX_KEY_SET_BYTES, address_in, keys_of
from integration_api.resources.people.service_accounts.program_sign_ins import sign_in_program
from integration_api.resources.people.sign_in import second_factor_statements as once
from integration_api.web.errors import NotFound, TooManyRequests

TOKEN_PATH = "/oauth/token"  # noqa: S105  an address
_ASSERTED = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_ONCE = ("grant_type", "scope", "client_assertion_type", "client_assertion")
_FETCHES = Limit(10, timedelta(seconds=6))
"""Requests for the key set of one program by one source: others cause some, and do not use up the program's own."""


def token_address(work: Work) -> str | None:
    """Return the address of the token endpoint, which assertions name; None if the operator has set no public one."""
    public = work.runtime.public_url
    return None if public is None else public + TOKEN_PATH


async def read_smart_configuration(work: Work) -> Response:
    """Return what SMART clients discover. Raises NotFound if this deployment has no public address."""
    address = token_address(work)
    if address is None:
        raise NotFound
    return JSONResponse(
        {
            "issuer": f"{work.runtime.public_url}{PATH}",
            "token_endpoint": address,
            "token_endpoint_auth_methods_supported": ["private_key_jwt"],
            "token_endpoint_auth_signing_alg_values_supported": ["RS384", "ES384"],
            "grant_types_supported": ["client_credentials"],
            "scopes_supported": ["system/*.rs", *SCOPES],
            "response_types_supported": ["token"],
            "capabilities": ["client-confidential-asymmetric", "permission-v2"],
            "code_challenge_methods_supported": ["S256"],
        }
    )


@attempts.counted(InvalidClient)
async def create_smart_token(work: Work) -> Response:
    """Return a token of FHIR for a program that signed its request.

    Raises InvalidTokenRequest, UnsupportedGrantType, InvalidClient, InvalidScope, TooManyRequests.
    """
    address, form = token_address(work), _form(work.scope.get(SCOPE, ()))
    if address is None or form.get("client_assertion_type") != _ASSERTED:
        raise InvalidTokenRequest
    if form.get("grant_type") != "client_credentials":
        raise UnsupportedGrantType
    claimed = read_assertion(form.get("client_assertion", ""))
    clinic_id, account_id = claimed.clinic_id, claimed.account_id
    found = await work.one(sql.KEYS_OF_SERVICE, clinic_id=clinic_id, id=account_id)
    if found is None:
        raise InvalidClient
    is_bound = await alarms.is_bound(work, "service_keys", found.keys)
    is_bound = await alarms.is_bound(work, "accounts", found) and is_bound
    try:
        if not is_bound:
            raise InvalidClient
        keys = await _keys(work, claimed, found.key_texts)
        used_id = claimed.used_id(verified(claimed, found.key_texts, keys, address, work.now))
        if await work.one(once.READ_CHALLENGE, clinic_id=clinic_id, id=used_id) is not None:
            raise InvalidClient
    except InvalidClient:
        work.record(account_id, outcome=Outcome.DENIED, clinic_id=clinic_id, actor_id=account_id, event=SIGN_IN_FAILED)
        raise
    scopes = scopes_asked_for(form.get("scope", ""), found.scopes or ())
    used = UsedChallengeRow(clinic_id=clinic_id, id=used_id, expires_at=work.now + KEPT_FOR)
    work.change(once.FORGET_CHALLENGES, rows=None, clinic_id=clinic_id)
    work.change(once.USE_CHALLENGE, used, conflicts={"pk_used_challenges": InvalidClient})
    token = sign_in_program(work, found, frozenset({*scopes, BY_FHIR}), InvalidClient)
    lifetime = int(ACCESS_TOKEN_LIFETIME.total_seconds())
    answer = {"access_token": token, "token_type": "bearer", "expires_in": lifetime, "scope": " ".join(scopes)}
    return JSONResponse(answer, headers={"Pragma": "no-cache"})


def _form(pairs: Sequence[tuple[str, str]]) -> Mapping[str, str]:
    """Return the parameters of a request for a token; others are ignored. Raises InvalidTokenRequest."""
    if any(Counter(name for name, _ in pairs)[name] != 1 for name in _ONCE):
        raise InvalidTokenRequest
    return dict(pairs)


async def _keys(work: Work, claimed: Assertion, registered: Sequence[str]) -> Sequence[str]:
    """Return the keys that a program has registered, or those at its address. Raises TooManyRequests."""
    address = address_in(registered)
    if address is None:
        return registered
    wait = await Bucket.of(work, _FETCHES, "key set", claimed.account_id.bytes, attempts.source(work)).take(work)
    if wait:
        raise TooManyRequests(-(-wait // 1_000_000))
    text = await _sender(work.runtime.webhook_test_hosts).fetch(address, MAX_KEY_SET_BYTES)
    return keys_of(text) if text is not None else ()


@lru_cache(maxsize=4)
def _sender(test_hosts: frozenset[str]) -> Sender:
    """Return the sender of this process: it has read the certificates of authorities, which takes long."""
    return Sender(test_hosts)
