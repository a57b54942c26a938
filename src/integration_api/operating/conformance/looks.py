"""A look through all that somebody is told by lists, views, the change feed and FHIR, for what must not be there.

It finds nothing on a path that does not work. So something that they may see is made first, and must be found.
"""

import json
from uuid import uuid4

import httpx

from integration_api.operating.conformance.callers import Caller, Json, NotShown, code_of, shape_of
from integration_api.operating.conformance.cast import Cast, until

_PLAIN = ("reflections", "notes", "sessions", "plans", "practices", "attachments", "flags", "worklist", "changes")
_VIEWS = ("timeline", "threads", "chart")
_FHIR = ("QuestionnaireResponse", "DocumentReference", "Communication", "Encounter", "AuditEvent")
_FEED = "/v1/changes"
_SHOWN = ("reflections", "notes", "sessions", "changes", "timeline", "DocumentReference", "Encounter", "$everything")
"""The paths that show an entry, a note or its session to the patient and to the care team."""
_MAX_PAGES = 200
_FEED_SECONDS = 60.0
_REFUSED = frozenset({httpx.codes.FORBIDDEN, httpx.codes.NOT_FOUND})


async def something_shared(cast: Cast) -> frozenset[bytes]:
    """Make what the patient and the care team may see, and return its ids when the change feed tells it to both."""
    entry, note = await cast.reflection(cast.word("shared"), share=True), await cast.signed_note(cast.word("shared"))
    for caller in (cast.therapist, cast.patient):
        await until(
            lambda caller=caller: _whole(caller, _FEED),  # type: ignore[misc]
            lambda feed: entry["id"].encode() in feed and note["id"].encode() in feed,
            _FEED_SECONDS,
            "the change feed did not tell of what was shared in a minute",
        )
    return frozenset(str(one).encode() for one in (entry["id"], note["id"], note["session_id"]))


async def seen_by(caller: Caller, chart: str, shared: frozenset[bytes] = frozenset()) -> bytes:
    """Return everything that somebody is told. Raises NotShown if a path lacks what is `shared` with them."""
    paths = [*(f"/v1/{name}" for name in _PLAIN), "/v1/ledger", "/v1/me/access-log", "/v1/me/inbox"]
    views = [f"/v1/patients/{chart}/{view}" for view in _VIEWS]
    asked = [*paths, *views, *(f"/fhir/R4/{name}?patient={chart}" for name in _FHIR)]
    found = []
    for path in (*asked, f"/fhir/R4/Patient/{chart}/$everything"):
        found.append(await _whole(caller, path))
        is_shown = path.split("?")[0].rpartition("/")[2] in _SHOWN
        if shared and is_shown and not any(one in found[-1] for one in shared):
            raise NotShown(f"{shape_of(path)} does not show what was shared, so nothing can be looked for there")
    return b"\n".join(found)


async def _whole(caller: Caller, path: str) -> bytes:
    """Return all pages of the change feed and of a Bundle, and the newest page of a list; nothing if it is refused."""
    pages, at = list[bytes](), path
    for _ in range(_MAX_PAGES):
        answer = await caller.ask("GET", at)
        if answer.status_code in _REFUSED:
            return b""
        if not answer.is_success:
            raise NotShown(f"{shape_of(path)} was answered {answer.status_code}")
        pages.append(answer.content)
        following = _next(path, answer.json())
        if following is None:
            return b"\n".join(pages)
        at = following
    raise NotShown(f"{shape_of(path)} has no end")


def _next(path: str, told: Json) -> str | None:
    if path == _FEED:
        return str(httpx.URL(_FEED, params={"cursor": told["next_cursor"]})) if told["has_more"] else None
    links = [one["url"] for one in told.get("link", ()) if one["relation"] == "next"] if "resourceType" in told else []
    return httpx.URL(links[0]).raw_path.decode() if links else None


async def is_hidden(caller: Caller, path: str, thing: str) -> bool:
    """Return whether somebody is answered about a thing as about one that is not there.

    That is 404, or the refusal of a role that may ask for none at all.
    """
    answer, unknown = [await caller.ask("GET", f"{path}/{one}") for one in (thing, uuid4())]
    is_of_role = answer.status_code == httpx.codes.FORBIDDEN and code_of(answer) == "forbidden"
    return (answer.status_code == httpx.codes.NOT_FOUND or is_of_role) and alike(answer) == alike(unknown)


def alike(answer: httpx.Response) -> tuple[int, list[str], Json]:
    """Return what may not differ: status, names of headers, and the error but for the request's id."""
    body = {name: value for name, value in json.loads(answer.content).items() if name != "request_id"}
    return answer.status_code, sorted(answer.headers.keys()), body
