"""The worklist: other resources write it."""

from tests.factories.reflections import submitted
from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene

reads("read_left_worklist", "admin", "/accounts/{account_id}/worklist")


@operation("complete_task")
async def _(s: Scene) -> Request:
    made = await submitted(s.patient, share=True, ratings={"distress": 10})
    tasks = (await s.therapist.get("/worklist", params={"limit": 100}))["items"]
    task = next(task for task in tasks if task["subject_id"] == made["id"])
    return Request(s.therapist, "POST", f"/worklist/{task['id']}/done")
