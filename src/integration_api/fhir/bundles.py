"""Responses of FHIR: one resource, or a page of them in a Bundle, with addresses that clients can follow."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import urlencode

from starlette.responses import Response

from integration_api.access.work import Work
from integration_api.fhir.elements import Json, pruned
from integration_api.fhir.operation_outcomes import MEDIA_TYPE
from integration_api.fhir.translation import weak

PATH = "/fhir/R4"
_HOST = re.compile(r"[A-Za-z0-9.\-]+(:[0-9]{1,5})?|\[[0-9a-fA-F:.]+\](:[0-9]{1,5})?")


def base_of(work: Work) -> str:
    """Return the address of the FHIR service: below the public address, or as the request names the server."""
    if work.runtime.public_url is not None:
        return work.runtime.public_url + PATH
    host = next((value.decode("latin-1") for name, value in work.scope["headers"] if name == b"host"), "")
    return f"{work.scope['scheme']}://{host}{PATH}" if _HOST.fullmatch(host) else PATH


def written(resource: Json, headers: Mapping[str, str] | None = None) -> Response:
    """Return a resource as FHIR JSON."""
    body = json.dumps(pruned(resource), ensure_ascii=False, allow_nan=False).encode()
    return Response(body, 200, dict(headers or {}), MEDIA_TYPE)


def one(resource: Json) -> Response:
    """Return one resource, with the headers of its version and of its last change."""
    headers = {}
    meta = resource["meta"]
    if "versionId" in meta:
        headers["ETag"] = weak(meta["versionId"])
    if meta.get("lastUpdated"):
        changed = datetime.fromisoformat(meta["lastUpdated"])
        headers["Last-Modified"] = format_datetime(changed, usegmt=True)
    return written(resource, headers)


def bundle(
    work: Work, path: str, resources: Sequence[Json], asked: Sequence[tuple[str, str]], cursor: str | None
) -> Response:
    """Return one page of resources; `path` and `asked` are those of the search. A Bundle has no total here."""
    base = base_of(work)
    links = [{"relation": "self", "url": _address(base, path, asked)}]
    if cursor is not None:
        links.append({"relation": "next", "url": _address(base, path, [*asked, ("_cursor", cursor)])})
    entries = [_entry(base, resource, "match") for resource in resources]
    return written({"resourceType": "Bundle", "type": "searchset", "link": links, "entry": entries})


def with_included(work: Work, page: Json, resources: Sequence[Json]) -> Response:
    """Return a Bundle with resources that those in it refer to."""
    included = [_entry(base_of(work), resource, "include") for resource in resources]
    return written({**page, "entry": [*page["entry"], *included]})


def _entry(base: str, resource: Json, mode: str) -> Json:
    address = f"{base}/{resource['resourceType']}/{resource['id']}"
    return {"fullUrl": address, "resource": resource, "search": {"mode": mode}}


def _address(base: str, path: str, asked: Sequence[tuple[str, str]]) -> str:
    return f"{base}/{path}?{urlencode(asked)}" if asked else f"{base}/{path}"
