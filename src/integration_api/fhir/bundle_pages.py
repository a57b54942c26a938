"""Pages of a FHIR search: a type may have several lists behind it, and they follow one another page by page.

A page is of one list, so it costs what a page of the plain API costs. Its cursor has the number of the list and that
list's own cursor, which is bound to the account and the filters.
"""

from collections.abc import Sequence
from uuid import UUID

from starlette.responses import Response

from integration_api.access.policy import granted
from integration_api.access.work import Work
from integration_api.fhir.bundles import bundle
from integration_api.fhir.elements import Json
from integration_api.fhir.search_parameters import ENCOUNTER, PATIENT, Asked, refused
from integration_api.fhir.served_types import COMPARTMENT, KIND_OF, ROUTES, Above, Source
from integration_api.fhir.translation import scope_of, translated
from integration_api.web.paging import MAX_LIMIT, Page

Part = tuple[int, Source]
"""The number of a list in its search, and the list."""
_OK = 200
_NOTHING_THERE = frozenset({404, 409})
"""There is no such session, or it is none with readings: a search for what belongs to it finds nothing."""
WHOLE = {"limit": str(MAX_LIMIT)}
"""The query of a list that is asked for at once, as far as a list goes."""


def parts_of_compartment() -> list[Part]:
    """Return the lists of what belongs to a patient. The number 0 is the patient."""
    return [*enumerate(COMPARTMENT, start=1)]


def first_part(work: Work) -> str | None:
    """Return the cursor of the first list of a compartment that the actor may see."""
    following = _granted(work, parts_of_compartment())
    return str(following[0][0]) if following else None


def _granted(work: Work, parts: Sequence[Part]) -> list[Part]:
    """Return the parts that the policy lets the actor list."""
    return [part for part in parts if may_list(work, part[1])]


def may_list(work: Work, source: Source) -> bool:
    """Return whether the policy lets the actor list what is behind a source, and a program has its scope."""
    return granted(source.list_route.operation, work.actor, scope_of(KIND_OF[source])) is not None


async def page_of(work: Work, path: str, asked: Asked, parts: Sequence[Part]) -> Response:
    """Return a page of one list; the next is of the same list, or of the one that follows.

    If the policy gives the actor none of the lists, the first one refuses. Raises BadRequest.
    """
    open_parts = _granted(work, parts) or parts[:1]
    left = [part for part in open_parts if part[0] >= asked.place]
    if not left:
        return bundle(work, path, [], asked.kept, None)
    number, source = left[0]
    following = str(left[1][0]) if len(left) > 1 else None
    begun = asked if number == asked.place else asked.from_the_start()
    if source.within is not None and (begun.encounter_id is None or source.within.parameter is None):
        return await _page_within(work, path, begun, left[0], source.within, following)
    place = _place(work, source, begun)

    def render(found: object) -> Response:
        resources, cursor = resources_of(source, place, begun, found)
        return bundle(work, path, resources, asked.kept, f"{number}.{cursor}" if cursor else following)

    response = await translated(
        work, source.list_route, render, place, query_of(source, begun, begun.cursor), KIND_OF[source]
    )
    if source.within is not None and response.status_code in _NOTHING_THERE:
        return bundle(work, path, [], asked.kept, following)
    return response


async def _page_within(
    work: Work, path: str, asked: Asked, part: Part, above: Above, following: str | None
) -> Response:
    """Return a page of a list that is below a session or a reflection: of one after the other.

    They are asked for one by one, so that a page is of one list here too.
    """
    number, source = part
    query = {**above.always, "limit": "1"}
    query |= {"patient_id": str(asked.patient_id)} if asked.patient_id else {}
    query |= {"cursor": asked.cursor} if asked.cursor else {}
    held: list[Page[Json]] = []

    def hold(found: object) -> Response:
        held.extend([found] if isinstance(found, Page) else [])
        return Response()

    response = await translated(work, ROUTES[above.lists], hold, {}, query, KIND_OF[source])
    if response.status_code != _OK:
        return response
    [found_above] = held
    if not found_above.items:
        return bundle(work, path, [], asked.kept, following)
    place = {above.place: str(found_above.items[0].id)}  # type: ignore[attr-defined]  # it has an id
    following = f"{number}.{found_above.next_cursor}" if found_above.next_cursor else following

    def render(found: object) -> Response:
        resources, cursor = resources_of(source, place, asked, found)
        same = f"{number}.{asked.cursor or ''}.{cursor}"
        return bundle(work, path, resources, asked.kept, same if cursor else following)

    return await translated(
        work, source.list_route, render, place, query_of(source, asked, asked.inner_cursor), KIND_OF[source]
    )


def _place(work: Work, source: Source, asked: Asked) -> dict[str, str]:
    """Return what stands in the path of a list. Raises BadRequest if it needs a patient."""
    if source.within is not None:
        return {source.within.place: str(asked.encounter_id)}
    if source.whole is None:
        return {}
    owner = asked.patient_id or work.actor.patient_id
    if owner is None:
        raise refused(PATIENT, "missing", "needed, and not there")
    return {"patient_id": str(owner)}


def query_of(source: Source, asked: Asked, cursor: str | None) -> dict[str, str]:
    """Return the filters of the plain list."""
    if source.whole is not None:
        return dict(WHOLE)
    given = {PATIENT: asked.patient_id, ENCOUNTER: asked.encounter_id}
    query = dict(source.always)
    query |= {plain: str(given[name]) for name, plain in source.filters.items() if given[name] is not None}
    bounds = zip(source.dates or (), (asked.since, asked.until), strict=False)
    query |= {plain: bound for plain, bound in bounds if bound is not None}
    if "limit" in source.list_route.declared.query_names:
        query["limit"] = str(asked.count)
    return query | ({"cursor": cursor} if cursor else {})


def resources_of(source: Source, place: dict[str, str], asked: Asked, found: object) -> tuple[list[Json], str | None]:
    """Return the resources of a value of the plain API, and the cursor of its next page."""
    if not isinstance(found, Page):
        return [source.mapped(found)], None
    if source.whole is not None:
        return [source.whole(UUID(place["patient_id"]), found.items)], None
    items = [item for item in found.items if source.within is None or asked.patient_id in (None, item.patient_id)]
    return [source.mapped(item) for item in items if source.shows(item)], found.next_cursor
