"""Staff that the resources of a page refer to: added to it, as far as the caller may list them."""

import json
from collections.abc import Iterator
from http import HTTPStatus
from uuid import UUID

from starlette.responses import Response

from integration_api.access.chart_lists import MAX_IDS
from integration_api.access.work import Work
from integration_api.core.ids import id_of
from integration_api.fhir.bundle_pages import may_list
from integration_api.fhir.bundles import with_included
from integration_api.fhir.served_types import TYPES
from integration_api.fhir.translation import translated
from integration_api.web.paging import Page

KIND = "Practitioner"


async def with_staff(work: Work, response: Response) -> Response:
    """Return a Bundle with each Practitioner that it refers to, at most 100: one more list for a page, in one request.

    Nothing else that resources refer to is missing in `$everything`: the rest belongs to the patient.
    """
    [source] = TYPES[KIND]
    if response.status_code != HTTPStatus.OK or not may_list(work, source):
        return response
    page = json.loads(bytes(response.body))
    ids = list(dict.fromkeys(_referred(page)))[:MAX_IDS]
    if not ids:
        return response

    def render(found: object) -> Response:
        items = found.items if isinstance(found, Page) else []
        return with_included(work, page, [source.mapped(item) for item in items])

    wanted = {"ids": ",".join(map(str, ids))}
    return await translated(work, source.list_route, render, {}, wanted, KIND)


def _referred(value: object) -> Iterator[UUID]:
    """Yield the id of each Practitioner that is referred to, in the order of the page."""
    parts: list[object] = []
    if isinstance(value, dict):
        kind, _, found = str(value.get("reference", "")).partition("/")
        one = id_of(found) if kind == KIND else None
        if one is not None:
            yield one
        parts = [*value.values()]
    elif isinstance(value, list):
        parts = value
    for part in parts:
        yield from _referred(part)
