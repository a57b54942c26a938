"""Holds and erasures for tests."""

from tests.support import Json, Person, World


async def keep_nothing(world: World) -> None:
    """The clinic's policy: a chart may be erased from its last day on."""
    clinic = await world.admin.get("/clinic")
    await world.admin.patch("/clinic", {"policies": {"retention_years": 0}}, clinic["version"])


async def erase(admin: Person, patient_id: str, *, key: str | None = None) -> Json:
    """Erase a chart at its present version."""
    version = (await admin.get(f"/patients/{patient_id}"))["version"]
    done: Json = await admin.post(f"/patients/{patient_id}/erasure", match=version, expect=200, key=key)
    return done
