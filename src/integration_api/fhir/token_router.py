"""`/oauth/token`: a form, answered as RFC 6749 says. No OpenAPI document describes it, as none describes FHIR."""

from typing import Annotated

from fastapi import APIRouter
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.fhir import operations, smart_tokens
from integration_api.fhir.fhir_route import form_of
from integration_api.fhir.oauth_errors import InvalidTokenRequest, as_token_error
from integration_api.fhir.search_parameters import SCOPE, pairs_of
from integration_api.web.errors import ApiError
from integration_api.web.problems import problem_response, request_id_of


class TokenRoute(ActionRoute):
    """A route whose parameters are a form, and whose errors are those of OAuth."""

    async def answer(self, request: Request) -> Response:
        """Return the response of one exchange. Parameters in the address are refused: they would be logged."""
        try:
            if request.scope["query_string"]:
                raise InvalidTokenRequest
            request.scope[SCOPE] = pairs_of(await form_of(request))
        except ApiError as error:
            return as_token_error(problem_response(error, request_id_of(request)))
        except ClientDisconnect:
            return as_token_error(problem_response(InvalidTokenRequest(), request_id_of(request)))
        return as_token_error(await super().answer(request))


router = APIRouter(route_class=TokenRoute)


@router.post(smart_tokens.TOKEN_PATH, response_model=None)
async def create_smart_token(work: Annotated[Work, allow(operations.CREATE_SMART_TOKEN)]) -> Response:
    """Get a token of FHIR for a program that signs."""
    return await smart_tokens.create_smart_token(work)
