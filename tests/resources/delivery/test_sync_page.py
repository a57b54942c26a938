"""The examples of `docs/sync.md` are sent, and answered as the page says."""

import json
import re
from pathlib import Path

from integration_api.access.conflicts import KeptBoth
from integration_api.resources.delivery.sync.schemas import MAX_ITEMS, NotAttempted
from tests.support import Json, World

PAGE = (Path(__file__).parents[3] / "docs" / "sync.md").read_text("utf-8")
EXAMPLES: list[Json] = [json.loads(text) for text in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)]


def told(answer: Json) -> list[Json]:
    """Return an example of a response without the members that differ each time."""
    return [
        {**result, "etag": (result["etag"] or "").partition("-")[0], "problem": None} for result in answer["results"]
    ]


def shortened(body: Json | None) -> Json | None:
    """A body with the fields that the page shows."""
    return body and {name: body[name] for name in ("version", "state")}


async def test_the_page_is_answered_as_it_says(world: World) -> None:
    patient = await world.patient_of(await world.therapist())
    batch, results, late, kept = EXAMPLES
    for _ in range(2):
        answer = await patient.post("/sync", batch, expect=200)
        shown = {"results": [{**found, "body": shortened(found["body"])} for found in answer["results"]]}
        assert told(shown) == told(results)
    path = batch["items"][1]["path"].removeprefix("/v1")
    await patient.patch(path, {"text": "From the other phone."}, 3)
    answer = await patient.post("/sync", late, expect=200)
    assert told(answer) == told(kept)
    problem, example = answer["results"][0]["problem"], kept["results"][0]["problem"]
    differing = ("request_id", "kept_id")
    assert {**problem, **dict.fromkeys(differing)} == {**example, **dict.fromkeys(differing)}
    assert (await patient.get(f"/reflections/{problem['kept_id']}"))["text"] == late["items"][0]["body"]["text"]


def test_the_page_names_what_there_is() -> None:
    for word in (*NotAttempted, KeptBoth.code, f"up to {MAX_ITEMS} requests"):
        assert word in PAGE
