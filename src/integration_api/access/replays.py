"""Stored responses: the row that is kept with an Idempotency-Key, and the response to a retry made of it."""

from starlette.requests import Request
from starlette.responses import Response

from integration_api.access.actor import Actor
from integration_api.access.conflicts import Gone
from integration_api.access.statements import READ_STORED_RESPONSE
from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.ledger.events import REQUEST_REPLAYED
from integration_api.storage.database import Step
from integration_api.web import etag, idempotency
from integration_api.web.errors import KeyReused, NotFound, ShownOnce
from integration_api.web.problems import PROBLEM

_CREATED, _MIN_ERROR = 201, 400


def stored_row(work: Work, key: str, request_digest: bytes, response: Response) -> Step:
    """Return the step that stores a response for retries."""
    actor = work.actor
    row = idempotency.StoredResponseRow.model_construct(
        clinic_id=actor.clinic_id,
        id=new_id(),
        account_id=actor.id,
        key_digest=idempotency.digest(key),
        request_digest=request_digest,
        owner_id=work.patient_id or actor.clinic_id,
        subject_id=work.entity_id,
        status=ShownOnce.status if work.is_secret else response.status_code,
        etag=response.headers.get("etag"),
        location=response.headers.get("location"),
        body=None if work.is_secret else bytes(response.body).decode(),
        created_at=work.now,
    )
    return Step(idempotency.INSERT_STORED_RESPONSE, row.__dict__)


def fingerprint(key: bytes, request: Request, value: object) -> bytes:
    """Return the digest of a request and its parsed body, under the key of this database."""
    scope, version = request.scope, etag.named_version(request.headers.get("if-match", ""))
    query = scope["query_string"].decode("latin-1")
    return idempotency.fingerprint(key, scope["method"], scope["path"], query, version, value)


async def replayed(work: Work, actor: Actor, key: str, request_digest: bytes) -> Response | None:
    """Return the stored response to a request with this key, or None if there is none.

    Raises KeyReused, ShownOnce; Gone or NotFound if what it made or changed was deleted for good.
    """
    stored = await work.one(READ_STORED_RESPONSE, key_digest=idempotency.digest(key))
    if stored is None:
        return None
    if stored.request_digest != request_digest:
        raise KeyReused
    if stored.body is None:  # the thing was deleted for good, or the response held a secret
        if stored.status == ShownOnce.status:
            raise ShownOnce
        raise Gone if stored.status == _CREATED else NotFound
    chart_id = stored.owner_id if stored.owner_id != actor.clinic_id else None
    replay = work.anew()
    replay.record(stored.id, chart_id, is_private=actor.is_patient, event=REQUEST_REPLAYED)
    await replay.apply()
    headers = {"ETag": stored.etag, "Location": stored.location, "Idempotency-Replayed": "true"}
    made = Response(stored.body, stored.status, {name: value for name, value in headers.items() if value})
    if stored.body:
        made.headers["Content-Type"] = PROBLEM if stored.status >= _MIN_ERROR else "application/json"
    return made
