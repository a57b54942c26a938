"""Goals of a chart, and how both sides rate them over the year."""

from collections.abc import Sequence

from integration_api.demo.front import Json
from integration_api.demo.story import Story


def goals(story: Story, at: str, ratings: Sequence[Json] = (), *, insight: str | None = None, **facts: object) -> None:
    """Tell of a goal that the therapist writes down with the patient, and of its ratings by either side."""
    moment = story.days.read(at)
    goal_id = story.new_id(moment)
    insight_id = story.named[insight] if insight else None
    links = {"patient_id": story.patient_id, "course_id": story.course_id, "insight_id": insight_id}

    async def write() -> None:
        await story.therapist.make("/goals", {"id": goal_id, **links, **facts})

    story.at(moment, write)
    for rating in ratings:
        _rates(story, goal_id, **rating)


def _rates(story: Story, goal_id: str, at: str, by: str, **facts: object) -> None:
    moment = story.days.read(at)
    body = {"id": story.new_id(moment), "rated_at": moment.isoformat(), **facts}

    async def rate() -> None:
        side = story.patient if by == "patient" else story.therapist
        await side.make(f"/goals/{goal_id}/ratings", body)

    story.at(moment, rate)
