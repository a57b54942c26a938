"""Reading and searching by FHIR: which operation of the plain API is asked, and how its value is shown."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from starlette.responses import Response

from integration_api.access.work import Work
from integration_api.fhir.bundle_pages import WHOLE, first_part, page_of, parts_of_compartment
from integration_api.fhir.bundles import base_of, bundle, one, written
from integration_api.fhir.capabilities import capability_statement
from integration_api.fhir.elements import Json
from integration_api.fhir.identifiers import parted
from integration_api.fhir.referred_staff import with_staff
from integration_api.fhir.search_parameters import OF_A_PAGE, OF_A_READ, OF_A_SEARCH, Asked, asked_of, refused
from integration_api.fhir.served_types import SEARCHED_ALONE, TYPES, Source, filters_of
from integration_api.fhir.smart_tokens import token_address
from integration_api.fhir.translation import translated
from integration_api.web.errors import NotFound
from integration_api.web.paging import Page

_OK = 200


async def read_fhir_capabilities(work: Work) -> Response:
    """Return what is served."""
    return written(capability_statement(base_of(work), token_address(work)))


async def read_fhir_resource(work: Work, kind: str, resource_id: str) -> Response:
    """Return one resource; 304 if the client has this version. Raises NotFound, BadRequest."""
    if kind not in TYPES or kind in SEARCHED_ALONE:
        raise NotFound
    asked_of(work.scope, OF_A_READ)
    response = await _read(work, kind, resource_id, one)
    entity_tag = response.headers.get("etag")
    if response.status_code == _OK and entity_tag and entity_tag in _wanted(work):
        return Response(status_code=304, headers={"ETag": entity_tag})
    return response


async def search_fhir_resources(work: Work, kind: str) -> Response:
    """Return one page of the resources of a type that the actor may see. Raises NotFound, BadRequest."""
    if kind not in TYPES:
        raise NotFound
    asked = asked_of(work.scope, filters_of(kind) | OF_A_SEARCH)
    if asked.ids:
        return await _search_by_ids(work, kind, asked)
    parts = [(number, source) for number, source in enumerate(TYPES[kind]) if _is_asked(work, source, asked)]
    return await page_of(work, kind, asked, parts)


async def search_fhir_resources_by_form(work: Work, kind: str) -> Response:
    """Return the same page; the parameters were in a form. Raises NotFound, BadRequest."""
    return await search_fhir_resources(work, kind)


async def read_fhir_everything(work: Work, patient_id: str) -> Response:
    """Return the patient, and after that page by page all that belongs to them, with the staff that it refers to.

    Raises NotFound, BadRequest.
    """
    asked = asked_of(work.scope, OF_A_PAGE, patient_id)
    if asked.patient_id is None:
        raise NotFound
    path = f"Patient/{patient_id}/$everything"
    if asked.place == 0:
        shown = _alone(work, path, asked, first_part(work))
        return _untagged(await _read(work, "Patient", patient_id, shown))
    return await with_staff(work, await page_of(work, path, asked, parts_of_compartment()))


def _untagged(response: Response) -> Response:
    """Return a Bundle without the entity tag of the one resource in it."""
    if "ETag" in response.headers:
        del response.headers["ETag"]
    return response


def _wanted(work: Work) -> list[str]:
    """Return the entity tags that the client has."""
    headers: dict[bytes, bytes] = dict(work.scope["headers"])
    return [part.strip(" ") for part in headers.get(b"if-none-match", b"").decode("latin-1").split(",")]


def _is_asked(work: Work, source: Source, asked: Asked) -> bool:
    """Return whether a list can hold what is asked for: it has every filter, and is not of the actor's own chart."""
    is_of_another = source.is_of_patient_alone and asked.patient_id not in (None, work.actor.patient_id)
    return asked.named <= source.known and not is_of_another


async def _search_by_ids(work: Work, kind: str, asked: Asked) -> Response:
    """Return a Bundle of the resources with these ids. One that is not there is missing. Raises BadRequest."""
    if kind in SEARCHED_ALONE:
        raise refused("_id", "not_supported", "nothing of this type is found by its id")
    if len(asked.ids) == 1:
        try:
            response = _untagged(await _read(work, kind, asked.ids[0], _alone(work, kind, asked, None)))
        except NotFound:
            return bundle(work, kind, [], asked.kept, None)
        return bundle(work, kind, [], asked.kept, None) if response.status_code == NotFound.status else response
    found = [pair for resource_id in asked.ids if (pair := _named(kind, resource_id)) is not None]
    if not found:
        return bundle(work, kind, [], asked.kept, None)
    source, *others = {source for source, _ in found}
    if others or not source.takes_ids:
        raise refused("_id", "too_many", "ask for one of this type at a time")

    def render(value: object) -> Response:
        items = value.items if isinstance(value, Page) else []
        return bundle(work, kind, [source.mapped(item) for item in items if source.shows(item)], asked.kept, None)

    wanted = {"ids": ",".join(str(ids[-1]) for _, ids in found)}
    return await translated(work, source.list_route, render, {}, wanted, kind)


def _alone(work: Work, path: str, asked: Asked, cursor: str | None) -> Callable[[Json], Response]:
    """Return the function that shows one resource in a Bundle."""
    return lambda resource: bundle(work, path, [resource], asked.kept, cursor)


def _named(kind: str, resource_id: str) -> tuple[Source, Sequence[UUID]] | None:
    """Return the source of an id, and the ids of the plain API that it stands for; None if it is none of this type."""
    for source in TYPES[kind]:
        if resource_id.startswith(source.prefix):
            ids = parted(resource_id.removeprefix(source.prefix), len(source.parameters))
            if ids is not None:
                return source, ids
    return None


async def _read(work: Work, kind: str, resource_id: str, shown: Callable[[Json], Response]) -> Response:
    """Return one resource as `shown` makes a response of it. Raises NotFound."""
    found = _named(kind, resource_id)
    if found is None:
        raise NotFound
    source, ids = found

    def render(value: object) -> Response:
        items: Sequence[Any] = value.items if isinstance(value, Page) else [value]
        if source.whole is not None:
            return shown(source.whole(ids[-1], items))
        wanted = [item for item in items if item.id == ids[-1] and source.shows(item)]
        if not wanted:
            raise NotFound
        return shown(source.mapped(wanted[0]))

    texts = [str(one_id) for one_id in ids]
    route = source.read_route or source.list_route
    if source.read_route is not None:
        place, query = dict(zip(source.parameters, texts, strict=True)), dict[str, str]()
    elif source.whole is not None:
        place, query = {"patient_id": texts[-1]}, WHOLE
    elif source.within is not None:
        place, query = {source.within.place: texts[0]}, WHOLE
    else:
        place, query = {}, ({"ids": texts[-1]} if source.takes_ids else {})
    return await translated(work, route, render, place, query, kind)
