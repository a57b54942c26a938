"""The last hour of the demo: what waits now, told in minutes before the present, whatever the day and the hour."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from integration_api.demo.front import Clock, Json, Person
from integration_api.demo.stories import CLINIC
from integration_api.demo.story import Story
from integration_api.resources.oversight.exports.exporter import Exporter

_RAISED, _ASKED = timedelta(minutes=12), timedelta(minutes=8)
"""Before the end of the story: so that no flag is overdue when somebody comes in."""


async def tell_last_hour(clock: Clock, stories: Sequence[Story], now: datetime) -> None:
    """Raise flags in several states, plan a group session, make an export, and ask for a copy of a record."""
    by_name = {story.patient_name: story for story in stories}
    clock.move(now - _RAISED)
    for flag in CLINIC["flags"]:
        await _flag(by_name[flag["chart"]], flag["steps"], {name: flag[name] for name in ("severity", "text")})
    group = CLINIC["group_session"]
    members = [by_name[name] for name in group["charts"]]
    therapist, days = members[0].therapist, members[0].days
    times = {f"planned_{name}_at": days.read(group[name]).isoformat() for name in ("start", "end")}
    facts = {name: group[name] for name in ("topic", "phase", "modality")}
    ids = {"patient_ids": [story.patient_id for story in members], "facilitator_ids": [therapist.id]}
    await therapist.make("/group-sessions", {**facts, **times, **ids})
    clock.move(now - _ASKED)
    await members[0].patient.make("/me/exports", {})
    await Exporter(members[0].front.runtime).turn()
    asked = members[1]
    await asked.patient.make("/record-requests", {"patient_id": asked.patient_id, "text": CLINIC["record_request"]})


async def _flag(story: Story, steps: Sequence[Json], facts: Json) -> None:
    """Raise a flag, and take these steps with it."""
    person: Person = story.therapist
    path = f"/flags/{(await person.make('/flags', {'patient_id': story.patient_id, **facts}))['id']}"
    for step in steps:
        body = {name: value for name, value in step.items() if name != "step"}
        if step["step"] == "contact":
            await person.make(f"{path}/contact", body)
            await person.read(path)
        else:
            await person.act(f"{path}/{step['step']}", body)
