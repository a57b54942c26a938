"""Measures of a chart, as the therapist asks them in a meeting."""

from collections.abc import Sequence

from integration_api.demo.front import Json
from integration_api.demo.story import Story


def measures(story: Story, instrument: str, asked: Sequence[Json]) -> None:
    """Tell of an instrument that is asked time and again; answers are in the order of its items."""
    for one in asked:
        _asks(story, instrument, **one)


def _asks(story: Story, instrument: str, at: str, answers: Sequence[int]) -> None:
    moment = story.days.read(at)
    body = {
        "id": story.new_id(moment),
        "patient_id": story.patient_id,
        "instrument_id": instrument,
        "mode": "interview",
        "answers": {f"{instrument}.{number}": answer for number, answer in enumerate(answers, start=1)},
        "state": "completed",
        "completed_at": moment.isoformat(),
    }

    async def ask() -> None:
        await story.therapist.make("/measure-responses", body)

    story.at(moment, ask)
