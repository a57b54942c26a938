"""The present version of a thing, sent with a 412: a client can merge without another request.

It is the response of the GET that reads the thing, made for the same actor by the rules of that operation. So it shows
what the actor may see, and the ledger has a row for it.
"""

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, NamedTuple

from starlette.requests import Request
from starlette.responses import Response

_VERSIONED = {"id", "version"}


class Reader(NamedTuple):
    """The GET that reads what another operation changes."""

    answer: Callable[[Request], Awaitable[Response]]
    parts: int
    """The number of parts of its path, which begins the path of the other operation."""


def reading_path(path: str, models: Mapping[str, object], *, is_of_whole: bool) -> str | None:
    """Return the path of the GET whose ETag an operation at `path` names; `models` has the response of each GET.

    It is the nearest one above that answers with a version. A list of things with versions of their own ends the
    search, as no GET reads one of them. The ETag of a whole is looked for above its part.
    """
    if is_of_whole:
        path = path.rpartition("/")[0]
    while path:
        fields = getattr(models.get(path), "model_fields", {})
        if fields.keys() >= _VERSIONED:
            return path
        if not is_of_whole and "items" in fields and _has_version(fields["items"].annotation):
            return None
        path = path.rpartition("/")[0]
    return None


def _has_version(items: Any) -> bool:  # noqa: ANN401  an annotation
    return any(getattr(item, "model_fields", {}).keys() >= _VERSIONED for item in items.__args__)


async def with_current(response: Response, request: Request, reader: Reader) -> Response:
    """Return a 412 with the present version and its ETag, if the actor may read it."""
    path = "/".join(request.scope["path"].split("/")[: reader.parts])
    kept = [(name, value) for name, value in request.scope["headers"] if name == b"authorization"]
    scope = {**request.scope, "method": "GET", "path": path, "query_string": b"", "headers": kept}
    read = await reader.answer(Request(scope))
    if read.status_code != 200:  # noqa: PLR2004  OK
        return response
    body = json.loads(bytes(response.body)) | {"current": json.loads(bytes(read.body))}
    headers = {"ETag": read.headers["ETag"]}
    return Response(json.dumps(body), response.status_code, headers, response.media_type)
