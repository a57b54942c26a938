"""The public keys by which a program signs in without a secret: an admin sets them, and replaces them."""

import json
from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING

from integration_api.access.actor import Role
from integration_api.access.notices import tell_role
from integration_api.access.reads import StartAgain
from integration_api.access.revisions import check_version
from integration_api.access.work import Work
from integration_api.core.addresses import is_allowed_url
from integration_api.resources.people.accounts.access_changes import revise_access
from integration_api.resources.people.service_accounts import key_statements as sql
from integration_api.resources.people.service_accounts import operations
from integration_api.resources.people.service_accounts.key_schemas import KeySet, ServiceKeys, ServiceKeysUpdate
from integration_api.resources.people.service_accounts.key_sets import address_in, key_ids, usable
from integration_api.resources.people.service_accounts.statements import READ_SERVICE_ACCOUNT, ServiceAccountRow
from integration_api.resources.people.service_accounts.tables import ServiceKeysRow
from integration_api.resources.people.sign_in import statements as sign_in_sql
from integration_api.web.errors import Invalid

_URL = "must be https, by a public name, without a user and a fragment"
_KEY = "must be a public RSA key of 2048 to 8192 bits for RS384, or an EC key on P-384 for ES384, for signatures"
_TOLD = (Role.CLINIC_ADMIN, Role.PRIVACY_OFFICER)


async def read_service_keys(work: Work, account_id: UUID) -> ServiceKeys:
    """Return the ids of a program's keys, and the id that it signs as. Raises NotFound."""
    row = await work.get(READ_SERVICE_ACCOUNT, id=account_id)
    found = await work.one(sql.READ_SERVICE_KEYS, id=account_id)
    work.record(account_id)
    return _present(row, found.key_texts if found else [])


async def set_service_keys(work: Work, account_id: UUID, body: ServiceKeysUpdate, expected_version: int) -> ServiceKeys:
    """Set the keys of a program instead of those before. Raises NotFound, StaleVersion, Invalid.

    Its sign-ins end. The epoch rises, so that one which was begun by a key of before, and is not kept yet, is refused.
    """
    row = await work.get(READ_SERVICE_ACCOUNT, id=account_id)
    check_version(row, expected_version)
    key_texts = _key_texts(work, body)
    before = await work.one(sql.READ_SERVICE_KEYS, id=account_id)
    changed = revise_access(work, row, epoch=row.epoch + 1)
    if before is None:
        made = ServiceKeysRow(clinic_id=row.clinic_id, id=row.id, created_at=work.now, key_texts=key_texts)
        made = work.runtime.bindings.bound("service_keys", made)
        work.create(sql.INSERT_SERVICE_KEYS, made, {"pk_service_keys": StartAgain})
    else:
        renewed = work.runtime.bindings.renewed("service_keys", before, {"key_texts": key_texts})
        after = before.model_copy(update=renewed)
        work.change(sql.UPDATE_SERVICE_KEYS, after, missed=StartAgain, binding_before=before.binding)
    work.change(sign_in_sql.END_SIGN_INS, rows=None, account_id=account_id)
    work.record(account_id, digest=changed.binding)
    for role in _TOLD:
        tell_role(work, role, operations.SET_SERVICE_KEYS.recorded, account_id)
    return _present(changed, key_texts)


def _key_texts(work: Work, body: ServiceKeysUpdate) -> list[str]:
    """Return what is kept of a body. Raises Invalid."""
    if body.jwks is not MISSING and body.jwks_url is not MISSING:
        raise Invalid(errors=[{"field": "body.jwks_url", "code": "given_twice", "message": "give one of the two"}])
    if body.jwks_url is not MISSING:
        if not is_allowed_url(body.jwks_url, work.runtime.webhook_test_hosts):
            raise Invalid(errors=[{"field": "body.jwks_url", "code": "url_refused", "message": _URL}])
        return [body.jwks_url]
    return _kept(body.jwks) if body.jwks is not MISSING else []


def _kept(given: KeySet) -> list[str]:
    kept: list[str] = []
    for number, key in enumerate(given.keys):
        text = usable(key.model_dump(exclude_none=True))
        if text is None:
            raise Invalid(errors=[{"field": f"body.jwks.keys.{number}", "code": "key_refused", "message": _KEY}])
        kept.append(text)
    ids = [json.loads(text)["kid"] for text in kept]
    if len(set(ids)) < len(ids):
        raise Invalid(errors=[{"field": "body.jwks.keys", "code": "given_twice", "message": "two keys have one id"}])
    return kept


def _present(row: ServiceAccountRow, key_texts: Sequence[str]) -> ServiceKeys:
    return ServiceKeys.of(
        row, client_id=f"{row.clinic_id}.{row.id}", key_ids=key_ids(key_texts), jwks_url=address_in(key_texts)
    )
