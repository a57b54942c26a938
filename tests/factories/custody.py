"""Containers of controlled drugs, their registers, and home counts for tests."""

from tests.support import Json, Person

LABEL: Json = {
    "drug": "ketamine",
    "formulation": "Ketamine lozenges, box",
    "strength": "100 mg",
    "lot": "K1",
    "expires_on": "2027-01-31",
    "unit": "lozenge",
    "mg_per_unit": 100,
    "kept_at": "Safe 1",
}


async def container(admin: Person, amount: float = 10, **facts: object) -> Json:
    """A container with so many lozenges of 100 mg, unless the facts say otherwise."""
    made: Json = await admin.post("/custody-containers", {**LABEL, "opening_amount": amount, **facts})
    return made


async def entered(
    person: Person, made: Json, kind: str, amount: float | None = None, expect: int = 201, **facts: object
) -> Json:
    """An entry in the register of a container; with a reason, which most kinds need."""
    body = {"kind": kind, "reason": "As seen.", **facts} | ({} if amount is None else {"amount": amount})
    found: Json = await person.post(f"/custody-containers/{made['id']}/entries", body, expect=expect)
    return found


async def dispensed(
    person: Person, made: Json, chart: str, amount: float = 2, *, days: int = 14, expect: int = 201
) -> Json:
    """An entry by which a patient is given something for home."""
    body = {"patient_id": chart, "amount": amount, "days_supply": days}
    found: Json = await person.post(f"/custody-containers/{made['id']}/dispense", body, expect=expect)
    return found


async def reversed_entry(person: Person, entry: Json, expect: int = 201) -> Json:
    """An entry that takes back this one."""
    path = f"/custody-containers/{entry['container_id']}/entries/{entry['id']}/reverse"
    found: Json = await person.post(path, {"reason": "Wrong box."}, expect=expect)
    return found


async def witnessed(person: Person, entry: Json, expect: int = 201) -> Json:
    """An entry that confirms this one."""
    path = f"/custody-containers/{entry['container_id']}/entries/{entry['id']}/witness"
    found: Json = await person.post(path, {}, expect=expect)
    return found


async def register(person: Person, made: Json) -> list[Json]:
    """All entries of a register, read page by page."""
    path, found, cursor = f"/custody-containers/{made['id']}/register?limit=3", [], ""
    while True:
        page = await person.get(path + cursor)
        found += page["items"]
        if page["next_cursor"] is None:
            return found
        cursor = f"&cursor={page['next_cursor']}"


async def balance(person: Person, made: Json) -> float:
    """The balance of a container."""
    return float((await person.get(f"/custody-containers/{made['id']}"))["balance"])


async def counted(person: Person, chart: str, mg: float, expect: int = 201, **facts: object) -> Json:
    """A count of what is left at home, now."""
    body = {"patient_id": chart, "counted_mg": mg, "counted_at": person.api.clock().isoformat(), **facts}
    made: Json = await person.post("/home-counts", body, expect=expect)
    return made
