"""Batches of offline work for tests."""

from tests.support import Json, Person


def item(key: str, operation: str, path: str, body: object = None, **more: object) -> Json:
    """One item of a batch."""
    return {"key": key, "operation": operation, "path": f"/v1{path}", "body": body, **more}


def create(key: str, text: str = "The lake was still.", **more: object) -> Json:
    """An item that begins a reflection."""
    return item(key, "create_reflection", "/reflections", {"text": text}, **more)


def begin(key: str, own_id: str, text: str = "The lake was still.") -> Json:
    """An item that begins a reflection with an id of its own."""
    return item(key, "create_reflection", "/reflections", {"id": own_id, "text": text})


def edit(key: str, thing: str, body: Json, version: int = 1, **more: object) -> Json:
    """An item that changes a reflection, and keeps both texts if that comes too late."""
    facts = {"if_match": f'"{version}"', "on_conflict": "keep_both", **more}
    return item(key, "update_reflection", f"/reflections/{thing}", body, **facts)


async def sync(person: Person, *items: Json) -> list[Json]:
    """The results of a batch."""
    results: list[Json] = (await person.post("/sync", {"items": [*items]}, expect=200))["results"]
    assert [found["key"] for found in results] == [sent["key"] for sent in items]
    return results


def codes(results: list[Json]) -> list[object]:
    """Of each result its status, or the code of its problem, or why it was not attempted."""
    return [found["not_attempted"] or (found["problem"] or {}).get("code") or found["status"] for found in results]
