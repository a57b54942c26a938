"""Records beside the notes of a chart: psychotherapy notes, the safety plan, and what was told to others."""

from collections.abc import Sequence
from datetime import timedelta
from random import Random

from integration_api.demo.front import Json
from integration_api.demo.story import Story


def confides(story: Story, at: str, text: str, *, granted: Json | None = None, is_draft: bool = False) -> None:
    """Tell of a psychotherapy note of the therapist, who may let a supervisor read it for some days."""

    async def write() -> None:
        made = await story.therapist.make(f"/patients/{story.patient_id}/psychotherapy-notes", {"text": text})
        path = f"/psychotherapy-notes/{made['id']}"
        story.later(minutes=9)
        if not is_draft:
            await story.therapist.act(f"{path}/sign")
        if granted is not None:
            until = story.clock() + timedelta(days=granted["days"])
            facts = {"account_id": story.staff[granted["who"]].id, "until": until.isoformat()}
            await story.therapist.make(f"{path}/grants", {**facts, "reason": granted["reason"]})

    story.at(story.days.read(at), write)


def safety_plans(story: Story, versions: Sequence[Json]) -> None:
    """Tell of versions of the safety plan: the therapist writes each with the patient, who may confirm it."""
    for number, version in enumerate(versions):
        _writes(story, number, **version)


def _writes(story: Story, after: int, at: str, confirmed: str | None = None, **facts: object) -> None:
    moment = story.days.read(at)
    plan_id = story.new_id(moment, Random(f"{story.patient_id} safety plan {after}"))
    body = {"id": plan_id, "patient_id": story.patient_id, "after_number": after, **facts}

    async def write() -> None:
        await story.therapist.make("/safety-plans", body)

    async def confirm() -> None:
        await story.patient.act(f"/safety-plans/{plan_id}/confirm")

    story.at(moment, write)
    if confirmed:
        story.at(story.days.read(confirmed), confirm)


def discloses(story: Story, at: str, told: str, **facts: object) -> None:
    """Tell of a part of the chart that somebody outside the clinic was told at `told`, recorded at `at`."""
    moment = story.days.read(at)
    disclosure_id = story.new_id(moment, Random(f"{story.patient_id} disclosure"))
    body = {"id": disclosure_id, "patient_id": story.patient_id, "disclosed_at": story.days.read(told).isoformat()}

    async def record() -> None:
        await story.therapist.make("/disclosures", {**body, **facts})

    story.at(moment, record)
