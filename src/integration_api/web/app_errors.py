"""Responses to errors outside of any operation: what the framework refuses, and what nobody expected."""

from collections.abc import Callable

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from integration_api.core import logs
from integration_api.web.errors import ApiError, InternalError, NotFound
from integration_api.web.problems import problem_response, request_id_of
from integration_api.web.protocol_errors import MethodNotAllowed


def handle(app: FastAPI) -> None:
    """Have the application answer every error as a problem."""
    app.add_exception_handler(HTTPException, _answer_http_exception)
    app.add_exception_handler(ApiError, _answer_api_error)
    app.add_exception_handler(Exception, _answer_exception)


async def _answer_http_exception(request: Request, error: Exception) -> Response:
    """Answer what Starlette itself refuses: an unknown address, or another method of a page."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    known: dict[int, Callable[[], ApiError]] = {404: NotFound, 405: MethodNotAllowed}
    return problem_response(known.get(status, InternalError)(), request_id_of(request))


async def _answer_api_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, ApiError)  # noqa: S101  registered for this class
    return problem_response(error, request_id_of(request))


async def _answer_exception(request: Request, error: Exception) -> Response:
    logs.event("failed", logs.ERROR, failed=error, request_id=request_id_of(request))
    return problem_response(InternalError(), request_id_of(request))
