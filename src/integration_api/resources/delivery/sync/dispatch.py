"""From an item of a batch to the route of its operation: the same exchange as of a single request."""

import json
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message

from integration_api.access.conflicts import HEADER, OnConflict
from integration_api.access.route import ActionRoute
from integration_api.access.work import Work
from integration_api.resources.attention.inbox.router import router as inbox_router
from integration_api.resources.attention.worklist.router import router as worklist_router
from integration_api.resources.care.courses.router import router as courses_router
from integration_api.resources.care.home_counts.router import router as home_counts_router
from integration_api.resources.care.medicines.router import router as medicines_router
from integration_api.resources.care.sessions.router import router as sessions_router
from integration_api.resources.delivery.sync.rules import path_values
from integration_api.resources.delivery.sync.schemas import SyncItem, SyncOperation
from integration_api.resources.journal.goals.router import router as goals_router
from integration_api.resources.journal.notes.router import router as notes_router
from integration_api.resources.journal.plans.router import router as plans_router
from integration_api.resources.journal.practices.router import router as practices_router
from integration_api.resources.journal.reflections.router import router as reflections_router
from integration_api.resources.journal.safety_plans.router import router as safety_plans_router
from integration_api.resources.journal.shared_summaries.router import router as shared_summaries_router
from integration_api.resources.measures.check_ins.router import router as check_ins_router
from integration_api.resources.measures.measure_responses.router import router as measure_responses_router
from integration_api.web.errors import Invalid
from integration_api.web.problems import problem_response

ROUTES: Mapping[str, ActionRoute] = {
    route.name: route
    for router in (
        inbox_router,
        worklist_router,
        courses_router,
        sessions_router,
        medicines_router,
        home_counts_router,
        notes_router,
        reflections_router,
        goals_router,
        plans_router,
        practices_router,
        safety_plans_router,
        shared_summaries_router,
        measure_responses_router,
        check_ins_router,
    )
    for route in router.routes
    if isinstance(route, ActionRoute) and route.name in set(SyncOperation)
}
"""The route of each operation of the allow-list."""
_KEPT_HEADERS = {b"authorization"}


def thing_of(item: SyncItem) -> str | None:
    """Return the id of the thing whose version an item names, the first in its path; None if its path has none.

    However its letters are written: one thing has one id.
    """
    place = ROUTES[item.operation].path.split("/")
    at = next((at for at, part in enumerate(place, 1) if part.startswith("{")), 0)
    given = item.path.split("/")
    return given[at].lower() if 0 < at < len(given) else None


async def answer(work: Work, item: SyncItem) -> Response:
    """Return the response to one item, made by its own operation for the actor of the batch."""
    route, prefix = ROUTES[item.operation], str(work.scope["template"]).rpartition("/")[0]
    values = path_values(prefix + route.path, item.path)
    if values is None:
        message = f"must be a path of {item.operation}: {prefix}{route.path}"
        return _refused(work, "path", "other_operation", message)
    if item.on_conflict is not OnConflict.REFUSE and HEADER not in route.declared.header_names:
        return _refused(work, "on_conflict", "not_taken", f"{item.operation} keeps no second draft")
    body = b"" if item.body is None else json.dumps(item.body).encode()

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    scope = {
        **work.scope,
        "method": next(iter(route.methods or {"POST"})),
        "path": item.path,
        "raw_path": item.path.encode(),
        "query_string": b"",
        "headers": _headers(work, item),
        "path_params": values,
    }
    return await route.answer(Request(scope, receive))


def _headers(work: Work, item: SyncItem) -> list[tuple[bytes, bytes]]:
    """Return the headers of one item: who asks, from the batch, and what a single request of it would send."""
    given = [(name, value) for name, value in work.scope["headers"] if name in _KEPT_HEADERS]
    given.append((b"idempotency-key", item.key.encode()))
    if item.body is not None:
        given.append((b"content-type", b"application/json"))
    if item.if_match is not None:
        given.append((b"if-match", item.if_match.encode()))
    if item.on_conflict is not OnConflict.REFUSE:
        given.append((HEADER.lower().encode(), item.on_conflict.encode()))
    return given


def _refused(work: Work, field: str, code: str, message: str) -> Response:
    return problem_response(Invalid(errors=[{"field": field, "code": code, "message": message}]), work.request_id)
