"""Containers of controlled drugs, and their registers."""

from integration_api.access.actor import Role
from tests.factories.custody import LABEL, dispensed, entered
from tests.factories.doses import dose
from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted
from tests.support import Json

_AT = "/custody-containers/{container_id}"


def _label(s: Scene) -> Json:
    texts = {name: s.word(f"stock-{name}") for name in ("formulation", "strength", "lot")}
    return {**LABEL, **texts, "kept_at": s.word("stock-kept"), "opening_amount": 100}


async def _container(s: Scene) -> Json:
    made: Json = await s.world.admin.post("/custody-containers", _label(s))
    return made


def _words(s: Scene) -> Json:
    return {"reason": s.word("stock-reason"), "place": s.word("stock-place")}


async def _dose(s: Scene) -> Json:
    made = await s.ready_session()
    return {"dose_id": (await dose(s.therapist, made))["id"], "amount": 0.5}


@planted
async def custody(s: Scene) -> None:
    """Add a container with an entry of each kind of field, and a supply for home that was taken back."""
    made, other = await _container(s), await _container(s)
    path = f"/custody-containers/{made['id']}"
    wasted = await entered(s.therapist, made, "wasted", 1, **_words(s))
    await s.people["colleague"].post(f"{path}/entries/{wasted['id']}/witness", {"reason": s.word("stock-seen")})
    await entered(s.therapist, made, "transferred_out", 2, to_container_id=other["id"], reason=s.word("stock-reason"))
    await s.therapist.post(f"{path}/administer", await _dose(s))
    wrong = await dispensed(s.therapist, made, s.chart)
    await s.therapist.post(f"{path}/entries/{wrong['id']}/reverse", {"reason": s.word("stock-reason")})
    await dispensed(s.therapist, made, s.chart)
    await entered(s.therapist, made, "counted", 1, reason=s.word("stock-reason"))
    s.ids["container_id"], s.ids["entry_id"] = made["id"], wasted["id"]


reads("list_custody_containers", "auditor", "/custody-containers")
reads("list_custody_containers (unexplained)", "therapist", "/custody-containers?unexplained=true")
reads("read_custody_container", "therapist", _AT)
reads("read_custody_register", "therapist", _AT + "/register")


@operation("create_custody_container")
async def _(s: Scene) -> Request:
    return Request(s.world.admin, "POST", "/custody-containers", _label(s))


@operation("record_custody_entry")
async def _(s: Scene) -> Request:
    made, other = await _container(s), await _container(s)
    body = {"kind": "transferred_out", "amount": 1.5, "to_container_id": other["id"]}
    return Request(s.therapist, "POST", f"/custody-containers/{made['id']}/entries", body)


@operation("record_custody_entry (wasted)")
async def _(s: Scene) -> Request:
    path = f"/custody-containers/{(await _container(s))['id']}/entries"
    return Request(s.therapist, "POST", path, {"kind": "wasted", "amount": 0.5, **_words(s)})


@operation("administer_from_container")
async def _(s: Scene) -> Request:
    path = f"/custody-containers/{(await _container(s))['id']}/administer"
    return Request(s.therapist, "POST", path, await _dose(s))


@operation("dispense_from_container")
async def _(s: Scene) -> Request:
    path = f"/custody-containers/{(await _container(s))['id']}/dispense"
    return Request(s.therapist, "POST", path, {"patient_id": s.chart, "amount": 2, "days_supply": 14})


@operation("reverse_custody_entry")
async def _(s: Scene) -> Request:
    made = await _container(s)
    wrong = await dispensed(s.therapist, made, s.chart)
    path = f"/custody-containers/{made['id']}/entries/{wrong['id']}/reverse"
    return Request(s.therapist, "POST", path, {"reason": s.word("stock-reason")})


@operation("witness_custody_entry")
async def _(s: Scene) -> Request:
    made = await _container(s)
    entry = await entered(await s.world.staff(Role.PRESCRIBER), made, "wasted", 1, **_words(s))
    return Request(
        s.therapist,
        "POST",
        f"/custody-containers/{made['id']}/entries/{entry['id']}/witness",
        {"reason": s.word("stock-seen")},
    )
