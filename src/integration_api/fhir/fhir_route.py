"""Routes of FHIR: what is accepted, a search by form, and errors as OperationOutcome."""

from typing import ClassVar

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from integration_api.access.route import ActionRoute
from integration_api.fhir.operation_outcomes import as_outcome
from integration_api.fhir.search_parameters import SCOPE, pairs_of
from integration_api.web.errors import ApiError
from integration_api.web.problems import problem_response, request_id_of
from integration_api.web.protocol_errors import BadRequest, UnsupportedMediaType

_TAKEN = frozenset({"*/*", "application/*", "application/json", "application/fhir+json"})
_FORM = "application/x-www-form-urlencoded"


class NotAcceptable(ApiError):
    """FHIR is answered as JSON alone."""

    status: ClassVar[int] = 406
    code = "not-acceptable"
    title = "Not acceptable"
    remedy = "Send `application/fhir+json` in the header `Accept`, or no such header."


class FhirRoute(ActionRoute):
    """A route of FHIR. Its parameters are read by the rules of FHIR, of a query and of a form alike."""

    taken: ClassVar[frozenset[str]] = _TAKEN
    """Media types of which a client takes one."""

    async def answer(self, request: Request) -> Response:
        """Return the response of one exchange; a problem becomes an OperationOutcome."""
        try:
            _check_accepted(request.headers.get("accept"), self.taken)
            request.scope[SCOPE] = pairs_of(await _query(request))
        except ApiError as error:
            return as_outcome(problem_response(error, request_id_of(request)))
        except ClientDisconnect:
            return as_outcome(problem_response(BadRequest(), request_id_of(request)))
        request.scope["query_string"] = b""
        return as_outcome(await super().answer(request))


def _check_accepted(header: str | None, taken: frozenset[str]) -> None:
    """Raise NotAcceptable if a client takes no JSON."""
    if header is None:
        return
    offered = {part.partition(";")[0].strip().lower() for part in header.split(",")}
    if offered.isdisjoint(taken):
        raise NotAcceptable


async def _query(request: Request) -> bytes:
    """Return the query, and of a POST the form too. Raises UnsupportedMediaType."""
    query: bytes = request.scope["query_string"]
    if request.method != "POST":
        return query
    return b"&".join(part for part in (query, await form_of(request)) if part)


async def form_of(request: Request) -> bytes:
    """Return the form that a request has as its body. Raises UnsupportedMediaType."""
    body = await request.body()
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if body and media_type != _FORM:
        raise UnsupportedMediaType("Send the form as application/x-www-form-urlencoded.")
    return body
