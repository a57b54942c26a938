"""Capture links after a dose, and what is written by their token."""

from tests.factories.capture_links import by_link, issue
from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted


@planted
async def capture_link(s: Scene) -> None:
    """Issue a link twice, so that the first has ended, and write by the second, also with a wrong clock."""
    for _ in range(2):
        token = (await issue(s.therapist, {"id": s.ids["session_id"]}))["token"]
    taps = {"mood": {"mood": 6, "anxiety": 3, "connection": 8}, "text": s.word("private-captured")}
    for body in ({"word": s.word("private-word")}, {**taps, "captured_at": "2090-01-01T00:00:00Z"}):
        answer = await by_link(s.world.api, token, "POST", "/captures", body)
        assert answer.status_code == 201, answer.text


reads("read_capture_link", "therapist", "/sessions/{session_id}/capture-link")
reads("read_capture", "patient", "/capture")


@operation("create_capture_link")
async def _(s: Scene) -> Request:
    return Request(s.therapist, "POST", f"/sessions/{s.ids['session_id']}/capture-link")


@operation("delete_capture_link")
async def _(s: Scene) -> Request:
    await issue(s.therapist, {"id": s.ids["session_id"]})
    return Request(s.therapist, "DELETE", f"/sessions/{s.ids['session_id']}/capture-link")


@operation("create_capture")
async def _(s: Scene) -> Request:
    return Request(s.patient, "POST", "/captures", {"word": s.word("private-word")})
