"""Courses of treatment."""

from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted


@planted
async def course(s: Scene) -> None:
    """Add a course."""
    body = {"patient_id": s.chart, "indication": s.word("text-indication"), "intention": s.word("text-course")}
    s.ids["course_id"] = (await s.therapist.post("/courses", body, key=s.word("text-key")))["id"]


reads("list_courses", "therapist", "/courses?patient_id={patient_id}")
reads("read_course", "therapist", "/courses/{course_id}")


@operation("create_course")
async def _(s: Scene) -> Request:
    return Request(s.therapist, "POST", "/courses", {"patient_id": s.chart})


@operation("update_course")
async def _(s: Scene) -> Request:
    course = await s.therapist.post("/courses", {"patient_id": s.chart})
    return Request(s.therapist, "PATCH", f"/courses/{course['id']}", {"intention": s.word("text-course")}, 1)
