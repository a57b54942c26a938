"""Safety plans: one side writes a version, and the patient puts it in force."""

from datetime import timedelta

from integration_api.demo.front import Json
from integration_api.demo.story import Story

_READ_AFTER = timedelta(hours=15)


def safety_plans(story: Story, at: str, confirmed: str, review_on: str, **steps: object) -> None:
    """Tell of the first version, which the therapist writes in a meeting. `steps` are its six steps."""
    moment = story.days.read(at)
    plan_id = story.new_id(moment)
    day = story.days.date_of(review_on).isoformat()
    body: Json = {"id": plan_id, "patient_id": story.patient_id, "after_number": 0, "review_on": day, **steps}

    async def write() -> None:
        await story.therapist.make("/safety-plans", body)

    async def confirm() -> None:
        await story.patient.read(f"/safety-plans/{plan_id}")
        story.later(minutes=3)
        await story.patient.act(f"/safety-plans/{plan_id}/confirm")

    async def read() -> None:
        await story.therapist.read(f"/patients/{story.patient_id}/safety-plan")
        tasks = (await story.therapist.read("/worklist?limit=100"))["items"]
        [task] = [one for one in tasks if one["subject_id"] == plan_id]
        await story.front.send("POST", f"/worklist/{task['id']}/done", actor=story.therapist.actor)

    story.at(moment, write)
    story.at(story.days.read(confirmed), confirm)
    story.at(story.days.read(confirmed) + _READ_AFTER, read)
