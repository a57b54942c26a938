"""REMS forms."""

from datetime import timedelta

from tests.factories.discharges import discharge
from tests.factories.doses import dose
from tests.factories.monitoring import pressures_of_rems, upload
from tests.factories.readiness import ready_session
from tests.scene.requests import Request, operation
from tests.scene.scene import Scene, planted
from tests.support import Json

ANSWERS: Json = {
    **dict.fromkeys(("patient_enrolled", "setting_enrolled", "acceptable_before", "acceptable_at_end"), True),
    **dict.fromkeys(("sedation", "dissociation", "respiratory_depression"), False),
    "concomitant": ["benzodiazepine"],
}


async def _treated(s: Scene) -> str:
    """Return the address of the form of an esketamine session, which lacks no more than the answers."""
    made = await ready_session(s.therapist, s.chart)
    at = (s.world.api.clock() - timedelta(hours=3)).isoformat()
    spray: Json = {"route": "intranasal_esketamine", "amount": 56, "devices": 2}
    given = await dose(s.therapist, made, **spray, lot=s.word("text-lot"), given_at=at)
    await upload(s.therapist, made, *pressures_of_rems(given["given_at"]))
    await discharge(s.therapist, made)
    return f"/sessions/{made['id']}/rems-form"


async def _sent(s: Scene) -> str:
    """Return the address of a form that was sent and confirmed."""
    path = await _treated(s)
    await s.therapist.put(path, ANSWERS, match=0)
    await s.therapist.post(f"{path}/submit", {"confirmation": s.word("text-confirmation")}, match=1, expect=200)
    return path


@planted
async def rems_form(s: Scene) -> None:
    """Add one that was sent and confirmed."""
    await _sent(s)


@operation("read_rems_form (nobody answered)")
async def _(s: Scene) -> Request:
    return Request(s.therapist, "GET", await _treated(s))


@operation("read_rems_form")
async def _(s: Scene) -> Request:
    return Request(s.therapist, "GET", await _sent(s))


@operation("update_rems_form")
async def _(s: Scene) -> Request:
    return Request(s.therapist, "PUT", await _treated(s), ANSWERS, 0)


@operation("submit_rems_form")
async def _(s: Scene) -> Request:
    path = await _treated(s)
    await s.therapist.put(path, ANSWERS, match=0)
    return Request(s.therapist, "POST", f"{path}/submit", {"confirmation": s.word("text-confirmation")}, 1)
