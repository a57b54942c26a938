"""A run of the kit against one deployment, and its result as text, JSON and JUnit."""

import time
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from xml.etree import ElementTree

import httpx

from integration_api.operating.conformance.callers import Broken, Caller, Json, NotShown, Record
from integration_api.operating.conformance.cast import Cast, make_cast
from integration_api.operating.conformance.promise_checks import PROMISES, Promise

_OF_NO_SHAPE = (
    *(LookupError, TypeError, ValueError, AttributeError, RuntimeError, EOFError),
    *(zipfile.BadZipFile, zlib.error),
)
"""Failures of reading a response, an archive too. NotImplementedError is a RuntimeError."""
KEPT, BROKEN, NOT_SHOWN = "kept", "broken", "not_shown"
CANNOT_SHOW = (
    "that text is encrypted in the database and in backups",
    "that backups can be restored, and that an erased chart is gone from them",
    "the acts of an administrator of the machine, of the database or of the keys",
    "that a package of a chart comes back equal: `integration-api chart` is a command, not a request",
    "that it goes on as it is now after this run",
)
"""Facts that nobody can see by HTTP."""


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome of one promise."""

    name: str
    outcome: str
    detail: str
    seconds: float


@dataclass(slots=True)
class Run:
    """The results of a run, and what the deployment says of itself."""

    url: str
    version: str = ""
    revision: str = ""
    ledger_head: str | None = None
    results: list[Result] = field(default_factory=list)
    requests: int = 0

    def outcomes(self, outcome: str) -> list[Result]:
        """Return the promises with this outcome."""
        return [one for one in self.results if one.outcome == outcome]

    def as_json(self) -> Json:
        """Return everything, for a machine."""
        return {**asdict(self), "cannot_show": list(CANNOT_SHOW)}

    def as_junit(self) -> bytes:
        """Return the results in the format of JUnit."""
        told = {
            "tests": len(self.results),
            "failures": len(self.outcomes(BROKEN)),
            "skipped": len(self.outcomes(NOT_SHOWN)),
        }
        suite = ElementTree.Element(
            "testsuite",
            {"name": "integration-api conformance", **{name: str(count) for name, count in told.items()}},
        )
        facts = ElementTree.SubElement(suite, "properties")
        for name in ("url", "version", "revision", "ledger_head"):
            ElementTree.SubElement(facts, "property", {"name": name, "value": str(getattr(self, name) or "")})
        for one in self.results:
            case = ElementTree.SubElement(suite, "testcase", {"name": one.name, "time": f"{one.seconds:.3f}"})
            if one.outcome != KEPT:
                word = "failure" if one.outcome == BROKEN else "skipped"
                ElementTree.SubElement(case, word, {"message": one.detail})
        made: bytes = ElementTree.tostring(suite, encoding="utf-8", xml_declaration=True)
        return made


async def run_kit(client: httpx.AsyncClient, token: str, promises: Sequence[Promise] = PROMISES) -> Run:
    """Try each promise; one that is broken does not stop the others. Raises NotShown if none can be tried."""
    run = Run(str(client.base_url))
    try:
        told = await Caller(client, Record()).get("/version")
        run.version, run.revision = str(told["version"]), str(told["revision"])
        cast = await make_cast(client, token)
    except Broken as error:
        raise NotShown(str(error)) from None
    except _OF_NO_SHAPE as error:
        raise NotShown(f"a response is not of the documented shape ({type(error).__name__})") from None
    for promise in promises:
        run.results.append(await _tried(promise, cast))
    run.ledger_head = await _ledger_head(cast)
    run.requests = len(cast.record.exchanges)
    return run


async def _tried(promise: Promise, cast: Cast) -> Result:
    began, outcome, detail = time.monotonic(), KEPT, ""
    try:
        await promise.check(cast)
    except Broken as error:
        outcome, detail = BROKEN, str(error)
    except NotShown as error:
        outcome, detail = NOT_SHOWN, str(error)
    except _OF_NO_SHAPE as error:
        outcome, detail = BROKEN, f"a response is not of the documented shape ({type(error).__name__})"
    return Result(promise.name, outcome, detail, time.monotonic() - began)


async def _ledger_head(cast: Cast) -> str | None:
    """Return the newest head of the ledger that a proof names; None if no signature of the run is sealed yet."""
    try:
        notes = await cast.therapist.get("/v1/notes", limit="1")
        answer = await cast.therapist.ask("GET", f"/v1/notes/{notes['items'][0]['id']}/proof")
        return str(answer.json()["signatures"][0]["seal"]["head"]) if answer.is_success else None
    except (NotShown, Broken, LookupError, TypeError, ValueError):
        return None
