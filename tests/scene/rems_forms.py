"""REMS forms."""

from datetime import timedelta

from tests.factories.discharges import discharge
from tests.factories.doses import dose
from tests.factories.monitoring import pressures_of_rems, upload
from tests.factories.rems_forms import ANSWERS
from tests.factories.sessions import move
from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted
from tests.support import Json


async def _treated(s: Scene, session: Json | None = None) -> str:
    """Return the address of the form of an esketamine session, which lacks no more than the answers."""
    made = session or await s.ready_session()
    at = (s.world.api.clock() - timedelta(hours=3)).isoformat()
    spray: Json = {"route": "intranasal_esketamine", "amount": 56, "devices": 2, "given_while_held": True}
    given = await dose(s.therapist, made, **spray, lot=s.word("text-lot"), given_at=at)
    await upload(s.therapist, made, *pressures_of_rems(given["given_at"]))
    if session is None:
        await discharge(s.therapist, made)
    return f"/sessions/{made['id']}/rems-form"


async def _send(s: Scene, path: str) -> None:
    await s.therapist.put(path, ANSWERS, match=0)
    await s.therapist.post(f"{path}/submit", {"confirmation": s.word("text-confirmation")}, match=1, expect=200)


@planted
async def rems_form(s: Scene) -> None:
    """Give esketamine in the session that others read, and send its form; then a device whose lot nobody wrote."""
    session = await s.therapist.get(f"/sessions/{s.ids['session_id']}")
    begun = await move(s.therapist, session, "start")
    await _send(s, await _treated(s, begun))
    second = {"route": "intranasal_esketamine", "amount": 28, "devices": 1, "kind": "second_device"}
    await s.therapist.post(f"/sessions/{begun['id']}/doses", {**second, "given_while_held": True})


reads("read_rems_form", "therapist", "/sessions/{session_id}/rems-form")


@operation("read_rems_form (nobody answered)")
async def _(s: Scene) -> Request:
    return Request(s.therapist, "GET", await _treated(s))


@operation("update_rems_form")
async def _(s: Scene) -> Request:
    return Request(s.therapist, "PUT", await _treated(s), ANSWERS, 0)


@operation("submit_rems_form")
async def _(s: Scene) -> Request:
    path = await _treated(s)
    await s.therapist.put(path, ANSWERS, match=0)
    return Request(s.therapist, "POST", f"{path}/submit", {"confirmation": s.word("text-confirmation")}, 1)
