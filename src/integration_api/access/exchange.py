"""The handling of one request as one unit of work: begin, apply, respond.

The claims of the access token are trusted until a Statement disproves them. If the request is refused or finds nothing,
the actor is looked up again. Then the request starts over with the current facts, or ends as a 401.
"""

from collections.abc import Callable, Coroutine
from dataclasses import replace
from functools import partial
from typing import Any, cast
from uuid import UUID

from fastapi.exceptions import RequestValidationError
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from integration_api.access import alarms, federation, reading_tokens, replays
from integration_api.access.actor import Actor, Role
from integration_api.access.limits import charts
from integration_api.access.operations import CAPTURE, SIGN_IN, Operation
from integration_api.access.policy import granted
from integration_api.access.reads import ActorChanged, StartAgain
from integration_api.access.runtime import Runtime
from integration_api.access.statements import ACTOR_NOW
from integration_api.access.work import Work
from integration_api.core import logs
from integration_api.ledger.events import REQUEST_REFUSED, Outcome
from integration_api.storage.database import BrokenReference, DatabaseDown, Duplicate
from integration_api.storage.vault import DecryptionFailed
from integration_api.web import etag, idempotency, strict_json
from integration_api.web.endpoint import Endpoint, check_given_once
from integration_api.web.errors import (
    ApiError,
    Forbidden,
    InternalError,
    Invalid,
    NotFound,
    RequestInProgress,
    SecondFactorRequired,
    Unauthenticated,
    Unavailable,
)
from integration_api.web.problems import UNKNOWN_PARAMETER, invalid, problem_response, request_id_of
from integration_api.web.protocol_errors import BadRequest, UnsupportedMediaType
from integration_api.web.token_errors import SignInEnded

Handler = Callable[[Request], Coroutine[Any, Any, Response]]
_MAX_TRIES = 2
_VERSION = "If-Match"
"""The header of operations whose key is stored although nothing changes: a retry then means that version."""


class Exchange:
    """One request and the state of its handling."""

    def __init__(self, request: Request, operation: Operation, endpoint: Endpoint, through: str | None = None) -> None:
        """Take the request, its operation, and the declaration of its handler; `through` is as in `granted`."""
        self.request, self.operation, self.endpoint, self.through = request, operation, endpoint, through
        self.runtime = cast(Runtime, request.app.state.runtime)
        self.request_id = request_id_of(request)
        self.body = b""
        self.value: object = None
        self.key: str | None = None

    async def answer(self) -> Response:
        """Return the response, whatever happens."""
        try:
            return await self._answer()
        except ApiError as error:
            return self._problem(error)
        except DatabaseDown as error:
            cause = error.__cause__ or error
            logs.event("database_down", logs.WARNING, failed=cause, reason=error.reason, request_id=self.request_id)
            return self._problem(Unavailable())
        except ClientDisconnect:
            return self._problem(BadRequest())
        except DecryptionFailed as error:
            logs.event("decryption_failed", logs.CRITICAL, failed=error, request_id=self.request_id)
            return self._problem(InternalError())
        except Exception as error:  # noqa: BLE001  the last resort: a fixed response, and the line of code in the log
            logs.event("failed", logs.ERROR, failed=error, request_id=self.request_id)
            return self._problem(InternalError())

    def _problem(self, error: ApiError) -> Response:
        beside = self.operation.beside
        if beside is not None:
            authorization = self.request.headers.get("authorization", "")
            error.extra = {**beside(self.runtime, authorization, self.value, error.status), **error.extra}
        return problem_response(error, self.request_id)

    async def _answer(self) -> Response:
        actor = await self._authenticate()
        for _ in range(_MAX_TRIES):
            work = self._begin(actor)
            try:
                return await self._attempt(work, actor)
            except StartAgain:
                if actor is not None:
                    actor = await self._actor_now(actor)
        raise Unavailable

    async def _authenticate(self) -> Actor | None:
        if self.operation.is_public:
            return None
        scheme, _, token = self.request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise Unauthenticated
        enter = partial(Work, self.runtime, SIGN_IN, self.request_id, scope=self.request.scope)
        if self.operation.takes_reading_tokens and reading_tokens.is_one(token.strip()):
            return await reading_tokens.actor_of(enter, token.strip(), self.operation.action)
        if self.operation.takes_capture_links and reading_tokens.is_one(token.strip()):
            found = await reading_tokens.actor_of(enter, token.strip(), CAPTURE, is_renewed=False)
            return replace(found, is_by_link=True)
        token, tokens, external = token.strip(), self.runtime.tokens, self.runtime.external
        if external is None or tokens.knows(token) or not external.issuer.is_for(token):
            return tokens.verify(token, self.runtime.clock())
        begin = partial(Work, self.runtime, SIGN_IN, self.request_id)
        return await federation.actor_of(external, token, self.runtime.clock(), begin)

    def _begin(self, actor: Actor | None) -> Work:
        given = granted(self.operation, actor, self.through) if actor else None
        return Work(self.runtime, self.operation, self.request_id, actor, given, self.request.scope)

    async def _attempt(self, work: Work, actor: Actor | None) -> Response:
        """Run the handler and apply its changes. On a refusal, check that the token's claims still hold."""
        key: tuple[Any, bytes] | None = None
        self.key = None
        try:
            if actor is not None and not work.role_is_granted:
                raise Forbidden
            if actor is not None and not actor.may_do_all and self.operation.needs_factor:
                raise SecondFactorRequired
            if self.operation.needs_step_up:
                work.require_fresh()
            work = await self._read_body(work, actor)
            if actor is not None and self.request.method in idempotency.METHODS:
                key = self._hold_key(actor)
            response = await self._run(work)
            return await self._finish(work, response)
        except (ApiError, BrokenReference, Duplicate) as error:
            refusal = error if isinstance(error, ApiError) else NotFound()
            if refusal.leaves_trace:
                await work.apply()
            if actor is None:
                raise refusal from error
            stored = await self._stored_response(work, actor)
            if stored is not None:
                return stored
            await self._record_refusal(work, refusal)
            raise refusal from error
        finally:
            if key is not None:
                self.runtime.running_keys.discard(key)

    async def _read_body(self, work: Work, actor: Actor | None) -> Work:
        """Read the body strictly, and return the Work of when it had arrived: one that takes long dates nothing back.

        Raises BadRequest, UnsupportedMediaType, TooLarge.
        """
        if not self.endpoint.takes_body or self.body:
            return work
        self.body = await self.request.body()
        if not self.body:
            return work
        media_type, _, parameters = self.request.headers.get("content-type", "").lower().partition(";")
        charset = parameters.partition("charset=")[2].strip(' "') or "utf-8"
        if media_type.strip() != "application/json" or charset not in ("utf-8", "utf8"):
            raise UnsupportedMediaType
        self.value = strict_json.parse(self.body)
        return self._begin(actor)

    def _hold_key(self, actor: Actor) -> tuple[Any, bytes] | None:
        """Hold the Idempotency-Key while this request runs. Raises RequestInProgress, Invalid."""
        header = self.request.headers.get("idempotency-key")
        if header is None:
            return None
        self.key = idempotency.checked_key(header)
        held = (actor.id, idempotency.digest(self.key))
        if held in self.runtime.running_keys:
            self.key = None
            raise RequestInProgress
        self.runtime.running_keys.add(held)
        return held

    async def _run(self, work: Work) -> Response:
        query = self.request.scope["query_string"]
        if query and not self.endpoint.query_names.issuperset(self.request.query_params):
            raise Invalid(errors=[UNKNOWN_PARAMETER])
        if query:
            check_given_once(self.request.query_params)
        try:
            response = await self.endpoint.call(self.request, self.body, work)
        except RequestValidationError as error:
            raise invalid(error, self.endpoint.field_names) from error
        except ApiError as error:
            if not error.is_outcome:
                raise
            response = problem_response(error, self.request_id)
        if not work.has_records and self.operation.event is not None:
            msg = f"{self.operation} recorded no Event"
            raise RuntimeError(msg)
        if work.charts and self._is_many(work):
            await charts.check(work)
        return response

    def _is_many(self, work: Work) -> bool:
        """Return whether the chart limit must be checked in the ledger before this response."""
        if self.operation.is_public or work.actor.is_patient or work.actor.is_service:
            return False
        return self.runtime.opened_charts.must_ask(work.actor.id, work.charts, work.now)

    async def _finish(self, work: Work, response: Response) -> Response:
        """Apply the changes, then return the response."""
        if work.entity_version is not None:
            response.headers["ETag"] = etag.tag(work.entity_version, bytes(response.body))
            if response.status_code == 201:  # noqa: PLR2004  Created
                response.headers["Location"] = f"{self.request.scope['path']}/{work.entity_id}"
        if work.cookie is not None:
            response.headers["Set-Cookie"] = work.cookie
        kept = {} if work.kept_as is None else {"Cache-Control": work.kept_as, "Vary": "Authorization"}
        response.headers.update(kept)
        if response.status_code == 204:  # noqa: PLR2004  No Content
            del response.headers["Content-Type"]
        last = None
        if self.key is not None and (work.has_changes or _VERSION in self.endpoint.header_names):
            last = replays.stored_row(work, self.key, self._fingerprint(), response)
        await work.apply(last)
        wanted = self.request.headers.get("if-none-match")
        if wanted and self.request.method == "GET" and "ETag" in response.headers:
            entity_tag = response.headers["ETag"]
            if etag.is_match(wanted, entity_tag):
                return Response(status_code=304, headers={"ETag": entity_tag} | kept)
        return response

    def _fingerprint(self) -> bytes:
        return replays.fingerprint(self.runtime.retry_key, self.request, self.value)

    async def _stored_response(self, work: Work, actor: Actor) -> Response | None:
        """Return the stored response if a refused request is a retry. Raises ActorChanged, and as `replayed`."""
        if work.role_is_granted:
            await work.confirm()
        elif (await self._actor_now(actor)) != actor:
            raise ActorChanged
        if self.key is None or not work.role_is_granted:
            return None
        return await replays.replayed(work, actor, self.key, self._fingerprint())

    async def _actor_now(self, actor: Actor | None) -> Actor:
        """Return the actor with the current facts of the database. Raises Unauthenticated, SignInEnded."""
        if actor is None:
            raise Unauthenticated
        asked = {"clinic_id": actor.clinic_id, "account_id": actor.id, "sign_in_id": actor.sign_in_id}
        found = await self.runtime.database.one(ACTOR_NOW, {**asked, "now": self.runtime.clock()})
        if found is None or not await alarms.is_bound(self._begin(None), "accounts", found):
            raise SignInEnded
        roles, scopes = tuple(map(Role, found.roles)), actor.scopes_now(frozenset(found.scopes or ()))
        return replace(actor, epoch=found.epoch, roles=roles, patient_id=found.patient_id, scopes=scopes)

    async def _record_refusal(self, work: Work, refusal: ApiError) -> None:
        """Record a refusal of something clinical, in a step of its own."""
        if refusal.status not in (403, 404) or self.operation.event is None:
            return
        things = {name: _uuid(value) for name, value in self.request.path_params.items()}
        patient_id = work.patient_id or things.get("patient_id")
        subject_id = next(reversed(things.values()), None)
        trace = work.anew()
        trace.record(
            subject_id,
            patient_id,
            event=REQUEST_REFUSED,
            is_private=work.actor.is_patient and self.operation.is_private,
            outcome=Outcome.DENIED,
            reason=refusal.code,
        )
        await trace.apply()


def _uuid(value: object) -> UUID | None:
    try:
        return UUID(str(value))
    except ValueError:
        return None
