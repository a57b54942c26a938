"""Trajectories: doses of other resources, and scores around the first of them."""

from tests.factories.measure_responses import answered, answers
from tests.scene.requests import reads
from tests.scene.scene import Scene, planted

BEFORE = "2026-11-19T18:00:00Z"
PATH = "/patients/{patient_id}/trajectory"


@planted
async def scores(s: Scene) -> None:
    """Add scores before and after the doses of a course, and one that is a lower bound."""
    await answered(s.therapist, s.chart, answers=answers([2] * 9), completed_at=BEFORE)
    await answered(s.therapist, s.chart)
    await answered(s.therapist, s.chart, instrument_id="pcl5", answers=answers([2] * 19, "pcl5"))


reads("read_trajectory", "therapist", PATH)
reads("read_trajectory (by the patient)", "patient", PATH)
reads("read_trajectory (since a day)", "therapist", PATH + "?from=2026-11-01T00:00:00Z")
reads("draw_trajectory", "therapist", PATH + ".svg?instrument_id=phq9")
